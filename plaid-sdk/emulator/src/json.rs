//! JSON as Plaid writes it: keys in alphabetical order. serde_json keeps that order only without its feature
//! `preserve_order`, which an application may turn on, so the keys are sorted here.

use serde::Serialize;
use serde::ser::{SerializeMap, SerializeSeq, Serializer};
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
    use super::{compact, merge, pretty};
    use serde_json::json;

    #[test]
    fn keys_are_sorted_at_every_depth() {
        let value = json!({"b": [{"z": 1, "a": null}], "a": "x"});
        assert_eq!(compact(&value), r#"{"a":"x","b":[{"a":null,"z":1}]}"#);
        assert_eq!(pretty(&json!({"b": 1, "a": {}})), "{\n  \"a\": {},\n  \"b\": 1\n}");
    }

    #[test]
    fn merging_replaces_what_is_there() {
        let mut value = json!({"a": 1, "b": 2});
        merge(&mut value, json!({"b": 3, "c": 4}));
        assert_eq!(value, json!({"a": 1, "b": 3, "c": 4}));
    }
}
