//! A union as the reader sees it, and the value from which it chooses.

use serde_json::Value;

use super::{Trace, View};

/// A union as a trait object.
pub trait Union {
    /// Reads the matching alternative.
    ///
    /// # Errors
    /// Why it does not match. The path is added to the trace.
    fn assign(&mut self, captured: Capture<'_>, trace: &mut Trace) -> Result<(), String>;
    /// The value to write.
    fn view(&self) -> View<'_>;
    /// The expected value, for errors.
    fn expecting(&self) -> &'static str;
}

/// A value that was read to find the matching alternative.
#[derive(Debug)]
pub enum Capture<'a> {
    /// The JSON text, with exact digits.
    Text(&'a str),
    /// A value from another format.
    Value(Value),
}

impl Capture<'_> {
    /// The value of the discriminator.
    pub fn tag(&self, property: &str) -> Option<String> {
        let value: Value = match self {
            Self::Text(text) => serde_json::from_str(text).ok()?,
            Self::Value(value) => value.clone(),
        };
        value.get(property)?.as_str().map(str::to_owned)
    }

    /// The value itself, if no alternative matches.
    pub fn into_json(self, trace: &mut Trace) -> Value {
        trace.undeclared();
        match self {
            Self::Text(text) => serde_json::from_str(text).unwrap_or(Value::Null),
            Self::Value(value) => value,
        }
    }
}
