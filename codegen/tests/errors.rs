//! What a person is told about a mistake: a broken input each, and the report it gives. A line `#-- NAME` in an input
//! starts another file of the run.

mod pipeline;

use pipeline::{Texts, run};

#[test]
fn mistakes() {
    insta::glob!("errors/*.yml", |path| {
        let text = std::fs::read_to_string(path).expect("the case");
        assert!(text.lines().count() < 40, "a case is short");
        let (report, _) = run(&texts(&text));
        assert!(!report.findings().is_empty(), "no mistake was found");
        assert!(report.findings().iter().all(|finding| finding.line.is_some()), "a finding without a line:\n{report}");
        insta::assert_snapshot!(report.to_string());
    });
}

fn texts(case: &str) -> Texts {
    let part = |name: &str, missing: &str| {
        let start = format!("#-- {name}\n");
        let text = case.split_once(&start).map_or(missing, |(_, text)| text);
        text.split("#-- ").next().unwrap_or_default().to_owned()
    };
    let document = part("openapi.yaml", DOCUMENT);
    let document =
        if case.starts_with("#-- ") { document } else { case.split("#-- ").next().unwrap_or_default().into() };
    Texts { document, sdk: part("sdk.yaml", "{}\n"), fixups: part("fixups.yaml", "[]\n") }
}

/// The document of cases that are about another file.
const DOCUMENT: &str = "\
openapi: 3.0.3
info: {title: Pets, version: 1.0.0}
paths: {}
components:
  schemas:
    Pet:
      type: object
      properties: {name: {type: string}}
";
