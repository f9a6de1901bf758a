//! Mistakes in schemas, all reported in one run, each with its place; and documents made to exhaust the generator.

use serde_json::Value;

use super::{errors, notes, schemas, types};

#[test]
fn dangling_references() {
    let yaml = "
Root:
  properties:
    a: {$ref: '#/components/schemas/Gone'}
    b: {type: array, items: {$ref: '#/components/schemas/Root/properties/c'}}
    c: {allOf: [{$ref: 'other.yaml#/X'}, {$ref: '#/components/schemas/Gone'}]}
";
    let at = "#/components/schemas/Root/properties";
    assert_eq!(
        errors(yaml),
        [
            format!("{at}/a: there is no schema Gone"),
            format!(
                "{at}/b/items: the $ref #/components/schemas/Root/properties/c is not a named schema of this document"
            ),
            format!("{at}/c/allOf/0: the $ref other.yaml#/X is not a named schema of this document"),
            format!("{at}/c/allOf/1: there is no schema Gone"),
        ]
    );
}

#[test]
fn required_without_property() {
    let yaml = "Root: {type: object, required: [a, b], properties: {a: {type: string}}}";
    assert_eq!(
        notes(yaml),
        ["#/components/schemas/Root/required/1: `b` is required, but no property of that name is declared"]
    );
}

#[test]
fn types_that_contradict_or_are_unknown() {
    let yaml = "
Root:
  properties:
    a: {type: strin}
    b: {type: integer, properties: {x: {type: string}}}
    c: {type: string, items: {type: string}}
    d: {type: array, additionalProperties: {type: string}}
    e: {type: 'null'}
    f: {minLength: 3}
    g: {type: boolean, required: [x]}
";
    let at = "#/components/schemas/Root/properties";
    assert_eq!(
        errors(yaml),
        [
            format!("{at}/a/type: there is no type strin"),
            format!("{at}/b: the type is integer, but the schema has properties"),
            format!("{at}/c: the type is string, but the schema has items"),
            format!("{at}/d: the type is array, but the schema has additionalProperties"),
            format!("{at}/e/type: there is no type null"),
            format!("{at}/f: minLength without a type"),
            format!("{at}/g: the type is boolean, but the schema has required"),
        ]
    );
}

#[test]
fn cycles_of_references() {
    let yaml = "
Root: {properties: {a: {$ref: '#/components/schemas/A'}, l: {$ref: '#/components/schemas/L'}}}
A: {$ref: '#/components/schemas/B'}
B: {allOf: [{$ref: '#/components/schemas/A'}]}
L: {type: array, items: {$ref: '#/components/schemas/L'}}
";
    assert_eq!(
        errors(yaml),
        [
            "#/components/schemas/A: an alias refers back to itself: A -> B -> A",
            "#/components/schemas/L: an alias refers back to itself: L -> L",
        ]
    );
}

#[test]
fn schemas_nested_too_deep() {
    let text = r#"{"openapi": "3.0.0", "info": {"title": "T", "version": "1"}, "paths": {}, "components": {}}"#;
    let mut document: openapiv3::OpenAPI = serde_json::from_str(text).unwrap();
    // The readers limit the depth, so this document is built in code.
    let mut schema: openapiv3::Schema = serde_json::from_str(r#"{"type": "string"}"#).unwrap();
    for _ in 0..300 {
        let mut object = openapiv3::ObjectType::default();
        object.properties.insert("p".to_owned(), openapiv3::ReferenceOr::Item(Box::new(schema)));
        let kind = openapiv3::SchemaKind::Type(openapiv3::Type::Object(object));
        schema = openapiv3::Schema { schema_data: openapiv3::SchemaData::default(), schema_kind: kind };
    }
    schema.schema_data.extensions.insert("x-webhook".to_owned(), serde_json::json!([{"type": "A", "code": "B"}]));
    let schemas = &mut document.components.as_mut().unwrap().schemas;
    schemas.insert("Root".to_owned(), openapiv3::ReferenceOr::Item(schema));
    let mut report = codegen::diag::Report::default();
    codegen::lower::lower(&document, "spec.yaml", &codegen::config::Sdk::default(), &mut report);
    let found = super::findings(&report, codegen::diag::Severity::Error);
    assert_eq!(found.len(), 1);
    assert!(found[0].ends_with("schemas are nested here"), "{found:?}");
}

#[test]
fn references_that_multiply_are_handled_in_time() {
    // Each schema merges the next one twice: there are 2^60 paths.
    let mut yaml =
        String::from("Root: {allOf: [{$ref: '#/components/schemas/S0'}, {$ref: '#/components/schemas/S0'}]}\n");
    for n in 0..60 {
        let next = format!("{{$ref: '#/components/schemas/S{}'}}", n + 1);
        yaml += &format!("S{n}: {{allOf: [{next}, {next}]}}\n");
    }
    yaml += "S60: {type: object, properties: {a: {type: string}}}\n";
    assert_eq!(types(&yaml)[0], "Root: struct {a?: string} from S0");
}

#[test]
fn the_same_document_gives_the_same_result() {
    let yaml = "Root: {properties: {a: {enum: [x]}, b: {oneOf: [{type: string}, {type: integer}]}}}";
    let [one, other] = [schemas(yaml), schemas(yaml)].map(|(api, report)| format!("{api:?} {report}"));
    assert_eq!(one, other);
}

/// Removes or retypes, in turn, every node of a document that uses every feature.
#[test]
fn no_mutation_causes_a_panic() {
    let whole: Value = serde_yaml::from_str(include_str!("everything.yaml")).unwrap();
    let mut places = Vec::new();
    collect(&whole, String::new(), &mut places);
    let strangers =
        serde_json::json!([null, "text", -1, 0.5, true, [], {}, ["text"], {"$ref": "#/components/schemas/Pet"}]);
    let mut read = 0;
    for place in &places {
        for stranger in strangers.as_array().unwrap().iter().map(Some).chain([None]) {
            let mut mutated = whole.clone();
            put(&mut mutated, place, stranger);
            let Ok(document) = serde_json::from_value(mutated) else { continue };
            read += 1;
            let mut report = codegen::diag::Report::default();
            let sdk = serde_yaml::from_str("credentials: {schemas: [Id]}").unwrap();
            codegen::lower::lower(&document, "spec.yaml", &sdk, &mut report);
            let _ = report.to_string();
        }
    }
    assert!(places.len() > 150 && read > 500, "{} places, {read} readable documents", places.len());
}

fn collect(value: &Value, at: String, places: &mut Vec<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| {
            collect(value, format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), places);
        }),
        Value::Array(list) => list.iter().enumerate().for_each(|(index, value)| {
            collect(value, format!("{at}/{index}"), places);
        }),
        _ => {}
    }
    if !at.is_empty() {
        places.push(at);
    }
}

/// Sets or removes the value at a place.
fn put(document: &mut Value, place: &str, value: Option<&Value>) {
    let (parent, key) = place.rsplit_once('/').unwrap();
    let key = key.replace("~1", "/").replace("~0", "~");
    match (document.pointer_mut(parent).unwrap(), value) {
        (Value::Object(map), Some(value)) => drop(map.insert(key, value.clone())),
        (Value::Object(map), None) => drop(map.remove(&key)),
        (Value::Array(list), Some(value)) => list[key.parse::<usize>().unwrap()] = value.clone(),
        (Value::Array(list), None) => drop(list.remove(key.parse().unwrap())),
        _ => unreachable!(),
    }
}
