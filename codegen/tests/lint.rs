//! What `spec lint` finds: `lint/*.yml` are documents that contradict themselves, one for each rule. In our own document
//! it finds only what `spec/lint.yaml` lists.

#[macro_use]
mod each;

use std::collections::BTreeSet;

use codegen::Input;
use codegen::lint::{Inputs, Outcome, Rule, lint};
use codegen_testing::{case, own, published};

fn main() {
    each::run(
        "lint",
        made,
        tests![
            each_rule_finds_something_in_a_case,
            the_entries_to_paste_list_everything_found,
            entries_that_match_nothing_in_another_document_are_not_errors,
            everything_found_in_our_document_is_listed,
            an_entry_of_ours_that_matches_nothing_is_an_error,
            everything_found_in_the_published_document_is_listed,
        ],
    );
}

/// The inputs of a case.
fn inputs(case: &str) -> Inputs {
    let codegen::Inputs { document, sdk, fixups, .. } = case::inputs(case);
    Inputs { document, sdk, fixups, known: case::file(case, "lint.yaml", "[]\n"), strict: true }
}

fn made(case: &str) -> String {
    assert!(case.lines().count() < 45, "a case is short");
    let (report, summary) = match lint(&inputs(case)) {
        Ok(Outcome { report, summary, .. }) => (report, summary.to_string()),
        Err(report) => (report, "nothing was checked".to_owned()),
    };
    assert!(report.findings().iter().all(|finding| finding.line.is_some()), "a finding without a line:\n{report}");
    format!("{report}{summary}")
}

fn each_rule_finds_something_in_a_case() {
    let mut found: BTreeSet<Rule> = BTreeSet::new();
    for case in std::fs::read_dir("tests/lint").expect("the cases") {
        let text = std::fs::read_to_string(case.expect("a case").path()).expect("the case");
        found.extend(lint(&inputs(&text)).into_iter().flat_map(|outcome| outcome.summary.rules.into_keys()));
    }
    assert_eq!(found, Rule::ALL.into_iter().collect());
}

fn the_entries_to_paste_list_everything_found() {
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

fn entries_that_match_nothing_in_another_document_are_not_errors() {
    let inputs = inputs(include_str!("lint/known.yml"));
    let errors = |strict: bool| {
        let outcome = outcome(&Inputs { strict, ..inputs.clone() });
        (outcome.report.findings().len(), outcome.summary.new_findings(), outcome.summary.known_findings())
    };
    assert_eq!(errors(true), (3, 1, 2));
    assert_eq!(errors(false), (1, 1, 2));
}

/// Our data files on a document.
fn with_our_data(document: Input) -> Inputs {
    let [sdk, fixups, known] = ["sdk.yaml", "fixups.yaml", "lint.yaml"].map(own::spec);
    Inputs { document, sdk, fixups, known, strict: true }
}

fn outcome(inputs: &Inputs) -> Outcome {
    lint(inputs).unwrap_or_else(|report| panic!("{report}"))
}

fn everything_found_in_our_document_is_listed() {
    let Outcome { report, summary, .. } = outcome(&with_our_data(own::spec("plaid.yaml")));
    assert!(report.findings().is_empty(), "{report}{summary}");
    assert!(summary.known_findings() > 0 && !summary.rules.contains_key(&Rule::ExampleMismatch), "{summary}");
}

fn an_entry_of_ours_that_matches_nothing_is_an_error() {
    let inputs = with_our_data(own::spec("plaid.yaml"));
    let known = &inputs.known;
    let place = "#/components/schemas/PrismDetectVersion/enum";
    let text = known.text.replace(place, "#/components/schemas/PrismDetectVersion/type");
    let line = 1 + known.text.lines().position(|line| line.contains(place)).expect("the entry");
    let report = outcome(&Inputs { known: Input { text, ..known.clone() }, ..inputs }).report;
    let found: Vec<_> = report.findings().iter().map(|finding| (&*finding.file, finding.at.as_str())).collect();
    assert_eq!(found.len(), 2, "{report}");
    assert_eq!(found[0], ("spec/plaid.yaml", place));
    assert_eq!((found[1].0, report.findings()[1].line), ("spec/lint.yaml", Some(line)), "{report}");
}

fn everything_found_in_the_published_document_is_listed() {
    let Some(document) = published::imported() else { return };
    let Outcome { report, summary, .. } = outcome(&with_our_data(document));
    assert!(report.findings().is_empty(), "{report}{summary}");
    assert!(summary.rules.contains_key(&Rule::ExampleMismatch), "{summary}");
}
