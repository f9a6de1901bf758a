//! Reads a source as an OpenAPI 3.0 document. Each node is checked against the specification, so that each mistake is
//! reported at its own place. Then openapiv3 reads the tree.

mod probe;
mod references;
mod version;

use openapiv3::OpenAPI;
use serde::Deserialize;

use crate::diag::Report;
use crate::grammar::check::Check;
use crate::grammar::mistake::{self, Mistake};
use crate::grammar::openapi::DOCUMENT;
use crate::grammar::{Path, Shape};
use crate::source::Source;

/// Reads a source as an OpenAPI 3.0 document. A mistake with one meaning, or with no effect on the API, is repaired
/// with a note, also in the source. Returns `None` if there is an error; the report contains it.
pub fn read(source: &mut Source, report: &mut Report) -> Option<OpenAPI> {
    for mistake in check(source, report)? {
        report.note(&source.name, &mistake.at, mistake.what, mistake.help);
    }
    match OpenAPI::deserialize(&source.value) {
        Ok(document) => Some(document),
        Err(error) => {
            probe::localise(&source.name, &source.value, &error.to_string(), report);
            None
        }
    }
}

/// Checks a source against OpenAPI 3.0, with all its references, repairs the harmless mistakes, and returns them.
/// Returns `None` if there is a new error; the report contains it.
pub(crate) fn check(source: &mut Source, report: &mut Report) -> Option<Vec<Mistake>> {
    let (file, value) = (source.name.as_str(), &source.value);
    let mut own = Report::default();
    let mut mistakes = Vec::new();
    if version::check(file, value, &mut own) {
        let mut on_reference = |at: &Path<'_>, object: &_, target: &str, report: &mut Report| {
            references::check(file, value, at, object, target, report);
        };
        let mut check =
            Check { file, report: &mut own, mistakes: Some(&mut mistakes), on_reference: &mut on_reference };
        check.node(value, Shape::Object(&DOCUMENT), &Path::ROOT);
        references::cycles(file, value, &mut own);
    }
    own.findings().iter().for_each(|finding| report.add(finding.clone()));
    if own.has_errors() {
        // a note about what is ignored may explain an error
        mistakes.iter().for_each(|mistake| report.note(file, &mistake.at, &mistake.what, &mistake.help));
        return None;
    }
    mistake::repair(&mut source.value, &mistakes);
    Some(mistakes)
}
