//! Errors and notes about an input, each with its place and a help text. A report contains all of a run.

use std::fmt;

pub use api_model::Pointer;

/// The severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Reported, and the code is generated anyway.
    Note,
}

/// An error or a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whether it stops the run.
    pub severity: Severity,
    /// The input it is in, as the caller named it: `spec/api.yaml`.
    pub file: String,
    /// The line, counted from 1, if it is known.
    pub line: Option<usize>,
    /// The place in the input.
    pub at: Pointer,
    /// Further places that it is about. They are not printed.
    pub also: Vec<Pointer>,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub help: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Note => "note",
        };
        write!(f, "{severity}: {}\n  --> {}", self.what, self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        writeln!(f, "  {}", self.at)?;
        if !self.help.is_empty() {
            writeln!(f, "  help: {}", self.help)?;
        }
        Ok(())
    }
}

/// All errors and notes of one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    findings: Vec<Diagnostic>,
}

impl Report {
    /// Adds an error. The line is filled in when the stage ends (see [`crate::source::Source::locate`]).
    pub fn error(&mut self, file: &str, at: &Pointer, what: impl Into<String>, help: impl Into<String>) {
        self.push(Severity::Error, file, at, what.into(), help.into());
    }

    /// Adds a note.
    pub fn note(&mut self, file: &str, at: &Pointer, what: impl Into<String>, help: impl Into<String>) {
        self.push(Severity::Note, file, at, what.into(), help.into());
    }

    /// Adds an error or a note.
    pub fn push(&mut self, severity: Severity, file: &str, at: &Pointer, what: String, help: String) {
        let (file, at, also) = (file.to_owned(), at.clone(), Vec::new());
        self.findings.push(Diagnostic { severity, file, line: None, at, also, what, help });
    }

    /// Adds one note about several places, of which the first is printed.
    pub fn note_on_all(&mut self, file: &str, places: &[&Pointer], what: String) {
        let [first, others @ ..] = places else { return };
        self.note(file, first, what, "");
        if let Some(note) = self.findings.last_mut() {
            note.also = others.iter().map(|at| (*at).clone()).collect();
        }
    }

    /// Adds a finding that already knows its line.
    pub fn add(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    /// Whether it contains an error, which stops the run.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// The findings, in the order in which they were added.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// The findings, to fill in their lines or to move them.
    pub fn findings_mut(&mut self) -> &mut Vec<Diagnostic> {
        &mut self.findings
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sorted: Vec<&Diagnostic> = self.findings.iter().collect();
        sorted.sort_by_key(|d| (d.severity, d.file.clone(), d.line, d.at.clone()));
        for finding in &sorted {
            writeln!(f, "{finding}")?;
        }
        let errors = sorted.iter().filter(|d| d.severity == Severity::Error).count();
        let notes = sorted.len() - errors;
        writeln!(f, "{errors} error{}, {notes} note{}", plural(errors), plural(notes))
    }
}

/// The plural ending for a count.
pub fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}
