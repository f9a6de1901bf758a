//! Pages stay on their own host and within their own policy.

use anyhow::Result;

use crate::setup::Setup;

/// One page of each kind.
const KINDS: [&str; 7] = [
    "/",
    "/operations/link_token_create",
    "/products/link",
    "/types/AccountBase",
    "/errors/ITEM_LOGIN_REQUIRED",
    "/webhooks/TRANSACTIONS/SYNC_UPDATES_AVAILABLE",
    "/search?q=token",
];

#[test]
fn pages_ask_no_other_host_and_violate_no_policy() -> Result<()> {
    let setup = Setup::shared()?;
    for path in KINDS {
        let page = setup.open(path)?;
        let foreign: Vec<String> = page.requests().into_iter().filter(|url| !url.starts_with(setup.url())).collect();
        assert!(foreign.is_empty(), "{path} asks for {foreign:?}");
        assert_eq!(page.complaints(), Vec::<String>::new(), "{path}");
    }
    Ok(())
}
