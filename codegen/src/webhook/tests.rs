use super::{EXTENSION, annotate};
use crate::config::Sdk;
use crate::diag::Report;
use crate::source::Source;

const SDK: &str = "webhooks: {type_property: kind, code_property: code, pairs: {Told: [{type: T, code: C}]}}";

fn marks(schemas: &str) -> (String, String) {
    let mut report = Report::default();
    let sdk = Source::parse("sdk.yaml", SDK, &mut report).and_then(|source| Sdk::read(&source, &mut report));
    let sdk = sdk.expect("an SDK");
    let text = format!(
        "paths: {{/a: {{post: {{responses: {{'200': {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Response'}}}}}}}}}}}}}}}}\ncomponents: {{schemas: {{{schemas}}}}}"
    );
    let mut source = Source::parse("a.yaml", text, &mut report).expect("a document");
    annotate("a.yaml", &mut source.value, &sdk, &mut report);
    let once = source.value.clone();
    annotate("a.yaml", &mut source.value, &sdk, &mut Report::default());
    assert_eq!(once, source.value, "annotating twice");
    let schemas = source.value["components"]["schemas"].as_mapping().expect("schemas").clone();
    let marks = schemas.iter().filter_map(|(name, schema)| Some((name.as_str()?, schema.get(EXTENSION)?)));
    let marks = marks.map(|(name, mark)| format!("{name}: {}", serde_json::to_string(mark).expect("JSON")));
    let what: Vec<String> = report.findings().iter().map(|finding| finding.what.clone()).collect();
    (marks.collect::<Vec<_>>().join("\n"), what.join("\n"))
}

#[test]
fn the_pair_comes_from_values_examples_or_descriptions() {
    let (marks, what) = marks(
        "Response: {properties: {kind: {}, code: {}}},
         Listed: {properties: {kind: {enum: [A]}, code: {enum: [B, C]}}},
         Example: {x-examples: {one: {kind: A, code: B}, two: {value: {kind: A, code: D}}}, properties: {kind: {}, code: {}}},
         Prose: {properties: {kind: {description: 'It is `\"A\"`'}, code: {description: '`B_1`, see `/a/b` and `code`'}}},
         Lower: {properties: {kind: {description: '`A`'}, code: {description: 'It is `low`.'}}},
         Derived: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {code: {description: '`B`'}}}]},
         Base: {properties: {kind: {description: '`A`'}}},
         Told: {properties: {kind: {}, code: {}}},
         Marked: {properties: {kind: {}, code: {}}, x-webhook: []},
         Other: {properties: {kind: {}}}",
    );
    assert_eq!(what, "");
    assert_eq!(
        marks,
        r#"Listed: [{"type":"A","code":"B"},{"type":"A","code":"C"}]
Example: [{"type":"A","code":"B"},{"type":"A","code":"D"}]
Prose: [{"type":"A","code":"B_1"}]
Lower: [{"type":"A","code":"low"}]
Derived: [{"type":"A","code":"B"}]
Told: [{"type":"T","code":"C"}]
Marked: []"#
    );
}

#[test]
fn a_webhook_without_a_pair_is_reported() {
    let (marks, what) = marks(
        "Response: {}, A: {properties: {kind: {}, code: {enum: [B]}}}, B: {properties: {kind: {enum: [A, B]}, code: {enum: [B]}}}",
    );
    assert_eq!(marks, "");
    assert_eq!(
        what,
        "`A` looks like a webhook, but it does not say which type announces it\n\
         `B` looks like a webhook, but it names several types, so it is unclear which code belongs to which"
    );
}
