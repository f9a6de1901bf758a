//! Samples of the catalogue as JSON: what a property looks like if nothing is known about it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use serde_json::Value;

use plaid_catalog::Catalog;
use plaid_catalog::model::{Operation, Sample, Type};
use plaid_catalog::tools::samples::Size;

use crate::lock::lock;
use crate::samples::json;

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
