//! What a person is told about a mistake: a broken input each, and the report it gives.

mod texts;

use codegen::Inputs;

#[test]
fn mistakes() {
    insta::glob!("errors/*.yml", |path| {
        let text = std::fs::read_to_string(path).expect("the case");
        assert!(text.lines().count() < 40, "a case is short");
        let [document, sdk, fixups, errors] = texts::inputs(&text);
        let docs = texts::docs(&text);
        let inputs = Inputs { document, sdk, fixups, errors, docs, strict: true, threads: 1 };
        let report = match codegen::generate(&inputs, &mut |_| {}) {
            Ok(output) => output.notes,
            Err(report) => report,
        };
        assert!(!report.findings().is_empty(), "no mistake was found");
        assert!(report.findings().iter().all(|finding| finding.line.is_some()), "a finding without a line:\n{report}");
        insta::assert_snapshot!(report.to_string());
    });
}

/// Another document has less of everything: what is missing is told in a line for each file, and nothing stops.
#[test]
fn texts_about_nothing_in_another_document_are_a_note_for_each_file() {
    let text = include_str!("errors/texts_of_nothing.yml");
    let [document, sdk, fixups, errors] = texts::inputs(text);
    let docs = texts::docs(text);
    let inputs = Inputs { document, sdk, fixups, errors, docs, strict: false, threads: 1 };
    let output = codegen::generate(&inputs, &mut |_| {}).unwrap_or_else(|report| panic!("{report}"));
    let notes: Vec<(&str, &str)> =
        output.notes.findings().iter().map(|note| (note.file.as_str(), note.what.as_str())).collect();
    assert_eq!(
        notes[notes.len() - 5..],
        [
            ("docs/glossary.yaml", "there is no property `kinds`, and 1 more like this"),
            ("docs/other.yaml", "there is no module `other`"),
            ("docs/pet.yaml", "there is no operation `petGot`, and 5 more like this"),
            ("docs/pets.yaml", "there is no module `pets`"),
            ("docs/shared.yaml", "there is no module `shared`"),
        ]
    );
}
