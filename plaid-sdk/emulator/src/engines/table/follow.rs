//! What follows from other objects: one object out of all that wait for it, and pairs of objects that are alike.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::Hook;

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

/// When two objects of a collection are about the same, and what follows.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alike {
    /// The property that is compared.
    pub within: String,
    /// Lists of properties inside it. Two objects are alike if all properties of one list match.
    pub enough: Vec<Vec<String>>,
    /// The collection of the pairs.
    pub into: String,
    /// The webhook of a new pair.
    pub webhook: Hook,
    /// What is passed on from an object to those like it.
    pub passes: Passes,
}

/// What is passed on from an object to those like it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passes {
    /// The collection of what is passed on.
    pub of: String,
    /// The collection of what the others get.
    pub into: String,
    /// The property of it that has what is passed on.
    pub property: String,
    /// The webhook of it.
    pub webhook: Hook,
    /// By state: the state that one which gets it changes to.
    pub moves: BTreeMap<String, String>,
    /// The webhook of that change.
    pub moved: Hook,
}
