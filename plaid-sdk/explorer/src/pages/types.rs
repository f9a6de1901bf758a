//! The page of a type, and the list of all.

use plaid_catalog::model::{Kind, TypeDef, TypeId};
use plaid_catalog::{Catalog, Role};

use super::document::{Block, Document, Item};
use super::inline::{Inline, Piece};
use super::links::Address;
use super::shape;
use super::tree::{Tree, Writer};
use super::view::View;
use super::{items, title};

/// How many users of a type are listed.
const USERS: usize = 60;

/// The page of a type.
pub fn document(view: &View, def: &'static TypeDef) -> Document<'static> {
    let catalog = view.catalog;
    let mut document = Document::new(Address::Type(&def.id), def.id.to_string());
    document.is_code = true;
    document.crumbs = vec![("Types".to_owned(), Address::Types)];
    document.product = module(view, &def.id);
    let blocks = &mut document.blocks;
    blocks.push(Block::Facts(vec![("Kind", kind(catalog, def)), ("In Rust", rust(view, &def.id))]));
    if def.docs.deprecated {
        blocks.push(Block::Notice(Inline::text("This type is deprecated.")));
    }
    blocks.extend(def.docs.summary.as_ref().map(|summary| Block::Lead(Inline::prose(summary))));
    blocks.extend(def.docs.description.as_ref().map(Block::Prose));
    let section = |id, title: String, all| Block::Section { id, title, blocks: all };
    match &def.kind {
        Kind::Struct(_) => {
            let tree = Tree::of_type(catalog, def, "", if def.usage.request { Writer::Reader } else { Writer::Plaid });
            if tree.is_empty() {
                blocks.push(Block::Paragraph(Inline::text("It has no declared properties.")));
            } else {
                blocks.push(section("type-properties", "Properties".to_owned(), vec![Block::Tree(tree)]));
            }
        }
        Kind::Enum(values) => {
            let all = values.values.iter().map(|one| (one.value.to_string(), &one.docs)).collect();
            let title = format!("{} known values", values.values.len());
            let note = Inline::text("Plaid adds values over time, so expect others.");
            blocks.push(section("type-values", title, vec![Block::Paragraph(note), Block::Values(all)]));
        }
        Kind::Union(union) => {
            let items = union.variants.iter().map(|variant| Item {
                to: None,
                ..Item::new(variant.tags.join(", "), Address::Type(&def.id), shape::label(catalog, &variant.ty))
            });
            blocks.push(section("type-alternatives", "Alternatives".to_owned(), vec![Block::Items(items.collect())]));
        }
        Kind::Alias(target) => {
            let limits = shape::limits(catalog, &def.docs, target);
            if !limits.is_empty() {
                blocks.push(Block::Facts(vec![("Limits", Inline::text(limits.join(", ")))]));
            }
        }
    }
    blocks.extend(users(view, def));
    document
}

/// All types.
pub fn index(view: &View) -> Document<'static> {
    let mut document = Document::new(Address::Types, "Types");
    let types = &view.catalog.api().types;
    let lead =
        format!("All {} types: the objects and enums of requests, responses and webhooks, by module.", types.len());
    document.blocks.push(Block::Lead(Inline::text(lead)));
    let layout = view.catalog.layout();
    for (index, module) in layout.modules.iter().enumerate() {
        let mut all: Vec<&'static TypeDef> = layout
            .types
            .iter()
            .filter(|(_, layout)| layout.module == index)
            .filter_map(|(id, _)| types.get(id))
            .collect();
        all.sort_by_cached_key(|def| def.id.to_string());
        if all.is_empty() {
            continue;
        }
        let mut line = Inline::default();
        for (at, def) in all.into_iter().enumerate() {
            if at > 0 {
                line = line.and_text(" · ");
            }
            line = line.and(Piece::CodeLink(def.id.to_string(), Address::Type(&def.id)));
        }
        let title = title::module(&module.name);
        document.blocks.push(Block::Section { id: &module.name, title, blocks: vec![Block::Paragraph(line)] });
    }
    document
}

/// The product that has a type, if it is not shared.
fn module(view: &View, id: &TypeId) -> Option<&'static str> {
    let index = view.catalog.layout().types.get(id)?.module;
    Some(view.catalog.product(view.catalog.layout().module_name(index))?.name)
}

fn kind(catalog: &'static Catalog, def: &'static TypeDef) -> Inline<'static> {
    match &def.kind {
        Kind::Struct(_) => Inline::text("object"),
        Kind::Enum(_) => Inline::text("enum"),
        Kind::Union(_) => Inline::text("one of several types"),
        Kind::Alias(target) => {
            let mut text = Inline::text("another name for ");
            text.0.extend(shape::label(catalog, target).0);
            text
        }
    }
}

/// The path of a type in the SDK.
fn rust(view: &View, id: &TypeId) -> Inline<'static> {
    let layout = view.catalog.layout();
    let path = layout.types.get(id).map(|own| format!("plaid_sdk::{}::{}", layout.module_name(own.module), own.name));
    Inline(vec![Piece::Code(path.unwrap_or_else(|| id.to_string()))])
}

/// What uses a type.
fn users(view: &View, def: &'static TypeDef) -> Vec<Block<'static>> {
    let used = view.catalog.used_by(&def.id);
    let section = |id, title: &str, all| Block::Section { id, title: title.to_owned(), blocks: vec![all] };
    let mut blocks = Vec::new();
    if !used.operations.is_empty() {
        let items = used.operations.iter().take(USERS).map(|(operation, role)| {
            let (note, anchor) = match role {
                Role::Request => ("in the request", "request"),
                Role::Response => ("in the response", "response-properties"),
            };
            let address = Address::operation(view.catalog, operation);
            let item = Item::new(&operation.path, address, Inline::text(title::operation(operation))).code().note(note);
            Item { to: Some((address, Some(anchor.to_owned()))), ..item }
        });
        let more = used.operations.len().saturating_sub(USERS);
        let title = if more == 0 { "Operations".to_owned() } else { format!("Operations, without {more} more") };
        blocks.push(section("type-operations", &title, Block::Items(items.collect())));
    }
    if !used.types.is_empty() {
        let mut line = Inline::default();
        for (at, user) in used.types.iter().take(USERS).enumerate() {
            line = if at > 0 { line.and_text(", ") } else { line };
            line = line.and(Piece::CodeLink(user.id.to_string(), Address::Type(&user.id)));
        }
        let more = used.types.len().saturating_sub(USERS);
        line = if more > 0 { line.and_text(format!(" and {more} more")) } else { line };
        blocks.push(section("type-types", "Types that contain it", Block::Paragraph(line)));
    }
    let mut webhooks = used.webhooks;
    webhooks.dedup_by(|a, b| (&a.kind, &a.code) == (&b.kind, &b.code));
    if !webhooks.is_empty() {
        let items = webhooks.into_iter().map(|one| items::webhook(view, one)).collect();
        blocks.push(section("type-webhooks", "Webhooks", Block::Items(items)));
    }
    blocks
}
