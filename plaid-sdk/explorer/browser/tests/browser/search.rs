//! Exported pages search in the browser, and find what the server finds.

use anyhow::Result;
use plaid_catalog::Catalog;
use serde_json::json;

use crate::queries::QUERIES;
use crate::setup::Setup;

/// What comes first for each query, written as the queries are.
const FIRST: &str = "async (queries, index) => {
  const base = document.querySelector('script[type=module]').src;
  const { Index } = await import(new URL('./ranking.js', base));
  const made = new Index(index);
  return queries.map((query) => {
    const [hit] = made.search(query, 5);
    if (!hit) return null;
    const { operation, property, webhook, error_code: code } = hit.entry;
    if (operation) return operation.id;
    if (webhook) return `${webhook.kind}: ${webhook.code}`;
    if (code) return code.code;
    return hit.place ? hit.place.replace(/ [<>] /, ': ') : `.${property.name}`;
  });
}";

#[test]
fn the_browser_ranks_as_the_server_does() -> Result<()> {
    let setup = Setup::shared()?;
    let page = setup.open("/")?;
    let index = Catalog::plaid().search_index().to_json()?;
    let queries: Vec<&str> = QUERIES.iter().map(|(query, _)| *query).collect();
    let found: Vec<Option<String>> = page.value(&format!("({FIRST})({}, {index})", json!(queries)))?;
    let pairs = QUERIES.iter().zip(&found);
    let wrong: Vec<_> = pairs.filter(|((_, wanted), found)| found.as_deref() != Some(*wanted)).collect();
    assert!(wrong.is_empty(), "{} of {}: {wrong:?}", wrong.len(), QUERIES.len());
    assert!(found.len() >= 80);
    Ok(())
}

#[test]
fn the_search_needs_no_mouse_and_no_script() -> Result<()> {
    let setup = Setup::shared()?;
    let page = setup.open("/operations/auth_get")?;
    page.press_with_ctrl("k")?;
    page.wait("document.activeElement.type === 'search'")?;
    page.write("ITEM_LOGIN")?;
    page.wait("document.querySelector('[role=option]')")?;
    page.write("_REQUIRED")?;
    page.wait("document.querySelector('[role=option]')?.textContent.includes('ITEM_LOGIN_REQUIRED')")?;
    page.press("Escape")?;
    page.wait("!document.querySelector('dialog[open]')")?;
    let text: String = page.value("fetch('/search?q=routing+number').then((one) => one.text())")?;
    assert!(text.contains("/operations/auth_get"), "{text:.500}");
    Ok(())
}
