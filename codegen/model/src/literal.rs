//! Values that a document lists.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Number;

/// A string, number or boolean that a document lists as a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Literal {
    /// A string.
    Text(String),
    /// A number.
    Number(Number),
    /// `true` or `false`.
    Bool(bool),
}

impl Literal {
    /// Whether it is a number or a boolean.
    pub fn is_scalar(&self) -> bool {
        !matches!(self, Self::Text(_))
    }
}

/// As text: a string without quotes.
impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
            Self::Bool(bool) => write!(f, "{bool}"),
        }
    }
}
