//! `read-only-in-request` and `write-only-in-response`: a property for one direction, in a schema that is only used in
//! the other.

use std::collections::BTreeSet;

use super::Rule;
use super::bodies::{GIVES, TAKES, operations};
use super::finding::Finding;
use super::model::Model;
use super::view::View;
use crate::webhook::reach;

/// Properties that only responses have, in schemas of requests alone.
pub(super) fn read_only(model: &Model<'_>, findings: &mut Vec<Finding>) {
    one_way(
        model,
        Rule::ReadOnlyInRequest,
        "readOnly",
        [TAKES, GIVES],
        "it is never sent, but only requests",
        findings,
    );
}

/// Properties that only requests have, in schemas of responses alone.
pub(super) fn write_only(model: &Model<'_>, findings: &mut Vec<Finding>) {
    one_way(
        model,
        Rule::WriteOnlyInResponse,
        "writeOnly",
        [GIVES, TAKES],
        "it is never returned, but only responses",
        findings,
    );
}

/// Finds a flag in the schemas that are reached in the first of two directions and not in the second.
fn one_way(model: &Model<'_>, rule: Rule, flag: &str, ways: [&[&str]; 2], so_that: &str, findings: &mut Vec<Finding>) {
    // most documents have none, and then there is no need to compute what is reached
    if !model.schemas().any(|node| node.map.contains_key(flag)) {
        return;
    }
    let operations = operations(model);
    let [here, there] = ways.map(|keywords| -> BTreeSet<&str> {
        reach::from(model.root, operations.iter().flat_map(|operation| operation.references(keywords)).collect())
    });
    for (name, schema, at) in model.named().filter(|(name, ..)| here.contains(name) && !there.contains(name)) {
        for (property, (schema, at)) in View::of(model, schema, &at).properties() {
            if View::of(model, schema, &at).keyword(flag).any(|flag| flag.as_bool() == Some(true)) {
                let what = format!("`{property}` is {flag}, so {so_that} have `{name}`");
                findings.push(Finding::new(rule, at, what, "remove the flag or the property with a fixup"));
            }
        }
    }
}
