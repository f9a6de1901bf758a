//! The first page, the list of products, and the page of a product.

use plaid_catalog::Product;
use plaid_catalog::model::Operation;

use super::document::{Block, Card, Document, Item};
use super::guide;
use super::inline::{Inline, Piece};
use super::links::Address;
use super::view::View;
use super::{items, title, webhook};

/// The operations that most applications begin with, in their order, by method.
const FIRST: [&str; 5] =
    ["link_token_create", "item_public_token_exchange", "accounts_get", "transactions_sync", "auth_get"];

/// The first page.
pub fn start(view: &View) -> Document<'static> {
    let catalog = view.catalog;
    let mut document = Document::new(Address::Start, "Plaid's API, every operation on a page that works");
    let api = catalog.api();
    let lead = format!(
        "{} operations, {} types, {} webhooks and {} error codes, with a form that sends and code that follows it.",
        api.operations.len(),
        api.types.len(),
        webhook::pairs(catalog).len(),
        api.error_codes.len()
    );
    document.blocks.push(Block::Lead(Inline::text(lead)));
    let first: Vec<Item<'static>> =
        FIRST.iter().filter_map(|name| catalog.method(name)).map(|one| items::operation(view, one)).collect();
    let section = |id, title: &str, blocks| Block::Section { id, title: title.to_owned(), blocks };
    document.blocks.push(section("first", "Begin here", vec![Block::Items(first)]));
    document.blocks.push(section("products", "Products", vec![Block::Cards(cards(view))]));
    document.blocks.push(section("guides", "Guides", vec![Block::Cards(guide::cards())]));
    let more = vec![
        Item::new("Operations", Address::Operations, Inline::text("All of them on one page.")),
        Item::new("Types", Address::Types, Inline::text("Objects and enums, and where each is used.")),
        Item::new("Error codes", Address::Errors, Inline::text("What each means, and what to do about it.")),
        Item::new("Webhooks", Address::Webhooks, Inline::text("When each comes, with its payload and a sample.")),
        Item::new("llms.txt", Address::File("llms.txt"), Inline::text("The same pages as Markdown, for models.")),
        Item::new("catalog.json", Address::File("catalog.json"), Inline::text("The API as data.")),
        Item::new(
            "openapi.json",
            Address::File("openapi.json"),
            Inline::text("An OpenAPI 3.1 document with our docs."),
        ),
    ];
    document.blocks.push(section("more", "Everything else", vec![Block::Items(more)]));
    document
}

/// All products.
pub fn index(view: &View) -> Document<'static> {
    let mut document = Document::new(Address::Products, "Products");
    document.blocks.push(Block::Lead(Inline::text("What Plaid offers, and the operations of each.")));
    document.blocks.push(Block::Cards(cards(view)));
    document
}

/// The page of a product.
pub fn document(view: &View, product: &Product<'static>) -> Document<'static> {
    let mut document = Document::new(Address::Product(product.name), title::product(product));
    document.product = Some(product.name);
    document.crumbs = vec![("Products".to_owned(), Address::Products)];
    document.blocks.push(Block::Lead(Inline::text(product.about)));
    document.blocks.extend(product.text.map(Block::Prose));
    let operations: Vec<&'static Operation> = product.operations().collect();
    let (old, current): (Vec<_>, Vec<_>) = operations.iter().copied().partition(|one| one.docs.deprecated);
    let list = |all: &[&'static Operation]| Block::Items(all.iter().map(|one| items::operation(view, one)).collect());
    let section = |id, title: &str, blocks| Block::Section { id, title: title.to_owned(), blocks };
    if !current.is_empty() {
        document.blocks.push(section("operations", "Operations", vec![list(&current)]));
    }
    if !old.is_empty() {
        document.blocks.push(section("deprecated", "Deprecated operations", vec![list(&old)]));
    }
    let webhooks = webhooks(view, &operations);
    if !webhooks.is_empty() {
        document.blocks.push(section("webhooks", "Webhooks", vec![Block::Items(webhooks)]));
    }
    if let Some(link) = operations.iter().find_map(|one| one.docs.link.as_ref()) {
        let page = link.split('#').next().unwrap_or(link);
        let text = Inline::text("Plaid's own page: ").and(Piece::External(page.to_owned(), page));
        document.blocks.push(Block::Paragraph(text));
    }
    document
}

fn cards(view: &View) -> Vec<Card<'static>> {
    let card = |product: Product<'static>| {
        let count = product.operations().count();
        let note = match count {
            0 => "types only".to_owned(),
            1 => "1 operation".to_owned(),
            _ => format!("{count} operations"),
        };
        let title = (title::product(&product), Address::Product(product.name));
        Card { title, about: product.about.to_owned(), note }
    };
    view.catalog.products().map(card).collect()
}

/// The webhooks of some operations, each pair once.
fn webhooks(view: &View, operations: &[&'static Operation]) -> Vec<Item<'static>> {
    let mut pairs = Vec::new();
    let mut items = Vec::new();
    for webhook in operations.iter().flat_map(|one| view.catalog.webhooks_of(one)) {
        let pair = (&webhook.kind, &webhook.code);
        if !pairs.contains(&pair) {
            pairs.push(pair);
            items.push(items::webhook(view, webhook));
        }
    }
    items
}
