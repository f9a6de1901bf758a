//! Pairs of small documents and the changes between them. A file in `diff/` contains the old document, a line `#-- new`,
//! and the new one, each from `paths` on.

#[macro_use]
mod each;

use codegen::Inputs;
use codegen::diff::{Document, Effect, diff, show};
use codegen_testing::{case, input};

const SDK: &str = "webhooks: {type_property: kind, code_property: code}";

fn main() {
    each::run("diff", made, tests![json_and_markdown_report_the_same, own_data_is_compared]);
}

fn document(name: &str, body: &str) -> Document {
    document_with(name, body, SDK)
}

fn document_with(name: &str, body: &str, sdk: &str) -> Document {
    let text = format!("openapi: 3.0.3\ninfo: {{title: Pets, version: {name}}}\n{body}");
    let document = input(&format!("{name}.yaml"), &text);
    let inputs = Inputs { document, sdk: input("sdk.yaml", sdk), strict: false, ..case::inputs("") };
    Document::read(&inputs).unwrap_or_else(|report| panic!("{name}: {report}"))
}

fn made(case: &str) -> String {
    let (old, new) = case.split_once("#-- new\n").expect("two documents");
    show::text(&diff(&document("1.0.0", old), &document("2.0.0", new)), false)
}

fn json_and_markdown_report_the_same() {
    let old =
        document("1.0.0", "paths:\n  /a/get: {post: {operationId: aGet, responses: {'200': {description: ''}}}}\n");
    let new = document("2.0.0", "paths: {}\n");
    let diff = diff(&old, &new);
    let json: serde_json::Value = serde_json::from_str(&show::json(&diff)).expect("JSON");
    assert_eq!((&json["from"], &json["to"], &json["bump"]), (&"1.0.0".into(), &"2.0.0".into(), &"major".into()));
    assert_eq!(json["breaks_wire"], true);
    let change = &json["changes"][0];
    assert_eq!((&change["change"], &change["at"]), (&"operation-removed".into(), &"POST /a/get".into()));
    assert_eq!((&change["wire"]["breaks"], &change["build"]["breaks"]), (&"yes".into(), &true.into()));
    assert_eq!(change["old"], serde_json::json!({"file": "1.0.0.yaml", "line": 4, "at": "#/paths/~1a~1get/post"}));
    assert_eq!(change["new"], serde_json::Value::Null);
    let markdown = show::markdown(&diff);
    assert!(
        markdown.contains("### Breaks programs that run\n\n- a\n  - operation-removed `POST /a/get`; "),
        "{markdown}"
    );
    assert!(show::text(&diff, true).contains("\u{1b}[1;31mBreaks programs that run\u{1b}[0m"));
}

/// Idempotency and paging are in `sdk.yaml`, which the two documents of a case share.
fn own_data_is_compared() {
    const BODY: &str = "\
paths:
  /pets/list:
    post:
      operationId: petsList
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/PetsRequest'}}}}
      responses: {'200': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/Pets'}}}}}
components:
  schemas:
    PetsRequest: {type: object, properties: {offset: {type: integer}, cursor: {type: string}, key: {type: string}}}
    Pets: {type: object, required: [pets], properties: {next: {type: string}, total: {type: integer}, pets: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
    Pet: {type: object, properties: {name: {type: string}}}
";
    let compared = |old: &str, new: &str| {
        let diff = diff(&document_with("1.0.0", BODY, old), &document_with("2.0.0", BODY, new));
        let changes = diff.changes.iter().map(|change| {
            let build: Vec<String> = change.build.iter().map(|difference| difference.item().to_string()).collect();
            (change.what.name(), change.detail.clone(), change.wire.clone(), build.join(", "))
        });
        changes.collect::<Vec<_>>()
    };
    let once = "effects: {reads: [/pets/list]}";
    let by_key = "idempotency: {keys: {/pets/list: key}}";
    let changed = |detail: &str, wire| vec![("idempotency-changed", detail.to_owned(), wire, String::new())];
    let twice = Effect::If("it is retried: the API may carry it out twice".to_owned());
    assert_eq!(compared("{}", once), changed("not idempotent -> idempotent", Effect::No));
    assert_eq!(compared(once, by_key), changed("idempotent -> idempotent by key", twice.clone()));
    assert_eq!(compared(by_key, once), changed("idempotent by key -> idempotent", Effect::No));
    assert_eq!(compared(by_key, "{}"), changed("idempotent by key -> not idempotent", twice));

    let offset = "pagination: {offset: {/pets/list: {items: pets, offset: offset, sizes: [10, 50]}}}";
    let counted = "pagination: {offset: {/pets/list: {items: pets, offset: offset, sizes: [10, 50], total: total}}}";
    let larger = "pagination: {offset: {/pets/list: {items: pets, offset: offset, sizes: [25, 50]}}}";
    let cursor = "pagination: {cursor: {/pets/list: {items: pets, cursor: cursor, next_cursor: next}}}";
    let changed = |detail: &str, wire, build: &str| vec![("paging-changed", detail.to_owned(), wire, build.to_owned())];
    let pages = Effect::If("more than one page is read".to_owned());
    let built = "Client::pets_list(), impl paged for PetsRequest";
    assert_eq!(compared("{}", offset), changed("not paged -> paged", Effect::No, built));
    assert_eq!(compared(offset, "{}"), changed("paged -> not paged", Effect::No, built));
    assert_eq!(compared(offset, counted), changed("total none -> total", Effect::No, ""));
    let sizes = "page size 10 of at most 50 -> 25 of at most 50";
    assert_eq!(compared(offset, larger), changed(sizes, pages.clone(), ""));
    let all = "style offset -> cursor, start offset -> cursor, next none -> next, page size 10 of at most 50 -> none";
    assert_eq!(compared(offset, cursor), changed(all, pages, ""));
}
