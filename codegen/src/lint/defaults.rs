//! `default-mismatch`: a default that is not a value of its schema.

use super::Rule;
use super::finding::Finding;
use super::model::Model;
use super::value::problems;

/// Checks every default against its schema.
pub(super) fn check(model: &Model<'_>, findings: &mut Vec<Finding>) {
    for node in model.schemas() {
        let Some(default) = node.map.get("default") else { continue };
        let at = node.at.child("default");
        if let Some(problem) = problems(model, (default, &at), (node.value, &node.at)).first() {
            let what = format!("this default {}", problem.what);
            let help = "correct the default or the schema with a fixup";
            findings.push(Finding::new(Rule::DefaultMismatch, problem.at.clone(), what, help));
        }
    }
}
