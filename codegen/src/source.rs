//! An input text with its name: read once into a tree, and asked for line numbers only when there is something to
//! report.

mod anchored;
mod lines;
mod load;
mod scalar;
mod text;

use std::cell::OnceCell;

use serde_yaml::Value;

use crate::diag::{Pointer, Report};
use lines::Lines;

/// An input, in YAML or JSON.
#[derive(Clone, Debug)]
pub struct Source {
    /// How findings name it: `spec/api.yaml`.
    pub name: String,
    /// The text, as it came.
    pub text: String,
    /// What the text says. Every key is a string, merges and aliases are resolved. Fixups change it in place.
    pub value: Value,
    /// The lines of all nodes. Built on first use, since a run without errors needs none.
    lines: OnceCell<Lines>,
}

impl Source {
    /// Reads a text. What it can't read is in the report afterwards, with lines.
    pub fn parse(name: impl Into<String>, text: impl Into<String>, report: &mut Report) -> Option<Self> {
        let (name, text) = (name.into(), text.into());
        let value = load::load(&name, &text, report)?;
        Some(Self { name, text, value, lines: OnceCell::new() })
    }

    /// The line of a place, or of what comes nearest above it where the text holds no such place.
    pub fn line(&self, at: &Pointer) -> Option<usize> {
        self.lines.get_or_init(|| Lines::read(&text::readable(&self.text))).line(at)
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
