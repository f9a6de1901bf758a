//! The form and its JSON are two views of one request, which an address can contain.

use anyhow::Result;

use crate::setup::Setup;

/// Values that a form could lose: digits, an order, empty texts, `null`, what the document lacks.
const BODY: &str = r#"{
  "access_token": "",
  "amount": 110.10,
  "count": 12345678901234567890,
  "cursor": null,
  "options": {
    "account_id": "a\\b\"c",
    "include_original_description": false,
    "days_requested": 1e2
  },
  "empty": {},
  "none": [],
  "list": [
    -0,
    0.30000000000000004,
    "é\u0001"
  ]
}"#;

#[test]
fn json_goes_through_the_form_and_comes_back() -> Result<()> {
    let setup = Setup::shared()?;
    let page = setup.open("/operations/transactions_sync")?;
    page.click("[data-view=json]")?;
    let text = serde_json::to_string(BODY)?;
    page.run(&format!(
        "{{ const area = document.querySelector('#json-text'); area.value = {text}; \
         area.dispatchEvent(new InputEvent('input', {{ bubbles: true }})); }}"
    ))?;
    page.click("[data-view=form]")?;
    page.wait("document.querySelector('#json').hidden")?;
    page.click("[data-view=json]")?;
    let back: String = page.value("document.querySelector('#json-text').value")?;
    let mut wanted: Vec<&str> = BODY.lines().map(|line| line.trim().trim_end_matches(',')).collect();
    let mut lines: Vec<&str> = back.lines().map(|line| line.trim().trim_end_matches(',')).collect();
    // Known properties have the order of the form, the others follow.
    wanted.sort_unstable();
    lines.sort_unstable();
    assert_eq!(lines, wanted);
    Ok(())
}

#[test]
fn a_shared_address_has_the_request_without_its_tokens() -> Result<()> {
    let setup = Setup::shared()?;
    let page = setup.open("/operations/transactions_sync")?;
    page.run(include_str!("bot.js"))?;
    let body = r#"["object", [["access_token", ["text", "access-sandbox-1"]], ["count", ["number", "25"]]]]"#;
    let sent: serde_json::Value = page.value(&format!("bot.send({body}, null)"))?;
    assert!(sent["body"].as_str().is_some_and(|text| text.contains("access-sandbox-1")), "{sent}");
    page.run("navigator.clipboard.writeText = async (text) => { window.copied = text; }")?;
    page.click("#share")?;
    page.wait("window.copied")?;
    let address: String = page.value("window.copied")?;
    let other = setup.open("/")?;
    other.open(&address)?;
    other.wait("document.querySelector('#body .f[data-n=count] .v').value === '25'")?;
    let token: String = other.value("document.querySelector('#body .f[data-n=access_token] .v').value")?;
    assert_eq!(token, "");
    Ok(())
}

#[test]
fn what_the_check_refuses_is_shown_at_its_property_and_can_be_sent_anyway() -> Result<()> {
    let setup = Setup::shared()?;
    let page = setup.open("/operations/transactions_sync")?;
    page.wait("document.querySelector('#snippet pre')?.textContent.includes('transactions_sync')")?;
    page.click("[data-sample=clear]")?;
    page.run("document.querySelector('#body .f[data-n=count] .v').focus()")?;
    page.write("many")?;
    page.wait("document.querySelector('.f[data-n=count] .err')?.textContent.includes('INVALID_FIELD')")?;
    page.press_with_ctrl("Enter")?;
    page.wait("document.querySelector('.f[data-n=access_token] .err')?.textContent.includes('MISSING_FIELDS')")?;
    page.click("#send-anyway")?;
    page.wait("document.querySelector('#response .status')?.textContent.startsWith('400')")?;
    page.wait("document.querySelector('#response .advice a')?.textContent === 'MISSING_FIELDS'")
}
