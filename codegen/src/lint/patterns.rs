//! `pattern-unreadable`: a pattern that is not a regular expression.

use regex_syntax::Parser;
use regex_syntax::ast::ErrorKind;
use serde_yaml::Value;

use super::Rule;
use super::finding::Finding;
use super::model::Model;

/// Parses every pattern.
pub(super) fn check(model: &Model<'_>, findings: &mut Vec<Finding>) {
    for node in model.schemas() {
        let Some(pattern) = node.map.get("pattern").and_then(Value::as_str) else { continue };
        if let Some(error) = error(pattern) {
            let what = format!("the pattern `{pattern}` is not valid: {error}");
            let help = "correct the pattern with a fixup";
            findings.push(Finding::new(Rule::PatternUnreadable, node.at.child("pattern"), what, help));
        }
    }
}

/// The error in a pattern. OpenAPI uses JavaScript's patterns, which also have look-around and back-references.
fn error(pattern: &str) -> Option<String> {
    match Parser::new().parse(pattern) {
        Ok(_) => None,
        Err(regex_syntax::Error::Parse(error)) => match error.kind() {
            ErrorKind::UnsupportedLookAround | ErrorKind::UnsupportedBackreference => None,
            kind => Some(kind.to_string()),
        },
        Err(regex_syntax::Error::Translate(error)) => Some(error.kind().to_string()),
        Err(_) => Some("it is not a regular expression".to_owned()),
    }
}
