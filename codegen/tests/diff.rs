//! Pairs of small documents and the changes between them. A file in `diff/` contains the old document, a line `#-- new`,
//! and the new one, each from `paths` on.

#[macro_use]
mod each;

use codegen::Inputs;
use codegen::diff::{Document, diff, show};
use codegen_testing::{case, input};

const SDK: &str = "webhooks: {type_property: kind, code_property: code}";

fn main() {
    each::run("diff", made, tests![json_and_markdown_report_the_same]);
}

fn document(name: &str, body: &str) -> Document {
    let text = format!("openapi: 3.0.3\ninfo: {{title: Pets, version: {name}}}\n{body}");
    let document = input(&format!("{name}.yaml"), &text);
    let inputs = Inputs { document, sdk: input("sdk.yaml", SDK), strict: false, ..case::inputs("") };
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
