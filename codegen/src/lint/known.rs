//! `spec/lint.yaml`: the known findings, each with the reason to accept it.

use std::cell::Cell;

use indexmap::IndexMap;
use serde::Deserialize;

use super::Rule;
use super::finding::{AND, Finding, place};
use crate::config::typed;
use crate::diag::{Pointer, Report};
use crate::grammar::Shape::{List, Text, Word};
use crate::grammar::{Object, Shape, key};
use crate::source::Source;

/// The known findings.
#[derive(Debug)]
pub(super) struct Known {
    /// The file, as messages name it.
    pub(super) file: String,
    by_place: IndexMap<(Rule, String), Entry>,
}

/// A known finding.
#[derive(Debug)]
struct Entry {
    /// Its place in the file.
    at: Pointer,
    is_found: Cell<bool>,
}

static TEXT: Shape = Text;
static AN_ENTRY: Shape = Shape::Object(&ENTRY);
static ENTRY: Object = Object::new(
    "a known finding",
    &[key("rule", Word(Rule::NAMES)).required(), key("at", List(&TEXT)).required(), key("why", Text).required()],
)
.closed();

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    rule: Rule,
    at: Vec<String>,
    why: String,
}

impl Known {
    /// Reads `lint.yaml`. Returns `None` if there is an error in it; the report contains it.
    pub(super) fn read(source: &Source, report: &mut Report) -> Option<Self> {
        let mut own = Report::default();
        let known = typed::<Vec<Row>>(source, List(&AN_ENTRY), &mut own).map(|rows| {
            let mut known = Self { file: source.name.clone(), by_place: IndexMap::new() };
            for (index, row) in rows.into_iter().enumerate() {
                known.take(row, &Pointer::root().index(index), &mut own);
            }
            known
        });
        own.findings().iter().for_each(|finding| report.add(finding.clone()));
        known.filter(|_| !own.has_errors())
    }

    fn take(&mut self, row: Row, at: &Pointer, report: &mut Report) {
        if row.why.trim().is_empty() {
            let help = "say why it is accepted, and how the SDK treats it";
            report.error(&self.file, &at.child("why"), "this entry doesn't say why", help);
        }
        if row.at.is_empty() {
            report.error(&self.file, &at.child("at"), "this entry has no place", "add one, or remove the entry");
        }
        for (index, text) in row.at.iter().enumerate() {
            let here = at.child("at").index(index);
            match read_place(row.rule, text) {
                Err(wanted) => {
                    let what = format!("`{text}` does not have the form that {} needs", row.rule.name());
                    report.error(&self.file, &here, what, wanted);
                }
                Ok(place) => {
                    let entry = Entry { at: here.clone(), is_found: Cell::new(false) };
                    if let Some(first) = self.by_place.insert((row.rule, place), entry) {
                        let what = format!("duplicate entry `{text}`; the first is at {}", first.at);
                        report.error(&self.file, &here, what, "keep one of the two");
                    }
                }
            }
        }
    }

    /// Whether a finding is known.
    pub(super) fn has(&self, finding: &Finding) -> bool {
        let entry = self.by_place.get(&(finding.rule, finding.place()));
        entry.inspect(|entry| entry.is_found.set(true)).is_some()
    }

    /// Reports the entries without a finding. An imported document has no examples, so the rules that need a published
    /// document find nothing there, and their entries are ignored.
    pub(super) fn gone(&self, is_whole: bool, report: &mut Report) {
        let looked_at = |rule: Rule| is_whole || !rule.needs_whole();
        for ((rule, place), entry) in &self.by_place {
            if looked_at(*rule) && !entry.is_found.get() {
                let what = format!("{} finds nothing at {place}", rule.name());
                let help = "if the document was corrected, remove the entry; otherwise correct the place";
                report.error(&self.file, &entry.at, what, help);
            }
        }
    }
}

/// The place that an entry names, in normal form, or a help text with the right form.
fn read_place(rule: Rule, text: &str) -> Result<String, &'static str> {
    let pointer = |text: &str| Pointer::parse(text).filter(|_| text.starts_with("#/"));
    if rule.is_about_two() {
        let wanted = "write both places: `#/components/schemas/One and #/components/schemas/Other`";
        let (one, other) = text.split_once(&format!("{AND}#/")).ok_or(wanted)?;
        let other = pointer(&format!("#/{other}")).ok_or(wanted)?;
        return Ok(place(&pointer(one).ok_or(wanted)?, Some(&other)));
    }
    let wanted = "write the place as in the messages: `#/components/schemas/Name`";
    Ok(place(&pointer(text).ok_or(wanted)?, None))
}
