//! Operations: parameters, bodies, responses, errors, links.

use codegen::api_model::{Api, Text};
use codegen::diag::Severity;

use super::{document, findings, show};

/// Lowers the operations of a document's paths and components; there must be no error.
fn operations(rest: &str, sdk: &str) -> Api {
    let (api, report) = document(&format!("openapi: 3.0.0\ninfo: {{title: T, version: '1'}}\n{rest}"), sdk);
    assert!(!report.has_errors(), "{report}");
    api
}

fn shown(rest: &str) -> Vec<String> {
    operations(rest, "{}").operations.iter().map(show::operation).collect()
}

fn errors(rest: &str) -> Vec<String> {
    let (_, report) = document(&format!("openapi: 3.0.0\ninfo: {{title: T, version: '1'}}\n{rest}"), "{}");
    findings(&report, Severity::Error)
}

#[test]
fn parameters_of_path_and_operation() {
    let yaml = "
paths:
  /pets/{id}:
    parameters:
    - {name: id, in: path, required: true, schema: {type: string}}
    - {name: X-Flag, in: header, schema: {type: boolean}}
    - {name: Accept, in: header, schema: {type: string}}
    get:
      operationId: petGet
      parameters:
      - $ref: '#/components/parameters/Limit'
      - {name: x-flag, in: header, required: true, schema: {type: integer}}
      - {name: tags, in: query, schema: {type: array, items: {type: string, enum: [a]}}}
      - {name: csv, in: query, explode: false, schema: {type: array, items: {type: string}}}
      responses: {'204': {description: none}}
components:
  parameters:
    Limit: {name: limit, in: query, description: How many., schema: {type: integer, default: 5, description: no}}
";
    assert_eq!(
        shown(yaml),
        [
            "GET /pets/{id} path(id: string) header(x-flag: integer) query*(limit?: integer) query*(tags?: [PetGet.tags[]]) \
         query(csv?: [string]) -> 204 empty"
        ]
    );
    let api = operations(yaml, "{}");
    let limit = &api.operations[0].parameters[2].field;
    assert_eq!(limit.docs.description, Some(Text::markdown("How many.")));
    assert_eq!(limit.docs.constraints.default, Some(5.into()));
    assert_eq!(limit.at.as_str(), "#/components/parameters/Limit");
    assert_eq!(show::types(&api), ["PetGet.tags[]: enum(\"a\")"]);
    assert_eq!(api.skipped[0].name, "Accept");
}

#[test]
fn bodies() {
    let body = |content: &str| {
        format!(
            "paths: {{/x: {{post: {{operationId: doX, requestBody: {{required: true, content: {content}}}, responses: \
             {{'200': {{description: ok}}}}}}}}}}"
        )
    };
    let cases = [
        ("{application/json: {schema: {type: object, properties: {a: {type: string}}}}}", "json(DoXRequest)"),
        (
            "{application/xml: {}, 'application/json; charset=utf-8': {schema: {type: array, items: {type: string}}}}",
            "json([string])",
        ),
        ("{application/merge-patch+json: {schema: {type: object}}}", "json(DoXRequest)"),
        (
            "{text/csv: {}, application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: string}}}}}",
            "form(DoXRequest)",
        ),
        ("{text/csv: {schema: {type: string}}, application/pdf: {}}", "bytes(text/csv)"),
        ("{application/json: {}}", "json(json)"),
        ("{application/json: {schema: {type: string, nullable: true}}}", "json(string | null)"),
    ];
    for (content, expected) in cases {
        assert_eq!(shown(&body(content)), [format!("POST /x {expected} -> 200 empty")]);
    }
    let api = operations(&body("{application/xml: {}, application/merge-patch+json: {}, examples: {}}"), "{}");
    assert_eq!(api.operations[0].body.as_ref().unwrap().content_type, "application/merge-patch+json");
    let skipped: Vec<_> = api.skipped.iter().map(|it| (it.name.as_str(), it.reason.as_str())).collect();
    assert_eq!(
        skipped,
        [("application/xml", "application/merge-patch+json is used"), ("examples", "it is not a media type")]
    );
}

