//! The documentation of an item, and the constraints on its values.

use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};

use crate::{Literal, Text};

/// The documentation of an item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Docs {
    /// One line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<Text>,
    /// The rest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// Whether these two are the maintainers' texts, not the document's.
    #[serde(skip_serializing_if = "crate::form::is_false")]
    pub own: bool,
    /// The page that documents it, as an absolute address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Whether it is deprecated.
    #[serde(skip_serializing_if = "crate::form::is_false")]
    pub deprecated: bool,
    /// Whether the document hides it from its readers.
    #[serde(skip_serializing_if = "crate::form::is_false")]
    pub hidden: bool,
    /// The constraints on values.
    #[serde(skip_serializing_if = "crate::form::is_default")]
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
#[serde(default)]
pub struct Constraints {
    /// `minimum`, with `exclusiveMinimum`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Bound>,
    /// `maximum`, with `exclusiveMaximum`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum: Option<Bound>,
    /// `multipleOf`.
    #[serde(with = "crate::form::json", skip_serializing_if = "Option::is_none")]
    pub multiple_of: Option<Number>,
    /// `minLength`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_length: Option<usize>,
    /// `maxLength`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_length: Option<usize>,
    /// `pattern`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// `format`, unless it became a type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// `minItems`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_items: Option<usize>,
    /// `maxItems`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_items: Option<usize>,
    /// `uniqueItems`.
    #[serde(skip_serializing_if = "crate::form::is_false")]
    pub unique_items: bool,
    /// `minProperties`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_properties: Option<usize>,
    /// `maxProperties`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_properties: Option<usize>,
    /// `enum`, if its values are numbers or booleans, which don't become an enum in Rust.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<Literal>,
    /// `default`.
    #[serde(with = "crate::form::json", skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// `readOnly`.
    #[serde(skip_serializing_if = "crate::form::is_false")]
    pub read_only: bool,
    /// `writeOnly`.
    #[serde(skip_serializing_if = "crate::form::is_false")]
    pub write_only: bool,
}

/// A limit of numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bound {
    /// The limit.
    #[serde(with = "crate::form::json")]
    pub value: Number,
    /// Whether the limit itself is not allowed.
    #[serde(default, skip_serializing_if = "crate::form::is_false")]
    pub exclusive: bool,
}
