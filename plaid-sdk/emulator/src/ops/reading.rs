//! What the requests of several operations have in common: amounts, times, ranges of times, pages.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::error::ApiError;
use crate::fields::{Fields, money};
use crate::state::Named;

/// How many objects a page has at the most.
const MOST: i64 = 25;

/// A positive amount with two digits after the point.
///
/// # Errors
/// `MISSING_FIELDS` without it, `INVALID_FIELD` for another text.
pub fn amount(request: Fields<'_>, name: &str) -> Result<Decimal, ApiError> {
    let text = request.required(name)?;
    let has_cents = text.split_once('.').is_some_and(|(whole, cents)| !whole.is_empty() && cents.len() == 2);
    let message = format!("{name} must be a positive amount with two digits after the point, such as 12.34");
    money(text).filter(|_| has_cents).ok_or_else(|| ApiError::invalid_field(&message))
}

/// A value of an enum.
///
/// # Errors
/// `MISSING_FIELDS` without it, `INVALID_FIELD` for another text.
pub fn named<T: Named>(request: Fields<'_>, name: &str) -> Result<T, ApiError> {
    let names: Vec<&str> = T::ALL.iter().map(|one| one.wire()).collect();
    let message = format!("{name} must be one of {}", names.join(", "));
    T::read(request.required(name)?).ok_or_else(|| ApiError::invalid_field(&message))
}

/// A time.
///
/// # Errors
/// `INVALID_FIELD` for a text that is none.
pub fn moment(request: Fields<'_>, name: &str) -> Result<Option<DateTime<Utc>>, ApiError> {
    let message = format!("{name} must be a time, such as 2026-01-31T12:00:00Z");
    let parse = |text| DateTime::parse_from_rfc3339(text).map(|time| time.to_utc());
    request.text(name).map(|text| parse(text).map_err(|_| ApiError::invalid_field(&message))).transpose()
}

/// Whether a time is in the range that two fields name, each of them optional.
///
/// # Errors
/// `INVALID_FIELD` for texts that are not times.
pub fn between(
    request: Fields<'_>,
    start: &str,
    end: &str,
) -> Result<impl Fn(DateTime<Utc>) -> bool + use<>, ApiError> {
    let (start, end) = (moment(request, start)?, moment(request, end)?);
    Ok(move |at: DateTime<Utc>| start.is_none_or(|start| at >= start) && end.is_none_or(|end| at <= end))
}

/// What a page of `count` objects after `offset` others has.
///
/// # Errors
/// `INVALID_FIELD` for a size or an offset out of range.
pub fn page(request: Fields<'_>, all: impl Iterator<Item = Value>) -> Result<Vec<Value>, ApiError> {
    let (count, offset) = (request.within("count", 1..=MOST, MOST)?, request.within("offset", 0..=i64::MAX, 0)?);
    Ok(all.skip(offset).take(count).collect())
}

/// Checks the notes of a client: up to 50 short texts of ASCII.
///
/// # Errors
/// `INVALID_FIELD` for others.
pub fn metadata(request: Fields<'_>) -> Result<Option<Value>, ApiError> {
    let Some(value) = request.value("metadata") else { return Ok(None) };
    let fits = |(key, value): (&String, &Value)| {
        let is_short = value.as_str().is_some_and(|text| text.is_ascii() && text.len() <= 500);
        key.is_ascii() && key.len() <= 40 && is_short
    };
    match value.as_object() {
        Some(all) if all.len() <= 50 && all.iter().all(fits) => Ok(Some(value.clone())),
        _ => {
            let message = "metadata must have at most 50 texts of ASCII, with keys of 40 and values of 500 characters";
            Err(ApiError::invalid_field(message))
        }
    }
}