#[test]
fn responses() {
    let response = |responses: &str| format!("paths: {{/x: {{get: {{operationId: doX, responses: {responses}}}}}}}");
    let cases = [
        (
            "{'200': {description: a, content: {application/pdf: {schema: {type: string}}}}}",
            "200 bytes(application/pdf)",
        ),
        ("{'200': {description: a, content: {application/json: {schema: {type: object}}}}}", "200 json(DoXResponse)"),
        ("{'201': {description: a}, '200': {description: b}}", "200/201 empty"),
        ("{2XX: {description: a}}", "200..=299 empty"),
        (
            "{'200': {description: a}, '404': {description: b}, 4XX: {description: b}, default: {description: c}}",
            "200 empty, 404 empty, 4XX empty, default empty",
        ),
        (
            "{'200': {description: a}, '400': {description: b, content: {application/json: {schema: {properties: {e: {type: string}}}}}}}",
            "200 empty, 400 json(DoXError400)",
        ),
        (
            "{'200': {description: a}, default: {description: b, content: {application/json: {schema: {type: string}}}}}",
            "200 empty, default json(string)",
        ),
    ];
    for (responses, expected) in cases {
        assert_eq!(shown(&response(responses)), [format!("GET /x -> {expected}")]);
    }
}

#[test]
fn shared_bodies_and_responses() {
    let yaml = "
paths:
  /a: {post: {operationId: a, requestBody: {$ref: '#/components/requestBodies/In'}, responses: {'200': {$ref: '#/components/responses/Out'}, '201': {$ref: '#/components/responses/Out'}}}}
  /b: {post: {operationId: b, requestBody: {$ref: '#/components/requestBodies/In'}, responses: {'200': {$ref: '#/components/responses/Out'}}}}
components:
  requestBodies: {In: {content: {application/json: {schema: {properties: {i: {type: string}}}}}}}
  responses: {Out: {description: ok, content: {application/json: {schema: {properties: {o: {type: string}}}}}}}
";
    assert_eq!(shown(yaml), ["POST /a json?(In) -> 200/201 json(Out)", "POST /b json?(In) -> 200 json(Out)"]);
    assert_eq!(show::types(&operations(yaml, "{}")), ["In: struct {i?: string}", "Out: struct {o?: string}"]);
}

#[test]
fn a_schema_of_binary_content_is_left_out_with_its_reason() {
    let yaml = "
paths: {/x: {get: {operationId: x, responses: {'200': {description: ok, content: {application/pdf: {schema: {$ref: '#/components/schemas/Pdf'}}}}}}}}
components: {schemas: {Pdf: {type: string, format: binary}}}
";
    let api = operations(yaml, "{}");
    assert_eq!(api.skipped[0].reason, "it describes the bytes of application/pdf");
}

