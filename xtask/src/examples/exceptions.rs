//! `spec/examples.yaml`: the examples that contradict their own schema.

use codegen::diag::{Pointer, Report};
use codegen::source::Source;
use serde::Deserialize;

use crate::{files, workspace};

/// An example that is known to fail.
#[derive(Debug)]
pub struct Exception {
    /// Where the example is in the published document.
    pub at: String,
    /// The line of `spec/examples.yaml`.
    pub line: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    at: String,
    why: String,
}

/// The file's name in messages.
pub const FILE: &str = "spec/examples.yaml";

/// Reads the file, and reports all mistakes in it at once.
pub fn read() -> Result<Vec<Exception>, String> {
    let mut report = Report::default();
    let text = files::read(&workspace::spec("examples.yaml"))?;
    let source = Source::parse(FILE, text, &mut report).ok_or_else(|| report.to_string())?;
    let entries: Vec<Entry> =
        serde_yaml::from_value(source.value.clone()).map_err(|error| format!("error: {FILE}: {error}"))?;
    let mut exceptions: Vec<Exception> = Vec::new();
    let mut wrong = String::new();
    for (index, entry) in entries.into_iter().enumerate() {
        let line = source.line(&Pointer::root().index(index)).unwrap_or_default();
        let mut say = |what: &str| wrong.push_str(&format!("error: {what}\n  --> {FILE}:{line}  {}\n", entry.at));
        if !entry.at.starts_with("#/") {
            say("`at` is not a JSON pointer into the document, such as `#/paths/…`");
        }
        if entry.why.trim().is_empty() {
            say("an exception needs its reason: `why` is empty");
        }
        if exceptions.iter().any(|other| other.at == entry.at) {
            say("this example is listed twice");
        }
        exceptions.push(Exception { at: entry.at, line });
    }
    if wrong.is_empty() { Ok(exceptions) } else { Err(wrong) }
}
