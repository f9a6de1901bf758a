//! The names of a struct's fields, and a hash table to find a field by its name.

use std::sync::OnceLock;

/// The name of a struct, its fields, and a hash table over their names (open addressing, linear probing).
#[derive(Debug)]
pub struct RecordInfo {
    /// The name of the struct.
    pub name: &'static str,
    /// Whether the struct keeps undeclared properties.
    pub(super) open: bool,
    /// The fields, in the order of their indices.
    pub fields: Box<[Field]>,
    /// The keys of the fields' names, contiguous for speed.
    keys: Box<[NameKey]>,
    /// The hash table: indices of fields. Its size is a power of two, and at least half of it is empty.
    buckets: Box<[u16]>,
    /// The required fields among the first 128, a bit each.
    pub(super) required: u128,
}

/// An empty bucket: an index past every field's.
const EMPTY: u16 = u16::MAX;

impl RecordInfo {
    /// The information that a text encodes: the struct's name, then ` open` if it keeps undeclared properties, and a NUL;
    /// for each field its flags, a space, its name on the wire, and a NUL.
    ///
    /// A string literal is the cheapest table for rustc, and because it is not a static, the linker drops it with the
    /// struct's code. It is parsed when the first value of the type is read or written, and cached by its address.
    #[inline]
    pub fn of(text: &'static str) -> &'static Self {
        let mut bucket = &CACHE[(text.as_ptr() as usize >> 3) % CACHE.len()];
        loop {
            let entry = bucket.get_or_init(|| CacheEntry::new(text));
            if std::ptr::eq(entry.text, text) {
                return &entry.info;
            }
            bucket = &entry.next;
        }
    }

    fn parse(text: &'static str) -> Self {
        let (head, rest) = text.split_once('\0').unwrap_or((text, ""));
        let (name, open) = head.split_once(' ').map_or((head, false), |(name, _)| (name, true));
        let fields: Box<[Field]> = rest.split_terminator('\0').map(Field::of).collect();
        let keys: Box<[NameKey]> = fields.iter().map(|field| NameKey::of(field.name.as_bytes())).collect();
        let mut buckets = vec![EMPTY; (fields.len() * 2).next_power_of_two()].into_boxed_slice();
        let mask = buckets.len() - 1;
        let mut required = 0;
        for ((index, field), key) in (0..EMPTY).zip(&fields).zip(&keys) {
            let mut at = key.hash();
            while buckets[at & mask] != EMPTY {
                at += 1;
            }
            buckets[at & mask] = index;
            if field.is_required() && index < 128 {
                required |= 1 << index;
            }
        }
        Self { name, open, fields, keys, buckets, required }
    }

    /// The index of the field of this name.
    #[inline]
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        let key = NameKey::of(name.as_bytes());
        let mask = self.buckets.len().wrapping_sub(1);
        let mut at = key.hash();
        loop {
            let index = usize::from(*self.buckets.get(at & mask)?);
            // `EMPTY` is past the end of `keys`.
            if self.keys.get(index)?.matches(key)
                && (name.len() <= NameKey::MAX_EXACT || self.fields[index].name == name)
            {
                return Some(index);
            }
            at += 1;
        }
    }
}

/// The parsed texts by address: a linked list for each remainder.
static CACHE: [OnceLock<Box<CacheEntry>>; 1021] = [const { OnceLock::new() }; 1021];

struct CacheEntry {
    text: &'static str,
    info: RecordInfo,
    next: OnceLock<Box<Self>>,
}

impl CacheEntry {
    #[cold]
    fn new(text: &'static str) -> Box<Self> {
        Box::new(Self { text, info: RecordInfo::parse(text), next: OnceLock::new() })
    }
}

/// A field's name on the wire and its flags.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The name on the wire.
    pub name: &'static str,
    flags: u8,
}

