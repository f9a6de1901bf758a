//! The request that each form starts with after the demo data was made is accepted, sent by the form itself.

use anyhow::{Context as _, Result};
use plaid_catalog::Catalog;
use plaid_catalog::model::{Effect, Operation};
use plaid_explorer_browser::{Browser, Explorer, Page};

/// Makes the demo data, as its button does.
const SEED: &str = "(async () => {
  const made = await fetch('/-/work/seed',
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  if (!made.ok) throw new Error(await made.text());
})()";

/// Notes when the form has its live values, and the answers to calls.
const WATCH: &str = "(() => {
  const real = window.fetch;
  window.fetch = async (address, options) => {
    const response = await real(address, options);
    if (String(address) === '/-/sample') setTimeout(() => { window.isFilled = true; }, 0);
    if (String(address).startsWith('/-/call/')) {
      const text = response.ok ? '' : await response.clone().text();
      window.called = { status: response.status, sent: options.body, text };
    }
    return response;
  };
})()";

/// Why the form was not sent, or was refused.
const REFUSAL: &str = "window.called
  ? window.called.status === 200 ? null : `${window.called.status} ${window.called.text}\\n${window.called.sent}`
  : [...document.querySelectorAll('.err')].map((one) => `not sent: ${one.textContent}`).join('; ')";

/// Sends the form of an operation as it is. Returns a refusal.
fn send(page: &Page, url: &str, operation: &Operation) -> Result<Option<String>> {
    let name = &Catalog::plaid().layout().operations.get(&operation.id).context("an operation has a page")?.name;
    page.open(&format!("{url}/operations/{name}"))?;
    page.wait("window.isFilled").with_context(|| format!("{name} is not filled in"))?;
    page.run("document.querySelector('#send').click()")?;
    page.wait(
        "(window.called && !document.querySelector('#send').disabled) || document.querySelector('#send-anyway')",
    )?;
    let refusal: Option<String> = page.value(REFUSAL)?;
    Ok(refusal.map(|refusal| format!("{}: {refusal}", operation.path)))
}

/// Starts an explorer with the demo data, and opens its first page.
fn start(page: &Page) -> Result<Explorer> {
    let explorer = Explorer::start(&[])?;
    page.open(&explorer.url)?;
    page.value::<()>(SEED)?;
    Ok(explorer)
}

#[test]
fn every_form_is_accepted_as_it_is_filled_after_the_demo_data() -> Result<()> {
    let browser = Browser::start()?;
    let page = browser.page(1500, 1000)?;
    page.before_each_document(WATCH)?;
    let all = &Catalog::plaid().api().operations;
    assert_eq!(all.len(), 329);
    let mut refused = Vec::new();
    let (reads, changes): (Vec<_>, Vec<_>) = all.iter().partition(|one| one.effect == Effect::Reads);
    let explorer = start(&page)?;
    for operation in reads {
        refused.extend(send(&page, &explorer.url, operation)?);
    }
    for operation in changes {
        // A change uses up what the next one needs, so each has an explorer of its own.
        let explorer = start(&page)?;
        refused.extend(send(&page, &explorer.url, operation)?);
    }
    assert!(refused.is_empty(), "{} forms are refused:\n{}", refused.len(), refused.join("\n\n"));
    assert_eq!(page.complaints(), Vec::<String>::new());
    Ok(())
}
