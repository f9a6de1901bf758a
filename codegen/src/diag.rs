//! What a person is told about an input: each finding with its place and what to do about it, all of them in one
//! report.

use std::fmt;

/// A JSON pointer (RFC 6901) into one of the inputs, in its fragment form: `#/components/schemas/Pet`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// The whole document, `#`.
    pub fn root() -> Self {
        Self("#".to_owned())
    }

    /// The member `key` of this place, escaped as RFC 6901 asks.
    #[must_use]
    pub fn child(&self, key: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + key.len() + 1);
        text.push_str(&self.0);
        text.push('/');
        for c in key.chars() {
            match c {
                '~' => text.push_str("~0"),
                '/' => text.push_str("~1"),
                c => text.push(c),
            }
        }
        Self(text)
    }

    /// The element `index` of this place.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// The unescaped segments, outermost first.
    pub fn segments(&self) -> impl Iterator<Item = String> + '_ {
        self.0.split('/').skip(1).map(|segment| segment.replace("~1", "/").replace("~0", "~"))
    }

    /// Reads `#/a/b` or `/a/b`; anything else is no pointer.
    pub fn parse(text: &str) -> Option<Self> {
        let path = text.strip_prefix('#').unwrap_or(text);
        (path.is_empty() || path.starts_with('/')).then(|| Self(format!("#{path}")))
    }

    /// The pointer as text, `#/a/b`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Told, and generated all the same.
    Note,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whether it stops the run.
    pub severity: Severity,
    /// The input it is in, as the caller named it: `spec/api.yaml`.
    pub file: String,
    /// The 1-based line, where one could be found.
    pub line: Option<usize>,
    /// The place in the input.
    pub at: Pointer,
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

/// All findings of one run.
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

    /// Adds a finding of either sort.
    pub fn push(&mut self, severity: Severity, file: &str, at: &Pointer, what: String, help: String) {
        self.findings.push(Diagnostic { severity, file: file.to_owned(), line: None, at: at.clone(), what, help });
    }

    /// Adds a finding that already knows its line.
    pub fn add(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    /// Whether anything in it stops the run.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// The findings, in the order they were made.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// The findings, to fill in their lines.
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

/// The plural's ending for a count.
pub fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}
