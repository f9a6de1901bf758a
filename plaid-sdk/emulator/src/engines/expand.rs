//! Values of the data that stand for others: `$field` of the request, `$request` for all of it, `$now`, `$today`, `$id`, and
//! `$hash:1:99` for a number that depends on the request.

use serde_json::{Map, Value, json};

use crate::error::ApiError;
use crate::fields::{Fields, time};
use crate::json;
use crate::ops::Call;

/// Runs a function for each element of a list in the request, as if it were a request of its own.
///
/// # Errors
/// The error of the first element that has one.
pub fn each(
    call: &mut Call<'_>,
    field: &str,
    mut run: impl FnMut(&mut Call<'_>) -> Result<(), ApiError>,
) -> Result<(), ApiError> {
    let elements = call.request.value(field).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    elements.iter().try_for_each(|element| {
        let (tenant, world, parameters) = (&mut *call.tenant, call.world, call.parameters);
        run(&mut Call { request: Fields(element), tenant, world, parameters })
    })
}

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
            Some("request") => call.request.0.clone(),
            Some(path) => match path.strip_prefix("hash:").and_then(|range| range.split_once(':')) {
                Some((least, most)) => hash(call, least, most),
                None => at(call.request.0, path).or_else(|| at(call.parameters.0, path)).cloned().unwrap_or_default(),
            },
            None if text.contains("{id}") => text.replace("{id}", id).into(),
            None => value.clone(),
        },
        Value::Array(list) => list.iter().map(|value| one(value, call, id)).collect(),
        Value::Object(object) => Value::Object(all(object, call, id)),
        other => other.clone(),
    }
}

/// A number between two others, both included. The same request has the same number.
fn hash(call: &Call<'_>, least: &str, most: &str) -> Value {
    let bound = |text: &str| text.parse::<u64>().unwrap_or(1);
    let (least, most) = (bound(least), bound(most));
    let mut ids = call.tenant.ids.named(&json::compact(call.request.0));
    (least + ids.below(most.saturating_sub(least) + 1)).into()
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
        Value::Object(object) => object.get(name).or_else(|| {
            // The order of the names must not depend on a feature of serde_json.
            let mut all: Vec<_> = object.iter().collect();
            all.sort_by_key(|(name, _)| name.as_str());
            all.into_iter().find_map(|(_, inner)| find(inner, name))
        }),
        Value::Array(list) => list.iter().find_map(|inner| find(inner, name)),
        _ => None,
    }
}
