//! Responses: errors are explained, large ones stay usable, and files are shown.

use anyhow::Result;
use plaid_explorer_browser::Page;

use crate::setup::Setup;

/// Orders a fault for the next call of an operation, by the emulator behind the pages.
fn order(page: &Page, fault: &str) -> Result<()> {
    page.value(&format!(
        "(async () => {{
          const ordered = await fetch('/-/emulator/_plaid/faults', {{ method: 'POST', body: JSON.stringify({fault}),
            headers: {{ 'content-type': 'application/json', 'plaid-client-id': '0123456789abcdef01234567' }} }});
          if (!ordered.ok) throw new Error(await ordered.text());
        }})()"
    ))
}

fn send(page: &Page) -> Result<()> {
    page.wait("!document.querySelector('#send').disabled")?;
    page.press_with_ctrl("Enter")
}

#[test]
fn an_error_is_explained_with_its_advice_its_field_and_what_to_call_next() -> Result<()> {
    let setup = Setup::own()?;
    let page = setup.open("/operations/accounts_get")?;
    page.click("#seed")?;
    page.wait("document.querySelector('#body .f[data-n=access_token] .v')?.value")?;
    order(&page, "{ operation: '/accounts/get', error_code: 'ITEM_LOGIN_REQUIRED', count: 1 }")?;
    send(&page)?;
    page.wait("document.querySelector('#response .status')?.textContent.startsWith('400')")?;
    page.wait("document.querySelector('#response .advice a')?.textContent === 'ITEM_LOGIN_REQUIRED'")?;
    let link: String = page.value("document.querySelector('#response .advice a').getAttribute('href')")?;
    assert_eq!(link, "/errors/ITEM_LOGIN_REQUIRED");
    let advice: String = page.value("document.querySelector('#response .advice').textContent")?;
    assert!(advice.contains("update mode"), "{advice}");
    let next: String = page.value("document.querySelector('#response .use')?.textContent ?? ''")?;
    assert!(next.contains("/link/token/create"), "{next}");
    let token: String = page.value("document.querySelector('#body .f[data-n=access_token] .v').value")?;
    let request_id: String = page.value("document.querySelector('#response button.meta').textContent")?;
    assert_eq!(request_id.len(), 15, "{request_id}");

    // Update mode asks for this Item and for no products.
    let other = setup.open("/")?;
    let update: String = page.value("document.querySelector('#response .use a').href")?;
    other.open(&update)?;
    other.wait("document.querySelector('#body .f[data-n=access_token] .v')?.value")?;
    let body: String = other
        .value("(document.querySelector('[data-view=json]').click(), document.querySelector('#json-text').value)")?;
    assert!(body.contains(&token) && !body.contains("products"), "{body}");
    send(&other)?;
    other.wait("document.querySelector('#response .status')?.textContent.startsWith('200')")?;

    // The fault is used up, and the same form works.
    send(&page)?;
    page.wait("document.querySelector('#response .status')?.textContent.startsWith('200')")?;

    // An error about a property leads to it.
    page.run(
        "{ const one = document.querySelector('#body .f[data-n=access_token] .v'); one.value = 'access-sandbox-nobody'; \
         one.dispatchEvent(new InputEvent('input', { bubbles: true })); }",
    )?;
    send(&page)?;
    page.wait("document.querySelector('#response .advice a')?.textContent === 'INVALID_ACCESS_TOKEN'")?;
    page.click("#response .advice button.link")?;
    page.wait("document.activeElement.closest('.f')?.dataset.n === 'access_token'")
}

/// Answers the next call with an object of more than 2 MB: lists of objects, a long text, and a number with many digits.
const LARGE: &str = r#"{
  const rows = Array.from({ length: 6000 }, (_, number) => ({ transaction_id: `t${number}`, name: 'x'.repeat(300), amount: number }));
  window.large = JSON.stringify({ rows, total: 0 }).replace('"total":0', '"total":12345678901234567890.10');
  // What the link to the file gives to a person.
  const address = URL.createObjectURL;
  URL.createObjectURL = (blob) => { window.saved = blob; return address.call(URL, blob); };
  const real = window.fetch;
  window.fetch = (address, options) => String(address).startsWith('/-/call/')
    ? Promise.resolve(new Response(window.large, { headers: { 'content-type': 'application/json' } }))
    : real(address, options);
}"#;

#[test]
fn a_response_of_two_megabytes_is_a_tree_that_opens_by_pieces() -> Result<()> {
    let setup = Setup::shared()?;
    let page = setup.open("/operations/transactions_get")?;
    page.wait("document.querySelector('#body .f[data-n=access_token]')")?;
    page.run(LARGE)?;
    let size: usize = page.value("window.large.length")?;
    assert!(size > 2_000_000, "{size}");
    let before: usize = page.value("document.querySelectorAll('*').length")?;
    send(&page)?;
    page.wait("document.querySelector('#response .json, #send-anyway')")?;
    if page.value("!document.querySelector('#response .json')")? {
        page.click("#send-anyway")?;
    }
    page.wait("document.querySelector('#response .json')?.textContent.includes('12345678901234567890.10')")?;
    let after: usize = page.value("document.querySelectorAll('*').length")?;
    assert!(after < before + 4000, "{before} elements became {after}");

    // The rows come a hundred at a time.
    page.run("document.querySelector('#response .json details details summary').click()")?;
    let rows = "document.querySelectorAll('#response .json details details details').length";
    for shown in [100, 200, 300] {
        page.wait(&format!("{rows} === {shown}"))?;
        page.run("document.querySelector('#response .json details > button.link').click()")?;
    }

    // The text is as it came, and so is the file.
    page.click("#response header button[aria-pressed]")?;
    page.wait("document.querySelector('#response pre')?.textContent === window.large")?;
    let name: String = page.value("document.querySelector('#response a[download]').download")?;
    assert_eq!(name, "transactions_get.json");
    let saved: usize = page.value("window.saved.size")?;
    assert_eq!(saved, size);
    Ok(())
}

#[test]
fn a_pdf_is_shown_in_the_page() -> Result<()> {
    let setup = Setup::own()?;
    let page = setup.open("/operations/asset_report_pdf_get")?;
    page.click("#seed")?;
    page.wait("document.querySelector('#body .f[data-n=asset_report_token] .v')?.value")?;
    send(&page)?;
    page.wait("document.querySelector('#response .status')?.textContent.startsWith('200')")?;
    page.wait("document.querySelector('#response iframe')?.src.startsWith('blob:')")?;
    let name: String = page.value("document.querySelector('#response a[download]').download")?;
    assert_eq!(name, "asset_report_pdf_get.pdf");
    assert_eq!(page.complaints(), Vec::<String>::new());
    Ok(())
}