#[test]
fn links_are_absolute() {
    let yaml = "
paths:
  /a: {get: {operationId: a, externalDocs: {url: /api/a/#b}, responses: {'200': {description: ok}}}}
  /b: {get: {operationId: b, externalDocs: {url: 'https://x.test/b'}, responses: {'200': {description: ok}}}}
  /c: {get: {operationId: c, externalDocs: {url: /none/}, responses: {'200': {description: ok}}}}
";
    let api = operations(yaml, "docs: {base: 'https://docs.test/', ignore: [none]}");
    let links: Vec<_> = api.operations.iter().map(|it| it.docs.link.as_deref()).collect();
    assert_eq!(links, [Some("https://docs.test/api/a/#b"), Some("https://x.test/b"), None]);
}

#[test]
fn docs_of_an_operation() {
    let yaml = "
security: [{key: []}]
paths:
  /a:
    post: {operationId: a, summary: S., description: D., deprecated: true, x-hidden-from-docs: true, security: [], responses: {'200': {description: ok}}}
    delete: {operationId: b, callbacks: {onDone: {'{$url}': {}}}, responses: {'200': {description: ok}}}
";
    let api = operations(yaml, "{}");
    let [a, b] = api.operations.as_slice() else { panic!("{api:?}") };
    assert_eq!((a.method.as_str(), a.at.as_str()), ("POST", "#/paths/~1a/post"));
    assert_eq!([&a.docs.summary, &a.docs.description], [&Some(Text::markdown("S.")), &Some(Text::markdown("D."))]);
    assert_eq!((a.docs.deprecated, a.docs.hidden, a.anonymous), (true, true, true));
    assert_eq!((b.method.as_str(), b.docs.hidden, b.anonymous), ("DELETE", false, false));
    assert_eq!(api.skipped[0].name, "onDone");
}

#[test]
fn mistakes_in_operations() {
    let yaml = "
paths:
  /a/{x}:
    post:
      operationId: same
      servers: [{url: 'https://other.test'}, {url: 'https://more.test'}]
      parameters:
      - {name: q, in: query, style: deepObject, schema: {type: string}}
      - {name: o, in: query, schema: {type: object, properties: {p: {type: object}}}}
      - {name: c, in: cookie, schema: {type: string}}
      - {name: y, in: path, required: true, schema: {type: string}}
      - {name: twice, in: query, schema: {type: string}}
      - {name: twice, in: query, schema: {type: string}}
      - {name: m, in: query, content: {text/csv: {}}}
      - {$ref: '#/components/parameters/Gone'}
      requestBody: {$ref: '#/components/requestBodies/Gone'}
      responses: {'404': {description: no}}
  /b: {get: {operationId: same, responses: {'200': {description: ok, content: {application/json: {}}}, '202': {description: ok, content: {text/csv: {}}}}}}
  /c: {get: {responses: {'200': {description: ok, content: {examples: {}}}}}}
  '/d/{': {post: {operationId: d, requestBody: {content: {application/x-www-form-urlencoded: {schema: {properties: {o: {type: string}}}, encoding: {o: {style: deepObject}}}}}, responses: {'200': {description: ok}}}}
  /e: {$ref: other.yaml}
";
    assert_eq!(
        errors(yaml),
        [
            "#/paths/~1a~1{x}/post/servers: there are several servers of its own",
            "#/paths/~1a~1{x}/post/parameters/0/schema: q can't be sent in its style",
            "#/paths/~1a~1{x}/post/parameters/1/schema: o can't be sent in its style",
            "#/paths/~1a~1{x}/post/parameters/2: c is a cookie",
            "#/paths/~1a~1{x}/post/parameters/5: twice is declared twice",
            "#/paths/~1a~1{x}/post/parameters/6: m is a parameter with a media type",
            "#/paths/~1a~1{x}/post/parameters/7: the $ref #/components/parameters/Gone has no target",
            "#/paths/~1a~1{x}/post: the path has {x}, but there is no such parameter",
            "#/paths/~1a~1{x}/post/parameters/3: y is a path parameter, but the path has no {y}",
            "#/paths/~1a~1{x}/post/requestBody: the $ref #/components/requestBodies/Gone has no target",
            "#/paths/~1b/get/responses/202: the body has another type than the body of an earlier success response",
            "#/paths/~1b/get/operationId: two operations have the id same: this one and #/paths/~1a~1{x}/post",
            "#/paths/~1c/get: the operation has no operationId",
            "#/paths/~1c/get/responses/200/content: the content has no media type",
            "#/paths/~1d~1{: the path's braces don't match",
            "#/paths/~1d~1{/post/requestBody/content/application~1x-www-form-urlencoded/encoding/o: `o` can't be written in this style",
            "#/paths/~1e: the path item is a $ref",
        ]
    );
}
