//! The counts of a run.

use std::collections::BTreeMap;
use std::fmt;

use super::Rule;
use crate::diag::plural;

/// How much was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The document, as messages name it.
    pub file: String,
    /// `info.version`.
    pub version: String,
    /// By rule: the number of new and of known findings.
    pub rules: BTreeMap<Rule, (usize, usize)>,
    /// Named schemas that no operation or webhook reaches.
    pub unreached: usize,
}

impl Summary {
    pub(super) fn new(file: &str, version: &str) -> Self {
        Self { file: file.to_owned(), version: version.to_owned(), ..Self::default() }
    }

    pub(super) fn count(&mut self, rule: Rule, is_known: bool) {
        let (new, known) = self.rules.entry(rule).or_default();
        *(if is_known { known } else { new }) += 1;
    }

    /// The findings that are new.
    pub fn new_findings(&self) -> usize {
        self.rules.values().map(|(new, _)| new).sum()
    }

    /// The findings that are known.
    pub fn known_findings(&self) -> usize {
        self.rules.values().map(|(_, known)| known).sum()
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): ", self.file, self.version)?;
        let groups = [
            (self.new_findings(), "new", (|(new, _)| new) as fn((usize, usize)) -> usize),
            (self.known_findings(), "known", |(_, known)| known),
        ];
        for (total, word, of) in groups {
            write!(f, "{total} {word}")?;
            let rules = self.rules.iter().map(|(rule, counts)| (rule.name(), of(*counts)));
            let rules: Vec<String> =
                rules.filter(|(_, count)| *count > 0).map(|(name, count)| format!("{name} {count}")).collect();
            if !rules.is_empty() {
                write!(f, " ({})", rules.join(", "))?;
            }
            write!(f, "; ")?;
        }
        writeln!(f, "{} unreached schema{}", self.unreached, plural(self.unreached))
    }
}
