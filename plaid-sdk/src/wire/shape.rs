//! The names of a struct's fields, and the quick way from a name to its index.

/// A struct's name and fields. Made in constants, so that looking a field up costs no set-up at run time.
#[derive(Debug)]
pub struct Shape {
    /// The struct's name.
    pub name: &'static str,
    /// Its fields, in the order of their indices.
    pub fields: &'static [Field],
    /// Their names' prints, side by side for speed.
    prints: &'static [Print],
    /// The hash table over their names.
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
    flags: u8,
}

impl Field {
    /// It must be there when read, and is always written.
    pub const REQUIRED: u8 = 1;
    /// Its value is never printed.
    pub const REDACTED: u8 = 2;
    /// Its decimals are written as strings.
    pub const TEXT: u8 = 4;

    const fn new((name, flags): (&'static str, u8)) -> Self {
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

/// An empty place in the table: an index past every field's.
const EMPTY: u16 = u16::MAX;

impl Shape {
    /// A struct of this name and these fields.
    pub const fn new<const N: usize, const SIZE: usize>(name: &'static str, table: &'static Table<N, SIZE>) -> Self {
        let fields = &table.fields;
        let mut required = 0;
        let mut at = 0;
        while at < fields.len() && at < 128 {
            if fields[at].is_required() {
                required |= 1 << at;
            }
            at += 1;
        }
        Self { name, fields, prints: &table.prints, index: &table.index, required, open: false }
    }

    /// The same, where properties that are not declared are kept, in the field of this name.
    #[must_use]
    pub const fn keep(mut self, _: &'static str) -> Self {
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
            if self.prints.get(index)?.is(print) && (name.len() <= Print::WHOLE || self.fields[index].name == name) {
                return Some(index);
            }
            at += 1;
        }
    }
}

/// Fields, and the hash table over their names: open addressing, linear probing.
#[derive(Debug)]
pub struct Table<const N: usize, const SIZE: usize> {
    fields: [Field; N],
    prints: [Print; N],
    index: [u16; SIZE],
}

/// The table for names and flags; `SIZE` is a power of two above their count, or 0 for none.
pub const fn table<const N: usize, const SIZE: usize>(names: &[(&'static str, u8); N]) -> Table<N, SIZE> {
    assert!(N < SIZE || SIZE == 0 && N == 0, "the table must have an empty place");
    assert!(SIZE == 0 || SIZE.is_power_of_two(), "the table's size must be a power of two");
    let mut fields = [Field::new(("", 0)); N];
    let mut prints = [Print::of(b""); N];
    let mut index = [EMPTY; SIZE];
    let mut field = 0;
    while field < N {
        fields[field] = Field::new(names[field]);
        prints[field] = Print::of(names[field].0.as_bytes());
        let mut at = prints[field].hash() & (SIZE - 1);
        while index[at] != EMPTY {
            at = (at + 1) & (SIZE - 1);
        }
        index[at] = field as u16;
        field += 1;
    }
    Table { fields, prints, index }
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
    const fn is(self, other: Self) -> bool {
        self.head == other.head && self.tail == other.tail && self.middle == other.middle && self.length == other.length
    }

    #[inline]
    const fn hash(self) -> usize {
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
        static TABLE: Table<6, 16> = table(&[
            ("", 0),
            ("a", 0),
            ("ab", Field::REQUIRED),
            ("account_id", Field::REQUIRED),
            // The same length, head and tail.
            ("account_one_number", 0),
            ("account_two_number", 0),
        ]);
        let shape = Shape::new("Account", &TABLE);
        for (at, field) in TABLE.fields.iter().enumerate() {
            assert_eq!(shape.find(field.name), Some(at), "{}", field.name);
        }
        for other in ["b", "abc", "account", "account_six_number"] {
            assert_eq!(shape.find(other), None, "{other}");
        }
        assert_eq!(shape.required, 0b1100);
        assert_eq!(Shape::new("Empty", const { &table::<0, 0>(&[]) }).find("a"), None);
    }

    #[test]
    fn a_full_table_still_ends_the_search() {
        let shape = Shape::new("Full", const { &table::<3, 4>(&[("a", 0), ("b", 0), ("c", 0)]) });
        assert_eq!(shape.find("d"), None);
    }
}
