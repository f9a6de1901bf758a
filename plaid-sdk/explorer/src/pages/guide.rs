//! The pages of guides.

use super::document::{Block, Card, Document};
use super::guides::{ANCHORS, Guide, all};
use super::inline::Inline;
use super::links::Address;
use super::prose;

/// The page of a guide.
pub fn document(guide: &'static Guide) -> Document<'static> {
    let mut document = Document::new(Address::Guide(&guide.name), guide.title.clone());
    document.crumbs = vec![("Guides".to_owned(), Address::Guides)];
    document.blocks.push(Block::Lead(Inline::prose(&guide.about)));
    for (part, id) in guide.parts.iter().zip(ANCHORS) {
        let blocks = vec![Block::Prose(&part.text)];
        document.blocks.push(Block::Section { id, title: part.title.clone(), blocks });
    }
    document
}

/// All guides.
pub fn index() -> Document<'static> {
    let mut document = Document::new(Address::Guides, "Guides");
    document.blocks.push(Block::Lead(Inline::text("The usual sequences of calls, from the first one to the last.")));
    document.blocks.push(Block::Cards(cards()));
    document
}

/// The guides as cards.
pub fn cards() -> Vec<Card<'static>> {
    let card = |guide: &'static Guide| Card {
        title: (guide.title.clone(), Address::Guide(&guide.name)),
        about: prose::plain(&guide.about),
        note: format!("{} steps", guide.parts.len()),
    };
    all().iter().map(card).collect()
}
