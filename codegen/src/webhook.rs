//! Webhooks, which OpenAPI 3.0 has no place for.
//!
//! A webhook's payload is a schema that has the two properties which announce it and that no operation reaches. Its
//! (type, code) pairs are in its examples or, failing that, in the code spans of the two properties' descriptions. They
//! are kept in an extension of the schema, so that the imported document, which has neither, still knows them.

use std::collections::HashSet;

use serde_yaml::{Mapping, Value};

use crate::config::Sdk;
use crate::diag::{Pointer, Report};

/// The extension that keeps a webhook's pairs: a list of `{type, code}`.
pub const EXTENSION: &str = "x-webhook";

/// Adds the extension to every webhook's schema that lacks it.
pub fn annotate(document: &mut Value, file: &str, sdk: &Sdk, report: &mut Report) {
    let rule = &sdk.webhooks;
    if rule.type_property.is_empty() || rule.code_property.is_empty() {
        return;
    }
    let reached = reached(document);
    let Some(schemas) = document.get_mut("components").and_then(|components| components.get_mut("schemas")) else {
        return;
    };
    let Value::Mapping(schemas) = schemas else { return };
    for (name, schema) in schemas {
        let Some(name) = name.as_str() else { continue };
        let Some(properties) = schema.get("properties") else { continue };
        let (Some(kind), Some(code)) = (properties.get(&rule.type_property), properties.get(&rule.code_property))
        else {
            continue;
        };
        if reached.contains(name) || schema.get(EXTENSION).is_some() {
            continue;
        }
        let pairs = match pairs_of_examples(schema, &rule.type_property, &rule.code_property) {
            pairs if pairs.is_empty() => pairs_of_descriptions(kind, code),
            pairs => pairs,
        };
        if pairs.is_empty() {
            report.error(
                file,
                &Pointer::root().child("components").child("schemas").child(name),
                format!("`{name}` looks like a webhook, but neither its examples nor the code spans of its properties say which"),
                format!(
                    "add `{EXTENSION}: [{{type: …, code: …}}]` to it, by a fixup if the document can't be changed"
                ),
            );
            continue;
        }
        if let Value::Mapping(schema) = schema {
            let pairs = pairs.into_iter().map(|(kind, code)| {
                Value::Mapping(Mapping::from_iter([("type".into(), kind.into()), ("code".into(), code.into())]))
            });
            schema.insert(EXTENSION.into(), Value::Sequence(pairs.collect()));
        }
    }
}

/// The named schemas that operations lead to.
fn reached(document: &Value) -> HashSet<String> {
    let mut reached = HashSet::new();
    let mut open = Vec::new();
    references(document.get("paths"), &mut open);
    let components = document.get("components");
    for part in ["parameters", "requestBodies", "responses", "headers"] {
        references(components.and_then(|components| components.get(part)), &mut open);
    }
    let schemas = components.and_then(|components| components.get("schemas"));
    while let Some(name) = open.pop() {
        if reached.insert(name.to_owned()) {
            references(schemas.and_then(|schemas| schemas.get(name)), &mut open);
        }
    }
    reached
}

fn references<'a>(value: Option<&'a Value>, found: &mut Vec<&'a str>) {
    match value {
        Some(Value::Mapping(entries)) => {
            for (key, value) in entries {
                match (key.as_str(), value.as_str()) {
                    (Some("$ref"), Some(reference)) => {
                        found.extend(reference.strip_prefix("#/components/schemas/"));
                    }
                    _ => references(Some(value), found),
                }
            }
        }
        Some(Value::Sequence(elements)) => elements.iter().for_each(|element| references(Some(element), found)),
        _ => {}
    }
}

/// Every pair in the examples of a schema, in their order.
fn pairs_of_examples(schema: &Value, kind: &str, code: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for key in ["example", "x-examples"] {
        collect_pairs(schema.get(key), kind, code, &mut pairs);
    }
    pairs
}

fn collect_pairs(value: Option<&Value>, kind: &str, code: &str, pairs: &mut Vec<(String, String)>) {
    match value {
        Some(Value::Mapping(entries)) => {
            let text = |key: &str| entries.get(key).and_then(Value::as_str).map(str::to_owned);
            match (text(kind), text(code)) {
                (Some(kind), Some(code)) => {
                    if !pairs.contains(&(kind.clone(), code.clone())) {
                        pairs.push((kind, code));
                    }
                }
                _ => entries.values().for_each(|value| collect_pairs(Some(value), kind, code, pairs)),
            }
        }
        Some(Value::Sequence(elements)) => {
            elements.iter().for_each(|element| collect_pairs(Some(element), kind, code, pairs));
        }
        _ => {}
    }
}

/// The pairs of the code spans in two descriptions: every type with every code.
fn pairs_of_descriptions(kind: &Value, code: &Value) -> Vec<(String, String)> {
    let codes = code_spans(code);
    code_spans(kind).iter().flat_map(|kind| codes.iter().map(|code| (kind.clone(), code.clone()))).collect()
}

/// What stands in backticks in a property's description, where it looks like a constant.
fn code_spans(property: &Value) -> Vec<String> {
    let description = property.get("description").and_then(Value::as_str).unwrap_or_default();
    let mut found = Vec::new();
    for span in description.split('`').skip(1).step_by(2) {
        let span = span.trim_matches('"');
        let constant =
            !span.is_empty() && span.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
        if constant && !found.iter().any(|known| known == span) {
            found.push(span.to_owned());
        }
    }
    found
}
