//! The request that each form starts with after the demo data was made is accepted, sent by the form itself.

use anyhow::{Context as _, Result};
use plaid_catalog::Catalog;
use plaid_catalog::model::{Effect, Operation};
use plaid_explorer_browser::{Browser, Explorer, Page};

/// Forgets what was made, and makes the demo data again, as its button does.
const SEED: [(&str, &str); 2] = [("/-/emulator/_plaid/reset", "{}"), ("/-/work/seed", "{}")];

/// Lets the time pass in which data of the Items become ready.
const READY: (&str, &str) = ("/-/emulator/_plaid/clock/advance", "{\"seconds\":10}");

/// Sends steps to the explorer.
fn run(page: &Page, steps: &[(&str, &str)]) -> Result<()> {
    for (address, body) in steps {
        page.value::<()>(&format!(
            "(async () => {{
              const headers = {{ 'content-type': 'application/json', 'plaid-client-id': '0123456789abcdef01234567' }};
              const done = await fetch('{address}', {{ method: 'POST', headers, body: '{body}' }});
              if (!done.ok) throw new Error(`{address}: ${{await done.text()}}`);
            }})()"
        ))?;
    }
    Ok(())
}

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

#[test]
fn every_form_that_changes_something_is_accepted_as_it_is_filled_after_the_demo_data() -> Result<()> {
    // The dates in these forms are those of the browser's clock.
    all_are_accepted(|effect| effect != Effect::Reads, &SEED)
}

#[test]
fn every_form_that_reads_is_accepted_as_it_is_filled_after_the_demo_data() -> Result<()> {
    let [reset, seed] = SEED;
    all_are_accepted(|effect| effect == Effect::Reads, &[reset, seed, READY])
}

/// Sends the form of each operation with such an effect, each with new data: a change uses up what the next one needs, and a
/// response has values that later forms would take.
fn all_are_accepted(is_meant: impl Fn(Effect) -> bool, data: &[(&str, &str)]) -> Result<()> {
    // Nobody else changes the data in between.
    let (explorer, browser) = (Explorer::start(&[])?, Browser::start()?);
    let page = browser.page(1500, 1000)?;
    page.before_each_document(WATCH)?;
    page.open(&explorer.url)?;
    let (mut sent, mut refused) = (0, Vec::new());
    let all = &Catalog::plaid().api().operations;
    assert_eq!(all.len(), 329);
    for operation in all.iter().filter(|one| is_meant(one.effect)) {
        run(&page, data)?;
        refused.extend(send(&page, &explorer.url, operation)?);
        sent += 1;
    }
    assert!(sent > 100, "{sent} forms");
    assert!(refused.is_empty(), "{} forms are refused:\n{}", refused.len(), refused.join("\n\n"));
    assert_eq!(page.complaints(), Vec::<String>::new());
    Ok(())
}
