//! What making samples shows about the hints.

use std::collections::{BTreeMap, BTreeSet};

use api_model::Pointer;

/// What making samples shows about the hints.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// The places of the hints that were used, in [`api_model::SampleHints`].
    pub used: BTreeSet<Pointer>,
    /// The strings without a value from a hint or a rule.
    pub missing: BTreeSet<Missing>,
    /// What is wrong with the hints that don't fit, by its place in [`api_model::SampleHints`].
    pub misfits: BTreeMap<Pointer, String>,
}

/// A string without a value from a hint or a rule. Its sample is the name of its property.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// The schema that has the property.
    pub schema: String,
    /// The property.
    pub property: String,
    /// Where the property is in the document.
    pub at: Pointer,
    /// Whether a minimal request has it.
    pub needed: bool,
}

impl Notes {
    /// Adds other notes.
    pub fn add(&mut self, other: Self) {
        self.used.extend(other.used);
        self.missing.extend(other.missing);
        self.misfits.extend(other.misfits);
    }

    /// Removes from the strings those that are also there as needed.
    pub(super) fn once(&mut self) {
        let needed: BTreeSet<Pointer> =
            self.missing.iter().filter(|missing| missing.needed).map(|missing| missing.at.clone()).collect();
        self.missing.retain(|missing| missing.needed || !needed.contains(&missing.at));
    }

    /// Adds the notes of minimal requests.
    pub(super) fn add_needed(&mut self, mut other: Self) {
        let missing = std::mem::take(&mut other.missing).into_iter();
        other.missing = missing.map(|missing| Missing { needed: true, ..missing }).collect();
        self.add(other);
    }
}
