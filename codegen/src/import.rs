//! A full upstream document to the interface that the project carries: everything a program depends on, none of the
//! prose.
//!
//! What is kept is listed, object by object; all else is dropped. A property may be called `description` or `example`, so
//! keywords and names are told apart by where they stand.

use serde::{Deserialize, Serialize};
use serde_yaml::{Mapping, Value};

use crate::config::Sdk;
use crate::diag::{Pointer, Report};
use crate::source::Source;
use crate::webhook;

/// `spec/source.yaml`: where `spec/plaid.yaml` is from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceInfo {
    /// `info.version` of the document.
    pub version: String,
    /// The upstream commit, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// The SHA-256 of the document, in hexadecimal.
    pub sha256: String,
    /// The day it was first imported, as `2026-03-01`.
    pub imported: String,
}

/// An imported document.
#[derive(Clone, Debug)]
pub struct Imported {
    /// `spec/plaid.yaml`.
    pub yaml: String,
    /// `info.version`.
    pub version: String,
}

/// Imports a document. What stands in the report afterwards says why it could not be.
pub fn import(source: &Source, sdk: &Sdk, report: &mut Report) -> Option<Imported> {
    let mut value = source.value.clone();
    webhook::annotate(&mut value, &source.name, sdk, report);
    if report.has_errors() {
        return None;
    }
    let document = document(&value);
    let version = document.get("info").and_then(|info| info.get("version")).and_then(Value::as_str);
    let version = version.unwrap_or_default().to_owned();
    match serde_yaml::to_string(&document) {
        Ok(yaml) => Some(Imported { yaml: format!("{HEADER}{yaml}"), version }),
        Err(error) => {
            report.error(&source.name, &Pointer::root(), format!("it can't be written as YAML: {error}"), "");
            None
        }
    }
}

const HEADER: &str = "# Written by `cargo xtask spec import`, not by hand. The interface of the API: paths, names, types, constraints.\n";

/// The keywords of a schema that are kept as they are.
const SCHEMA: &[&str] = &[
    "type",
    "format",
    "default",
    "nullable",
    "required",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "readOnly",
    "writeOnly",
    "deprecated",
    "discriminator",
    "x-hidden-from-docs",
    webhook::EXTENSION,
];

fn document(value: &Value) -> Value {
    object(value, &|key, value| match key {
        "openapi" | "security" => Some(value.clone()),
        "info" => Some(object(value, &|key, value| matches!(key, "title" | "version").then(|| value.clone()))),
        "servers" => Some(list(value, &server)),
        "tags" => Some(list(value, &|tag| object(tag, &|key, value| (key == "name").then(|| value.clone())))),
        "paths" => Some(map(value, &path_item)),
        "components" => Some(components(value)),
        _ => None,
    })
}

/// A server's description is kept where it is no more than a name.
fn server(value: &Value) -> Value {
    object(value, &|key, value| match key {
        "url" => Some(value.clone()),
        "description" if value.as_str().is_some_and(|text| text.split_whitespace().count() <= 2) => Some(value.clone()),
        _ => None,
    })
}

fn components(value: &Value) -> Value {
    object(value, &|key, value| match key {
        "schemas" => Some(map(value, &schema)),
        "parameters" => Some(map(value, &parameter)),
        "requestBodies" => Some(map(value, &body)),
        "responses" => Some(map(value, &|response| self::response(response, "Response"))),
        "headers" => Some(map(value, &header)),
        "securitySchemes" => {
            Some(map(value, &|scheme| object(scheme, &|key, value| (key != "description").then(|| value.clone()))))
        }
        _ => None,
    })
}

fn path_item(value: &Value) -> Value {
    object(value, &|key, value| match key {
        "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" => Some(operation(value)),
        "parameters" => Some(list(value, &parameter)),
        "servers" => Some(list(value, &server)),
        "$ref" | "x-hidden-from-docs" => Some(value.clone()),
        _ => None,
    })
}

