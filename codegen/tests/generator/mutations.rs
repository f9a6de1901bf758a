//! Reading and import on broken inputs, with nodes deleted or retyped and text cut or swapped: the result is a document or
//! errors with lines, never a panic.

use crate::mutate::{Random, mutants};
use crate::pipeline::{Texts, read, run, stages};
use codegen::Input;
use codegen::diag::Report;
use codegen::source::Source;
use codegen_testing::published;
use serde_yaml::Value;

const SMALL: &str = include_str!("mutations/small.yml");
const SDK: &str = "\
webhooks: {type_property: kind, code_property: code, module: webhooks, pairs: {PetLost: [{type: PET, code: LOST}]}}
docs: {base: 'https://example.com'}
";
const FIXUPS: &str = "- {at: '#/components/schemas/Error/type', expect: object, set: object2, why: It is wrong., link: x}\n\
                      - {at: '#/components/schemas/Error/type', expect: object2, set: object, why: It is right.}\n";

/// Checks what must be true for every input. Returns whether there was a result.
fn check(texts: &Texts, mutation: &str) -> bool {
    // Printed if the test fails.
    println!("{mutation}");
    let (report, imported) = run(texts);
    check_places(&report);
    let Some(imported) = imported else {
        assert!(report.has_errors(), "neither a result nor an error");
        return false;
    };
    let again = run(&Texts { document: imported.clone(), ..texts.clone() }).1;
    assert!(again.as_ref() == Some(&imported), "importing what was imported changes it");
    true
}

fn check_places(report: &Report) {
    for finding in report.findings() {
        assert!(!finding.file.is_empty() && !finding.what.is_empty(), "{finding}");
        assert!(finding.line.is_some(), "a finding without a line: {finding}");
    }
}

fn small() -> Texts {
    Texts { document: SMALL.to_owned(), sdk: SDK.to_owned(), fixups: "[]".to_owned() }
}

#[test]
fn the_small_document_is_good() {
    let (report, imported) = run(&small());
    assert!(imported.is_some() && !report.has_errors(), "{report}");
    let value = same_as_serde_yaml(SMALL);
    let json = serde_json::to_string_pretty(&value).expect("JSON");
    assert_eq!(same_as_serde_yaml(&json), value, "the same document in JSON");
}

/// Reads a text and compares the tree with that of serde_yaml.
fn same_as_serde_yaml(text: &str) -> Value {
    let mut report = Report::default();
    let source = Source::parse("a.yaml", text, &mut report).unwrap_or_else(|| panic!("{report}"));
    assert!(source.value == serde_yaml::from_str::<Value>(text).expect("YAML"), "serde_yaml reads something else");
    source.value
}

#[test]
fn each_node_deleted_or_retyped_in_turn() {
    let mut runs = 0;
    let mut good = 0;
    for document in mutants(SMALL) {
        good += usize::from(check(&Texts { document: document.clone(), ..small() }, &document));
        runs += 1;
    }
    for sdk in mutants(SDK) {
        check(&Texts { sdk: sdk.clone(), ..small() }, &sdk);
        runs += 1;
    }
    for fixups in mutants(FIXUPS) {
        check(&Texts { fixups: fixups.clone(), ..small() }, &fixups);
        runs += 1;
    }
    println!("{runs} mutants, {good} documents among them still good");
    assert!(runs > 1500 && good > 100 && good < runs, "{runs} mutants, {good} good");
}

#[test]
fn random_cuts_and_swaps_in_the_small_document() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for _ in 0..1500 {
        let document = random.mutate(SMALL);
        check(&Texts { document: document.clone(), ..small() }, &document);
    }
}

#[test]
fn random_cuts_and_swaps_in_the_published_document() {
    let Some(Input { text, .. }) = published::imported() else { return };
    same_as_serde_yaml(&text);
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    let sdk = "webhooks: {type_property: webhook_type, code_property: webhook_code}".to_owned();
    for n in 0..40 {
        let document = random.mutate(&text);
        let texts = Texts { document, sdk: sdk.clone(), fixups: "[]".to_owned() };
        let mut is_read = false;
        let report = stages(&texts, |document, sdk, report| is_read = read(document, sdk, report));
        println!("mutation {n}: {} findings", report.findings().len());
        check_places(&report);
        assert!(is_read || report.has_errors(), "neither a result nor an error");
    }
}

#[test]
fn nesting_up_to_the_limit_is_read() {
    // Each `items` adds one level to the six around them.
    let nested = |depth: usize| {
        let schema = "{type: array, items: ".repeat(depth);
        let document = format!(
            "openapi: 3.0.3\ninfo: {{title: a, version: b}}\npaths: {{}}\ncomponents: {{schemas: {{A: {schema}{{}}{}}}}}\n",
            "}".repeat(depth)
        );
        run(&Texts { document, sdk: "{}".to_owned(), fixups: "[]".to_owned() })
    };
    let (report, imported) = nested(60);
    assert!(imported.is_some() && !report.has_errors(), "{report}");
    assert!(nested(61).0.to_string().contains("are nested"));
}
