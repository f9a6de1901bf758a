//! The whole generator on broken inputs: the result is valid Rust or errors with lines, never a panic.

use crate::mutate::{Random, mutants};
use codegen::{Inputs, lint};
use codegen_testing::{input, own};

const EVERYTHING: &str = include_str!("lower/everything.yaml");
const SDK: &str = "\
docs: {base: 'https://example.com', ignore: [/none]}
credentials: {schemas: [Id], keep: [Pet.id]}
examples: {crate: pets_sdk, client: pets}
modules: {pets: {paths: [pets], about: Pets.}}
names: {types: {Pet: Animal}, fields: {Pet.rows: lines}, variants: {'Version=3': Three}, operations: {petPut: put_pet}}
redact: {personal: {properties: [name], fields: [Pet.status], schemas: [Id], except: [Base.name]}}
numbers: {decimal: {properties: [n]}, float: {}, integer: {}, decimal_string: {schemas: [Id]}}
";

const TEXTS: &str = "\
about: See `/pets/{id}` and `Pet`.
operations: {petPut: {summary: Puts it., text: 'What `Pet` says, or `A`.'}}
schemas:
  Pet: {text: \"A `Pet`] */ <b> ```\", properties: {name: 'Its name, ` or [`Pet`]'}}
  Version: {values: {'3': 'The third.\\n\\n    let it = be;'}}
";

/// Checks what must be true for every input. Returns whether there was a result.
fn check(document: &str, sdk: &str, texts: &str) -> bool {
    let inputs = Inputs {
        document: input("openapi.yaml", document),
        sdk: input("sdk.yaml", sdk),
        fixups: input("fixups.yaml", "[]"),
        errors: input(
            "errors.yaml",
            "codes: {A: {types: [B], recovery: restart, retry: restart, advice: Start again.}}",
        ),
        docs: Vec::from([input("docs/pets.yaml", texts), input("docs/glossary.yaml", "properties: {id: Its `id`.}")]),
        strict: false,
        threads: 1,
    };
    match codegen::generate(&inputs, &mut |_| {}) {
        Ok(output) => {
            assert!(output.summary.reconciles(), "{}", output.summary);
            for file in output.files {
                assert!(!file.text.contains("compile_error!"), "{}:\n{}", file.path, file.text);
                if let Err(error) = syn::parse_file(&file.text) {
                    panic!("{}: {error}\n{}", file.path, file.text);
                }
            }
            true
        }
        Err(report) => {
            assert!(report.has_errors(), "neither a result nor an error");
            for finding in report.findings() {
                assert!(!finding.file.is_empty() && !finding.what.is_empty(), "{finding}");
                assert!(finding.line.is_some(), "a finding without a line: {finding}");
            }
            false
        }
    }
}

#[test]
fn each_node_deleted_or_retyped_in_turn() {
    assert!(check(EVERYTHING, SDK, TEXTS), "the document itself is good");
    let mut good = 0;
    let documents = mutants(EVERYTHING);
    for document in &documents {
        // Printed if the test fails.
        println!("{document}");
        good += usize::from(check(document, SDK, TEXTS));
    }
    assert!(documents.len() > 2000 && good > 200 && good < documents.len(), "{good} good of {}", documents.len());
    let mut good = 0;
    let sdks = mutants(SDK);
    for sdk in &sdks {
        println!("{sdk}");
        good += usize::from(check(EVERYTHING, sdk, TEXTS));
    }
    assert!(sdks.len() > 300 && good > 50 && good < sdks.len(), "{good} good of {}", sdks.len());
    let mut good = 0;
    let texts = mutants(TEXTS);
    for texts in &texts {
        println!("{texts}");
        good += usize::from(check(EVERYTHING, SDK, texts));
    }
    assert!(texts.len() > 50 && good > 5 && good < texts.len(), "{good} good of {}", texts.len());
}

/// The same for `spec lint`, with the cases of its rules as inputs.
#[test]
fn each_node_of_the_lint_cases_deleted_or_retyped_in_turn() {
    let (mut documents, mut found) = (0, 0);
    for case in std::fs::read_dir("tests/lint").expect("the cases") {
        let text = std::fs::read_to_string(case.expect("a case").path()).expect("the case");
        for document in mutants(text.split("#-- ").next().unwrap_or_default()) {
            println!("{document}");
            let inputs = lint::Inputs {
                document: input("openapi.yaml", &document),
                sdk: input("sdk.yaml", SDK),
                fixups: input("fixups.yaml", "[]"),
                known: input("lint.yaml", "[]"),
                strict: true,
            };
            let outcome = lint::lint(&inputs);
            documents += 1;
            found += outcome.as_ref().map_or(0, |outcome| outcome.summary.new_findings());
            let report = outcome.map_or_else(|report| report, |outcome| outcome.report);
            assert!(
                report.findings().iter().all(|finding| finding.line.is_some()),
                "a finding without a line: {report}"
            );
        }
    }
    assert!(documents > 2000 && found > documents, "{found} found in {documents}");
}

#[test]
fn random_cuts_and_swaps_in_the_imported_document() {
    let (document, sdk) = (own::spec("plaid.yaml").text, own::spec("sdk.yaml").text);
    let mut random = Random(0xD1B5_4A32_D192_ED03);
    let mut good = 0;
    for n in 0..30 {
        let broken = random.mutate(&document);
        println!("mutation {n}");
        good += usize::from(check(&broken, &sdk, TEXTS));
    }
    assert!(good > 0 && good < 30, "{good} of 30 are good");
}
