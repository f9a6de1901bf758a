//! What the maintainers know about the rules of an API that its document does not say.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// Rules for the values of properties, each by `Schema.property`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// How many characters a string should have at most. The API accepts longer ones, but does not use them as they are.
    pub advised_length: IndexMap<String, usize>,
    /// Properties that are required if each of these other properties of the object has one of its values.
    pub required_if: IndexMap<String, IndexMap<String, Vec<String>>>,
}
