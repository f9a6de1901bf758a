//! The summary that `cargo xtask examples` prints.

use std::collections::BTreeMap;
use std::fmt;

use super::collect::Kind;
use super::compare::Outcome;
use super::redacted::Values;

/// The counts of a run.
pub struct Summary {
    types: usize,
    rows: BTreeMap<Kind, Row>,
    without_type: BTreeMap<&'static str, usize>,
    undeclared: usize,
    credentials: usize,
    nulls: usize,
    secrets: usize,
    told_elsewhere: usize,
}

#[derive(Clone, Copy, Default)]
struct Row {
    found: usize,
    passed: usize,
    excepted: usize,
}

impl Summary {
    /// For a number of types, and of examples without one.
    pub fn new(types: usize, without_type: BTreeMap<&'static str, usize>) -> Self {
        let (undeclared, credentials, nulls, secrets, told_elsewhere) = Default::default();
        Self { types, rows: BTreeMap::new(), without_type, undeclared, credentials, nulls, secrets, told_elsewhere }
    }

    /// Counts an example.
    pub fn count(&mut self, kind: Kind, outcome: &Outcome, values: &Values, is_exception: bool) {
        let row = self.rows.entry(kind).or_default();
        row.found += 1;
        if outcome.differences.is_empty() {
            row.passed += 1;
        } else if is_exception {
            row.excepted += 1;
        }
        self.undeclared += outcome.undeclared;
        self.credentials += outcome.credentials;
        self.nulls += outcome.nulls;
        self.secrets += values.secret.len();
        self.told_elsewhere += values.told_elsewhere().count();
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut all = Row::default();
        for (kind, row) in &self.rows {
            let name = match kind {
                Kind::Request => "request",
                Kind::Response => "response",
                Kind::Webhook => "webhook",
                Kind::Schema => "schema",
                Kind::Property => "property",
            };
            write_row(f, name, *row)?;
            all.found += row.found;
            all.passed += row.passed;
            all.excepted += row.excepted;
        }
        write_row(f, "all", all)?;
        for (reason, count) in &self.without_type {
            writeln!(f, "no type      {count} more examples: {reason}")?;
        }
        writeln!(f, "types        {}", self.types)?;
        writeln!(
            f,
            "ignored      {} undeclared properties, {} credentials (sent as headers), and {} nulls of optional response \
             properties",
            self.undeclared, self.credentials, self.nulls
        )?;
        writeln!(
            f,
            "redacted     {} values checked against the Debug output; {} of them are also the value of a property that is not redacted",
            self.secrets, self.told_elsewhere
        )
    }
}

fn write_row(f: &mut fmt::Formatter<'_>, name: &str, row: Row) -> fmt::Result {
    let failed = row.found - row.passed - row.excepted;
    write!(f, "{name:<12} {} examples found = {} passed + {} excepted", row.found, row.passed, row.excepted)?;
    if failed > 0 { writeln!(f, " + {failed} failed") } else { writeln!(f) }
}
