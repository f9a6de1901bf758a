//! What is found in documents that contradict themselves: a case for each rule, and our own document, in which all that
//! is found is known.

mod texts;

use std::collections::BTreeSet;
use std::path::Path;

use codegen::Input;
use codegen::lint::{Inputs, Outcome, Rule, lint};

/// The inputs of a case, which stand in one file.
fn inputs(case: &str) -> Inputs {
    let [document, sdk, fixups, _] = texts::inputs(case);
    let known = case.split_once("#-- lint.yaml\n").map_or("[]\n", |(_, known)| known);
    let known = Input { name: "lint.yaml".to_owned(), text: known.to_owned() };
    Inputs { document, sdk, fixups, known, strict: true }
}

#[test]
fn contradictions() {
    insta::glob!("lint/*.yml", |path| {
        let text = std::fs::read_to_string(path).expect("the case");
        assert!(text.lines().count() < 45, "a case is short");
        let (report, summary) = match lint(&inputs(&text)) {
            Ok(Outcome { report, summary, .. }) => (report, summary.to_string()),
            Err(report) => (report, "nothing was looked at".to_owned()),
        };
        assert!(report.findings().iter().all(|finding| finding.line.is_some()), "a finding without a line:\n{report}");
        insta::assert_snapshot!(format!("{report}{summary}"));
    });
}

#[test]
fn each_rule_finds_something_in_a_case() {
    let mut found: BTreeSet<Rule> = BTreeSet::new();
    for case in std::fs::read_dir("tests/lint").expect("the cases") {
        let text = std::fs::read_to_string(case.expect("a case").path()).expect("the case");
        found.extend(lint(&inputs(&text)).into_iter().flat_map(|outcome| outcome.summary.rules.into_keys()));
    }
    assert_eq!(found, Rule::ALL.into_iter().collect());
}

#[test]
fn what_is_to_be_pasted_records_all_that_is_found() {
    let mut pasted = 0;
    for case in std::fs::read_dir("tests/lint").expect("the cases") {
        let inputs = inputs(&std::fs::read_to_string(case.expect("a case").path()).expect("the case"));
        let bare = Input { text: "[]\n".to_owned(), ..inputs.known.clone() };
        let Ok(outcome) = lint(&Inputs { known: bare, ..inputs.clone() }) else { continue };
        let text = if outcome.paste.is_empty() { "[]\n".to_owned() } else { outcome.paste.clone() };
        let known = Input { text: text.replace("why: \"\"", "why: known"), ..inputs.known.clone() };
        let again = lint(&Inputs { known, ..inputs }).unwrap_or_else(|report| panic!("{report}"));
        assert!(!again.report.has_errors() && again.paste.is_empty(), "{}\n{}", again.report, outcome.paste);
        pasted += outcome.paste.matches("    - ").count();
    }
    assert!(pasted > 20, "{pasted}");
}

#[test]
fn of_another_document_nothing_is_said_of_entries_that_match_nothing() {
    let text = std::fs::read_to_string("tests/lint/known.yml").expect("the case");
    let errors = |strict: bool| {
        let outcome = lint(&Inputs { strict, ..inputs(&text) }).unwrap_or_else(|report| panic!("{report}"));
        (outcome.report.findings().len(), outcome.summary.new_findings(), outcome.summary.known_findings())
    };
    assert_eq!(errors(true), (3, 1, 2));
    assert_eq!(errors(false), (1, 1, 2));
}

fn spec(name: &str) -> Input {
    let path = Path::new("../spec").join(name);
    Input { name: format!("spec/{name}"), text: std::fs::read_to_string(path).expect("our own files") }
}

fn own(document: Input) -> Outcome {
    let (sdk, fixups, known) = (spec("sdk.yaml"), spec("fixups.yaml"), spec("lint.yaml"));
    lint(&Inputs { document, sdk, fixups, known, strict: true }).unwrap_or_else(|report| panic!("{report}"))
}

#[test]
fn all_that_is_found_in_our_document_is_known() {
    let Outcome { report, summary, .. } = own(spec("plaid.yaml"));
    assert!(report.findings().is_empty(), "{report}{summary}");
    assert!(summary.known_findings() > 0 && !summary.rules.contains_key(&Rule::ExampleMismatch), "{summary}");
}

#[test]
fn an_entry_of_ours_that_finds_nothing_is_an_error() {
    let known = spec("lint.yaml");
    let place = "#/components/schemas/PrismDetectVersion/enum";
    let text = known.text.replace(place, "#/components/schemas/PrismDetectVersion/type");
    let (document, sdk, fixups) = (spec("plaid.yaml"), spec("sdk.yaml"), spec("fixups.yaml"));
    let line = 1 + known.text.lines().position(|line| line.contains(place)).expect("the entry");
    let inputs = Inputs { document, sdk, fixups, known: Input { text, ..known }, strict: true };
    let report = lint(&inputs).unwrap_or_else(|report| panic!("{report}")).report;
    let found: Vec<_> = report.findings().iter().map(|finding| (&*finding.file, finding.at.as_str())).collect();
    assert_eq!(found.len(), 2, "{report}");
    assert_eq!(found[0], ("spec/plaid.yaml", place));
    assert_eq!((found[1].0, report.findings()[1].line), ("spec/lint.yaml", Some(line)), "{report}");
}

#[test]
fn all_that_is_found_in_the_whole_document_is_known() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/spec/2020-09-14.yml");
    let Ok(text) = std::fs::read_to_string(&file) else {
        assert!(std::env::var_os("CI").is_none(), "Plaid's documents are not at ../shared/spec");
        eprintln!("SKIPPED: Plaid's documents are not at ../shared/spec");
        return;
    };
    let Outcome { report, summary, .. } = own(Input { name: "2020-09-14.yml".to_owned(), text });
    assert!(report.findings().is_empty(), "{report}{summary}");
    assert!(summary.rules.contains_key(&Rule::ExampleMismatch), "{summary}");
}
