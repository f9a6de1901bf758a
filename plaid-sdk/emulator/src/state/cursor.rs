//! The cursor of `/transactions/sync`: a position in an Item's log, as text that applications keep.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::ItemId;

/// A position in the log of an Item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The Item.
    pub item: ItemId,
    /// What the positions refer to: a hash of the options that select transactions.
    pub options: u64,
    /// The position up to which all changes were read.
    pub from: u64,
    /// The page that comes next, if not all pages of an update were read.
    pub page: Option<Page>,
}

/// A page in the middle of an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// The position at which the update ends.
    pub to: u64,
    /// How many changes of the update were read.
    pub offset: u64,
}

/// The bytes before the Item's id: cursors of the real API start with the same ones.
const START: [u8; 4] = [0x08, 0x01, 0x12, 37];

impl Cursor {
    /// The cursor as text, at most 256 characters.
    pub fn text(&self) -> String {
        let mut bytes = START.to_vec();
        bytes[3] = u8::try_from(self.item.0.as_str().len()).unwrap_or(u8::MAX);
        bytes.extend(self.item.0.as_str().bytes());
        bytes.extend(self.options.to_be_bytes());
        bytes.extend(self.from.to_be_bytes());
        if let Some(page) = self.page {
            bytes.extend(page.to.to_be_bytes());
            bytes.extend(page.offset.to_be_bytes());
        }
        STANDARD.encode(bytes)
    }

    /// Reads a cursor. Returns `None` for a text that no emulator made.
    pub fn read(text: &str) -> Option<Self> {
        let bytes = STANDARD.decode(text).ok()?;
        let (start, rest) = bytes.split_at_checked(START.len())?;
        if start[..3] != START[..3] {
            return None;
        }
        let (item, rest) = rest.split_at_checked(usize::from(start[3]))?;
        let mut numbers = rest.chunks_exact(8).map(|chunk| u64::from_be_bytes(chunk.try_into().unwrap_or_default()));
        let (options, from) = (numbers.next()?, numbers.next()?);
        let page = match (numbers.next(), numbers.next()) {
            (Some(to), Some(offset)) if from <= to => Some(Page { to, offset }),
            (None, None) => None,
            _ => return None,
        };
        let item = ItemId(String::from_utf8(item.to_vec()).ok()?);
        (rest.len() % 8 == 0).then_some(Self { item, options, from, page })
    }
}

#[cfg(test)]
mod tests {
    use super::{Cursor, Page};
    use crate::ids::Ids;
    use crate::state::ItemId;

    #[test]
    fn a_cursor_is_read_as_it_was_written() {
        let item = ItemId(Ids::new(1, "a").long());
        for page in [None, Some(Page { to: 388, offset: 100 })] {
            let cursor = Cursor { item: item.clone(), options: 5, from: 16, page };
            let text = cursor.text();
            assert!(text.starts_with("CAESJ") && text.len() <= 256, "{text}");
            assert_eq!(Cursor::read(&text), Some(cursor));
        }
    }

    #[test]
    fn other_texts_are_no_cursors() {
        for text in ["", "x", "CAESJQ==", "CAESJUFB", "!!!", "bm90IGEgY3Vyc29y"] {
            assert_eq!(Cursor::read(text), None, "{text}");
        }
    }
}
