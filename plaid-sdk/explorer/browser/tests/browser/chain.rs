//! From the search to an Item's transactions by keyboard alone, and what is left of the tokens on the way.

use anyhow::{Result, bail};
use plaid_explorer_browser::Page;

use crate::setup::Setup;

/// How Plaid's tokens begin, and the secret of the emulator.
const SECRETS: [&str; 5] = ["access-sandbox-", "public-sandbox-", "link-sandbox-", "emulator-secret", "/hosted/"];

/// Everywhere that a page can leave something behind.
const LEFT_BEHIND: &str = "(async () => {
  const databases = indexedDB.databases ? await indexedDB.databases() : [];
  const caches = 'caches' in self ? await self.caches.keys() : [];
  return [
    JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), JSON.stringify(databases), JSON.stringify(caches),
    document.cookie, location.href, JSON.stringify(history.state), document.documentElement.outerHTML,
    [...document.querySelectorAll('input, textarea, select')].map((one) => one.value).join('\\n'),
    performance.getEntriesByType('resource').map((one) => one.name).join('\\n'),
  ];
})()";

/// Presses Tab until what has the focus is called so.
fn tab_to(page: &Page, name: &str) -> Result<()> {
    for _ in 0..800 {
        page.press("Tab")?;
        let focused: String = page.value(
            "(document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent ?? '').trim()",
        )?;
        if focused == name {
            return Ok(());
        }
    }
    bail!("Tab does not reach {name}")
}

/// Sends the form by its keys, and waits for the response.
fn send(page: &Page) -> Result<()> {
    page.press_with_ctrl("Enter")?;
    page.wait("document.querySelector('#response .status')?.textContent.startsWith('200')")
}

fn assert_no_secret(page: &Page) -> Result<()> {
    let places: Vec<Option<String>> = page.value(LEFT_BEHIND)?;
    let requests = page.requests();
    for text in places.iter().flatten().chain(&requests) {
        for secret in SECRETS {
            if let Some(at) = text.find(secret) {
                let (before, found) = text.split_at(at);
                let line = before.rsplit('\n').next().unwrap_or_default();
                panic!("{secret} is left behind: {line}{found:.100}");
            }
        }
    }
    Ok(())
}

#[test]
fn from_the_search_to_transactions_by_keyboard_alone() -> Result<()> {
    let setup = Setup::own()?;
    let page = setup.open("/")?;
    page.press("/")?;
    page.wait("document.activeElement.type === 'search'")?;
    page.write("create link token")?;
    page.wait("document.querySelector('[role=option]')?.textContent.includes('/link/token/create')")?;
    page.press("Enter")?;
    page.wait("location.pathname === '/operations/link_token_create'")?;
    page.wait("document.querySelector('#body .f[data-n=client_name] .v')?.value")?;
    send(&page)?;
    tab_to(&page, "Complete Link")?;
    page.press("Enter")?;
    page.wait("document.querySelector('#response a.first')")?;
    tab_to(&page, "/item/public_token/exchange")?;
    page.press("Enter")?;
    page.wait("location.pathname === '/operations/item_public_token_exchange'")?;
    page.wait("document.querySelector('#body .f[data-n=public_token] .v')?.value")?;
    // The page comes with the code of a sample, which has a made-up token.
    page.wait("document.querySelector('#snippet pre')?.textContent.includes('PUBLIC_TOKEN')")?;
    assert_no_secret(&page)?;
    send(&page)?;
    tab_to(&page, "/transactions/sync")?;
    page.press("Enter")?;
    page.wait("location.pathname === '/operations/transactions_sync'")?;
    page.wait("document.querySelector('#body .f[data-n=access_token] .v')?.value")?;
    send(&page)?;
    page.wait("document.querySelector('#response .json')?.textContent.includes('transactions_update_status')")?;
    page.wait("document.querySelector('#snippet pre')?.textContent.includes('ACCESS_TOKEN')")?;
    assert_no_secret(&page)?;
    assert_eq!(page.complaints(), Vec::<String>::new());
    Ok(())
}

#[test]
fn a_revealed_token_is_in_the_page_only_until_it_is_hidden() -> Result<()> {
    let setup = Setup::shared()?;
    let page = setup.open("/operations/link_token_create")?;
    page.wait("document.querySelector('#body .f[data-n=client_name] .v')?.value")?;
    send(&page)?;
    page.click("#response .reveal")?;
    page.wait("document.querySelector('#response .revealed')?.textContent.startsWith('link-sandbox-')")?;
    page.click("#response .reveal")?;
    page.wait("!document.querySelector('#response .revealed')")?;
    assert_no_secret(&page)
}
