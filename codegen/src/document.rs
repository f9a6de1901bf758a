//! A source read as an OpenAPI 3.0 document: checked node by node against the specification, so that whatever is wrong
//! is said in its own place, and then taken over by openapiv3.

mod probe;
mod references;
mod version;

use openapiv3::OpenAPI;
use serde::Deserialize;
use serde_yaml::Value;

use crate::diag::Report;
use crate::grammar::check::Check;
use crate::grammar::openapi::DOCUMENT;
use crate::grammar::{Path, Shape};
use crate::source::Source;

/// Reads a source as an OpenAPI 3.0 document. `None` where the report has an error of it.
pub fn read(source: &Source, report: &mut Report) -> Option<OpenAPI> {
    if !check(&source.name, &source.value, report) {
        return None;
    }
    match OpenAPI::deserialize(&source.value) {
        Ok(document) => Some(document),
        Err(error) => {
            probe::localise(&source.name, &source.value, &error.to_string(), report);
            None
        }
    }
}

/// Checks a tree against OpenAPI 3.0, with all its references. False where the report has a new error.
pub(crate) fn check(file: &str, value: &Value, report: &mut Report) -> bool {
    let mut own = Report::default();
    if version::check(file, value, &mut own) {
        let mut on_reference = |at: &Path<'_>, object: &_, target: &str, report: &mut Report| {
            references::check(file, value, at, object, target, report);
        };
        let mut check = Check { file, report: &mut own, on_reference: &mut on_reference };
        check.node(value, Shape::Object(&DOCUMENT), &Path::ROOT);
        references::cycles(file, value, &mut own);
    }
    let good = !own.has_errors();
    for finding in own.findings() {
        report.add(finding.clone());
    }
    good
}
