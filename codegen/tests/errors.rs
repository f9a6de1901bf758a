//! What the generator reports about a mistake: `errors/*.yml` are broken inputs, their snapshots the reports.

#[macro_use]
mod each;

use codegen::Inputs;
use codegen_testing::case;

fn main() {
    each::run("errors", made, tests![texts_about_nothing_in_another_document_are_a_note_for_each_file]);
}

fn made(case: &str) -> String {
    assert!(case.lines().count() < 40, "a case is short");
    let report = match codegen::generate(&case::inputs(case), &mut |_| {}) {
        Ok(output) => output.notes,
        Err(report) => report,
    };
    assert!(!report.findings().is_empty(), "no mistake was found");
    assert!(report.findings().iter().all(|finding| finding.line.is_some()), "an error without a line:\n{report}");
    report.to_string()
}

/// Another document lacks much of what our texts describe: one note for each file, and no error.
fn texts_about_nothing_in_another_document_are_a_note_for_each_file() {
    let inputs = Inputs { strict: false, ..case::inputs(include_str!("errors/texts_without_an_item.yml")) };
    let output = codegen::generate(&inputs, &mut |_| {}).unwrap_or_else(|report| panic!("{report}"));
    let notes: Vec<(&str, &str)> =
        output.notes.findings().iter().map(|note| (note.file.as_str(), note.what.as_str())).collect();
    assert_eq!(
        notes[notes.len() - 5..],
        [
            ("docs/glossary.yaml", "there is no property `kinds`, and 1 more like this"),
            ("docs/other.yaml", "there is no module `other`"),
            ("docs/pet.yaml", "there is no operation `petGot`, and 6 more like this"),
            ("docs/pets.yaml", "there is no module `pets`"),
            ("docs/shared.yaml", "there is no module `shared`"),
        ]
    );
}
