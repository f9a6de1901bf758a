//! What the reader records: the path to an error, deviations with their paths, and the number of undeclared properties.
//!
//! Nothing is recorded while a document is read that has none of these. When an error or a deviation propagates, each level adds
//! its step of the path.

use super::deviation::{Deviations, Found};
use super::path::{Path, Step};

/// What came of reading a value.
///
/// As wide as a pointer, so that a `Result` of it and of serde_json's error is returned in two registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub(super) enum Outcome {
    /// It was read.
    Value,
    /// It is `null`, which its type does not allow. The slot is still blank.
    Null,
    /// It was read, but it has deviations. They are in the trace; the caller adds its step to their paths.
    Deviating,
    /// The same, and it is a list without some elements, which are `null`.
    Shortened,
    /// It is a number where a string is expected. The slot contains its digits. Only the struct knows whether it is an id.
    Digits,
    /// It is a list with such numbers, which are deviations.
    ListedDigits,
}

/// What the reader records.
#[derive(Debug, Default)]
pub struct Trace {
    /// The path to the error.
    error: Path,
    deviations: Found,
    /// The number of undeclared properties and values.
    undeclared: usize,
    /// Whether the value is read only to see if it fits an alternative of a union.
    is_trial: bool,
    /// Whether the document is a copy with lone surrogates replaced.
    is_repaired: bool,
}

impl Trace {
    /// For trying an alternative of a union.
    pub(super) fn trial(is_repaired: bool) -> Self {
        Self { is_trial: true, is_repaired, ..Self::default() }
    }

    pub(super) const fn is_trial(&self) -> bool {
        self.is_trial
    }

    /// For a document whose lone surrogates were replaced.
    pub(super) const fn set_repaired(&mut self) {
        self.is_repaired = true;
    }

    #[inline]
    pub(super) const fn is_repaired(&self) -> bool {
        self.is_repaired
    }

    #[cold]
    pub(super) fn error_in(&mut self, step: Step) {
        self.error.push(step);
    }

    pub(super) const fn error(&self) -> &Path {
        &self.error
    }

    /// Counts an undeclared property or value.
    pub(super) fn undeclared(&mut self) {
        self.undeclared += 1;
    }

    /// Records a deviation of the value that is being read.
    #[cold]
    pub(super) fn deviate(&mut self, expected: &'static str, found: &'static str) {
        self.deviations.record(expected, found);
    }

    /// Records a deviation of a value inside the one that is being read.
    #[cold]
    pub(super) fn deviate_at(&mut self, path: Path, expected: &'static str, found: &'static str) {
        self.deviations.record_at(path, expected, found);
    }

    /// Whether another deviation is described, or only counted.
    pub(super) const fn has_room(&self) -> bool {
        self.deviations.has_room()
    }

    /// Adds a step to the paths of the deviations since their number was `before`, and returns their number now.
    #[cold]
    pub(super) fn deviations_in(&mut self, before: usize, step: &Step) -> usize {
        self.deviations.add_step(before, step);
        self.deviations.total()
    }

    /// The index of the first element of a list where this was found, if the list's deviations start at `before`. `None` if it
    /// is not known.
    #[cold]
    pub(super) fn first_element(&self, before: usize, what: &str) -> Option<usize> {
        self.deviations.described(before).find_map(|(path, found)| path.only_index().filter(|_| found == what))
    }

    /// The number of deviations.
    #[inline]
    pub(super) const fn deviations(&self) -> usize {
        self.deviations.total()
    }

    /// Whether there are more deviations than before a value.
    #[inline]
    pub(super) const fn outcome_since(&self, start: usize) -> Outcome {
        if self.deviations() == start { Outcome::Value } else { Outcome::Deviating }
    }

    /// How badly a value fits an alternative of a union: the number of undeclared properties and values, and of deviations.
    pub(super) const fn misfits(&self) -> usize {
        self.undeclared + self.deviations.total()
    }

    /// Adds what was recorded while reading the chosen alternative.
    pub(super) fn absorb(&mut self, chosen: Self) {
        self.undeclared += chosen.undeclared;
        self.deviations.absorb(chosen.deviations);
    }

    pub(super) fn into_deviations(self) -> Deviations {
        self.deviations.finish()
    }
}
