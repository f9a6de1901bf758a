//! What a person is told about a mistake: a broken input each, and the report it gives. A line `#-- NAME` in an input
//! starts another file of the run.

mod pipeline;
mod texts;

use pipeline::{Texts, run};

#[test]
fn mistakes() {
    insta::glob!("errors/*.yml", |path| {
        let text = std::fs::read_to_string(path).expect("the case");
        assert!(text.lines().count() < 40, "a case is short");
        let [document, sdk, fixups] = texts::inputs(&text).map(|input| input.text);
        let (report, _) = run(&Texts { document, sdk, fixups });
        assert!(!report.findings().is_empty(), "no mistake was found");
        assert!(report.findings().iter().all(|finding| finding.line.is_some()), "a finding without a line:\n{report}");
        insta::assert_snapshot!(report.to_string());
    });
}
