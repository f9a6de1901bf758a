//! The generated code, by behaviour: `cases/*.yml` are short documents, their snapshots the Rust code. `cargo xtask
//! cases` compiles all of them and runs `xtask/templates/behaviour.rs` on the result.

#[macro_use]
mod each;

use codegen::{Inputs, Output};
use codegen_testing::case;

fn main() {
    each::run("cases", made, tests![the_output_does_not_depend_on_the_number_of_threads]);
}

fn made(case: &str) -> String {
    assert!(case.lines().count() < 40, "a case is short");
    let shown = shown(&generate(&case::inputs(case)));
    // The docs of modules don't count.
    let lines = shown.lines().filter(|line| !line.starts_with("//!")).count();
    assert!(lines < 150, "the output of a case is short: {lines} lines");
    shown
}

fn the_output_does_not_depend_on_the_number_of_threads() {
    let inputs = case::inputs(include_str!("cases/modules.yml"));
    let once = generate(&Inputs { threads: 2, ..inputs.clone() }).files;
    for threads in [1, 3, 16] {
        assert_eq!(once, generate(&Inputs { threads, ..inputs.clone() }).files, "{threads} threads");
    }
}

fn generate(inputs: &Inputs) -> Output {
    codegen::generate(inputs, &mut |_| {}).unwrap_or_else(|report| panic!("{report}"))
}

/// The notes and the modules, without the file that declares the modules.
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
