//! `cargo xtask catalog search QUERY`: what a query finds, as text.

use api_tools::catalog::Catalog;
use api_tools::search::{Hit, Item, Side};

use super::page::Page;

/// How many places of a property are listed.
const PLACES: usize = 3;

/// The page with the results.
pub fn page(catalog: &Catalog, query: &str, limit: usize) -> String {
    let mut page = Page::default();
    let hits = catalog.search(query, limit);
    if hits.is_empty() {
        page.line(&format!("nothing is found for `{query}`"));
    }
    for hit in &hits {
        let (name, kind) = title(hit);
        page.row(&name, &kind, "");
        page.wrapped(&hit.entry.about, 4);
        places(&mut page, hit);
    }
    page.into_text()
}

fn title(hit: &Hit<'_>) -> (String, String) {
    match &hit.entry.item {
        Item::Operation { id, method, path } => (id.clone(), format!("operation, {method} {path}")),
        Item::Property { name, places } => (name.clone(), format!("property, in {} places", places.len())),
        Item::Webhook { kind, code } => (format!("{kind}: {code}"), "webhook".to_owned()),
        Item::ErrorCode(code) => (code.clone(), "error code".to_owned()),
    }
}

fn places(page: &mut Page, hit: &Hit<'_>) {
    let Item::Property { places, .. } = &hit.entry.item else { return };
    let first = hit.place.into_iter();
    let others = places.iter().filter(|place| Some(*place) != hit.place);
    for place in first.chain(others).take(PLACES) {
        let side = match place.side {
            Side::Request => "request of",
            Side::Response => "response of",
            Side::Webhook => "webhook",
        };
        page.line(&format!("    {} in the {side} {}", place.path, place.of));
    }
}
