//! Deviations: where a document differs from the API's description and was read all the same.
//!
//! A deviation is recorded where it is found. On the way back each level adds its step of the path, so that reading a
//! document without deviations costs nothing.

use std::fmt;

use super::path::{Path, Step};

/// How many deviations of a document are described. All of them are counted.
const DESCRIBED: usize = 20;

/// A value that differs from the API's description and was read all the same. It contains no value of the response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deviation {
    path: String,
    expected: &'static str,
    found: &'static str,
}

impl Deviation {
    /// The path in the document, such as `accounts[3].name`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What the description of the API says: `a string`.
    pub const fn expected(&self) -> &'static str {
        self.expected
    }

    /// What the document has: `null`, or `nothing` for a missing property.
    pub const fn found(&self) -> &'static str {
        self.found
    }
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        write!(f, "expected {}, found {}", self.expected, self.found)
    }
}

/// The deviations of a document, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deviations {
    described: Vec<Deviation>,
    total: usize,
}

impl Deviations {
    /// The number of deviations.
    pub const fn len(&self) -> usize {
        self.total
    }

    /// Whether the document has none.
    pub const fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// The deviations: the first 20 that were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Deviation> {
        self.described.iter()
    }
}

impl<'a> IntoIterator for &'a Deviations {
    type Item = &'a Deviation;
    type IntoIter = std::slice::Iter<'a, Deviation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Deviations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, deviation) in self.described.iter().enumerate() {
            write!(f, "{}{deviation}", if at == 0 { "" } else { "; " })?;
        }
        match self.total - self.described.len() {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}

/// The deviations found so far, with as much of their paths as is known.
#[derive(Debug, Default)]
pub(super) struct Found {
    described: Vec<(Path, &'static str, &'static str)>,
    total: usize,
}

impl Found {
    #[inline]
    pub(super) const fn total(&self) -> usize {
        self.total
    }

    /// Records a deviation of the value that is being read.
    #[cold]
    pub(super) fn record(&mut self, expected: &'static str, found: &'static str) {
        self.record_at(Path::default(), expected, found);
    }

    #[cold]
    pub(super) fn record_at(&mut self, path: Path, expected: &'static str, found: &'static str) {
        if self.has_room() {
            self.described.push((path, expected, found));
        }
        self.total += 1;
    }

    /// The paths of the deviations since the total was `before`, and what was found there.
    pub(super) fn described(&self, before: usize) -> impl Iterator<Item = (&Path, &'static str)> {
        self.described.iter().skip(before).map(|(path, _, found)| (path, *found))
    }

    /// Whether another deviation is described, or only counted.
    pub(super) const fn has_room(&self) -> bool {
        self.total < DESCRIBED
    }

    /// Adds a step to the paths of all deviations since the total was `before`.
    #[cold]
    pub(super) fn add_step(&mut self, before: usize, step: &Step) {
        for (path, ..) in self.described.iter_mut().skip(before) {
            path.push(step.clone());
        }
    }

    /// Adds the deviations of a part of the value that is being read.
    pub(super) fn absorb(&mut self, other: Self) {
        let free = DESCRIBED.saturating_sub(self.described.len());
        self.described.extend(other.described.into_iter().take(free));
        self.total += other.total;
    }

    pub(super) fn finish(self) -> Deviations {
        let described = self.described.into_iter().map(|(path, expected, found)| {
            let path = path.to_string();
            Deviation { path, expected, found }
        });
        Deviations { described: described.collect(), total: self.total }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_deviations_are_described_and_all_are_counted() {
        let mut found = Found::default();
        for index in 0..25 {
            let before = found.total();
            found.record("a string", "null");
            found.add_step(before, &Step::Index(index));
        }
        found.add_step(0, &Step::Field("names"));
        let mut whole = Found::default();
        whole.record("an array", "nothing");
        whole.absorb(found);
        let deviations = whole.finish();
        assert_eq!((deviations.len(), deviations.iter().count()), (26, 20));
        assert_eq!(deviations.iter().last().map(Deviation::path), Some("names[18]"));
        let text = deviations.to_string();
        assert!(
            text.starts_with("expected an array, found nothing; names[0]: expected a string, found null; "),
            "{text}"
        );
        assert!(text.ends_with("names[18]: expected a string, found null; and 6 more"), "{text}");
    }
}
