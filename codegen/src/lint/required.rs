//! `required-undeclared`: `required` names a property that nothing declares.

use std::collections::BTreeSet;

use serde_yaml::Value;

use super::Rule;
use super::finding::Finding;
use super::model::Model;
use super::view::View;
use crate::diag::Pointer;
use crate::grammar::closest;

/// A composition is checked as a whole: a member may require a property that another member declares, and an
/// alternative may require one of the schema around it.
pub(super) fn check(model: &Model<'_>, findings: &mut Vec<Finding>) {
    let mut told = BTreeSet::new();
    for node in model.schemas().filter(|node| !node.is_part) {
        let mut whole = Whole::default();
        whole.take(model, node.value, &node.at);
        // every name is declared if additional properties have a schema
        if whole.is_open {
            continue;
        }
        for (name, at) in &whole.required {
            // report a schema that others merge in only once
            if !whole.declared.contains(name) && told.insert(at.clone()) {
                let near = closest(name, whole.declared.iter().copied());
                let near = near.map_or_else(String::new, |near| format!("; did it mean `{near}`?"));
                let what = format!("`{name}` is required, but not declared{near}");
                let help = "declare it, or don't require it, with a fixup";
                findings.push(Finding::new(Rule::RequiredUndeclared, at.clone(), what, help));
            }
        }
    }
}

/// What a schema, its members and its alternatives declare together.
#[derive(Default)]
struct Whole<'a> {
    declared: BTreeSet<&'a str>,
    required: Vec<(&'a str, Pointer)>,
    is_open: bool,
    seen: BTreeSet<Pointer>,
}

impl<'a> Whole<'a> {
    fn take(&mut self, model: &Model<'a>, schema: &'a Value, at: &Pointer) {
        let view = View::of(model, schema, at);
        if !self.seen.insert(view.at()) {
            return;
        }
        self.declared.extend(view.properties().keys());
        self.required.extend(view.required());
        self.is_open |= view.additional().is_some();
        for (schema, at) in view.alternatives().into_iter().flatten() {
            self.take(model, schema, &at);
        }
    }
}
