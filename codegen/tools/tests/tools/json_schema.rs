//! The schemas are valid by the meta-schema, complete by themselves, and mean what the model says.

use std::collections::BTreeSet;

use api_model::{Api, Idempotency, Sample, Type, TypeId};
use api_tools::json::{json, pretty_json};
use api_tools::json_schema::{DIALECT, Depth, Schemas};
use codegen_testing::own;
use serde_json::{Value, json as value};

const DEPTHS: [Depth; 3] = [Depth::Top, Depth::Two, Depth::Whole];

/// All schemas of operations and webhooks in one depth, by name.
fn all(api: &Api, depth: Depth) -> Vec<(String, Sample)> {
    let schemas = Schemas::new(api);
    let mut all = Vec::new();
    for operation in &api.operations {
        let parts = [
            ("request", schemas.request(operation, depth)),
            ("parameters", schemas.parameters(operation, depth)),
            ("response", schemas.response(operation, depth)),
        ];
        for (part, schema) in parts {
            all.extend(schema.map(|schema| (format!("{} {part} {depth:?}", operation.id), schema)));
        }
    }
    for webhook in &api.webhooks {
        let name = format!("{}: {} {depth:?}", webhook.kind, webhook.code);
        all.push((name, schemas.webhook(webhook, depth)));
    }
    for id in api.types.keys().chain(api.unreached.keys()) {
        all.push((format!("{id} {depth:?}"), schemas.of(&Type::Named(id.clone()), depth)));
    }
    all
}

fn as_value(sample: &Sample) -> Value {
    serde_json::from_str(&json(sample)).expect("JSON")
}

/// Whether the schema is valid by the meta-schema, and whether each definition in it is referred to and each reference
/// leads to a definition.
fn check(name: &str, schema: &Sample) -> Value {
    let schema = as_value(schema);
    assert_eq!(schema["$schema"], DIALECT, "{name}");
    if let Err(error) = jsonschema::draft202012::meta::validate(&schema) {
        panic!("{name}: {error} at {}", error.instance_path());
    }
    let mut references = BTreeSet::new();
    collect(&schema, &mut references);
    let defs = schema["$defs"].as_object().map(|defs| defs.keys().map(|name| format!("#/$defs/{name}")));
    assert_eq!(references, defs.into_iter().flatten().collect(), "{name}");
    schema
}

fn collect(value: &Value, references: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            references.extend(members.get("$ref").and_then(Value::as_str).map(str::to_owned));
            members.values().for_each(|member| collect(member, references));
        }
        Value::Array(all) => all.iter().for_each(|one| collect(one, references)),
        _ => {}
    }
}

#[test]
fn all_schemas_of_our_document_are_valid_and_complete() {
    let api = own::api();
    for depth in DEPTHS {
        let all = all(api, depth);
        assert!(all.len() > 2 * api.operations.len() + api.webhooks.len(), "only {}", all.len());
        for (name, schema) in all {
            check(&name, &schema);
        }
    }
}

#[test]
fn all_schemas_of_the_cases_are_valid_and_complete() {
    let cases = crate::shared::cases();
    assert!(cases.len() > 30, "only {} cases", cases.len());
    for (case, understood) in cases {
        for depth in DEPTHS {
            for (name, schema) in all(&understood.api, depth) {
                check(&format!("{case}: {name}"), &schema);
            }
        }
    }
}

#[test]
fn the_samples_are_valid_at_each_depth() {
    let api = own::api();
    let schemas = Schemas::new(api);
    let mut checked = 0;
    for operation in &api.operations {
        let mut request = operation.samples.request.as_ref().map(as_value);
        // The sample of a caller lacks it, since the client fills it in.
        if let (Idempotency::Key(property), Some(request)) = (&operation.idempotency, &mut request) {
            request[property] = value!("a-key");
        }
        let samples = [request, operation.samples.parameters.as_ref().map(as_value)];
        for depth in DEPTHS {
            let parts = [schemas.request(operation, depth), schemas.parameters(operation, depth)];
            for (sample, schema) in samples.iter().zip(parts) {
                let (Some(sample), Some(schema)) = (sample, schema) else { continue };
                let validator = jsonschema::draft202012::new(&as_value(&schema)).expect("a schema");
                if let Err(error) = validator.validate(sample) {
                    panic!("{} {depth:?}: {error} at {}", operation.id, error.instance_path());
                }
                checked += 1;
            }
        }
    }
    assert!(checked > 900, "only {checked} samples were checked");
}

