//! Finds the smallest nodes that openapiv3 can't read although they passed our own check, by reading the nodes one by
//! one.

use openapiv3::{
    Components, Header, Link, MediaType, OpenAPI, Operation, Parameter, PathItem, RequestBody, Response, Responses,
    Schema, SecurityScheme,
};
use serde::Deserialize;
use serde_yaml::Value;

use crate::diag::Report;
use crate::grammar::openapi::DOCUMENT;
use crate::grammar::{Path, Shape, children, reference};

/// Reports the nodes that openapiv3 can't read, at least one.
pub(super) fn localise(file: &str, root: &Value, error: &str, report: &mut Report) {
    let mut probe = Probe { file, report, found: 0 };
    probe.node(root, Shape::Object(&DOCUMENT), &Path::ROOT);
    if probe.found == 0 {
        probe.add(&Path::ROOT, "the document", error);
    }
}

struct Probe<'r> {
    file: &'r str,
    report: &'r mut Report,
    found: usize,
}

impl Probe<'_> {
    fn node(&mut self, value: &Value, shape: Shape, at: &Path<'_>) {
        let is_reference = matches!(shape, Shape::Reference(_)) && reference(value).is_some();
        let object = match shape {
            Shape::Object(object) | Shape::Reference(object) if !is_reference => Some(object),
            _ => None,
        };
        let refusal = object.map(|object| refusal(object.name, value));
        // if it can read a node, it can read everything below it
        if let Some(Some(Ok(()))) = refusal {
            return;
        }
        let before = self.found;
        for (index, place) in children(value, shape).into_iter().enumerate() {
            let below = if value.is_sequence() { at.index(index) } else { at.key(place.key) };
            self.node(place.value, place.shape, &below);
        }
        if let (Some(Some(Err(error))), Some(object), true) = (refusal, object, self.found == before) {
            match culprit(object.name, value) {
                Some(key) => self.add(&at.key(key), &format!("`{key}` of {}", object.name), &error),
                None => self.add(at, object.name, &error),
            }
        }
    }

    fn add(&mut self, at: &Path<'_>, what: &str, error: &str) {
        self.found += 1;
        let what = format!("{what} can't be read: {}", plain(error));
        self.report.error(self.file, &at.pointer(), what, "compare it with the OpenAPI 3.0 specification");
    }
}

/// The result of reading a node with openapiv3. Returns `None` for objects that it has no type for.
fn refusal(name: &str, value: &Value) -> Option<Result<(), String>> {
    fn tried<T: for<'de> Deserialize<'de>>(value: &Value) -> Option<Result<(), String>> {
        Some(T::deserialize(value).map(drop).map_err(|error| error.to_string()))
    }
    match name {
        "an OpenAPI document" => tried::<OpenAPI>(value),
        "the document's components" => tried::<Components>(value),
        "a path" => tried::<PathItem>(value),
        "an operation" => tried::<Operation>(value),
        "an operation's responses" => tried::<Responses>(value),
        "a response" => tried::<Response>(value),
        "a request body" => tried::<RequestBody>(value),
        "a parameter" => tried::<Parameter>(value),
        "a header" => tried::<Header>(value),
        "a media type" => tried::<MediaType>(value),
        "a security scheme" => tried::<SecurityScheme>(value),
        "a link" => tried::<Link>(value),
        "a schema" => tried::<Schema>(value),
        _ => None,
    }
}

/// The key whose removal makes the node readable.
fn culprit<'a>(name: &str, value: &'a Value) -> Option<&'a str> {
    let map = value.as_mapping()?;
    map.keys().filter_map(Value::as_str).find(|key| {
        let mut without = map.clone();
        without.shift_remove(*key);
        refusal(name, &Value::Mapping(without)) == Some(Ok(()))
    })
}

/// serde's message, without details that only matter to openapiv3's own developers.
fn plain(error: &str) -> String {
    if error.contains("did not match any variant") {
        return "it has none of the forms that are allowed here".to_owned();
    }
    error.to_owned()
}
