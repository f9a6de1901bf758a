//! Given values: from the hints, or from the document's `default` and `enum`.

use super::decimal::Decimal;
use super::limits::Limits;
use crate::calendar::{Day, Moment};
use api_model::{Sample, Type};
use serde_json::Value;

/// A string, a number or a boolean as text.
pub(super) fn word(sample: &Sample) -> Option<String> {
    match sample {
        Sample::Text(text) | Sample::Number(text) => Some(text.clone()),
        Sample::Bool(value) => Some(value.to_string()),
        Sample::Null | Sample::List(_) | Sample::Object(_) => None,
    }
}

/// The value, if it matches a type that contains no other. Exact decimals may be written as strings, since YAML does
/// not keep their digits.
pub(super) fn leaf(ty: &Type, value: &Sample) -> Option<Sample> {
    match (ty, value) {
        (Type::Bool, Sample::Bool(_))
        | (Type::String, Sample::Text(_))
        | (Type::Json, _)
        | (Type::JsonObject, Sample::Object(_)) => Some(value.clone()),
        (Type::Integer, Sample::Number(digits)) => digits.parse::<i64>().is_ok().then(|| value.clone()),
        (Type::Float | Type::Decimal, Sample::Number(digits)) => Decimal::parse(digits).map(|_| value.clone()),
        (Type::Decimal, Sample::Text(digits)) => is_plain(digits).then(|| Sample::Number(digits.clone())),
        (Type::DecimalString, Sample::Text(digits)) => is_plain(digits).then(|| value.clone()),
        (Type::Date, Sample::Text(date)) => Day::parse(date).map(|_| value.clone()),
        (Type::DateTime, Sample::Text(moment)) => Moment::parse(moment)?.zone.map(|_| value.clone()),
        _ => None,
    }
}

/// Whether it is a number without an exponent.
fn is_plain(digits: &str) -> bool {
    !digits.contains(['e', 'E']) && Decimal::parse(digits).is_some()
}

/// The first value that the document allows, or its default.
pub(super) fn constant(ty: &Type, limits: Limits<'_>) -> Option<Sample> {
    let allowed = limits.iter().find_map(|limits| limits.allowed.first());
    let written = match allowed {
        Some(literal) => of_json(&serde_json::to_value(literal).ok()?),
        None => of_json(limits.iter().find_map(|limits| limits.default.as_ref())?),
    };
    leaf(ty, &written).filter(|sample| *sample != Sample::Text(String::new()))
}

/// A value of the document.
pub(super) fn of_json(value: &Value) -> Sample {
    match value {
        Value::Null => Sample::Null,
        Value::Bool(value) => Sample::Bool(*value),
        Value::Number(number) => Sample::Number(number.to_string()),
        Value::String(text) => Sample::Text(text.clone()),
        Value::Array(all) => Sample::List(all.iter().map(of_json).collect()),
        Value::Object(all) => Sample::Object(all.iter().map(|(key, value)| (key.clone(), of_json(value))).collect()),
    }
}
