//! `example-mismatch` and `example-undeclared`: an example that is not a value of its schema, or that has undeclared
//! properties.

use std::collections::BTreeSet;

use serde_yaml::Value;

use super::Rule;
use super::finding::Finding;
use super::model::{Model, Node};
use super::value::problems;
use super::view::View;
use crate::diag::Pointer;

/// Checks every example against its schema.
pub(super) fn check(model: &Model<'_>, findings: &mut Vec<Finding>) {
    for node in &model.nodes {
        let Some((schema, schema_at)) = described(model, node) else { continue };
        if View::of(model, schema, &schema_at).text("format") == Some("binary") {
            continue;
        }
        for (value, at) in examples(model, node) {
            // the same mistake in several elements of a list is reported once
            let mut told = BTreeSet::new();
            for problem in problems(model, (value, &at), (schema, &schema_at)) {
                let key = (problem.schema.clone(), problem.undeclared.clone().unwrap_or_else(|| problem.what.clone()));
                if !told.insert(key) {
                    continue;
                }
                let what = format!("this example {}: {}", problem.what, problem.schema);
                let (rule, help) = match problem.undeclared {
                    Some(_) => (Rule::ExampleUndeclared, "add the property with a fixup if the API sends it"),
                    None => (Rule::ExampleMismatch, "if the API sends such values, correct the schema with a fixup"),
                };
                findings.push(Finding::new(rule, problem.at, what, help));
            }
        }
    }
}

/// The schema of an object's examples: the object's `schema`, or the object itself.
fn described<'a>(model: &Model<'a>, node: &Node<'a>) -> Option<(&'a Value, Pointer)> {
    if node.is_schema() {
        return Some((node.value, node.at.clone()));
    }
    let is_text = node.object.name == "a media type" && !node.key.contains("json") && !node.key.contains("form");
    let schema = node.map.get("schema").filter(|_| !is_text)?;
    model.resolve(schema, &node.at.child("schema"))
}

/// The examples in an object, with their places: a single one, or several by name.
fn examples<'a>(model: &Model<'a>, node: &Node<'a>) -> Vec<(&'a Value, Pointer)> {
    let mut all = Vec::new();
    for keyword in ["example", "x-example"] {
        all.extend(node.map.get(keyword).map(|value| (value, node.at.child(keyword))));
    }
    let named = |keyword: &'static str| {
        let map = node.map.get(keyword).and_then(Value::as_mapping).into_iter().flatten();
        let at = node.at.child(keyword);
        map.filter_map(move |(name, example)| Some((example, at.child(name.as_str()?))))
    };
    // in a schema, each is the value itself; elsewhere, it is an object that contains the value
    all.extend(named("x-examples"));
    for (example, at) in named("examples") {
        let example = model.resolve(example, &at);
        all.extend(example.and_then(|(example, at)| Some((example.get("value")?, at.child("value")))));
    }
    all
}
