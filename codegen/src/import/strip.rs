//! Keeps the keywords of each object that belong to the interface, by the table of keywords. Names that the document
//! chooses (of properties, schemas, paths) are never mistaken for keywords, since the table distinguishes them.

use serde_yaml::{Mapping, Value};

use super::Counts;
use crate::grammar::openapi::is_stray_media_type;
use crate::grammar::{Keep, Keyword, Object, Shape, reference};
use crate::webhook::EXTENSION;

/// The interface of a document.
pub(super) fn strip(document: &Value, object: &'static Object, counts: &mut Counts) -> Value {
    Strip { counts }.node(document, Shape::Object(object), "")
}

struct Strip<'c> {
    counts: &'c mut Counts,
}

impl Strip<'_> {
    /// A node without prose. `key` is its key.
    fn node(&mut self, value: &Value, shape: Shape, key: &str) -> Value {
        match (shape, value) {
            // a text that OpenAPI requires, about something that has a name, such as a scope
            (Shape::Prose, Value::String(_)) => Value::String(String::new()),
            (Shape::FlagOr(inner), Value::Mapping(_)) => self.node(value, *inner, key),
            (Shape::List(inner), Value::Sequence(items)) => {
                Value::Sequence(items.iter().map(|item| self.node(item, *inner, "")).collect())
            }
            (Shape::Map(inner), Value::Mapping(map)) => self.members(map, |strip, key, value| {
                if is_stray_media_type(inner, key) {
                    return strip.drop(key);
                }
                Some(strip.node(value, *inner, key))
            }),
            (Shape::Reference(_), _) if reference(value).is_some() => {
                let map = value.as_mapping();
                self.members(map.unwrap_or(&Mapping::new()), |strip, key, value| match key {
                    "$ref" => Some(value.clone()),
                    _ => strip.drop(key),
                })
            }
            (Shape::Object(object) | Shape::Reference(object), Value::Mapping(map)) => self.object(map, object, key),
            _ => value.clone(),
        }
    }

    fn object(&mut self, map: &Mapping, object: &Object, at: &str) -> Value {
        match object.name {
            "a path" => self.counts.holds.paths += 1,
            "an operation" => self.counts.holds.operations += 1,
            _ => {}
        }
        if object.name == "the document's components" {
            self.counts.holds.schemas = map.get("schemas").and_then(Value::as_mapping).map_or(0, Mapping::len);
        }
        self.members(map, |strip, key, value| match (object.keyword(key), &object.others) {
            (Some(keyword), _) => strip.keyword(keyword, value, at),
            (None, _) if object.is_extension(key) => strip.extension(key, value),
            (None, Some(others)) if (others.is)(key) => Some(strip.node(value, others.shape, key)),
            (None, _) => strip.drop(key),
        })
    }

    fn keyword(&mut self, keyword: &Keyword, value: &Value, at: &str) -> Option<Value> {
        let is_name = |value: &Value| value.as_str().is_some_and(|text| text.split_whitespace().count() <= 2);
        match keyword.keep {
            Keep::Interface if keyword.name == "enum" => Some(sorted(value)),
            Keep::Interface => Some(self.node(value, keyword.shape, keyword.name)),
            Keep::Name if is_name(value) => Some(value.clone()),
            Keep::Name | Keep::Drop => self.drop(keyword.name),
            Keep::Word => Some(Value::String(word_for(at).to_owned())),
        }
    }

    /// A flag can't contain prose. Anything else might.
    fn extension(&mut self, key: &str, value: &Value) -> Option<Value> {
        if key == EXTENSION || value.is_bool() { Some(value.clone()) } else { self.drop(key) }
    }

    fn members(&mut self, map: &Mapping, mut each: impl FnMut(&mut Self, &str, &Value) -> Option<Value>) -> Value {
        let mut kept = Mapping::new();
        for (name, value) in map {
            if let Some(value) = name.as_str().and_then(|key| each(self, key, value)) {
                kept.insert(name.clone(), value);
            }
        }
        Value::Mapping(kept)
    }

    fn drop(&mut self, key: &str) -> Option<Value> {
        *self.counts.dropped.entry(key.to_owned()).or_default() += 1;
        None
    }
}

/// The values of an enum in an order of our own. The publisher's order means nothing, and it changes at times. `null`
/// comes last.
fn sorted(values: &Value) -> Value {
    let Value::Sequence(values) = values else { return values.clone() };
    let mut values = values.clone();
    values.sort_by_cached_key(|value| (value.is_null(), serde_json::to_string(value).unwrap_or_default()));
    Value::Sequence(values)
}

/// A word for a response, by its status.
fn word_for(status: &str) -> &'static str {
    match status.as_bytes() {
        [b'1'..=b'3', _, _] => "Success",
        [b'4' | b'5', _, _] | b"default" => "Error",
        _ => "Response",
    }
}
