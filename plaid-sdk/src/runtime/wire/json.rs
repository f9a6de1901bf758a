//! Reading and writing JSON.

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeSeed;
use serde_json::error::Category;

use super::decode::Seed;
use super::encode::Written;
use super::path::Trace;
use super::{Slot, View, Wire};
use crate::runtime::redact;

/// Why a JSON document could not be decoded, with the path.
#[derive(Debug)]
pub struct DecodeError {
    path: String,
    source: serde_json::Error,
}

impl DecodeError {
    /// The path in the document, such as `added[3].amount`; empty for the document as a whole.
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl From<serde_json::Error> for DecodeError {
    /// The error of a type of the application. serde's derive prints the value that doesn't fit, which may be secret, so
    /// only its place is kept.
    fn from(source: serde_json::Error) -> Self {
        let source = match source.classify() {
            Category::Data => serde::de::Error::custom(format_args!(
                "a value is missing or has another type than expected, at line {} column {}",
                source.line(),
                source.column()
            )),
            Category::Io | Category::Syntax | Category::Eof => source,
        };
        Self { path: String::new(), source }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        fmt::Display::fmt(&self.source, f)
    }
}

// `Display` prints serde_json's error too.
impl std::error::Error for DecodeError {}

/// Decodes a JSON document.
///
/// # Errors
/// The text is not JSON, is truncated, or has a value of another type than `T`.
#[inline]
pub fn from_json<T: Wire>(json: &[u8]) -> Result<T, DecodeError> {
    let mut value = T::blank();
    fill(value.slot(), json)?;
    Ok(value)
}

// Not generic, so it is compiled once, in this crate.
fn fill(slot: Slot<'_>, json: &[u8]) -> Result<(), DecodeError> {
    let mut trace = Trace::default();
    // Validating UTF-8 once is faster than string by string.
    let result = match str::from_utf8(json) {
        Ok(text) => fill_text(slot, text, &mut trace),
        Err(error) => Err(serde::de::Error::custom(format_args!("not UTF-8: {error}"))),
    };
    // A key of a map is a text of the server.
    result.map_err(|source| DecodeError { path: redact::text(&trace.to_string()).into_owned(), source })
}

pub(super) fn fill_text(slot: Slot<'_>, text: &str, trace: &mut Trace) -> Result<(), serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    Seed { slot, trace }.deserialize(&mut deserializer)?;
    deserializer.end()
}

/// The text of an error without the position, which refers to a part of the document.
pub(super) fn without_position(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}

/// Writes JSON.
///
/// # Errors
/// None that a generated type can cause; serde_json's signature has one.
pub fn to_json(value: View<'_>) -> Result<Vec<u8>, serde_json::Error> {
    let mut json = Vec::with_capacity(256);
    Written { view: value, text: false, raw: true }.serialize(&mut serde_json::Serializer::new(&mut json))?;
    Ok(json)
}