#[test]
fn shapes() {
    let api = crate::shared::shapes().api;
    let schemas = Schemas::new(&api);
    let keep = api.operations.iter().find(|operation| operation.id == "keep").expect("the operation");
    let mut text = String::new();
    for depth in DEPTHS {
        for (part, schema) in [
            ("request", schemas.request(keep, depth)),
            ("parameters", schemas.parameters(keep, depth)),
            ("response", schemas.response(keep, depth)),
        ] {
            let schema = schema.expect("a schema");
            check(part, &schema);
            text.push_str(&format!("# {part}, {depth:?}\n{}\n\n", pretty_json(&schema)));
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn what_shapes_accept_and_refuse() {
    let api = crate::shared::shapes().api;
    let schemas = Schemas::new(&api);
    let keep = api.operations.iter().find(|operation| operation.id == "keep").expect("the operation");
    let of = |depth| as_value(&schemas.request(keep, depth).expect("a schema"));
    let whole = jsonschema::draft202012::new(&of(Depth::Whole)).expect("a schema");
    let cut = [Depth::Top, Depth::Two].map(|depth| jsonschema::draft202012::new(&of(depth)).expect("a schema"));
    let body = |name: &str, content: Value| {
        let mut body = value!({"animal": {"kind": "cat"}, "size": "small"});
        body[name] = content;
        body
    };
    let accepted = [
        ("animal", value!({"kind": "owl", "wings": 2})),
        ("second_size", value!(null)),
        ("second_size", value!("large")),
        ("born", value!(null)),
        ("legs", value!(null)),
        ("legs", value!(4)),
        ("notes", value!({"a": null})),
        ("anything", value!([1, null])),
        ("box", value!({"width": 99.5, "more": 1, "inner": {"label": "a"}})),
        ("free", value!({"b": {}})),
        ("unknown", value!(1)),
    ];
    for (name, content) in accepted {
        let body = body(name, content);
        for validator in cut.iter().chain([&whole]) {
            assert!(validator.is_valid(&body), "{body}");
        }
    }
    let refused = [
        ("animal", value!({"kind": "dog"})),
        ("animal", value!({"kind": "bird"})),
        ("animal", value!({})),
        ("size", value!("tiny")),
        ("size", value!(null)),
        ("second_size", value!("tiny")),
        ("legs", value!(3)),
        ("names", value!([])),
        ("names", value!(["a", "a"])),
        ("code", value!("A1")),
        ("notes", value!({"a": 1})),
        ("box", value!({})),
        ("box", value!({"width": 0})),
        ("box", value!({"width": 1, "inner": {"label": 1}})),
        ("strict", value!({"b": 1})),
    ];
    for (name, content) in refused {
        let body = body(name, content);
        assert!(!whole.is_valid(&body), "{body}");
    }
}

#[test]
fn operations_without_a_json_body_have_no_schema() {
    let api = crate::shared::shapes().api;
    let schemas = Schemas::new(&api);
    let operation = |id: &str| api.operations.iter().find(|operation| operation.id == id).expect("the operation");
    assert_eq!(schemas.request(operation("setPicture"), Depth::Whole), None);
    assert_eq!(schemas.request(operation("picture"), Depth::Whole), None);
    assert_eq!(schemas.response(operation("picture"), Depth::Whole), None);
    assert_eq!(schemas.parameters(operation("feed"), Depth::Whole), None);
    assert!(schemas.request(operation("feed"), Depth::Whole).is_some());
}

#[test]
fn a_type_that_is_not_in_the_model_allows_any_value() {
    let api = Api::default();
    let schema = Schemas::new(&api).of(&Type::Named(TypeId::schema("Absent")), Depth::Whole);
    assert_eq!(json(&schema), format!("{{\"$schema\":\"{DIALECT}\"}}"));
}
