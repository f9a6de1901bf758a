//! `pages-unknown`: an operation that looks paged, but has no entry under `pagination` in `sdk.yaml`, so that the SDK
//! only returns the first page.

use std::collections::BTreeSet;

use serde_yaml::Value;

use super::Rule;
use super::bodies::{Operation, operations};
use super::finding::Finding;
use super::model::Model;
use super::view::View;
use crate::config::{Pagination, Roles};
use crate::diag::Pointer;

/// Common words in the names of properties for paging. The entries in `sdk.yaml` add the names of one API.
const BEGIN: &[&str] = &["cursor", "offset", "page", "skip"];
const SIZE: &[&str] = &["count", "limit", "size"];
const REST: &[&str] = &["cursor", "next", "more", "total"];

/// The property names in the operations that are known to be paged.
struct Names<'a> {
    begin: BTreeSet<&'a str>,
    size: BTreeSet<&'a str>,
    rest: BTreeSet<&'a str>,
}

/// Checks every operation without an entry.
pub(super) fn check(model: &Model<'_>, findings: &mut Vec<Finding>) {
    let pagination = &model.sdk.pagination;
    let names = Names::of(pagination);
    for operation in operations(model) {
        let is_listed = pagination.styles().iter().any(|(_, paths)| paths.contains_key(operation.path));
        if is_listed {
            continue;
        }
        let Some((response, at)) = &operation.response else { continue };
        let given = View::of(model, response, at).properties();
        let is_list = |(schema, at): &(&Value, Pointer)| View::of(model, schema, at).kind() == Some("array");
        let Some(list) = given.iter().find(|(_, property)| is_list(property)).map(|(name, _)| *name) else { continue };
        let taken = taken(model, &operation);
        let begin = taken.iter().find(|name| is_one(name, &names.begin, BEGIN));
        let size = taken.iter().find(|name| is_one(name, &names.size, SIZE));
        let rest = given.iter().filter(|(_, property)| !is_list(property)).map(|(name, _)| *name);
        let rest = rest.into_iter().find(|name| is_one(name, &names.rest, REST));
        let signs = match (begin, size, rest) {
            (Some(begin), ..) => begin,
            (None, Some(size), Some(_)) => size,
            _ => continue,
        };
        let rest = rest.map_or_else(String::new, |rest| format!(" and `{rest}`"));
        let what = format!("this takes `{signs}` and returns a list, `{list}`{rest}, but has no entry for paging");
        let help = "add it to `pagination` in sdk.yaml";
        findings.push(Finding::new(Rule::PagesUnknown, operation.at, what, help));
    }
}

/// The names in a request: parameters, properties, and properties of its objects.
fn taken<'a>(model: &Model<'a>, operation: &Operation<'a>) -> Vec<&'a str> {
    let mut names: Vec<&str> = operation.parameters.iter().filter_map(|(it, _)| it.get("name")?.as_str()).collect();
    if let Some((request, at)) = &operation.request {
        for (name, (schema, at)) in View::of(model, request, at).properties() {
            names.push(name);
            names.extend(View::of(model, schema, &at).properties().keys());
        }
    }
    names
}

impl<'a> Names<'a> {
    fn of(pagination: &'a Pagination) -> Self {
        let mut names = Self { begin: BTreeSet::new(), size: BTreeSet::new(), rest: BTreeSet::new() };
        let styles = pagination.styles();
        for roles in styles.iter().flat_map(|(_, paths)| paths.values()) {
            let Roles { cursor, offset, after, count, next_cursor, has_more, total, .. } = roles;
            let last = |name: &'a String| name.rsplit('.').next().unwrap_or(name);
            names.begin.extend([cursor, offset, after].into_iter().flatten().map(last));
            names.size.extend(count.iter().map(last));
            names.rest.extend([next_cursor, has_more, total].into_iter().flatten().map(last));
        }
        names
    }
}

/// Whether a name is one of the names, or contains one of the words: `page_token`, `pageToken`.
fn is_one(name: &str, names: &BTreeSet<&str>, words: &[&str]) -> bool {
    let mut parts: Vec<String> = vec![String::new()];
    for c in name.chars() {
        match c {
            c if !c.is_alphanumeric() => parts.push(String::new()),
            c => {
                let is_new = c.is_uppercase() && parts.last().is_some_and(|part| part.ends_with(char::is_lowercase));
                if is_new {
                    parts.push(String::new());
                }
                // the case is kept until the word is complete, since it marks the word's end
                if let Some(part) = parts.last_mut() {
                    part.push(c);
                }
            }
        }
    }
    names.contains(name) || parts.iter().any(|part| words.contains(&part.to_lowercase().as_str()))
}
