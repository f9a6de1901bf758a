//! Scalars: what a slot expects, and its value from a string.

use chrono::NaiveDate;
use serde::de::{Error, Unexpected};

use super::r#enum::EnumSlot;
use super::path::Step;
use super::trace::{Outcome, Trace};
use super::{Slot, decimal};
use crate::runtime::timestamp::{Timestamp, parse_date};

pub(super) fn expected(slot: &Slot<'_>) -> &'static str {
    match slot {
        Slot::Bool(_) => "true or false",
        Slot::Integer(_) => "a whole number",
        Slot::Float(_) => "a number",
        Slot::Decimal(_) | Slot::OptionalDecimal(_) => "a decimal number of at most 28 digits",
        Slot::String(_) | Slot::Enum(_) => "a string",
        Slot::OptionalString(_) => "a string or null",
        Slot::Date(_) => "a date such as 2026-03-01",
        Slot::Timestamp(_) => "a timestamp such as 2026-03-01T09:30:00Z",
        Slot::Json(_) => "any value",
        Slot::JsonObject(_) | Slot::Map(_) | Slot::Struct(_) => "an object",
        Slot::Union(union) => union.expecting(),
        Slot::List(_) => "an array",
        Slot::Optional(_) | Slot::OptionalText(_) => "a value or null",
    }
}

/// Whether a value that is missing or `null` is an empty one.
pub(super) const fn is_container(slot: &Slot<'_>) -> bool {
    matches!(slot, Slot::List(_) | Slot::Map(_) | Slot::JsonObject(_))
}

/// Reads a value of an enum.
#[inline]
pub(super) fn assign<E: Error>(out: &mut dyn EnumSlot, text: &str, trace: &mut Trace) -> Result<Outcome, E> {
    if out.assign(text) { Ok(Outcome::Value) } else { unlisted(text, trace) }
}

#[cold]
fn unlisted<E: Error>(text: &str, trace: &mut Trace) -> Result<Outcome, E> {
    if trace.is_repaired() && text.contains(char::REPLACEMENT_CHARACTER) {
        return Err(E::custom("a lone surrogate in a value of an enum"));
    }
    trace.undeclared();
    Ok(Outcome::Value)
}

/// The error contains only the kind of the value: the value may be secret, and errors are logged.
#[cold]
pub(super) fn mismatch<E: Error>(slot: &Slot<'_>, found: &str) -> E {
    E::invalid_type(Unexpected::Other(found), &expected(slot))
}

/// What is found in place of a string.
pub(super) const A_WHOLE_NUMBER: &str = "a whole number";

/// A whole number, or one in a list, in place of a string that is not an id. The list's deviations start at `before`.
#[cold]
pub(super) fn no_id<E: Error>(outcome: Outcome, before: usize, trace: &mut Trace) -> E {
    if outcome == Outcome::ListedDigits
        && let Some(index) = trace.first_element(before, A_WHOLE_NUMBER)
    {
        trace.error_in(Step::Index(index));
    }
    E::invalid_type(Unexpected::Other(A_WHOLE_NUMBER), &"a string")
}

/// Reads a scalar other than a string from a string.
pub(super) fn fill_from_text<E: Error>(slot: Slot<'_>, text: &str, trace: &mut Trace) -> Result<Outcome, E> {
    let expected = expected(&slot);
    let read = match slot {
        Slot::Date(out) => match parse_date(text) {
            Some(date) => set(out, date),
            None => date_of_timestamp(text).and_then(|date| {
                trace.deviate(expected, "a timestamp");
                set(out, date).map(|_| Outcome::Deviating)
            }),
        },
        Slot::Timestamp(out) => match text.parse() {
            Ok(timestamp) => set(out, timestamp),
            Err(_) => timestamp_without_zone(text).and_then(|timestamp| {
                trace.deviate(expected, "a timestamp without a time zone");
                set(out, timestamp).map(|_| Outcome::Deviating)
            }),
        },
        Slot::Decimal(out) => decimal::parse(text).and_then(|decimal| set(out, decimal)),
        Slot::OptionalDecimal(out) => decimal::parse(text).and_then(|decimal| set(out, Some(decimal))),
        slot => return Err(mismatch(&slot, "a string")),
    };
    read.ok_or_else(|| E::custom(format_args!("invalid value: expected {expected}")))
}

fn set<T>(out: &mut T, value: T) -> Option<Outcome> {
    *out = value;
    Some(Outcome::Value)
}

/// The date that a timestamp shows, in its own time zone.
#[cold]
fn date_of_timestamp(text: &str) -> Option<NaiveDate> {
    if text.parse::<Timestamp>().is_err() {
        timestamp_without_zone(text)?;
    }
    parse_date(text.get(..10)?)
}

/// A timestamp without a time zone is in UTC.
#[cold]
fn timestamp_without_zone(text: &str) -> Option<Timestamp> {
    const LONGEST: usize = "2026-03-01T09:30:00.123456789".len();
    if text.len() > LONGEST { None } else { format!("{text}Z").parse().ok() }
}
