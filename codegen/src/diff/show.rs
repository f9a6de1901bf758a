//! Shows a diff for people, for changelogs and for tools. Names are code spans. The text form removes the backticks.

mod json;
mod markdown;
mod text;

pub use self::json::json;
pub use self::markdown::markdown;
pub use self::text::text;

use std::collections::BTreeMap;

use super::change::Class;
use super::{Change, Diff, Effect, Reach, What};
use crate::surface::Difference;

/// How many operations or interface items are named. Any others are only counted.
const NAMED: usize = 3;

/// The changes of a class, by product. A change that affects several products is listed once, under all of them.
fn grouped(diff: &Diff, class: Class) -> BTreeMap<String, Vec<&Change>> {
    let mut groups: BTreeMap<String, Vec<&Change>> = BTreeMap::new();
    for change in diff.changes.iter().filter(|change| change.class() == class) {
        let product = match change.modules.as_slice() {
            [] => "the rest".to_owned(),
            [one] => one.clone(),
            several if several.len() <= NAMED => several.join(", "),
            several => format!("{} products", several.len()),
        };
        groups.entry(product).or_default().push(change);
    }
    groups
}

/// A whole item that was added or removed and affects nothing else: reported by name, in one line.
fn is_listed(change: &Change) -> bool {
    matches!(
        change.what,
        What::SchemaAdded | What::SchemaRemoved | What::SchemaUsed | What::SchemaUnused | What::ValueAdded
    ) && change.wire == Effect::No
}

/// Where a change has an effect: `in requests of POST /a and 3 more; in responses of POST /b`.
fn felt(reach: &Reach) -> Option<String> {
    let parts = [("requests of", &reach.requests), ("responses of", &reach.responses), ("webhooks", &reach.webhooks)];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(what, names)| format!("{what} {}", some(names.iter().map(String::as_str))))
        .collect();
    (!parts.is_empty()).then(|| format!("in {}", parts.join("; in ")))
}

/// The first few names, as code, and the number of the others.
fn some<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    first(names.map(|name| format!("`{name}`")))
}

fn first(names: impl ExactSizeIterator<Item = String>) -> String {
    let count = names.len();
    let named: Vec<String> = names.take(NAMED).collect();
    if count > NAMED { format!("{} and {} more", named.join(", "), count - NAMED) } else { named.join(", ") }
}

/// The effect on the wire.
fn on_the_wire(change: &Change) -> Option<String> {
    match &change.wire {
        Effect::No => None,
        Effect::If(case) => Some(format!("fails where {case}")),
        Effect::Yes(why) => Some(format!("fails: {why}")),
    }
}

/// The effect on the build.
fn in_the_build(change: &Change) -> Option<String> {
    let broken: Vec<String> = change.build.iter().filter(|it| it.breaks()).map(said).collect();
    let other: Vec<String> = change.build.iter().filter(|it| !it.breaks()).map(said).collect();
    let list = |names: &[String]| first(names.iter().cloned());
    match (broken.is_empty(), other.is_empty()) {
        (true, true) => None,
        (false, _) => Some(format!("breaks: {}", list(&broken))),
        (true, false) => Some(list(&other)),
    }
}

fn said(difference: &Difference) -> String {
    match difference {
        Difference::Added(item) => format!("new: `{item}`"),
        Difference::Deprecated(item) => format!("deprecated: `{item}`"),
        Difference::Removed(item) => format!("`{item}` is gone"),
        Difference::Changed { item, old, new } => format!("`{item}`: `{old}` => `{new}`"),
    }
}

/// The figures: `12 changes; programs that run break by 1, in some cases by 2; the build breaks by 5`.
fn figures(diff: &Diff) -> String {
    let count = |class: Class| diff.changes.iter().filter(|change| change.class() == class).count();
    let (wire, cases) = (count(Class::Wire), count(Class::WireInCases));
    let build = diff.changes.iter().filter(|change| change.breaks_build()).count();
    format!(
        "{} change{}; programs that run break by {wire}, in some cases by {cases}; the build breaks by {build}",
        diff.changes.len(),
        crate::diag::plural(diff.changes.len()),
    )
}