fn operation(value: &Value) -> Value {
    object(value, &|key, value| match key {
        "operationId" | "tags" | "deprecated" | "security" | "x-hidden-from-docs" => Some(value.clone()),
        "externalDocs" => Some(external_docs(value)),
        "parameters" => Some(list(value, &parameter)),
        "requestBody" => Some(body(value)),
        "responses" => Some(object(value, &|status, value| {
            let good = status.starts_with('2');
            Some(response(value, if good { "Success" } else { "Error" }))
        })),
        _ => None,
    })
}

fn external_docs(value: &Value) -> Value {
    object(value, &|key, value| (key == "url").then(|| value.clone()))
}

fn parameter(value: &Value) -> Value {
    object(value, &|key, value| match key {
        "name" | "in" | "required" | "deprecated" | "style" | "explode" | "allowReserved" | "allowEmptyValue"
        | "x-hidden-from-docs" => Some(value.clone()),
        "schema" => Some(schema(value)),
        "content" => Some(map(value, &media_type)),
        _ => None,
    })
}

fn header(value: &Value) -> Value {
    object(value, &|key, value| match key {
        "required" | "deprecated" | "style" | "explode" => Some(value.clone()),
        "schema" => Some(schema(value)),
        _ => None,
    })
}

fn body(value: &Value) -> Value {
    object(value, &|key, value| match key {
        "required" => Some(value.clone()),
        "content" => Some(map(value, &media_type)),
        _ => None,
    })
}

/// OpenAPI asks for a description here; a word of ours stands for it.
fn response(value: &Value, word: &str) -> Value {
    let mut kept = object(value, &|key, value| match key {
        "content" => Some(map(value, &media_type)),
        "headers" => Some(map(value, &header)),
        _ => None,
    });
    if let Value::Mapping(kept) = &mut kept
        && !kept.contains_key("$ref")
    {
        let rest = std::mem::take(kept);
        kept.insert("description".into(), word.into());
        kept.extend(rest);
    }
    kept
}

fn media_type(value: &Value) -> Value {
    object(value, &|key, value| match key {
        "schema" => Some(schema(value)),
        "encoding" => Some(value.clone()),
        _ => None,
    })
}

fn schema(value: &Value) -> Value {
    object(value, &|key, value| match key {
        "properties" => Some(map(value, &schema)),
        "items" | "not" => Some(schema(value)),
        "additionalProperties" if value.is_mapping() => Some(schema(value)),
        "additionalProperties" => Some(value.clone()),
        "allOf" | "oneOf" | "anyOf" => Some(list(value, &schema)),
        "externalDocs" => Some(external_docs(value)),
        "enum" => Some(sorted(value)),
        key if SCHEMA.contains(&key) => Some(value.clone()),
        _ => None,
    })
}

/// The values of an enum in an order of our own: theirs means nothing, and upstream changes it at times.
fn sorted(values: &Value) -> Value {
    let Value::Sequence(values) = values else { return values.clone() };
    let mut values = values.clone();
    // `null` goes last.
    let key = |value: &Value| (value.is_null(), serde_json::to_string(value).unwrap_or_default());
    values.sort_by_cached_key(key);
    Value::Sequence(values)
}

/// An object whose keys are OpenAPI's: each is kept, changed or dropped. Beside a `$ref` nothing counts.
fn object(value: &Value, keep: &dyn Fn(&str, &Value) -> Option<Value>) -> Value {
    let Value::Mapping(entries) = value else { return value.clone() };
    if let Some(reference) = entries.get("$ref").filter(|reference| reference.is_string()) {
        return Value::Mapping(Mapping::from_iter([(Value::from("$ref"), reference.clone())]));
    }
    let kept = entries.iter().filter_map(|(key, value)| Some((key.clone(), keep(key.as_str()?, value)?)));
    Value::Mapping(kept.collect())
}

/// An object whose keys are names of the document's own.
fn map(value: &Value, each: &dyn Fn(&Value) -> Value) -> Value {
    let Value::Mapping(entries) = value else { return value.clone() };
    Value::Mapping(entries.iter().map(|(key, value)| (key.clone(), each(value))).collect())
}

fn list(value: &Value, each: &dyn Fn(&Value) -> Value) -> Value {
    let Value::Sequence(elements) = value else { return value.clone() };
    Value::Sequence(elements.iter().map(each).collect())
}
