//! Walks a tree by its grammar.

use serde_yaml::Value;

use super::{Object, Shape};

/// A node with what is allowed there.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    /// Its key in the mapping. Empty in a list.
    pub(crate) key: &'a str,
    /// The node.
    pub(crate) value: &'a Value,
    /// What is allowed there.
    pub(crate) shape: Shape,
}

/// The nodes directly below a node, each with its shape. Nodes of unknown shape are left out.
pub(crate) fn children(value: &Value, shape: Shape) -> Vec<Place<'_>> {
    match (shape, value) {
        (Shape::List(inner), Value::Sequence(items)) => {
            items.iter().map(|value| Place { key: "", value, shape: *inner }).collect()
        }
        (Shape::Map(inner), Value::Mapping(map)) => {
            map.iter().filter_map(|(key, value)| Some(Place { key: key.as_str()?, value, shape: *inner })).collect()
        }
        (Shape::FlagOr(inner), Value::Mapping(_)) => children(value, *inner),
        (Shape::Reference(_), value) if reference(value).is_some() => Vec::new(),
        (Shape::Object(object) | Shape::Reference(object), Value::Mapping(map)) => map
            .iter()
            .filter_map(|(key, value)| {
                let key = key.as_str()?;
                Some(Place { key, value, shape: member(object, key)? })
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// What is allowed at a key of an object.
pub(crate) fn member(object: &Object, key: &str) -> Option<Shape> {
    if let Some(keyword) = object.keyword(key) {
        return Some(keyword.shape);
    }
    let others = object.others.as_ref()?;
    (!object.is_extension(key) && (others.is)(key)).then_some(others.shape)
}

/// The target, if the node is a `$ref`.
pub(crate) fn reference(value: &Value) -> Option<&str> {
    value.as_mapping()?.get("$ref")?.as_str()
}

/// Calls a function with the target of each `$ref` in a tree.
pub(crate) fn for_each_reference<'a>(value: &'a Value, shape: Shape, found: &mut impl FnMut(&'a str)) {
    let shape = match shape {
        Shape::FlagOr(inner) => *inner,
        shape => shape,
    };
    if let (Shape::Reference(_), Some(target)) = (shape, reference(value)) {
        found(target);
    } else if let (Shape::SchemaName, Value::String(target)) = (shape, value) {
        found(target);
    } else {
        for place in children(value, shape) {
            for_each_reference(place.value, place.shape, found);
        }
    }
}
