//! What a person is told about a mistake: a broken input each, and the report it gives.

mod texts;

use codegen::Inputs;
use codegen::emit::Style;

#[test]
fn mistakes() {
    insta::glob!("errors/*.yml", |path| {
        let text = std::fs::read_to_string(path).expect("the case");
        assert!(text.lines().count() < 40, "a case is short");
        let [document, sdk, fixups, errors] = texts::inputs(&text);
        let inputs = Inputs { document, sdk, fixups, errors, strict: true, style: Style::Wire, threads: 1 };
        let report = match codegen::generate(&inputs, &mut |_| {}) {
            Ok(output) => output.notes,
            Err(report) => report,
        };
        assert!(!report.findings().is_empty(), "no mistake was found");
        assert!(report.findings().iter().all(|finding| finding.line.is_some()), "a finding without a line:\n{report}");
        insta::assert_snapshot!(report.to_string());
    });
}
