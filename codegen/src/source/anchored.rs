//! The target of a YAML alias, with its size, so that a small text can't grow into a huge tree, and the merge by `<<`.

use serde_yaml::mapping::Entry;
use serde_yaml::{Mapping, Value};

/// A value that aliases may refer to.
pub(super) struct Anchored {
    pub(super) value: Value,
    /// How many nodes it has.
    pub(super) nodes: usize,
    /// How deep its collections are nested.
    pub(super) depth: usize,
}

impl Anchored {
    pub(super) fn new(value: Value) -> Self {
        let (nodes, depth) = size(&value);
        Self { value, nodes, depth }
    }
}

fn size(value: &Value) -> (usize, usize) {
    let inner: Vec<(usize, usize)> = match value {
        Value::Sequence(items) => items.iter().map(size).collect(),
        Value::Mapping(map) => map.values().map(size).collect(),
        _ => return (1, 0),
    };
    let nodes = inner.iter().fold(1usize, |sum, (nodes, _)| sum.saturating_add(*nodes));
    (nodes, 1 + inner.iter().map(|(_, depth)| *depth).max().unwrap_or(0))
}

/// Adds the members from `<<` that the mapping doesn't have. Returns false if the value can't be merged.
pub(super) fn merged(map: &mut Mapping, merge: Value) -> bool {
    match merge {
        Value::Mapping(entries) => {
            for (key, value) in entries {
                if let Entry::Vacant(entry) = map.entry(key) {
                    entry.insert(value);
                }
            }
            true
        }
        Value::Sequence(all) if all.iter().all(Value::is_mapping) => all.into_iter().all(|one| merged(map, one)),
        _ => false,
    }
}
