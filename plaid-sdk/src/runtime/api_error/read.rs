//! Finds the error in a body: Plaid's, even if the body is damaged or the error is wrapped, or OAuth's.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::runtime::damaged_json::{self, Found, Place};

/// The string properties that are found in damaged bodies.
const NAMES: &[&str] = &[
    "error_code",
    "error_type",
    "error_code_reason",
    "error_message",
    "display_message",
    "request_id",
    "documentation_url",
    "suggested_action",
    "error",
    "error_description",
    "error_uri",
];

/// The properties of the error.
pub(super) fn find(body: &[u8]) -> Option<Map<String, Value>> {
    let mut whole = parse(body);
    if let Some(found) = whole.as_mut().and_then(with_code) {
        return Some(found);
    }
    let mut found = damaged_json::find(body, NAMES);
    if whole.is_some() {
        // No bracket is missing.
        found.retain(|object| object.place < Place::Unsure);
    }
    let damaged = |has: fn(&Found) -> bool| best(&found, has).map(|best| collect(best, &found));
    damaged(|object| object.get("error_code").is_some_and(is_code))
        .or_else(|| whole.as_mut().and_then(|whole| with_property(whole, "error_type", |_| true)))
        .or_else(|| damaged(|object| object.get("error_type").is_some_and(is_code)))
        .or_else(|| whole.as_mut().and_then(|whole| with_property(whole, "error", is_oauth)))
        .or_else(|| damaged(|object| object.place == Place::Outermost && object.get("error").is_some_and(is_oauth)))
}

/// The first JSON document. Bytes that are not UTF-8 and control characters don't matter, nor does what follows, unless it shows
/// that the start is missing.
fn parse(body: &[u8]) -> Option<Value> {
    let text = String::from_utf8_lossy(body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body));
    let text = if text.contains(char::is_control) { Cow::Owned(text.replace(char::is_control, " ")) } else { text };
    let mut documents = serde_json::Deserializer::from_str(&text).into_iter();
    let mut first = documents.next()?.ok()?;
    if matches!(text, Cow::Owned(_)) {
        remove_damaged(&mut first);
    }
    let rest = text[documents.byte_offset()..].trim_start();
    (!rest.starts_with([',', ']', '}', ':'])).then_some(first)
}

/// The properties that are left out if a byte of them was replaced, because they would name something else.
const NAMING: [&str; 4] = ["error_code", "error_type", "error_code_reason", "request_id"];

/// Removes names with replaced bytes from a document that was damaged anywhere.
fn remove_damaged(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(remove_damaged),
        Value::Object(object) => {
            object.retain(|name, value| {
                let is_naming = NAMING.contains(&name.as_str());
                !is_naming || value.as_str().is_none_or(|text| text.is_empty() || is_code(text))
            });
            object.values_mut().for_each(remove_damaged);
        }
        _ => {}
    }
}

/// The outermost object with a code, below arrays and wrapping properties. The depth is limited by serde_json.
fn with_code(value: &mut Value) -> Option<Map<String, Value>> {
    match value {
        Value::Array(values) => values.iter_mut().find_map(with_code),
        Value::Object(object) if text(object, "error_code").is_some() => Some(std::mem::take(object)),
        Value::Object(object) => {
            let inner = ["error", "errors"].iter().find_map(|name| with_code(object.get_mut(*name)?));
            let mut found = inner.or_else(|| {
                let mut others = object.iter_mut().filter(|(name, value)| value.is_object() && *name != "causes");
                others.find_map(|(_, value)| with_code(value))
            })?;
            for name in ["request_id", "error_type"] {
                if text(&found, name).is_none() {
                    found.extend(object.remove_entry(name));
                }
            }
            Some(found)
        }
        _ => None,
    }
}

/// The outermost object with such a property, below arrays; an error type can also be below `error`.
fn with_property(value: &mut Value, name: &str, is_valid: fn(&str) -> bool) -> Option<Map<String, Value>> {
    match value {
        Value::Array(values) => values.iter_mut().find_map(|value| with_property(value, name, is_valid)),
        Value::Object(object) if text(object, name).is_some_and(is_valid) => Some(std::mem::take(object)),
        Value::Object(object) if name != "error" => with_property(object.get_mut("error")?, name, is_valid),
        _ => None,
    }
}

/// The object that is most likely the error. Of several documents after each other, the last one is.
fn best(found: &[Found], has: fn(&Found) -> bool) -> Option<&Found> {
    let place = found.iter().filter(|object| has(object)).map(|object| object.place).min()?;
    let mut all = found.iter().filter(|object| object.place == place && has(object));
    if place == Place::After { all.next_back() } else { all.next() }
}

/// The properties of this object, and what it lacks from objects that have no code.
fn collect(best: &Found, found: &[Found]) -> Map<String, Value> {
    let others = || found.iter().filter(|object| object.get("error_code").is_none());
    let property = |name: &&str| {
        let value = best.get(name).or_else(|| others().find_map(|object| object.get(name)))?;
        let is_valid = !NAMING.contains(name) || is_code(value);
        is_valid.then(|| ((*name).to_owned(), Value::from(value)))
    };
    NAMES.iter().filter_map(property).collect()
}

/// A string that is not empty.
fn text<'v>(object: &'v Map<String, Value>, name: &str) -> Option<&'v str> {
    object.get(name)?.as_str().filter(|text| !text.is_empty())
}

/// Whether a string of a damaged body can be a code or an error type.
fn is_code(text: &str) -> bool {
    text.len() <= 128 && damaged_json::is_token(text.as_bytes())
}

/// Whether it is a code of OAuth, and not the message of a gateway that also uses the property `error`.
pub(super) fn is_oauth(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}
