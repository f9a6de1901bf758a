//! Values that the demo data has for single operations.

use std::collections::BTreeMap;

use plaid_catalog::model::Sample;

use super::known::is_taken;
use super::shelf::Kept;

/// Properties of requests with their values, by the operation that they are for. Tokens are handles.
#[derive(Debug, Default)]
pub struct Given {
    all: BTreeMap<String, Vec<(String, Sample)>>,
}

impl Given {
    /// Values by operation.
    #[cfg(feature = "emulator")]
    pub fn new(all: impl IntoIterator<Item = (String, Vec<(String, Sample)>)>) -> Self {
        Self { all: all.into_iter().collect() }
    }

    /// The values for an operation.
    pub fn of(&self, operation: &str) -> &[(String, Sample)] {
        self.all.get(operation).map_or(&[], Vec::as_slice)
    }

    /// Forgets ids that a call used up, and those whose names it made newer values for.
    pub fn after(&mut self, operation: &str, made: &[Kept]) {
        let is_newer = |name: &str| made.iter().any(|kept| kept.name == name);
        self.all.retain(|other, values| {
            !values.iter().any(|(name, _)| is_taken(name) && (other == operation || is_newer(name)))
        });
    }
}
