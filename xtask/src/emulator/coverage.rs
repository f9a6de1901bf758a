//! What the emulator's tests provoke: states, error codes and webhooks of each operation, each with one test.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{files, packages, workspace};

/// The file that the emulator reads.
const FILE: &str = "plaid-sdk/emulator/data/provoked.tsv";

/// Tests that go through all operations. A test of the subject shows more, so it is named if there is one.
const GENERAL: [&str; 4] = ["coverage::", "determinism::", "expected::", "seed::"];

/// Tests that compare the file with what is expected of it. What they provoke on the way shows nothing.
const EXPECTED: &str = "expected::";

/// The one of these whose subject is what it provokes: codes that only a fault brings about.
const CODES: &str = "expected::codes";

/// Writes the file or compares it, by what the tests wrote or, without that, after running them.
pub fn run(check: bool, provoked: Option<&Path>) -> Result<(), String> {
    let lines = match provoked {
        Some(file) => file.to_owned(),
        None => provoke()?,
    };
    let written = files::read(&lines)?;
    let new = facts(&written);
    let path = workspace::root().join(FILE);
    if !check {
        let text: String = new.iter().map(|(fact, test)| format!("{fact}\t{test}\n")).collect();
        packages::write(&path, &text)?;
        println!("{FILE}: {} facts", new.len());
        return Ok(());
    }
    let kept = files::read(&path)?;
    let old = facts(&kept);
    let differences = differences(&old, &new);
    if differences.is_empty() {
        println!("{FILE} is fresh: {} facts", new.len());
        return Ok(());
    }
    Err(format!("error: {FILE} is old; run `cargo xtask emulator coverage`\n{}", differences.join("\n")))
}

/// Runs the tests. Returns the file with what they provoked.
fn provoke() -> Result<PathBuf, String> {
    let folder = workspace::target().join("emulator");
    packages::make(&folder)?;
    let lines = folder.join("provoked.tsv");
    packages::write(&lines, "")?;
    // The file of before says what the tests expect of it. A new one may say less, which they show afterwards.
    for (tests, name) in [(&["--skip", EXPECTED][..], "the emulator's tests"), (&[CODES], "the test of codes")] {
        let mut test = Command::new(env!("CARGO"));
        test.args(["test", "--quiet", "--package", "plaid-emulator", "--test", "scenarios", "--"]).args(tests);
        packages::run(test.current_dir(workspace::root()).env("PLAID_EMULATOR_COVERAGE", &lines), name)?;
    }
    Ok(lines)
}

/// Each fact with one test: the first by name, and one of its subject before one that goes through everything.
fn facts(lines: &str) -> BTreeMap<&str, &str> {
    let mut all = BTreeMap::new();
    let rank = |test: &str| GENERAL.iter().any(|name| test.starts_with(name));
    let counts = |test: &str| !test.starts_with(EXPECTED) || test.starts_with(CODES);
    let facts = lines.lines().filter_map(|line| line.rsplit_once('\t'));
    for (fact, test) in facts.filter(|(_, test)| counts(test)) {
        let first = all.entry(fact).or_insert(test);
        if (rank(test), test) < (rank(first), *first) {
            *first = test;
        }
    }
    all
}

fn differences(old: &BTreeMap<&str, &str>, new: &BTreeMap<&str, &str>) -> Vec<String> {
    let gone = old.keys().filter(|fact| !new.contains_key(*fact)).map(|fact| format!("gone: {fact}"));
    let more = new.iter().filter_map(|(fact, test)| match old.get(fact) {
        None => Some(format!("new: {fact}, by {test}")),
        Some(other) if other != test => Some(format!("other test: {fact}, by {test} and not {other}")),
        Some(_) => None,
    });
    gone.chain(more).map(|one| one.replace('\t', " ")).collect()
}

#[cfg(test)]
mod tests {
    use super::{differences, facts};

    #[test]
    fn the_order_of_tests_does_not_matter_and_a_test_of_the_subject_wins() {
        let one = "/a\tstate\tS=x\tseed::all\n/a\tstate\tS=x\tzebra::one\n/a\tstate\tS=x\tmoney::two\n";
        let other: String = one.lines().rev().map(|line| format!("{line}\n")).collect();
        assert_eq!(facts(one), facts(&other));
        assert_eq!(facts(one)["/a\tstate\tS=x"], "money::two");
    }

    #[test]
    fn a_test_that_reads_the_file_provokes_nothing() {
        let lines = "/a\terror\tE\texpected::all\n/b\terror\tE\texpected::codes_by_a_fault\n";
        assert_eq!(facts(lines).into_keys().collect::<Vec<_>>(), ["/b\terror\tE"]);
    }

    #[test]
    fn differences_are_named() {
        let (old, new) =
            (facts("/a\terror\tE\tx::y\n/b\terror\tE\tx::y\n"), facts("/b\terror\tE\tx::z\n/c\terror\tE\tx::y\n"));
        let expected = ["gone: /a error E", "other test: /b error E, by x::z and not x::y", "new: /c error E, by x::y"];
        assert_eq!(differences(&old, &new), expected);
        assert!(differences(&old, &old).is_empty());
    }
}
