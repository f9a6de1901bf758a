//! One of several types: `oneOf` and `anyOf`.

use serde_json::Value;

use super::{View, Wire, json};

/// A union behind a pointer.
pub trait Union {
    /// One to read into.
    fn blank() -> Self
    where
        Self: Sized;
    /// Reads the alternative that fits.
    fn assign(&mut self, captured: Capture<'_>) -> Result<(), String>;
    /// What to write.
    fn view(&self) -> View<'_>;
    /// What is told of a value that fits none.
    fn expecting(&self) -> &'static str;
}

/// A value that was read to see which alternative it fits.
#[derive(Debug)]
pub enum Capture<'a> {
    /// The JSON text, digits and all.
    Text(&'a str),
    /// A value out of another format.
    Value(Value),
}

impl Capture<'_> {
    /// The text of a discriminating property.
    pub fn tag(&self, property: &str) -> Option<String> {
        let value: Value = match self {
            Self::Text(text) => serde_json::from_str(text).ok()?,
            Self::Value(value) => value.clone(),
        };
        value.get(property)?.as_str().map(str::to_owned)
    }

    /// Reads it as one of the alternatives.
    ///
    /// # Errors
    /// Where and why it does not fit.
    pub fn read<T: Wire>(&self) -> Result<T, String> {
        match self {
            Self::Text(text) => json::from_json(text.as_bytes()).map_err(|error| error.to_string()),
            Self::Value(value) => super::deserialize(value).map_err(|error: serde_json::Error| error.to_string()),
        }
    }

    /// The value itself, where no alternative fits.
    pub fn into_json(self) -> Value {
        match self {
            Self::Text(text) => serde_json::from_str(text).unwrap_or(Value::Null),
            Self::Value(value) => value,
        }
    }
}
