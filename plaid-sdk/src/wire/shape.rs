//! The names of a struct's fields, and the quick way from a name to its index.

use std::sync::OnceLock;

/// A struct's name and fields.
///
/// To rustc the fields are one text: a list of as many values takes it a good deal longer, for all structs of a large
/// document together more than a tenth of the whole. The text is taken apart when the first value is read or written.
#[derive(Debug)]
pub struct Shape {
    /// The struct's name.
    pub name: &'static str,
    /// The fields' names, each behind a space and its flags, closed by a NUL.
    text: &'static str,
    /// Whether properties that are not declared are kept.
    pub(super) open: bool,
    fields: OnceLock<Box<[Field]>>,
    index: OnceLock<Index>,
}

/// A field's name on the wire, and what is particular about it.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The name on the wire.
    pub name: &'static str,
    flags: u8,
}

impl Field {
    /// It must be there when read, and is always written.
    const REQUIRED: u8 = 1;
    /// Its value is never printed.
    const REDACTED: u8 = 2;
    /// Its decimals are written as strings.
    const TEXT: u8 = 4;

    fn of(text: &'static str) -> Self {
        let (words, name) = text.split_once(' ').unwrap_or(("", text));
        let flag = |word, flag| if words.contains(word) { flag } else { 0 };
        let flags = flag("REQUIRED", Self::REQUIRED) | flag("REDACTED", Self::REDACTED) | flag("TEXT", Self::TEXT);
        Self { name, flags }
    }

    pub(super) const fn is_required(self) -> bool {
        self.flags & Self::REQUIRED != 0
    }

    pub(super) const fn is_redacted(self) -> bool {
        self.flags & Self::REDACTED != 0
    }

    pub(super) const fn is_text(self) -> bool {
        self.flags & Self::TEXT != 0
    }
}

/// What a record does when asked for an index that its shape does not have, which nothing in this crate does.
///
/// # Panics
/// Always.
#[cold]
#[inline(never)]
pub fn no_field(index: usize) -> ! {
    panic!("no field has the index {index}")
}

impl Shape {
    /// A struct of this name and these fields.
    pub const fn new(name: &'static str, text: &'static str, open: bool) -> Self {
        Self { name, text, open, fields: OnceLock::new(), index: OnceLock::new() }
    }

    /// The fields, in the order of their indices.
    #[inline]
    pub fn fields(&self) -> &[Field] {
        self.fields.get_or_init(|| self.text.split_terminator('\0').map(Field::of).collect())
    }

    /// The quick way from a name to a field.
    #[inline]
    pub(super) fn index(&'static self) -> &'static Index {
        self.index.get_or_init(|| Index::of(self.fields()))
    }
}

/// An empty place in the table: an index past every field's.
const EMPTY: u16 = u16::MAX;

/// A hash table over the names of fields: open addressing, linear probing.
#[derive(Debug)]
pub(super) struct Index {
    fields: &'static [Field],
    /// The names' prints, side by side for speed.
    prints: Box<[Print]>,
    /// A power of two of places, at least half of them empty.
    places: Box<[u16]>,
    /// The required ones among the first 128, a bit each.
    pub(super) required: u128,
}

impl Index {
    fn of(fields: &'static [Field]) -> Self {
        let prints: Box<[Print]> = fields.iter().map(|field| Print::of(field.name.as_bytes())).collect();
        let mut places = vec![EMPTY; (fields.len() * 2).next_power_of_two()].into_boxed_slice();
        let mask = places.len() - 1;
        let mut required = 0;
        for ((index, field), print) in (0..EMPTY).zip(fields).zip(&prints) {
            let mut at = print.hash();
            while places[at & mask] != EMPTY {
                at += 1;
            }
            places[at & mask] = index;
            if field.is_required() && index < 128 {
                required |= 1 << index;
            }
        }
        Self { fields, prints, places, required }
    }

    /// The index of the field of this name.
    #[inline]
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        let print = Print::of(name.as_bytes());
        let mask = self.places.len().wrapping_sub(1);
        let mut at = print.hash();
        loop {
            let index = usize::from(*self.places.get(at & mask)?);
            // Past the end stands an empty place.
            if self.prints.get(index)?.is(print) && (name.len() <= Print::WHOLE || self.fields[index].name == name) {
                return Some(index);
            }
            at += 1;
        }
    }
}

/// A name's length, first, middle and last bytes: enough to tell any two names of up to 24 bytes apart, and quicker to compare
/// than text.
#[derive(Clone, Copy, Debug)]
struct Print {
    head: u64,
    middle: u64,
    tail: u64,
    length: usize,
}

impl Print {
    /// The length up to which a print holds the whole name.
    const WHOLE: usize = 24;

    #[inline]
    fn of(name: &[u8]) -> Self {
        let (head, tail) = match (name.first_chunk::<8>(), name.last_chunk::<8>()) {
            (Some(head), Some(tail)) => (u64::from_le_bytes(*head), u64::from_le_bytes(*tail)),
            _ => match (name.first_chunk::<4>(), name.last_chunk::<4>()) {
                (Some(head), Some(tail)) => (u32::from_le_bytes(*head) as u64, u32::from_le_bytes(*tail) as u64),
                _ => match name {
                    [] => (0, 0),
                    [a] => (*a as u64, 0),
                    [a, b] => (*a as u64, *b as u64),
                    [a, b, c, ..] => (*a as u64, *b as u64 | (*c as u64) << 8),
                },
            },
        };
        let middle = match name.split_at_checked(8) {
            Some((_, rest)) => match rest.first_chunk::<8>() {
                Some(middle) => u64::from_le_bytes(*middle),
                None => 0,
            },
            None => 0,
        };
        Self { head, middle, tail, length: name.len() }
    }

    #[inline]
    fn is(self, other: Self) -> bool {
        self.head == other.head && self.tail == other.tail && self.middle == other.middle && self.length == other.length
    }

    #[inline]
    fn hash(self) -> usize {
        let mixed =
            (self.head ^ self.middle.rotate_left(17) ^ self.tail.rotate_left(29)).wrapping_add(self.length as u64);
        (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_found_and_no_other() {
        // The fourth and the fifth have the same length, head and tail.
        static ACCOUNT: Shape = Shape::new(
            "Account",
            " \0 a\0REQUIRED ab\0REQUIREDREDACTED account_id\0 account_one_number\0TEXT account_two_number\0",
            false,
        );
        let index = ACCOUNT.index();
        let names = ["", "a", "ab", "account_id", "account_one_number", "account_two_number"];
        assert_eq!(ACCOUNT.fields().iter().map(|field| field.name).collect::<Vec<_>>(), names);
        for (at, name) in names.iter().enumerate() {
            assert_eq!(index.find(name), Some(at), "{name}");
        }
        assert!(
            ACCOUNT.fields()[3].is_required() && ACCOUNT.fields()[3].is_redacted() && ACCOUNT.fields()[5].is_text()
        );
        for other in ["b", "abc", "account", "account_six_number"] {
            assert_eq!(index.find(other), None, "{other}");
        }
        assert_eq!(index.required, 0b1100);
        static EMPTY: Shape = Shape::new("Empty", "", false);
        assert_eq!(EMPTY.index().find("a"), None);
    }
}
