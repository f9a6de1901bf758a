//! Checks whether the document itself declares a property, without the model. Otherwise a property that lowering lost
//! would look like an undeclared one.

use codegen::diag::Pointer;
use serde_yaml::Value;

/// Whether the document declares a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Declared {
    /// It doesn't.
    No,
    /// It is the caller's credential.
    Credential,
    /// It does.
    Yes,
}

/// How many references and compositions may be between a schema and a property.
const DEPTH: usize = 20;

/// Looks a property up in the schema at a pointer, through references and `allOf`.
pub fn declared(document: &Value, schema: &Pointer, name: &str, credentials: &[String]) -> Declared {
    at(document, schema).map_or(Declared::No, |schema| find(document, schema, name, credentials, DEPTH))
}

fn find(document: &Value, schema: &Value, name: &str, credentials: &[String], depth: usize) -> Declared {
    if depth == 0 {
        return Declared::No;
    }
    if let Some(property) = schema.get("properties").and_then(|properties| properties.get(name)) {
        let is_credential = references(property).any(|target| credentials.iter().any(|name| target.ends_with(name)));
        return if is_credential { Declared::Credential } else { Declared::Yes };
    }
    let found = references(schema)
        .filter_map(|reference| at(document, &Pointer::parse(reference)?))
        .chain(parts(schema).filter(|part| part.get("$ref").is_none()))
        .map(|part| find(document, part, name, credentials, depth - 1))
        .find(|found| *found != Declared::No);
    found.unwrap_or(Declared::No)
}

/// The references of a schema: its own, and those in its compositions.
fn references(schema: &Value) -> impl Iterator<Item = &str> {
    std::iter::once(schema).chain(parts(schema)).filter_map(|schema| schema.get("$ref")?.as_str())
}

/// The members of a schema's compositions.
fn parts(schema: &Value) -> impl Iterator<Item = &Value> {
    ["allOf", "oneOf", "anyOf"].into_iter().filter_map(|keyword| schema.get(keyword)?.as_sequence()).flatten()
}

fn at<'v>(document: &'v Value, pointer: &Pointer) -> Option<&'v Value> {
    pointer.segments().try_fold(document, |value, segment| match value {
        Value::Sequence(elements) => elements.get(segment.parse::<usize>().ok()?),
        value => value.get(segment.as_str()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_property_is_found_wherever_it_is_declared() {
        let document: Value = serde_yaml::from_str(
            "s:\n  A: {properties: {own: {}, id: {allOf: [{$ref: '#/s/ClientId'}]}}}\n  \
             B: {allOf: [{$ref: '#/s/A'}, {properties: {more: {}}}]}\n  C: {$ref: '#/s/B'}\n  D: {$ref: '#/s/D'}\n",
        )
        .unwrap();
        let ask = |schema: &str, name: &str| {
            declared(&document, &Pointer::parse(&format!("#/s/{schema}")).unwrap(), name, &["ClientId".to_owned()])
        };
        assert_eq!([ask("A", "own"), ask("B", "own"), ask("C", "more")], [Declared::Yes; 3]);
        assert_eq!([ask("A", "id"), ask("C", "id")], [Declared::Credential; 2]);
        assert_eq!([ask("A", "more"), ask("D", "own"), ask("E", "own")], [Declared::No; 3]);
    }
}
