//! Runs a test for each file of a folder, named after the file, together with the plain tests of the same program.
//!
//! The files are listed when the tests run, so that a new one is a test without a rebuild.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Trial};

const SNAPSHOTS: &str = "tests/snapshots";

/// Lists plain tests for [`run`], by the names of their functions.
macro_rules! tests {
    ($($name:ident),* $(,)?) => {
        &[$((stringify!($name), $name as fn())),*]
    };
}

/// Compares what `made` returns for each file of the folder with the file's snapshot, and runs the plain tests.
pub(crate) fn run(folder: &'static str, made: fn(&str) -> String, tests: &[(&'static str, fn())]) -> ! {
    let files = files(folder);
    let cases: BTreeSet<String> = files.iter().map(|file| name(file).to_owned()).collect();
    let mut trials: Vec<Trial> = files
        .into_iter()
        .map(|file| {
            let name = name(&file).to_owned();
            Trial::test(name.clone(), move || {
                let text = std::fs::read_to_string(&file)?;
                compare(&format!("{folder}__{name}"), &file, &made(&text));
                Ok(())
            })
        })
        .collect();
    trials.push(Trial::test("every_snapshot_has_a_case", move || {
        let snapshots = snapshots(folder);
        let orphans: Vec<&String> = snapshots.difference(&cases).collect();
        assert!(orphans.is_empty(), "snapshots in {SNAPSHOTS} without a case in tests/{folder}: {orphans:?}");
        Ok(())
    }));
    trials.extend(tests.iter().map(|&(name, test)| {
        Trial::test(name, move || {
            test();
            Ok(())
        })
    }));
    libtest_mimic::run(&Arguments::from_args(), trials).exit()
}

/// The case files of a folder, sorted.
fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new("tests").join(folder);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a case").path()).collect();
    files.sort();
    for file in &files {
        assert!(file.extension().is_some_and(|extension| extension == "yml"), "{} is not a case", file.display());
    }
    assert!(!files.is_empty(), "{} contains no case", folder.display());
    files
}

fn name(file: &Path) -> &str {
    file.file_stem().and_then(|stem| stem.to_str()).expect("a name in UTF-8")
}

/// The names of a folder's snapshots, each that of its case.
fn snapshots(folder: &str) -> BTreeSet<String> {
    let prefix = format!("{folder}__");
    let entries = std::fs::read_dir(SNAPSHOTS).expect("the snapshots");
    let names = entries.filter_map(|entry| entry.expect("a snapshot").file_name().into_string().ok());
    names.filter_map(|name| Some(name.strip_prefix(&prefix)?.strip_suffix(".snap")?.to_owned())).collect()
}

fn compare(snapshot: &str, case: &Path, made: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_input_file(case);
    settings.bind(|| insta::assert_snapshot!(snapshot, made));
}
