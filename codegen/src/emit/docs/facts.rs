//! The document's constraints on values.

use super::text::code;
use api_model::{Bound, Constraints, Literal};

/// The document's constraints on values, one sentence each.
pub(super) fn facts(constraints: &Constraints) -> Vec<String> {
    let mut facts = Vec::new();
    let c = constraints;
    if let Some(facts_of_range) = range(c.minimum.as_ref(), c.maximum.as_ref()) {
        facts.push(facts_of_range);
    }
    if !c.allowed.is_empty() {
        facts.push(format!("One of {}.", list(&c.allowed)));
    }
    if let Some(multiple) = &c.multiple_of {
        facts.push(format!("A multiple of {multiple}."));
    }
    for (min, max, what) in [
        (c.min_length, c.max_length, "character"),
        (c.min_items, c.max_items, "element"),
        (c.min_properties, c.max_properties, "entry"),
    ] {
        facts.extend(count(min, max, what));
    }
    if c.unique_items {
        facts.push("Elements are unique.".to_owned());
    }
    if let Some(pattern) = &c.pattern {
        facts.push(format!("Pattern: {}.", code(pattern)));
    }
    if let Some(format) = &c.format {
        facts.push(format!("Format: {}.", code(format)));
    }
    if let Some(default) = &c.default {
        facts.push(format!("Default: {}.", code(&default.to_string())));
    }
    if c.read_only {
        facts.push("Only in responses.".to_owned());
    }
    if c.write_only {
        facts.push("Only in requests.".to_owned());
    }
    facts
}

fn list(values: &[Literal]) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn range(minimum: Option<&Bound>, maximum: Option<&Bound>) -> Option<String> {
    let low = minimum.map(|bound| (&bound.value, if bound.exclusive { "more than" } else { "at least" }));
    let high = maximum.map(|bound| (&bound.value, if bound.exclusive { "less than" } else { "at most" }));
    let text = match (low, high) {
        (None, None) => return None,
        (Some((low, above)), None) => format!("{above} {low}"),
        (None, Some((high, below))) => format!("{below} {high}"),
        (Some((low, above)), Some((high, below))) => format!("{above} {low}, {below} {high}"),
    };
    let mut text = format!("{text}.");
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    Some(text)
}

fn count(min: Option<usize>, max: Option<usize>, what: &str) -> Option<String> {
    let plural = |count: usize| match (count, what.strip_suffix('y')) {
        (1, _) => what.to_owned(),
        (_, Some(stem)) => format!("{stem}ies"),
        (_, None) => format!("{what}s"),
    };
    Some(match (min.filter(|min| *min > 0), max) {
        (None, None) => return None,
        (Some(min), Some(max)) if min == max => format!("{min} {}.", plural(min)),
        (Some(min), Some(max)) => format!("{min} to {max} {}.", plural(max)),
        (Some(min), None) => format!("At least {min} {}.", plural(min)),
        (None, Some(max)) => format!("At most {max} {}.", plural(max)),
    })
}
