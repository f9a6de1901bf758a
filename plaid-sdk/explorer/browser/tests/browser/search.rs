//! Exported pages search in the browser, and find what the server finds.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::json;

use crate::queries::QUERIES;
use crate::setup::Setup;

/// What comes first for each query: by its name, and by its place if it is a property.
const FIRST: &str = "async (queries, file) => {
  const base = document.querySelector('script[type=module]').src;
  const { over } = await import(new URL('./ranking.js', base));
  const search = over(file);
  return queries.map((query) => {
    const [hit] = search(query);
    if (!hit) return [];
    const { operation, property, webhook, error_code: code } = hit;
    if (operation) return [operation.id];
    if (webhook) return [`${webhook.kind}: ${webhook.code}`];
    if (code) return [code.code];
    return [`.${property.name}`, property.places[0].replace(/ [<>] /, ': ')];
  });
}";

#[test]
fn exported_pages_rank_as_the_server_does() -> Result<()> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("export");
    let program = std::env::var_os("PLAID_EXPLORER").context("run `cargo xtask explorer browser`")?;
    let status = Command::new(program).arg("export").arg(&folder).status()?;
    assert!(status.success(), "{status}");
    let file = std::fs::read_to_string(folder.join("assets/search.json"))?;
    let setup = Setup::shared()?;
    let page = setup.open("/")?;
    let queries: Vec<&str> = QUERIES.iter().map(|(query, _)| *query).collect();
    let found: Vec<Vec<String>> = page.value(&format!("({FIRST})({}, {file})", json!(queries)))?;
    let pairs = QUERIES.iter().zip(&found);
    let wrong: Vec<_> = pairs.filter(|((_, wanted), found)| !found.iter().any(|one| one == wanted)).collect();
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
