//! What is said about an item, and what values may be.

use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};

use crate::{Literal, Text};

/// What is said of an item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Docs {
    /// A line.
    pub summary: Option<Text>,
    /// The rest.
    pub description: Option<Text>,
    /// Whether these two are the maintainers' words, not the document's.
    pub own: bool,
    /// The page that documents it, as an absolute address.
    pub link: Option<String>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// Whether the document hides it from its readers.
    pub hidden: bool,
    /// What the document asks of values.
    pub constraints: Constraints,
}

impl Docs {
    /// Whether anything is said in prose.
    pub fn is_told(&self) -> bool {
        self.summary.is_some() || self.description.is_some()
    }
}

/// What the document asks of values. It is told in the docs, never checked: the API decides.
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
    /// `format`, where it is not one that became a type.
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
    /// `enum`, where its values are numbers or booleans, and so no enum in Rust.
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
