//! What follows from other objects: one object out of all that wait for it.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

/// What an operation makes out of all objects that wait for it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// The collection of the new object. Without one, the objects only change.
    pub into: Option<String>,
    /// Which objects are taken.
    pub takes: Vec<Take>,
    /// What the new object has, besides the sum of the amounts.
    #[serde(default)]
    pub set: Map<String, Value>,
    /// Properties of the taken objects by which lists find the new one.
    #[serde(default)]
    pub keeps: Vec<String>,
    /// The collection that gets a line for each object that is summed up.
    pub lines: Option<String>,
}

/// Which objects a batch takes, and what becomes of them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Take {
    /// The collection.
    pub of: String,
    /// By property: the values of the objects that are taken. `null` is also an absent one.
    #[serde(rename = "if")]
    pub fits: BTreeMap<String, Vec<Value>>,
    /// What a taken object gets.
    pub set: Map<String, Value>,
    /// By `type` of the object: 1 or -1 for how its amount counts. Without entries, it doesn't.
    #[serde(default)]
    pub counts: BTreeMap<String, i64>,
    /// The type of its event.
    pub event: Option<String>,
    /// What the object gets that the taken one was summed up in before.
    #[serde(default)]
    pub marks: Map<String, Value>,
}
