//! Samples of the catalogue as JSON: what a property looks like if nothing is known about it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use serde_json::{Map, Value};

use plaid_catalog::Catalog;
use plaid_catalog::model::{Operation, Sample, Type};
use plaid_catalog::tools::samples::Size;

use crate::lock::lock;

/// The full sample of a type. It is made once.
pub fn of(ty: &Type) -> Arc<Value> {
    cached(format!("{ty:?}"), || {
        let sampler = Catalog::plaid().sampler();
        sampler.value(ty, Size::Full).or_else(|| sampler.value(ty, Size::Minimal))
    })
}

/// The full sample of an operation's response. It is made once.
pub fn of_response(operation: &'static Operation) -> Arc<Value> {
    cached(operation.id.clone(), || Catalog::plaid().sampler().response(operation, Size::Full))
}

fn cached(key: String, make: impl FnOnce() -> Option<Sample>) -> Arc<Value> {
    static MADE: OnceLock<Mutex<HashMap<String, Arc<Value>>>> = OnceLock::new();
    let made = MADE.get_or_init(Mutex::default);
    if let Some(value) = lock(made).get(&key) {
        return Arc::clone(value);
    }
    let value = Arc::new(make().map_or(Value::Null, |sample| json(&sample)));
    lock(made).insert(key, Arc::clone(&value));
    value
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
