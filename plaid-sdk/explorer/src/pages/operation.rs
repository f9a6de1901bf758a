//! The page of an operation, and the list of all.

use plaid_catalog::model::{BodyMedia, Field, Location, Operation, ResponseBody, Target, Text};

use super::document::{Block, Document, Item, Step};
use super::inline::{Inline, Piece};
use super::items;
use super::links::Address;
use super::title;
use super::tree::{Tree, Writer};
use super::view::View;
use crate::form::{self, Target as SentTo};
use crate::sequence;

/// The page of an operation.
pub fn document(view: &View, operation: &'static Operation) -> Document<'static> {
    let catalog = view.catalog;
    let address = Address::operation(catalog, operation);
    let mut document = Document::new(address, title::operation(operation));
    let product = catalog.product_of(operation);
    document.product = product.map(|product| product.name);
    document.crumbs = product.iter().map(|product| (title::product(product), Address::Product(product.name))).collect();
    let sent_to = view.environment.map_or(SentTo::Exported, |(environment, _)| SentTo::Served(environment));
    document.aside = Some(form::side(catalog, operation, sent_to));
    let blocks = &mut document.blocks;
    blocks.push(Block::Endpoint(operation, items::marks(operation)));
    if operation.docs.deprecated {
        blocks.push(Block::Notice(deprecation(view, operation)));
    }
    if title::is_cut(operation) {
        blocks.extend(operation.docs.summary.as_ref().map(|summary| Block::Lead(Inline::prose(summary))));
    }
    blocks.extend(operation.docs.description.as_ref().map(Block::Prose));
    let (before, after) = around(view, operation);
    blocks.push(Block::Steps(before, &operation.path, after));
    blocks.push(Block::Html(form::request(catalog, operation)));
    blocks.push(Block::Only(vec![request(view, operation)]));
    blocks.push(response(view, operation));
    blocks.extend(errors(view, operation));
    blocks.extend(webhooks(view, operation));
    if let Some(link) = &operation.docs.link {
        let text = Inline::text("Plaid's own page: ").and(Piece::External(link.clone(), link));
        blocks.push(Block::Paragraph(text));
    }
    document
}

/// All operations.
pub fn index(view: &View) -> Document<'static> {
    let mut document = Document::new(Address::Operations, "Operations");
    let count = view.catalog.api().operations.len();
    document.blocks.push(Block::Lead(Inline::text(format!("All {count} operations, by product."))));
    for product in view.catalog.products() {
        let items: Vec<Item<'static>> =
            product.operations().map(|operation| items::operation(view, operation)).collect();
        if !items.is_empty() {
            document.blocks.push(Block::Section {
                id: product.name,
                title: title::product(&product),
                blocks: vec![Block::Items(items)],
            });
        }
    }
    document
}

/// That an operation is deprecated, and what its docs name instead.
fn deprecation(view: &View, operation: &'static Operation) -> Inline<'static> {
    let mut text = Inline::text("This operation is deprecated.");
    let instead = successors(view, operation);
    for (index, one) in instead.iter().enumerate() {
        text = text.and_text(if index == 0 { " Its docs lead to " } else { ", " });
        text = text.and(Piece::CodeLink(one.path.clone(), Address::operation(view.catalog, one)));
    }
    if instead.is_empty() { text } else { text.and_text(".") }
}

/// The operations that the docs of a deprecated one name, without other deprecated ones.
pub fn successors(view: &View, operation: &'static Operation) -> Vec<&'static Operation> {
    let docs = [&operation.docs.summary, &operation.docs.description];
    let mut all: Vec<&Operation> = Vec::new();
    for target in docs.into_iter().flatten().flat_map(Text::targets) {
        let Target::Operation(id) = target else { continue };
        let named = view.catalog.operation(id).filter(|named| !named.docs.deprecated && named.id != operation.id);
        all.extend(named.filter(|named| !all.iter().any(|known| known.id == named.id)));
    }
    all
}

/// The operations that usually come before one, and those that follow it.
fn around(view: &View, operation: &'static Operation) -> (Vec<Step<'static>>, Vec<Step<'static>>) {
    let catalog = view.catalog;
    let after = catalog.next(operation).into_iter().filter(|(next, _)| next.id != operation.id);
    let after: Vec<Step<'static>> = after.map(|(operation, reason)| Step { operation, reason }).collect();
    let before = sequence::before(catalog, operation).into_iter();
    let before = before.map(|(operation, reason)| Step { operation, reason }).collect();
    (before, after)
}

/// The request as properties.
fn request(view: &View, operation: &'static Operation) -> Block<'static> {
    let mut blocks = Vec::new();
    for (location, place) in [(Location::Path, "path"), (Location::Query, "query"), (Location::Header, "headers")] {
        let fields: Vec<&Field> = operation
            .parameters
            .iter()
            .filter(|parameter| parameter.location == location)
            .map(|parameter| &parameter.field)
            .collect();
        if !fields.is_empty() {
            blocks.push(Block::Paragraph(Inline::text(format!("In the {place}:"))));
            blocks.push(Block::Tree(Tree::fields(view.catalog, fields, "")));
        }
    }
    if let Some(body) = &operation.body {
        let tree = Tree::of(view.catalog, &body.ty, "", Writer::Reader);
        match &body.media {
            BodyMedia::Binary(media) => blocks.push(Block::Paragraph(Inline::text(format!("A file: {media}.")))),
            BodyMedia::Json | BodyMedia::Form if tree.is_empty() => {
                blocks.push(Block::Paragraph(Inline::text("The body has no properties besides the credentials.")));
            }
            BodyMedia::Json | BodyMedia::Form => blocks.push(Block::Tree(tree)),
        }
    } else if operation.parameters.is_empty() {
        blocks.push(Block::Paragraph(Inline::text("The request has no body and no parameters.")));
    }
    Block::Section { id: "request", title: "Request".to_owned(), blocks }
}

fn response(view: &View, operation: &'static Operation) -> Block<'static> {
    let block = match &operation.response.body {
        ResponseBody::Json(ty) => {
            let tree = Tree::of(view.catalog, ty, "response", Writer::Plaid);
            if tree.is_empty() {
                Block::Paragraph(Inline::text("An object without declared properties."))
            } else {
                Block::Tree(tree)
            }
        }
        ResponseBody::Binary(media) => Block::Paragraph(
            Inline::text("A file: ")
                .and(Piece::Code(media.clone()))
                .and_text(". The request id is in the header ")
                .and(Piece::Code("Plaid-Request-ID".to_owned()))
                .and_text("."),
        ),
        ResponseBody::Empty => Block::Paragraph(Inline::text("The response has no body.")),
    };
    Block::Section { id: "response-properties", title: "Response".to_owned(), blocks: vec![block] }
}

fn errors(view: &View, operation: &'static Operation) -> Option<Block<'static>> {
    let items: Vec<Item<'static>> = view.catalog.error_codes_of(operation).into_iter().map(items::error).collect();
    let title = "Errors worth handling".to_owned();
    (!items.is_empty()).then(|| Block::Section { id: "error-codes", title, blocks: vec![Block::Items(items)] })
}

fn webhooks(view: &View, operation: &'static Operation) -> Option<Block<'static>> {
    let mut all = view.catalog.webhooks_of(operation);
    all.dedup_by(|a, b| (&a.kind, &a.code) == (&b.kind, &b.code));
    let items: Vec<Item<'static>> = all.into_iter().map(|one| items::webhook(view, one)).collect();
    let title = "Webhooks".to_owned();
    (!items.is_empty()).then(|| Block::Section { id: "webhooks", title, blocks: vec![Block::Items(items)] })
}
