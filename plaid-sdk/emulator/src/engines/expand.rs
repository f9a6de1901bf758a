//! Values of the data that stand for others: `$field` of the request, `$now`, `$today`, `$id`.

use serde_json::{Map, Value, json};

use crate::fields::{Fields, time};
use crate::ops::Call;

/// The properties of the data with their values.
pub fn all(set: &Map<String, Value>, call: &Call<'_>, id: &str) -> Map<String, Value> {
    set.iter().map(|(name, value)| (name.clone(), one(value, call, id))).collect()
}

/// A value.
pub fn one(value: &Value, call: &Call<'_>, id: &str) -> Value {
    match value {
        Value::String(text) => match text.strip_prefix('$') {
            Some("id") => id.into(),
            Some("now") => time(call.tenant.now()).into(),
            Some("today") => json!(call.tenant.now().date_naive()),
            Some("base_url") => call.world.base_url.as_str().into(),
            Some(path) => at(call.request.0, path).cloned().unwrap_or_default(),
            None if text.contains("{id}") => text.replace("{id}", id).into(),
            None => value.clone(),
        },
        Value::Array(list) => list.iter().map(|value| one(value, call, id)).collect(),
        Value::Object(object) => Value::Object(all(object, call, id)),
        other => other.clone(),
    }
}

/// A value inside another one, by names with dots between them.
pub fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |value, name| Fields(value).value(name))
}

/// Adds the properties of an object to another one, at every depth.
pub fn merge(into: &mut Map<String, Value>, from: Map<String, Value>) {
    for (name, value) in from {
        match (into.get_mut(&name), value) {
            (Some(Value::Object(old)), Value::Object(new)) => merge(old, new),
            (_, value) => {
                into.insert(name, value);
            }
        }
    }
}

/// The first value of a property, wherever it is.
pub fn find<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    match value {
        Value::Object(object) => object.get(name).or_else(|| object.values().find_map(|inner| find(inner, name))),
        Value::Array(list) => list.iter().find_map(|inner| find(inner, name)),
        _ => None,
    }
}
