//! Requests of any operation: the catalogue's samples, with what a tenant has in place of their ids and tokens.

use std::collections::BTreeMap;

use plaid_catalog::Catalog;
use plaid_catalog::model::{Operation, Sample};
use plaid_catalog::tools::samples::Size;
use serde_json::{Map, Value, json};

/// The sample of an operation's request, with what is known under a field's name, such as [`crate::Handle::seed`] returns it, in
/// place of its values.
pub fn request(operation: &Operation, size: Size, known: &BTreeMap<String, Value>) -> Value {
    let sample = Catalog::plaid().sampler().request(operation, size);
    let mut body = sample.map_or_else(|| json!({}), |sample| json(&sample));
    replace(&mut body, known);
    body
}

/// The sample of an operation's parameters in its path and query, with what is known in place of their values.
pub fn parameters(operation: &Operation, size: Size, known: &BTreeMap<String, Value>) -> Value {
    let sample = Catalog::plaid().sampler().parameters(operation, size);
    let mut parameters = sample.map_or_else(|| json!({}), |sample| json(&sample));
    replace(&mut parameters, known);
    parameters
}

/// A sample as JSON.
pub fn json(sample: &Sample) -> Value {
    match sample {
        Sample::Null => Value::Null,
        Sample::Bool(bool) => Value::Bool(*bool),
        Sample::Number(digits) => serde_json::from_str(digits).unwrap_or_default(),
        Sample::Text(text) => Value::String(text.clone()),
        Sample::List(all) => Value::Array(all.iter().map(json).collect()),
        Sample::Object(all) => {
            let pairs = all.iter().map(|(name, value)| (name.clone(), json(value)));
            Value::Object(pairs.collect::<Map<_, _>>())
        }
    }
}

/// Puts what is known in place of the values of a sample, at every depth.
pub fn replace(value: &mut Value, known: &BTreeMap<String, Value>) {
    match value {
        Value::Object(object) => replace_in(object, known),
        Value::Array(all) => all.iter_mut().for_each(|one| replace(one, known)),
        _ => {}
    }
}

fn replace_in(object: &mut Map<String, Value>, known: &BTreeMap<String, Value>) {
    for (name, value) in object {
        let one = name.strip_suffix('s').unwrap_or(name);
        match (known.get(name), known.get(one), &mut *value) {
            (Some(new), _, Value::String(_)) => *value = new.clone(),
            (None, Some(new), Value::Array(all)) if all.iter().all(Value::is_string) => *value = json!([new]),
            _ => replace(value, known),
        }
    }
}
