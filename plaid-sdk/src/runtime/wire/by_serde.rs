//! Reading generated types by serde's `Deserialize`.
//!
//! `Deserialize` can't return deviations, and between a document and a generated type may be types of the application. So while
//! [`from_json_by_serde`] reads a document, each generated type in it adds its deviations to a variable of the thread. Otherwise
//! nobody asks for them.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeOwned, Deserializer, Error, MapAccess, Visitor};

use super::decode::fill_root;
use super::deviation::Deviations;
use super::json::{self, DecodeError, fill_text};
use super::path::without_position;
use super::trace::Trace;
use super::{Slot, Wire, decimal, surrogate};

/// What the generated types of the document report.
#[derive(Default)]
struct Report {
    found: Trace,
    /// The path and the message of the error of a generated type.
    error: Option<(String, String)>,
    /// Whether each generated type reads its own JSON text, to replace lone surrogates. In types of the application they remain
    /// an error: a text may be an id there.
    by_text: bool,
}

thread_local! {
    static REPORT: RefCell<Option<Report>> = const { RefCell::new(None) };
}

/// Calls a function with the report, if this thread is reading a document.
fn with_report<R>(use_it: impl FnOnce(&mut Report) -> R) -> Option<R> {
    // A thread that ends has no variables any more.
    REPORT.try_with(|report| report.borrow_mut().as_mut().map(use_it)).ok().flatten()
}

/// The report is open until this is dropped.
struct Open {
    outer: Option<Report>,
}

impl Open {
    fn new(report: Report) -> Self {
        Self { outer: REPORT.replace(Some(report)) }
    }

    fn close(self) -> Report {
        REPORT.take().unwrap_or_default()
    }
}

impl Drop for Open {
    // Also if the application's code panics.
    fn drop(&mut self) {
        REPORT.set(self.outer.take());
    }
}

/// Decodes a JSON document into any type, and reports where its generated types differ from their description. The path of a
/// deviation starts at the generated type.
///
/// # Errors
/// The text is not JSON, is truncated, or has a value of another type.
pub fn from_json_by_serde<T: DeserializeOwned>(json: &[u8], deviations: &mut Deviations) -> Result<T, DecodeError> {
    let (text, has_mark) = json::text(json)?;
    let read = |by_text| {
        let open = Open::new(Report { by_text, found: json::start(has_mark), ..Report::default() });
        let result = serde_json::from_str(text);
        (result, open.close())
    };
    let (mut result, mut report) = read(false);
    if result.is_err() && surrogate::is_in(text) {
        (result, report) = read(true);
    }
    match result {
        Ok(value) => {
            *deviations = report.found.into_deviations();
            Ok(value)
        }
        Err(error) => Err(report.explain(error)),
    }
}

impl Report {
    /// The error with its path, if it is one of a generated type.
    fn explain(self, error: serde_json::Error) -> DecodeError {
        match self.error {
            // It may also be the error of an alternative that the application has tried in vain.
            Some((path, message)) if without_position(&error) == message => DecodeError::new(path, error),
            _ => DecodeError::from(error),
        }
    }
}

/// Deserializes a value. The body of every generated `Deserialize`. An error starts with the path: `added[3].amount: …`.
///
/// # Errors
/// Those of the deserializer, and a value of another type than `T`.
pub fn deserialize<'de, T: Wire, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::blank();
    fill(value.slot(), deserializer)?;
    Ok(value)
}

fn fill<'de, D: Deserializer<'de>>(slot: Slot<'_>, deserializer: D) -> Result<(), D::Error> {
    match with_report(|report| report.by_text) {
        Some(true) => deserializer.deserialize_newtype_struct(decimal::RAW, ByText(slot)),
        reported => {
            let mut trace = Trace::default();
            let result = fill_root(slot, deserializer, &mut trace);
            finish(trace, result, reported.is_some())
        }
    }
}

/// Adds what was recorded while a generated type was read to the report, or the path to its error.
fn finish<E: Error>(trace: Trace, result: Result<(), E>, is_reported: bool) -> Result<(), E> {
    match result {
        Ok(()) if trace.deviations() == 0 => {}
        Ok(()) => {
            with_report(|report| report.found.absorb(trace));
        }
        Err(error) => return Err(failed(&trace, error, is_reported)),
    }
    Ok(())
}

/// The error with its path, which a report has apart from it.
#[cold]
fn failed<E: Error>(trace: &Trace, error: E, is_reported: bool) -> E {
    let path = trace.error().to_string();
    if is_reported {
        with_report(|report| report.error = Some((path, without_position(&error))));
        error
    } else if path.is_empty() {
        // serde_json parses line and column from the text.
        error
    } else {
        E::custom(format_args!("{path}: {error}"))
    }
}

/// Reads a value from its JSON text, which serde_json provides, and replaces lone surrogates there.
struct ByText<'s>(Slot<'s>);

impl<'de> Visitor<'de> for ByText<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text of a JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        if map.next_key::<String>()?.as_deref() != Some(decimal::RAW) {
            return Err(A::Error::custom("invalid type: expected the text of a JSON value"));
        }
        let text: String = map.next_value()?;
        let mut trace = Trace::default();
        let replaced = surrogate::replace(&text, &mut trace);
        if replaced.is_some() {
            trace.set_repaired();
        }
        let result = fill_text(self.0, replaced.as_deref().unwrap_or(&text), &mut trace);
        finish(trace, result.map_err(|error| A::Error::custom(without_position(&error))), true)
    }

    // Called by formats without text: a type of the application has read the document into values before.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let mut trace = Trace::default();
        let result = fill_root(self.0, deserializer, &mut trace);
        finish(trace, result, true)
    }
}
