//! The OpenAPI documents are well-formed: references, links and names lead somewhere, and the samples are valid.

use std::collections::HashSet;

use api_model::layout::Layout;
use api_model::{Api, SampleHints};
use api_tools::openapi::{About, document};
use codegen::Understood;
use codegen_testing::own;
use serde_json::Value;

fn of(api: &Api, layout: &Layout) -> Value {
    serde_json::from_str(&document(api, layout, &About::default())).expect("JSON")
}

/// Each reference and each link of the document, and each name of a security scheme and a tag, leads to something.
fn check(name: &str, document: &Value, api: &Api) {
    let mut pointers = Vec::new();
    collect(document, &mut pointers);
    for pointer in pointers {
        let path = decoded(pointer.strip_prefix('#').expect("a fragment"));
        assert!(document.pointer(&path).is_some(), "{name}: {pointer} leads nowhere");
    }
    let strings = |value: &Value, key: &str| -> HashSet<String> {
        let all = value.as_array().into_iter().flatten();
        all.filter_map(|one| one[key].as_str()).map(str::to_owned).collect()
    };
    let tags = strings(&document["tags"], "name");
    let mut operations = 0;
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("an item") {
            operations += 1;
            for tag in operation["tags"].as_array().into_iter().flatten() {
                assert!(tags.contains(tag.as_str().expect("a tag")), "{name}: {method} {path}: {tag}");
            }
            let declared = operation["parameters"].as_array().into_iter().flatten();
            let declared: HashSet<&str> = declared.filter_map(|parameter| parameter["name"].as_str()).collect();
            for part in path.split('{').skip(1).filter_map(|part| part.split('}').next()) {
                assert!(declared.contains(part), "{name}: {method} {path}: {part} is not declared");
            }
        }
    }
    assert_eq!(operations, api.operations.len(), "{name}");
    for schema in api.types.keys().chain(api.unreached.keys()).filter_map(|id| id.name()) {
        let plain = schema.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
        let there = document["components"]["schemas"].get(schema).is_some();
        assert!(there || !plain, "{name}: the schema {schema} is missing");
    }
}

/// The targets of `$ref`, of `mapping` and of links in descriptions.
fn collect(value: &Value, pointers: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                match (key.as_str(), member) {
                    ("$ref", Value::String(reference)) => pointers.push(reference.clone()),
                    ("mapping", Value::Object(mapping)) => {
                        pointers.extend(mapping.values().filter_map(Value::as_str).map(str::to_owned));
                    }
                    ("description", Value::String(text)) => {
                        let links = text.split("](#").skip(1).filter_map(|link| link.split(')').next());
                        pointers.extend(links.map(|link| format!("#{link}")));
                    }
                    _ => collect(member, pointers),
                }
            }
        }
        Value::Array(all) => all.iter().for_each(|one| collect(one, pointers)),
        _ => {}
    }
}

/// A fragment without percent escapes.
fn decoded(fragment: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = fragment.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let digits: Vec<u8> = rest.by_ref().take(2).collect();
                let digits = String::from_utf8(digits).expect("digits");
                bytes.push(u8::from_str_radix(&digits, 16).expect("hexadecimal digits"));
            }
            byte => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn shapes() {
    let Understood { api, layout, .. } = crate::shared::shapes();
    let about = About { description: Some("About the zoo.".to_owned()), license: Some("MIT".to_owned()) };
    let text = document(&api, &layout, &about);
    check("shapes", &serde_json::from_str(&text).expect("JSON"), &api);
    insta::assert_snapshot!(text);
}

#[test]
fn our_document() {
    let Understood { api, layout, .. } = own::understood();
    let document = of(api, layout);
    check("our document", &document, api);
    assert_eq!(document["paths"].as_object().map(serde_json::Map::len), Some(api.operations.len()));
    let pairs: HashSet<_> = api.webhooks.iter().map(|webhook| (&webhook.kind, &webhook.code)).collect();
    assert_eq!(document["webhooks"].as_object().map(serde_json::Map::len), Some(pairs.len()));
    let mut samples = 0;
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("an item") {
            assert!(operation["summary"].is_string(), "{method} {path} has no summary");
            let Some(content) = operation["requestBody"]["content"].as_object() else { continue };
            for media in content.values() {
                assert!(media["examples"]["minimal"]["value"].is_object(), "{method} {path} has no sample");
                samples += 1;
            }
        }
    }
    assert!(samples > 320, "only {samples} requests have samples");
}

#[test]
fn the_cases() {
    let cases = crate::shared::cases();
    assert!(cases.len() > 30, "only {} cases", cases.len());
    for (case, Understood { api, layout, .. }) in cases {
        check(&case, &of(&api, &layout), &api);
    }
}

#[test]
fn the_published_documents() {
    let Some(documents) = codegen_testing::published::all() else { return };
    assert!(documents.len() > 5, "only {} documents", documents.len());
    for input in documents {
        let name = input.name.clone();
        let understood = codegen::understand(&own::inputs_for(input), &mut |_| {});
        let Understood { api, layout, .. } = understood.unwrap_or_else(|report| panic!("{name}: {report}"));
        check(&name, &of(&api, &layout), &api);
    }
}

#[test]
fn the_same_api_gives_the_same_document() {
    let Understood { api, layout, .. } = crate::shared::shapes();
    let about = About::default();
    assert_eq!(document(&api, &layout, &about), document(&api, &layout, &about));
    let hints = SampleHints::default();
    let other = Api { hints, ..api.clone() };
    assert_eq!(of(&other, &layout)["components"], of(&api, &layout)["components"]);
}
