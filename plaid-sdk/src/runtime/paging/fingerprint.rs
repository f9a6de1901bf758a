//! Fingerprints of elements, and a memory of what was seen. Lists and updates recognize pages that repeat by them, without
//! keeping the elements.

use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

use crate::runtime::wire::{View, to_json};

/// The hash of an element's unique key, or of its content if it has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// Long enough that two keys never have the same in practice: `Items` skips an element by it.
    hash: u128,
    is_key: bool,
}

impl Fingerprint {
    /// The fingerprint of an element with this content and key.
    #[must_use]
    pub fn new(content: View<'_>, key: Option<Cow<'_, str>>) -> Self {
        match key {
            Some(key) => Self { hash: hash(key.as_bytes()), is_key: true },
            // Everything that was read can be written.
            None => Self { hash: hash(&to_json(content).unwrap_or_default()), is_key: false },
        }
    }
}

/// A hash with keys that differ in each process, so that a server can't prepare values with the same hash.
pub(super) fn hash(bytes: &[u8]) -> u128 {
    static KEYS: LazyLock<[RandomState; 2]> = LazyLock::new(|| [RandomState::new(), RandomState::new()]);
    let [high, low] = KEYS.each_ref().map(|key| u128::from(key.hash_one(bytes)));
    high << 64 | low
}

/// How many pages in a row may bring nothing new. Filters and elements added while the list is read can cause some.
const STALE_PAGES: u32 = 20;

/// What a page brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Brings {
    /// Something new.
    New,
    /// Only what is known, because it is read again to find elements that moved. There may be as many such pages as others.
    Known,
    /// Nothing new.
    Nothing,
}

/// What was seen in one list or update.
///
/// The memory for cursors and contents is bounded, because it serves to recognize loops only. The one for keys is exact, because
/// `Items` skips elements by it: 16 bytes for each element, which the limit on pages bounds.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    cursors: Recent,
    contents: Recent,
    keys: HashSet<u128>,
    /// The number of pages with something new.
    fresh: u32,
    /// The number of pages that were read again.
    reread: u32,
    /// How many of the last pages brought nothing new.
    stale: u32,
}

impl Seen {
    /// Remembers a cursor. Returns whether it is new.
    pub(super) fn add_cursor(&mut self, cursor: &str) -> bool {
        self.cursors.insert(hash(cursor.as_bytes()))
    }

    pub(super) fn has_cursor(&self, cursor: &str) -> bool {
        self.cursors.contains(hash(cursor.as_bytes()))
    }

    /// Whether an element is new.
    pub(super) fn any_new(&self, elements: &[Fingerprint]) -> bool {
        elements.iter().any(|element| match element.is_key {
            true => !self.keys.contains(&element.hash),
            false => !self.contents.contains(element.hash),
        })
    }

    /// Remembers elements. Returns for each whether it must be skipped, because its key was seen before.
    pub(super) fn add(&mut self, elements: &[Fingerprint]) -> Vec<bool> {
        let skip = |element: &Fingerprint| match element.is_key {
            true => !self.keys.insert(element.hash),
            false => {
                self.contents.insert(element.hash);
                false
            }
        };
        elements.iter().map(skip).collect()
    }

    /// Counts a page. Returns false if there are too many that bring nothing new.
    pub(super) const fn count(&mut self, brings: Brings) -> bool {
        match brings {
            Brings::New => {
                self.fresh = self.fresh.saturating_add(1);
                self.stale = 0;
                true
            }
            Brings::Known => {
                self.reread = self.reread.saturating_add(1);
                self.reread <= self.fresh.saturating_add(STALE_PAGES)
            }
            Brings::Nothing => {
                self.stale = self.stale.saturating_add(1);
                self.stale <= STALE_PAGES
            }
        }
    }

    /// The number of hashes it keeps.
    #[cfg(test)]
    pub(super) fn kept(&self) -> (usize, usize, usize) {
        (self.cursors.len(), self.contents.len(), self.keys.len())
    }
}

/// A set of the hashes that were inserted last: at least [`Recent::GENERATION`], at most twice as many.
#[derive(Clone, Debug, Default)]
struct Recent {
    young: HashSet<u64>,
    old: HashSet<u64>,
}

impl Recent {
    const GENERATION: usize = 50_000;

    const fn short(hash: u128) -> u64 {
        hash as u64
    }

    fn contains(&self, hash: u128) -> bool {
        let hash = Self::short(hash);
        self.young.contains(&hash) || self.old.contains(&hash)
    }

    /// Returns whether it is new.
    fn insert(&mut self, hash: u128) -> bool {
        let is_new = !self.contains(hash);
        self.young.insert(Self::short(hash));
        if self.young.len() >= Self::GENERATION {
            self.old = std::mem::take(&mut self.young);
        }
        is_new
    }

    #[cfg(test)]
    fn len(&self) -> usize {
        self.young.len() + self.old.len()
    }
}
