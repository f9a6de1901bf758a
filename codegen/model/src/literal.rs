//! Values that a document lists.

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Number, Value};

/// A string, number or boolean that a document lists as a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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

/// The value itself in JSON. In formats without a type for each value it is a string: a text follows a quotation mark,
/// and others are JSON text.
impl Serialize for Literal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) if serializer.is_human_readable() => text.serialize(serializer),
            Self::Number(number) if serializer.is_human_readable() => number.serialize(serializer),
            Self::Bool(bool) if serializer.is_human_readable() => bool.serialize(serializer),
            Self::Text(text) => serializer.collect_str(&format_args!("\"{text}")),
            Self::Number(_) | Self::Bool(_) => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for Literal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = if deserializer.is_human_readable() {
            Value::deserialize(deserializer)?
        } else {
            let text = String::deserialize(deserializer)?;
            match text.strip_prefix('"') {
                Some(text) => Value::String(text.to_owned()),
                None => serde_json::from_str(&text).map_err(D::Error::custom)?,
            }
        };
        match value {
            Value::String(text) => Ok(Self::Text(text)),
            Value::Number(number) => Ok(Self::Number(number)),
            Value::Bool(bool) => Ok(Self::Bool(bool)),
            Value::Null | Value::Array(_) | Value::Object(_) => {
                Err(D::Error::custom("expected a string, a number or a boolean"))
            }
        }
    }
}
