//! JSON as Plaid writes it: keys in alphabetical order. serde_json keeps that order only without its feature
//! `preserve_order`, which an application may turn on, so the keys are sorted here.

use std::collections::BTreeMap;

use axum::body::Bytes;
use serde::ser::{SerializeMap, SerializeSeq, Serializer};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

/// A value in one line: the body of a response.
pub fn compact(value: &Value) -> String {
    serde_json::to_string(&Sorted(value)).unwrap_or_default()
}

/// A value over several lines, indented by two spaces, without a line break at the end: the body of a webhook. Receivers
/// hash these bytes.
pub fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(&Sorted(value)).unwrap_or_default()
}

/// Adds the properties of an object to another one. Existing properties are replaced.
pub fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}

/// JSON as text: what is sent, and what is kept of it. Copies share the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written(Bytes);

impl Written {
    /// Writes a value.
    pub fn of(value: &Value) -> Self {
        Self(compact(value).into())
    }

    /// The bytes.
    pub fn bytes(&self) -> Bytes {
        self.0.clone()
    }

    /// How many bytes there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The value.
    pub fn value(&self) -> Value {
        // Only this module makes such texts.
        serde_json::from_slice(&self.0).unwrap_or_default()
    }
}

impl Serialize for Written {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Sorted(&self.value()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(|value| Self::of(&value))
    }
}

/// How many bytes a row may have before its list's text has to grow.
const ROW: usize = 1_500;

/// What writes itself as JSON, faster than serde does.
pub trait Text {
    /// Adds it to a text.
    fn write(&self, text: &mut String);
}

/// Adds a string in its quotes.
pub fn string(text: &mut String, value: &str) {
    if value.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
        text.push('"');
        text.push_str(value);
        text.push('"');
    } else {
        // A string always has JSON.
        text.push_str(&serde_json::to_string(value).unwrap_or_default());
    }
}

/// An object that is being written. A page of hundreds of rows is written without a [`Value`] of each.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    properties: BTreeMap<String, String>,
}

impl Draft {
    /// An object with the properties of another one.
    pub fn of(value: Value) -> Self {
        let mut draft = Self::default();
        if let Value::Object(properties) = value {
            properties.into_iter().for_each(|(name, value)| draft.insert(&name, &value));
        }
        draft
    }

    /// Sets a property.
    pub fn insert(&mut self, name: &str, value: &Value) {
        self.properties.insert(name.to_owned(), compact(value));
    }

    /// Sets a property to a list of rows, whose fields have to be in alphabetical order.
    pub fn rows<T: Text>(&mut self, name: &str, rows: impl ExactSizeIterator<Item = T>) {
        let mut text = String::with_capacity(2 + rows.len() * ROW);
        text.push('[');
        for (place, row) in rows.enumerate() {
            text.push_str(if place == 0 { "" } else { "," });
            row.write(&mut text);
        }
        text.push(']');
        self.properties.insert(name.to_owned(), text);
    }

    /// The object as text.
    pub fn finish(self) -> Written {
        let size: usize = self.properties.iter().map(|(name, value)| name.len() + value.len() + 4).sum();
        let mut text = String::with_capacity(size + 2);
        for (name, value) in &self.properties {
            text.push(if text.is_empty() { '{' } else { ',' });
            text.push_str(&compact(&Value::from(name.as_str())));
            text.push(':');
            text.push_str(value);
        }
        text.push_str(if text.is_empty() { "{}" } else { "}" });
        Written(text.into())
    }
}

struct Sorted<'a>(&'a Value);

impl Serialize for Sorted<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Array(all) => {
                let mut list = serializer.serialize_seq(Some(all.len()))?;
                all.iter().try_for_each(|value| list.serialize_element(&Sorted(value)))?;
                list.end()
            }
            Value::Object(object) => {
                let mut map = serializer.serialize_map(Some(object.len()))?;
                sorted(object).try_for_each(|(name, value)| map.serialize_entry(name, &Sorted(value)))?;
                map.end()
            }
            other => other.serialize(serializer),
        }
    }
}

fn sorted(object: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    let mut all: Vec<_> = object.iter().collect();
    all.sort_by_key(|(name, _)| name.as_str());
    all.into_iter()
}

#[cfg(test)]
mod tests {
    use super::{Draft, Text, Written, compact, merge, pretty, string};
    use serde_json::{Value, json};

    impl Text for Value {
        fn write(&self, text: &mut String) {
            text.push_str(&compact(self));
        }
    }

    #[test]
    fn strings_are_escaped_where_they_have_to_be() {
        for value in ["", "plain é €", "\"", "\\", "a\nb", "\u{0}", "\u{1f}", "\u{7f}"] {
            let mut text = "x".to_owned();
            string(&mut text, value);
            assert_eq!(text, format!("x{}", json!(value)));
        }
    }

    #[test]
    fn keys_are_sorted_at_every_depth() {
        let value = json!({"b": [{"z": 1, "a": null}], "a": "x"});
        assert_eq!(compact(&value), r#"{"a":"x","b":[{"a":null,"z":1}]}"#);
        assert_eq!(pretty(&json!({"b": 1, "a": {}})), "{\n  \"a\": {},\n  \"b\": 1\n}");
    }

    #[test]
    fn a_draft_is_the_same_text_as_a_value() {
        let value = json!({"b": [{"y": 1.5}], "a\"": null, "c": {"z": 1, "a": "x"}});
        let mut draft = Draft::of(json!({"c": 1, "a\"": null}));
        draft.insert("c", &json!({"z": 1, "a": "x"}));
        draft.rows("b", [json!({"y": 1.5})].into_iter());
        let written = draft.finish();
        assert_eq!(written, Written::of(&value));
        assert_eq!(written.value(), value);
        assert_eq!(Draft::default().finish(), Written::of(&json!({})));
        let kept = serde_json::to_string(&written).expect("JSON");
        assert_eq!(serde_json::from_str::<Written>(&kept).expect("JSON"), written);
    }

    #[test]
    fn merging_replaces_what_is_there() {
        let mut value = json!({"a": 1, "b": 2});
        merge(&mut value, json!({"b": 3, "c": 4}));
        assert_eq!(value, json!({"a": 1, "b": 3, "c": 4}));
    }
}
