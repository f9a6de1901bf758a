//! Given values: from the hints of `sdk.yaml`, or from the document's `default` and `enum`.

use serde_yaml::Value;

use super::text;
use crate::diag::Pointer;
use api_model::{Constraints, Sample, Type};

/// The place of a hint in `sdk.yaml`.
pub(super) fn place(list: &str, key: &str) -> Pointer {
    Pointer::root().child("samples").child(list).child(key)
}

/// A value, as shown in messages.
pub(super) fn shown(value: &Value) -> String {
    word(value).or_else(|| serde_json::to_string(value).ok()).unwrap_or_default()
}

/// A string, a number or a boolean as text.
pub(super) fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

/// The value, if it matches a type that contains no other. Exact decimals may be written as strings, since YAML does
/// not keep their digits.
pub(super) fn leaf(ty: &Type, value: &Value) -> Option<Sample> {
    match (ty, value) {
        (Type::Bool, Value::Bool(value)) => Some(Sample::Bool(*value)),
        (Type::Integer, Value::Number(number)) if number.is_i64() => Some(Sample::Number(number.to_string())),
        (Type::Float | Type::Decimal, Value::Number(number)) => Some(Sample::Number(number.to_string())),
        (Type::Decimal, Value::String(digits)) if text::is_decimal(digits) => Some(Sample::Number(digits.clone())),
        (Type::DecimalString, Value::String(digits)) if text::is_decimal(digits) => Some(Sample::Text(digits.clone())),
        (Type::Date, Value::String(date)) if text::is_date(date) => Some(Sample::Text(date.clone())),
        (Type::DateTime, Value::String(moment)) if text::is_moment(moment) => Some(Sample::Text(moment.clone())),
        (Type::String, Value::String(text)) => Some(Sample::Text(text.clone())),
        (Type::Json, value) => json(value),
        (Type::JsonObject, Value::Mapping(_)) => json(value),
        _ => None,
    }
}

/// Any value.
fn json(value: &Value) -> Option<Sample> {
    Some(match value {
        Value::Null => Sample::Null,
        Value::Bool(value) => Sample::Bool(*value),
        Value::Number(number) => Sample::Number(number.to_string()),
        Value::String(text) => Sample::Text(text.clone()),
        Value::Sequence(all) => Sample::List(all.iter().map(json).collect::<Option<_>>()?),
        Value::Mapping(all) => {
            let all = all.iter().map(|(key, value)| Some((key.as_str()?.to_owned(), json(value)?)));
            Sample::Object(all.collect::<Option<_>>()?)
        }
        Value::Tagged(_) => return None,
    })
}

/// The first value that the document allows, or its default.
pub(super) fn constant(ty: &Type, constraints: &Constraints) -> Option<Sample> {
    let written = match constraints.allowed.first() {
        Some(literal) => serde_yaml::to_value(literal).ok()?,
        None => serde_yaml::to_value(constraints.default.as_ref()?).ok()?,
    };
    leaf(ty, &written).filter(|sample| *sample != Sample::Text(String::new()))
}

/// A string, a number or a boolean of the document as text.
pub(super) fn json_word(value: &serde_json::Value) -> Option<String> {
    word(&serde_yaml::to_value(value).ok()?)
}
