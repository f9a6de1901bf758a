//! What is made of a document, by behaviour: a short document each, and the Rust it gives. The program that compiles and
//! tries all of these is `cases/behaviour.rs`, run by `cargo xtask cases`.

mod texts;

use codegen::{Inputs, Output};

#[test]
fn cases() {
    insta::glob!("cases/*.yml", |path| {
        let text = std::fs::read_to_string(path).expect("the case");
        assert!(text.lines().count() < 40, "a case is short");
        let shown = shown(&generate(&text));
        // But for what stands at the modules' heads.
        let lines = shown.lines().filter(|line| !line.starts_with("//!")).count();
        assert!(lines < 150, "what {} makes is short: {lines} lines", path.display());
        insta::assert_snapshot!(shown);
    });
}

#[test]
fn the_same_input_gives_the_same_bytes_however_many_threads_work() {
    let text = std::fs::read_to_string("tests/cases/modules.yml").expect("the case");
    let once = generate(&text).files;
    for threads in [1, 3, 16] {
        let output = codegen::generate(&Inputs { threads, ..inputs(&text) }, &mut |_| {}).expect("a good document");
        assert_eq!(once, output.files, "{threads} threads");
    }
}

fn inputs(case: &str) -> Inputs {
    let [document, sdk, fixups, errors] = texts::inputs(case);
    Inputs { document, sdk, fixups, errors, docs: texts::docs(case), strict: true, threads: 2 }
}

fn generate(case: &str) -> Output {
    codegen::generate(&inputs(case), &mut |_| {}).unwrap_or_else(|report| panic!("{report}"))
}

/// The modules, without the tree that holds them; and what was said.
fn shown(output: &Output) -> String {
    assert!(output.summary.reconciles(), "{}", output.summary);
    let mut shown = format!("features: {}\n", output.features.join(", "));
    for ((what, reason), names) in &output.summary.left_out {
        shown.push_str(&format!("left out: {what:?} {}: {reason}\n", names.join(", ")));
    }
    if !output.notes.findings().is_empty() {
        shown.push_str(&output.notes.to_string());
    }
    for file in output.files.iter().filter(|file| file.path != "mod.rs") {
        let text = file.text.split_once("\n\n").map_or("", |(_, text)| text);
        shown.push_str(&format!("\n==> {}\n{text}", file.path));
    }
    shown
}
