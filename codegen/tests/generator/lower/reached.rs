//! Types are generated if an operation or a webhook reaches them, without the caller's credentials.

use codegen::api_model::SkippedKind;

use super::{api, document, show, yaml};

const RESPONSE: &str = "responses: {'200': {description: ok}}";

fn post(request: &str) -> String {
    format!(
        "/x: {{post: {{operationId: x, {RESPONSE}, requestBody: {{required: true, content: {{application/json: {{schema: \
         {request}}}}}}}}}}}"
    )
}

#[test]
fn unreached_schemas_are_left_out_with_a_reason() {
    let schemas = "
Alone: {type: object, properties: {a: {$ref: '#/components/schemas/Inner'}, b: {not: {}}}, required: [gone]}
Inner: {type: string}
Body: {type: object, properties: {b: {type: string}}}
";
    let (api, report) = api(&post("{$ref: '#/components/schemas/Body'}"), schemas, "{}");
    assert_eq!(show::types(&api), ["Body: struct {b?: string}"]);
    let skipped: Vec<String> =
        api.skipped.iter().map(|it| format!("{:?} {} {}: {}", it.what, it.name, it.at, it.reason)).collect();
    assert_eq!(
        skipped,
        [
            "Schema Alone #/components/schemas/Alone: no operation or webhook refers to it",
            "Schema Inner #/components/schemas/Inner: no operation or webhook refers to it",
        ]
    );
    assert!(!report.has_errors());
    let notes: Vec<String> = report.findings().iter().map(|it| format!("{}: {}", it.at, it.what)).collect();
    assert_eq!(notes, ["#/components/schemas/Alone/properties/b: `not` can't be expressed as a type"]);
    assert_eq!((api.found.paths, api.found.operations, api.found.schemas), (1, 1, 3));
}

#[test]
fn webhooks_are_roots() {
    let schemas = "
Paid:
  type: object
  x-webhook: [{type: PAYMENT, code: PAID}, {type: PAYMENT, code: SENT}]
  required: [gone]
  properties: {detail: {$ref: '#/components/schemas/Detail'}}
Detail: {type: string}
Bad: {type: object, x-webhook: [{type: X}]}
";
    let (api, report) = api("{}", schemas, "{}");
    assert_eq!(show::types(&api), ["Paid: struct {detail?: Detail}", "Detail: = string", "Bad: struct {}"]);
    let webhooks: Vec<_> = api
        .webhooks
        .iter()
        .map(|it| (it.kind.as_str(), it.code.as_str(), it.body.name().unwrap_or_default()))
        .collect();
    assert_eq!(webhooks, [("PAYMENT", "PAID", "Paid"), ("PAYMENT", "SENT", "Paid")]);
    let found: Vec<String> = report.findings().iter().map(|it| format!("{}: {}", it.at, it.what)).collect();
    assert_eq!(
        found,
        [
            "#/components/schemas/Bad/x-webhook/0: this is not a pair of type and code",
            "#/components/schemas/Paid/required/0: `gone` is required, but no property of that name is declared",
        ]
    );
    assert!(report.to_string().ends_with("1 error, 1 note\n"), "{report}");
}

#[test]
fn credentials_are_removed_from_requests() {
    let schemas = "
Body:
  allOf:
  - $ref: '#/components/schemas/Base'
  - type: object
    required: [secret]
    properties:
      secret: {description: The secret., allOf: [{$ref: '#/components/schemas/Secret'}]}
      nested: {$ref: '#/components/schemas/Nested'}
Base: {type: object, properties: {id: {$ref: '#/components/schemas/Id'}, kept: {$ref: '#/components/schemas/Id'}}}
Nested: {type: object, properties: {secret: {type: string}}}
Id: {type: string}
Secret: {type: string}
Unused: {type: string}
";
    let sdk = "credentials: {schemas: [Unused, Id, Secret], keep: [Other.kept, Body.kept]}";
    let paths = post("{$ref: '#/components/schemas/Body'}");
    let sdk: codegen::config::Sdk = serde_yaml::from_str(sdk).unwrap();
    let document = serde_yaml::from_str(&yaml(&paths, schemas)).unwrap();
    let mut report = codegen::diag::Report::default();
    let api = codegen::lower::lower(&document, "spec.yaml", &sdk, &mut report);
    assert!(report.findings().is_empty(), "{report}");
    assert_eq!(
        show::types(&api),
        [
            "Body: struct {id?: Id (credential), kept?: Id, secret: Secret (credential), nested?: Nested} from Base",
            "Base: struct {id?: Id, kept?: Id}",
            "Nested: struct {secret?: string}",
            "Id: = string",
        ]
    );
    let used = |pointer: &str| sdk.used.contains(pointer);
    assert_eq!(
        ["#/credentials/schemas/0", "#/credentials/schemas/1", "#/credentials/schemas/2"].map(used),
        [false, true, true]
    );
    assert_eq!(["#/credentials/keep/0", "#/credentials/keep/1"].map(used), [false, true]);
    let reason = api.skipped.iter().find(|it| it.name == "Secret").map(|it| it.reason.as_str());
    assert_eq!(reason, Some("it is the caller's credential, which the client sends"));
}

#[test]
fn credentials_are_removed_from_inline_bodies_and_alternatives() {
    let schemas = "
A: {type: object, properties: {id: {$ref: '#/components/schemas/Id'}, a: {type: string}}}
B: {type: object, properties: {id: {$ref: '#/components/schemas/Id'}, b: {type: string}}}
Id: {type: string}
";
    let sdk = "credentials: {schemas: [Id]}";
    let inline = post("{type: object, properties: {id: {$ref: '#/components/schemas/Id'}}}");
    let (inline, _) = api(&inline, schemas, sdk);
    assert_eq!(show::types(&inline), ["XRequest: struct {id?: Id (credential)}"]);
    let either = post("{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}");
    let (either, _) = api(&either, schemas, sdk);
    assert_eq!(
        show::types(&either),
        [
            "XRequest: union(A, B)",
            "A: struct {id?: Id (credential), a?: string}",
            "B: struct {id?: Id (credential), b?: string}"
        ]
    );
}

#[test]
fn paths_without_a_method_are_left_out_with_a_reason() {
    let (api, report) = document("{openapi: 3.0.0, info: {title: T, version: '1'}, paths: {/none: {x-a: 1}}}", "{}");
    assert!(report.findings().is_empty());
    assert_eq!(api.found.paths, 1);
    assert_eq!(api.skipped.len(), 1);
    assert_eq!((api.skipped[0].what, api.skipped[0].name.as_str()), (SkippedKind::Path, "/none"));
    assert_eq!(api.skipped[0].at.as_str(), "#/paths/~1none");
}
