//! The samples of the document that the SDK is made from, and of the case files.

mod random;
mod sizes;

use codegen::api_model::{Api, Sample};
use codegen_testing::own;

/// The APIs of the case files, by name.
fn cases() -> Vec<(String, Api)> {
    let files = std::fs::read_dir("tests/cases").expect("tests/cases");
    let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    paths.sort();
    let read = |path: std::path::PathBuf| {
        let inputs = codegen_testing::case::inputs(&std::fs::read_to_string(&path).expect("a case"));
        let understood = codegen::understand(&inputs, &mut |_| {}).unwrap_or_else(|report| panic!("{report}"));
        (path.display().to_string(), understood.api)
    };
    paths.into_iter().map(read).collect()
}

#[test]
fn no_sample_is_a_placeholder() {
    let api = own::api();
    let mut texts = Vec::new();
    for operation in &api.operations {
        let samples = &operation.samples;
        for sample in samples.request.iter().chain(&samples.parameters) {
            collect(sample, &mut texts);
        }
    }
    assert!(texts.len() > api.operations.len() / 2, "too few strings were checked: {}", texts.len());
    for text in texts {
        assert!(!text.is_empty() && !text.contains('<'), "{text:?}");
    }
}

#[test]
fn an_unused_hint_is_reported() {
    let mut inputs = own::inputs();
    inputs.sdk.text =
        inputs.sdk.text.replacen("samples:\n  properties:\n", "samples:\n  properties:\n    no_such: x\n", 1);
    let report = codegen::understand(&inputs, &mut |_| {}).expect_err("an unused hint");
    assert!(report.to_string().contains("nothing in the document matches `no_such`"), "{report}");
}

fn collect<'a>(sample: &'a Sample, texts: &mut Vec<&'a str>) {
    match sample {
        Sample::Text(text) => texts.push(text),
        Sample::List(all) => all.iter().for_each(|sample| collect(sample, texts)),
        Sample::Object(all) => all.iter().for_each(|(_, sample)| collect(sample, texts)),
        Sample::Null | Sample::Bool(_) | Sample::Number(_) => {}
    }
}
