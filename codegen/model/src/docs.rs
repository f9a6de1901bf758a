//! The documentation of an item, and the constraints on its values.

use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};

use crate::{Literal, Text};

/// The documentation of an item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Docs {
    /// One line.
    pub summary: Option<Text>,
    /// The rest.
    pub description: Option<Text>,
    /// Whether these two are the maintainers' texts, not the document's.
    pub own: bool,
    /// The page that documents it, as an absolute address.
    pub link: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Whether the document hides it from its readers.
    pub hidden: bool,
    /// The constraints on values.
    pub constraints: Constraints,
}

impl Docs {
    /// Whether there is any prose.
    pub fn is_told(&self) -> bool {
        self.summary.is_some() || self.description.is_some()
    }
}

/// The constraints on values. They appear in the docs, but are never checked: the API does that.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Constraints {
    /// `minimum`, with `exclusiveMinimum`.
    pub minimum: Option<Bound>,
    /// `maximum`, with `exclusiveMaximum`.
    pub maximum: Option<Bound>,
    /// `multipleOf`.
    pub multiple_of: Option<Number>,
    /// `minLength`.
    pub min_length: Option<usize>,
    /// `maxLength`.
    pub max_length: Option<usize>,
    /// `pattern`.
    pub pattern: Option<String>,
    /// `format`, unless it became a type.
    pub format: Option<String>,
    /// `minItems`.
    pub min_items: Option<usize>,
    /// `maxItems`.
    pub max_items: Option<usize>,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `minProperties`.
    pub min_properties: Option<usize>,
    /// `maxProperties`.
    pub max_properties: Option<usize>,
    /// `enum`, if its values are numbers or booleans, which don't become an enum in Rust.
    pub allowed: Vec<Literal>,
    /// `default`.
    pub default: Option<Value>,
    /// `readOnly`.
    pub read_only: bool,
    /// `writeOnly`.
    pub write_only: bool,
}

/// A limit of numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bound {
    /// The limit.
    pub value: Number,
    /// Whether the limit itself is not allowed.
    pub exclusive: bool,
}
