//! Pages can be used without seeing them, and read in both themes.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use plaid_explorer_browser::Theme;

use crate::setup::Setup;

/// One page of each kind.
const KINDS: [&str; 8] = [
    "/",
    "/operations/link_token_create",
    "/products/transfer",
    "/types/AccountSubtype",
    "/errors/ITEM_LOGIN_REQUIRED",
    "/webhooks/TRANSACTIONS/SYNC_UPDATES_AVAILABLE",
    "/guides",
    "/search?q=token",
];

/// Roles that a person acts on.
const CONTROLS: [&str; 9] =
    ["button", "link", "textbox", "combobox", "searchbox", "checkbox", "tab", "menuitem", "DisclosureTriangle"];

#[test]
fn axe_finds_nothing_in_either_theme() -> Result<()> {
    let setup = Setup::shared()?;
    let packages = std::env::var_os("PLAID_EXPLORER_NPM").context("run `cargo xtask explorer browser`")?;
    let axe = std::fs::read_to_string(PathBuf::from(packages).join("node_modules/axe-core/axe.min.js"))?;
    let mut found = Vec::new();
    for path in KINDS {
        for theme in [Theme::Light, Theme::Dark] {
            let page = setup.open(path)?;
            page.theme(theme)?;
            page.run(&axe)?;
            let run = "axe.run().then(({ violations }) => violations.map(({ id, help, nodes }) => \
                       `${id}: ${help}: ${nodes.slice(0, 3).map((one) => one.html.slice(0, 160)).join(\" \")}`))";
            let violations: Vec<String> = page.value(run)?;
            found.extend(violations.into_iter().map(|one| format!("{path} {theme:?}: {one}")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

#[test]
fn every_control_has_a_name() -> Result<()> {
    let setup = Setup::shared()?;
    for path in KINDS {
        let page = setup.open(path)?;
        let tree = page.accessible()?;
        let controls: Vec<_> = tree.iter().filter(|node| CONTROLS.contains(&node.role.as_str())).collect();
        assert!(controls.len() > 10, "{path} has {} controls", controls.len());
        let unnamed: Vec<_> = controls.iter().filter(|node| node.name.trim().is_empty()).collect();
        assert!(unnamed.is_empty(), "{path}: {unnamed:?}");
        for wanted in ["main", "navigation", "heading"] {
            assert!(tree.iter().any(|node| node.role == wanted), "{path} has no {wanted}");
        }
    }
    Ok(())
}

#[test]
fn no_page_is_wider_than_a_small_screen() -> Result<()> {
    let setup = Setup::shared()?;
    for path in KINDS {
        let page = setup.open(path)?;
        page.resize(360, 800)?;
        let (content, screen): (u32, u32) =
            page.value("[document.scrollingElement.scrollWidth, document.documentElement.clientWidth]")?;
        assert!(content <= screen, "{path} is {content} pixels wide on a screen of {screen}");
    }
    Ok(())
}
