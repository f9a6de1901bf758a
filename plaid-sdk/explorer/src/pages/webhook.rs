//! The page of a webhook, and the list of all.

use plaid_catalog::Catalog;
use plaid_catalog::model::{Operation, Webhook};
use plaid_catalog::tools::json::pretty_json;
use plaid_catalog::tools::samples::Size;

use super::document::{Block, Document, Item};
use super::inline::{Inline, Piece};
use super::items;
use super::links::Address;
use super::tree::{Tree, Writer};
use super::view::View;

/// The anchors of the payloads of one webhook.
const PAYLOADS: [&str; 4] = ["payload", "payload-2", "payload-3", "payload-4"];

/// The anchors of their samples.
const SAMPLES: [&str; 4] = ["sample", "sample-2", "sample-3", "sample-4"];

/// The page of a webhook.
pub fn document(view: &View, kind: &'static str, code: &'static str) -> Document<'static> {
    let catalog = view.catalog;
    let mut document = Document::new(Address::Webhook(kind, code), format!("{kind}: {code}"));
    document.is_code = true;
    document.crumbs = vec![("Webhooks".to_owned(), Address::Webhooks)];
    let webhooks = catalog.webhooks(kind, code);
    let count = webhooks.len();
    for (index, webhook) in webhooks.into_iter().enumerate() {
        let Some(def) = catalog.api().types.get(&webhook.body) else { continue };
        let (Some(payload), Some(sample)) = (PAYLOADS.get(index), SAMPLES.get(index)) else { continue };
        let blocks = &mut document.blocks;
        if def.docs.deprecated {
            blocks.push(Block::Notice(Inline::text("This webhook is deprecated.")));
        }
        blocks.extend(def.docs.summary.as_ref().map(|summary| Block::Lead(Inline::prose(summary))));
        blocks.extend(def.docs.description.as_ref().map(Block::Prose));
        if count > 1 {
            let text = Inline::text("The payload is ").and(Piece::CodeLink(def.id.to_string(), Address::Type(&def.id)));
            blocks.push(Block::Paragraph(text.and_text(".")));
        }
        let prefix = if index == 0 { String::new() } else { payload.to_string() };
        let title = |title: &str| if count > 1 { format!("{title}: {}", def.id) } else { title.to_owned() };
        let tree = Tree::of_type(catalog, def, &prefix, Writer::Plaid);
        blocks.push(Block::Section { id: payload, title: title("Payload"), blocks: vec![Block::Tree(tree)] });
        if let Some(made) = catalog.sampler().webhook(webhook, Size::Full) {
            let code = Block::Code("json", pretty_json(&made));
            blocks.push(Block::Section { id: sample, title: title("Sample"), blocks: vec![code] });
        }
    }
    let operations: Vec<Item<'static>> =
        operations(catalog, kind, code).into_iter().map(|one| items::operation(view, one)).collect();
    if !operations.is_empty() {
        let title = "Operations it belongs to".to_owned();
        document.blocks.push(Block::Section {
            id: "webhook-operations",
            title,
            blocks: vec![Block::Items(operations)],
        });
    }
    document
}

/// All webhooks, by their types.
pub fn index(view: &View) -> Document<'static> {
    let mut document = Document::new(Address::Webhooks, "Webhooks");
    let pairs = pairs(view.catalog);
    let lead = format!("All {} webhooks, by their type.", pairs.len());
    document.blocks.push(Block::Lead(Inline::text(lead)));
    let mut kinds: Vec<&'static str> = pairs.iter().map(|webhook| webhook.kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in kinds {
        let items =
            pairs.iter().filter(|webhook| webhook.kind == kind).map(|webhook| items::webhook(view, webhook)).collect();
        document.blocks.push(Block::Section { id: kind, title: kind.to_owned(), blocks: vec![Block::Items(items)] });
    }
    document
}

/// The webhooks, each pair of a type and a code once.
pub fn pairs(catalog: &'static Catalog) -> Vec<&'static Webhook> {
    let mut all: Vec<&'static Webhook> = Vec::new();
    for webhook in &catalog.api().webhooks {
        if !all.iter().any(|known| known.kind == webhook.kind && known.code == webhook.code) {
            all.push(webhook);
        }
    }
    all
}

/// The operations that a webhook belongs to.
fn operations(catalog: &'static Catalog, kind: &str, code: &str) -> Vec<&'static Operation> {
    let is_of = |operation: &&Operation| {
        catalog.webhooks_of(operation).iter().any(|webhook| webhook.kind == kind && webhook.code == code)
    };
    catalog.api().operations.iter().filter(is_of).collect()
}
