//! The page for an address that leads nowhere, with what may have been meant.

use plaid_catalog::tools::search::Item as Found;

use super::document::{Block, Document, Item};
use super::inline::{Inline, Piece};
use super::items;
use super::links::Address;
use super::view::View;

/// How many suggestions there are.
const SUGGESTIONS: usize = 6;

/// The page for a path that leads nowhere.
pub fn document(view: &View, path: &str) -> Document<'static> {
    let mut document = Document::new(Address::Search, "There is no such page");
    let shown: String = path.chars().take(120).collect();
    let text = Inline::text("Nothing has the address ").and(Piece::Code(shown)).and_text(".");
    document.blocks.push(Block::Lead(text));
    let items = suggestions(view, path);
    if !items.is_empty() {
        let title = "Did you mean".to_owned();
        document.blocks.push(Block::Section { id: "suggestions", title, blocks: vec![Block::Items(items)] });
    }
    let more = Inline::text("See ")
        .and(Piece::Link("all operations".to_owned(), Address::Operations))
        .and_text(" or ")
        .and(Piece::Link("the first page".to_owned(), Address::Start))
        .and_text(".");
    document.blocks.push(Block::Paragraph(more));
    document
}

fn suggestions(view: &View, path: &str) -> Vec<Item<'static>> {
    let catalog = view.catalog;
    let path: String = path.chars().take(120).collect();
    let name = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".md");
    let mut items: Vec<Item<'static>> = Vec::new();
    // Operations by a name or a path that is close.
    for error in [catalog.find_operation(name).err(), catalog.find_operation(&path).err()].into_iter().flatten() {
        for meant in error.meant {
            items.extend(catalog.find_operation(&meant).ok().map(|one| items::operation(view, one)));
        }
    }
    if let Err(error) = catalog.find_type(name) {
        let types = error.meant.iter().filter_map(|id| catalog.type_named(id));
        items.extend(
            types.map(|def| Item::new(def.id.to_string(), Address::Type(&def.id), Inline::docs(&def.docs)).code()),
        );
    }
    let words = name.replace(['_', '-', '.'], " ");
    for hit in catalog.search(&words, SUGGESTIONS) {
        let about = Inline::text(&hit.entry.about);
        match &hit.entry.item {
            Found::Operation { id, .. } => {
                items.extend(catalog.operation(id).map(|one| items::operation(view, one)));
            }
            Found::Webhook { kind, code } => {
                items.push(Item::new(format!("{kind}: {code}"), Address::Webhook(kind, code), about).code());
            }
            Found::ErrorCode(code) => items.push(Item::new(code.clone(), Address::Error(code), about).code()),
            Found::Property { .. } => {}
        }
    }
    let mut once: Vec<Item<'static>> = Vec::new();
    for item in items {
        if !once.iter().any(|known| known.name == item.name) {
            once.push(item);
        }
    }
    once.truncate(SUGGESTIONS);
    once
}

#[cfg(test)]
mod tests {
    use super::suggestions;
    use crate::pages::links::Links;
    use crate::pages::view::View;
    use plaid_catalog::Catalog;

    #[test]
    fn what_is_close_is_suggested() {
        let view = View { catalog: Catalog::plaid(), links: Links::served(), environment: None };
        let names = |path: &str| suggestions(&view, path).into_iter().map(|item| item.name).collect::<Vec<_>>();
        assert_eq!(names("/operations/transaction_sync").first().map(String::as_str), Some("/transactions/sync"));
        assert!(names("/link/token/creat").contains(&"/link/token/create".to_owned()));
        assert!(names("/types/AcountBase").contains(&"AccountBase".to_owned()));
        assert!(names("/errors/ITEM_LOGIN").contains(&"ITEM_LOGIN_REQUIRED".to_owned()));
        assert!(names(&"/x".repeat(100_000)).len() <= 6);
    }
}
