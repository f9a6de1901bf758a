//! The names of a struct's fields, and the quick way from a name to its index.

use std::sync::OnceLock;

/// A struct's name and fields, and a hash table over the fields' names: open addressing, linear probing.
#[derive(Debug)]
pub struct Shape {
    /// The struct's name.
    pub name: &'static str,
    /// Whether properties that are not declared are kept.
    pub(super) open: bool,
    /// The fields, in the order of their indices.
    pub fields: Box<[Field]>,
    /// The names' prints, side by side for speed.
    prints: Box<[Print]>,
    /// A power of two of places, at least half of them empty.
    places: Box<[u16]>,
    /// The required ones among the first 128 fields, a bit each.
    pub(super) required: u128,
}

/// An empty place in the table: an index past every field's.
const EMPTY: u16 = u16::MAX;

impl Shape {
    /// The shape that a text describes: the struct's name, then behind a space `open` where it keeps properties that are not
    /// declared, and a NUL; for each field its flags, a space, its name on the wire, and a NUL.
    ///
    /// To rustc a text is the cheapest of all tables, and one that is no static costs the linker nothing where the struct is
    /// not used. It is taken apart when the first value is read or written, and found again by its address.
    #[inline]
    pub fn of(text: &'static str) -> &'static Self {
        let mut place = &KNOWN[(text.as_ptr() as usize >> 3) % KNOWN.len()];
        loop {
            let known = place.get_or_init(|| Known::new(text));
            if std::ptr::eq(known.text, text) {
                return &known.shape;
            }
            place = &known.next;
        }
    }

    fn parse(text: &'static str) -> Self {
        let (head, rest) = text.split_once('\0').unwrap_or((text, ""));
        let (name, open) = head.split_once(' ').map_or((head, false), |(name, _)| (name, true));
        let fields: Box<[Field]> = rest.split_terminator('\0').map(Field::of).collect();
        let prints: Box<[Print]> = fields.iter().map(|field| Print::of(field.name.as_bytes())).collect();
        let mut places = vec![EMPTY; (fields.len() * 2).next_power_of_two()].into_boxed_slice();
        let mask = places.len() - 1;
        let mut required = 0;
        for ((index, field), print) in (0..EMPTY).zip(&fields).zip(&prints) {
            let mut at = print.hash();
            while places[at & mask] != EMPTY {
                at += 1;
            }
            places[at & mask] = index;
            if field.is_required() && index < 128 {
                required |= 1 << index;
            }
        }
        Self { name, open, fields, prints, places, required }
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

/// The shapes that were asked for, by the addresses of their texts: a list for each remainder.
static KNOWN: [OnceLock<Box<Known>>; 1021] = [const { OnceLock::new() }; 1021];

struct Known {
    text: &'static str,
    shape: Shape,
    next: OnceLock<Box<Self>>,
}

impl Known {
    #[cold]
    fn new(text: &'static str) -> Box<Self> {
        Box::new(Self { text, shape: Shape::parse(text), next: OnceLock::new() })
    }
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

    // The fourth and the fifth have the same length, head and tail.
    const ACCOUNT: &str =
        "Account\0 \0 a\0REQUIRED ab\0REQUIREDREDACTED account_id\0 account_one_number\0TEXT account_two_number\0";

    #[test]
    fn every_field_is_found_and_no_other() {
        let shape = Shape::of(ACCOUNT);
        let names = ["", "a", "ab", "account_id", "account_one_number", "account_two_number"];
        assert_eq!(shape.fields.iter().map(|field| field.name).collect::<Vec<_>>(), names);
        for (at, name) in names.iter().enumerate() {
            assert_eq!(shape.find(name), Some(at), "{name}");
        }
        assert!(shape.fields[3].is_required() && shape.fields[3].is_redacted() && shape.fields[5].is_text());
        for other in ["b", "abc", "account", "account_six_number"] {
            assert_eq!(shape.find(other), None, "{other}");
        }
        assert_eq!((shape.name, shape.open, shape.required), ("Account", false, 0b1100));
        let empty = Shape::of("Empty open\0");
        assert_eq!((empty.name, empty.open, empty.fields.len(), empty.find("a")), ("Empty", true, 0, None));
    }

    #[test]
    fn a_text_is_taken_apart_once_whoever_asks_and_none_is_taken_for_another() {
        // More than there are lists, some of them beginning where others do.
        let texts: Vec<&'static str> = (0..3000)
            .flat_map(|number| {
                let text: &'static str = Box::leak(format!("T{number}\0 a\0 b\0").into_boxed_str());
                [text, &text[..text.len() - 3]]
            })
            .collect();
        let ask = || texts.iter().map(|text| std::ptr::from_ref(Shape::of(text)) as usize).collect::<Vec<_>>();
        let answers = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(ask)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
        });
        assert!(answers.iter().all(|answer| *answer == answers[0]));
        for (number, pair) in texts.chunks(2).enumerate() {
            let lengths = [Shape::of(pair[0]), Shape::of(pair[1])].map(|shape| (shape.name, shape.fields.len()));
            let name = format!("T{number}");
            assert_eq!(lengths, [(name.as_str(), 2), (name.as_str(), 1)]);
        }
    }
}
