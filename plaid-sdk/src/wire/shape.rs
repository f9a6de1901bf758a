//! The names of a struct's fields, and the quick way from a name to its index.

/// A struct's name and fields. Made in constants, so that looking a field up costs no set-up at run time.
#[derive(Debug)]
pub struct Shape {
    /// The struct's name.
    pub name: &'static str,
    /// Its fields, in the order of their indices.
    pub fields: &'static [Field],
    /// The hash table over their names, as [`index`] makes it.
    index: &'static [u16],
    /// The required ones among the first 128, a bit each.
    pub(super) required: u128,
    /// Whether properties that are not declared are kept.
    pub(super) open: bool,
}

/// A field's name on the wire, and what is particular about it.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The name on the wire.
    pub name: &'static str,
    print: Print,
    flags: u8,
}

const REQUIRED: u8 = 1;
const REDACTED: u8 = 2;
const TEXT: u8 = 4;

impl Field {
    /// A field that is left out when it has no value.
    pub const fn optional(name: &'static str) -> Self {
        Self { name, print: Print::of(name.as_bytes()), flags: 0 }
    }

    /// A field that must be there when read, and is always written.
    pub const fn required(name: &'static str) -> Self {
        Self { name, print: Print::of(name.as_bytes()), flags: REQUIRED }
    }

    /// The same field, its value never printed.
    #[must_use]
    pub const fn redacted(mut self) -> Self {
        self.flags |= REDACTED;
        self
    }

    /// The same field, its decimals written as strings.
    #[must_use]
    pub const fn text(mut self) -> Self {
        self.flags |= TEXT;
        self
    }

    pub(super) const fn is_required(self) -> bool {
        self.flags & REQUIRED != 0
    }

    pub(super) const fn is_redacted(self) -> bool {
        self.flags & REDACTED != 0
    }

    pub(super) const fn is_text(self) -> bool {
        self.flags & TEXT != 0
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

/// An empty place in the table: an index past every field's.
const EMPTY: u16 = u16::MAX;

impl Shape {
    /// A struct of this name and these fields.
    pub const fn new(name: &'static str, fields: &'static [Field], index: &'static [u16]) -> Self {
        let mut required = 0;
        let mut at = 0;
        while at < fields.len() && at < 128 {
            if fields[at].is_required() {
                required |= 1 << at;
            }
            at += 1;
        }
        Self { name, fields, index, required, open: false }
    }

    /// The same, where properties that are not declared are kept.
    #[must_use]
    pub const fn open(mut self) -> Self {
        self.open = true;
        self
    }

    /// The index of the field of this name.
    #[inline]
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        let print = Print::of(name.as_bytes());
        // A struct without fields has an empty table.
        let mask = self.index.len().wrapping_sub(1);
        let mut at = print.hash();
        loop {
            let index = usize::from(*self.index.get(at & mask)?);
            // Past the end stands an empty place.
            let field = self.fields.get(index)?;
            if field.print.is(print) && (name.len() <= Print::WHOLE || field.name == name) {
                return Some(index);
            }
            at += 1;
        }
    }
}

/// The hash table over the names of `fields`: open addressing, linear probing, `N` a power of two above their count (or
/// 0 for none).
pub const fn index<const N: usize>(fields: &[Field]) -> [u16; N] {
    assert!(fields.len() < N || N == 0 && fields.is_empty(), "the table must have an empty place");
    assert!(N == 0 || N.is_power_of_two(), "the table's size must be a power of two");
    let mut table = [EMPTY; N];
    let mut field = 0;
    while field < fields.len() {
        let mut at = fields[field].print.hash() & (N - 1);
        while table[at] != EMPTY {
            at = (at + 1) & (N - 1);
        }
        table[at] = field as u16;
        field += 1;
    }
    table
}

/// A name's length, first and last bytes: enough to tell any two names of up to 16 bytes apart, and quicker to compare
/// than text.
#[derive(Clone, Copy, Debug)]
struct Print {
    head: u64,
    tail: u64,
    length: usize,
}

impl Print {
    /// The length up to which a print holds the whole name.
    const WHOLE: usize = 16;

    #[inline]
    const fn of(name: &[u8]) -> Self {
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
        Self { head, tail, length: name.len() }
    }

    #[inline]
    const fn is(self, other: Self) -> bool {
        self.head == other.head && self.tail == other.tail && self.length == other.length
    }

    #[inline]
    const fn hash(self) -> usize {
        let mixed = (self.head ^ self.tail.rotate_left(29)).wrapping_add(self.length as u64);
        (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_found_and_no_other() {
        const FIELDS: &[Field] = &[
            Field::optional(""),
            Field::optional("a"),
            Field::required("ab"),
            Field::required("account_id"),
            // The same length, head and tail.
            Field::optional("account_one_number"),
            Field::optional("account_two_number"),
        ];
        static TABLE: [u16; 16] = index(FIELDS);
        let shape = Shape::new("Account", FIELDS, &TABLE);
        for (at, field) in FIELDS.iter().enumerate() {
            assert_eq!(shape.find(field.name), Some(at), "{}", field.name);
        }
        for other in ["b", "abc", "account", "account_six_number"] {
            assert_eq!(shape.find(other), None, "{other}");
        }
        assert_eq!(Shape::new("Empty", &[], &[]).find("a"), None);
    }

    #[test]
    fn a_full_table_still_ends_the_search() {
        const FIELDS: &[Field] = &[Field::optional("a"), Field::optional("b"), Field::optional("c")];
        let shape = Shape::new("Full", FIELDS, const { &index::<4>(FIELDS) });
        assert_eq!(shape.find("d"), None);
    }
}