impl Field {
    /// It is required when read, and always written.
    const REQUIRED: u8 = 1;
    /// `Debug` prints `[redacted]` instead of its value.
    const REDACTED: u8 = 2;
    /// Its decimals are written as strings.
    const TEXT: u8 = 4;
    /// It is required, but stays blank if it is missing or `null`, because that invents nothing.
    const BLANK: u8 = 8;
    /// It is a string that the API assigned and gets back, such as an id.
    const ID: u8 = 16;
    /// Its elements are counted, so none may be `null`.
    const COUNTED: u8 = 32;
    /// It has all changes since a cursor, so neither the list nor an element may be `null`.
    const WHOLE: u8 = 64;

    fn of(text: &'static str) -> Self {
        let (words, name) = text.split_once(' ').unwrap_or(("", text));
        let flag = |word, flag| if words.contains(word) { flag } else { 0 };
        let flags = flag("REQUIRED", Self::REQUIRED)
            | flag("REDACTED", Self::REDACTED)
            | flag("TEXT", Self::TEXT)
            | flag("BLANK", Self::BLANK)
            | flag("ID", Self::ID)
            | flag("COUNTED", Self::COUNTED)
            | flag("WHOLE", Self::WHOLE);
        Self { name, flags }
    }

    pub(super) const fn is_required(self) -> bool {
        self.flags & Self::REQUIRED != 0
    }

    pub(super) const fn is_redacted(self) -> bool {
        self.flags & Self::REDACTED != 0
    }

    pub(super) const fn may_be_blank(self) -> bool {
        self.flags & Self::BLANK != 0
    }

    pub(super) const fn is_id(self) -> bool {
        self.flags & Self::ID != 0
    }

    /// Whether the list itself may not be `null`.
    pub(super) const fn is_whole(self) -> bool {
        self.flags & Self::WHOLE != 0
    }

    /// Whether no element of the list may be `null`.
    pub(super) const fn has_all_elements(self) -> bool {
        self.flags & (Self::WHOLE | Self::COUNTED) != 0
    }

    pub(super) const fn is_text(self) -> bool {
        self.flags & Self::TEXT != 0
    }
}

/// A name's length and its first, middle and last bytes as integers, which compare faster than text. Up to 24 bytes, two
/// names are equal if their keys are.
#[derive(Clone, Copy, Debug)]
struct NameKey {
    head: u64,
    middle: u64,
    tail: u64,
    length: usize,
}

impl NameKey {
    /// The longest name that a key contains as a whole.
    const MAX_EXACT: usize = 24;

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
    fn matches(self, other: Self) -> bool {
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
        let info = RecordInfo::of(ACCOUNT);
        let names = ["", "a", "ab", "account_id", "account_one_number", "account_two_number"];
        assert_eq!(info.fields.iter().map(|field| field.name).collect::<Vec<_>>(), names);
        for (at, name) in names.iter().enumerate() {
            assert_eq!(info.find(name), Some(at), "{name}");
        }
        assert!(info.fields[3].is_required() && info.fields[3].is_redacted() && info.fields[5].is_text());
        for other in ["b", "abc", "account", "account_six_number"] {
            assert_eq!(info.find(other), None, "{other}");
        }
        assert_eq!((info.name, info.open, info.required), ("Account", false, 0b1100));
        let empty = RecordInfo::of("Empty open\0");
        assert_eq!((empty.name, empty.open, empty.fields.len(), empty.find("a")), ("Empty", true, 0, None));
    }

    #[test]
    fn a_text_is_parsed_once_and_never_confused_with_another() {
        // More than the cache has lists, and some start at the address of another.
        let texts: Vec<&'static str> = (0..3000)
            .flat_map(|number| {
                let text: &'static str = Box::leak(format!("T{number}\0 a\0 b\0").into_boxed_str());
                [text, &text[..text.len() - 3]]
            })
            .collect();
        let ask = || texts.iter().map(|text| std::ptr::from_ref(RecordInfo::of(text)) as usize).collect::<Vec<_>>();
        let answers = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(ask)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
        });
        assert!(answers.iter().all(|answer| *answer == answers[0]));
        for (number, pair) in texts.chunks(2).enumerate() {
            let lengths = [RecordInfo::of(pair[0]), RecordInfo::of(pair[1])].map(|info| (info.name, info.fields.len()));
            let name = format!("T{number}");
            assert_eq!(lengths, [(name.as_str(), 2), (name.as_str(), 1)]);
        }
    }
}
