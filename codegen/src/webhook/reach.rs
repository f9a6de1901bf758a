//! The schemas that parts of a document reach by references.

use std::collections::{BTreeSet, HashSet};

use serde_yaml::Value;

use crate::grammar::openapi::DOCUMENT;
use crate::grammar::{Shape, children, for_each_reference};

/// The names of the schemas that an operation reaches, also through other components.
pub(super) fn from_operations(document: &Value) -> BTreeSet<&str> {
    let mut start: Vec<&str> = Vec::new();
    if let Some((keyword, paths)) = DOCUMENT.keyword("paths").zip(document.get("paths")) {
        for_each_reference(paths, keyword.shape, &mut |target| start.push(target));
    }
    from(document, start)
}

/// The names of the schemas that these references reach, directly or also through other components.
pub(crate) fn from<'a>(document: &'a Value, start: Vec<&'a str>) -> BTreeSet<&'a str> {
    let mut todo = start;
    let mut seen: HashSet<&str> = HashSet::new();
    while let Some(target) = todo.pop() {
        if !seen.insert(target) {
            continue;
        }
        if let Some((value, shape)) = component(document, target) {
            for_each_reference(value, shape, &mut |target| todo.push(target));
        }
    }
    seen.into_iter().map(|target| target.strip_prefix("#/components/schemas/").unwrap_or(target)).collect()
}

/// A component with its shape. A discriminator refers to a schema by name; everything else uses a pointer.
fn component<'a>(document: &'a Value, target: &str) -> Option<(&'a Value, Shape)> {
    let (section, name) = match target.strip_prefix("#/components/") {
        Some(rest) => rest.split_once('/')?,
        None => ("schemas", target),
    };
    let components = document.get("components")?;
    let shape = DOCUMENT.keyword("components")?.shape;
    let section = children(components, shape).into_iter().find(|place| place.key == section)?;
    let Shape::Map(inner) = section.shape else { return None };
    Some((section.value.get(name)?, *inner))
}
