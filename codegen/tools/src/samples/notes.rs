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
    /// The hints that don't fit, by their place.
    pub misfits: BTreeMap<Pointer, Misfit>,
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

/// A hint that is not a value of what it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The hint, as JSON.
    pub value: String,
    /// What it is for.
    pub of: String,
}

impl Notes {
    /// Adds other notes.
    pub fn add(&mut self, other: Self) {
        self.used.extend(other.used);
        self.missing.extend(other.missing);
        self.misfits.extend(other.misfits);
    }

    /// Adds the notes of minimal requests.
    pub(super) fn add_needed(&mut self, mut other: Self) {
        let missing = std::mem::take(&mut other.missing).into_iter();
        other.missing = missing.map(|missing| Missing { needed: true, ..missing }).collect();
        self.add(other);
    }
}
