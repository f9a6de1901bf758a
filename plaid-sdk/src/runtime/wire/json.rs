//! Reading and writing JSON.

use std::borrow::Cow;
use std::{fmt, mem};

use serde::Serialize;
use serde_json::error::Category;

use super::decode::fill_root;
use super::deviation::Deviations;
use super::encode::Written;
use super::surrogate;
use super::trace::Trace;
use super::{Slot, View, Wire};

/// Why a JSON document could not be decoded, with the path.
#[derive(Debug)]
pub struct DecodeError {
    path: String,
    source: serde_json::Error,
}

impl DecodeError {
    pub(super) const fn new(path: String, source: serde_json::Error) -> Self {
        Self { path, source }
    }

    /// That a document has deviations, although it was decoded.
    pub(crate) fn of(deviations: &Deviations) -> Self {
        let first = deviations.iter().next();
        let path = first.map(|deviation| deviation.path().to_owned()).unwrap_or_default();
        let more = deviations.len().saturating_sub(1);
        let source = serde::de::Error::custom(match (first, more) {
            (Some(first), 0) => format!("expected {}, found {}", first.expected(), first.found()),
            (Some(first), more) => format!("expected {}, found {}; and {more} more", first.expected(), first.found()),
            (None, _) => String::new(),
        });
        Self { path, source }
    }

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
    from_json_with_deviations(json, &mut Deviations::default())
}

/// Decodes a JSON document, and reports what differs from `T`'s description.
///
/// # Errors
/// Those of [`from_json`].
#[inline]
pub fn from_json_with_deviations<T: Wire>(json: &[u8], deviations: &mut Deviations) -> Result<T, DecodeError> {
    let mut document = Document::new(json)?;
    loop {
        let mut value = T::blank();
        if document.fill(value.slot(), deviations)? {
            return Ok(value);
        }
    }
}

/// A document to decode.
struct Document<'a> {
    text: Cow<'a, str>,
    /// The deviations that were found before it was read.
    trace: Trace,
    /// Whether it began with a byte order mark.
    has_mark: bool,
}

// Not generic, so it is compiled once, in this crate.
impl<'a> Document<'a> {
    fn new(json: &'a [u8]) -> Result<Self, DecodeError> {
        let (text, has_mark) = text(json)?;
        Ok(Self { text: Cow::Borrowed(text), trace: start(has_mark), has_mark })
    }

    /// Reads it. Returns false if it has to be read again, into another blank value.
    fn fill(&mut self, slot: Slot<'_>, deviations: &mut Deviations) -> Result<bool, DecodeError> {
        let mut trace = mem::take(&mut self.trace);
        match fill_text(slot, &self.text, &mut trace) {
            Ok(()) => {
                if trace.deviations() > 0 {
                    *deviations = trace.into_deviations();
                }
                Ok(true)
            }
            Err(source) => {
                let mut again = start(self.has_mark);
                // A document that was replaced once has none left.
                if let Some(replaced) = surrogate::replace(&self.text, &mut again) {
                    self.text = Cow::Owned(replaced);
                    self.trace = again;
                    self.trace.set_repaired();
                    return Ok(false);
                }
                Err(DecodeError { path: trace.error().to_string(), source })
            }
        }
    }
}

/// The text of a document without its byte order mark, and whether it has one.
pub(super) fn text(json: &[u8]) -> Result<(&str, bool), DecodeError> {
    // Validating UTF-8 once is faster than string by string.
    let text = str::from_utf8(json).map_err(|error| {
        let source = serde::de::Error::custom(format_args!("not UTF-8: {error}"));
        DecodeError { path: String::new(), source }
    })?;
    Ok(text.strip_prefix('\u{feff}').map_or((text, false), |unmarked| (unmarked, true)))
}

/// What is recorded before the document is read.
pub(super) fn start(has_mark: bool) -> Trace {
    let mut trace = Trace::default();
    if has_mark {
        trace.deviate("JSON", "a byte order mark");
    }
    trace
}

pub(super) fn fill_text(slot: Slot<'_>, text: &str, trace: &mut Trace) -> Result<(), serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    fill_root(slot, &mut deserializer, trace)?;
    deserializer.end()
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
