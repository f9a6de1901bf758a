//! An input text with its name. It is read once, into a tree and the lines of its nodes.

mod anchored;
mod lines;
mod load;
mod scalar;
mod text;

use serde_yaml::Value;

use crate::diag::{Pointer, Report};
use lines::Lines;

/// An input, in YAML or JSON.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its name in messages: `spec/api.yaml`.
    pub name: String,
    /// The original text.
    pub text: String,
    /// The tree. Every key is a string, and merges and aliases are resolved. Fixups change it in place.
    pub value: Value,
    /// The lines of all nodes, as they were before the fixups.
    lines: Lines,
}

impl Source {
    /// Reads a text. Errors are added to the report, with lines.
    pub fn parse(name: impl Into<String>, text: impl Into<String>, report: &mut Report) -> Option<Self> {
        let (name, text) = (name.into(), text.into());
        let (value, lines) = load::load(&name, &text, report)?;
        Some(Self { name, text, value, lines })
    }

    /// The line of a place, or of its nearest parent if the text has no such place.
    pub fn line(&self, at: &Pointer) -> Option<usize> {
        self.lines.line(at)
    }

    /// Fills in the lines of all findings in this source.
    pub fn locate(&self, report: &mut Report) {
        for finding in report.findings_mut() {
            if finding.line.is_none() && finding.file == self.name {
                finding.line = self.line(&finding.at);
            }
        }
    }
}

#[cfg(test)]
mod tests;
