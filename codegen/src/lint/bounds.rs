//! `bounds-crossed`: a lower bound above its upper bound, so that no value is left.

use serde_yaml::Value;

use super::Rule;
use super::finding::Finding;
use super::model::Model;
use super::view::View;

const BOUNDS: [(&str, &str); 4] =
    [("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties")];

/// Compares the bounds of each schema, including the schemas that it merges in.
pub(super) fn check(model: &Model<'_>, findings: &mut Vec<Finding>) {
    for node in model.schemas() {
        // without a bound of its own, this schema can't cause the contradiction
        if !BOUNDS.iter().any(|(low, high)| node.map.contains_key(*low) || node.map.contains_key(*high)) {
            continue;
        }
        let view = View::of(model, node.value, &node.at);
        for (low, high) in BOUNDS {
            let least = view.keyword(low).filter_map(Value::as_f64).fold(f64::NEG_INFINITY, f64::max);
            let most = view.keyword(high).filter_map(Value::as_f64).fold(f64::INFINITY, f64::min);
            let excludes = |name: &str| view.keyword(name).any(|flag| flag.as_bool() == Some(true));
            let is_open = low == "minimum" && (excludes("exclusiveMinimum") || excludes("exclusiveMaximum"));
            if least > most || least == most && is_open {
                let what = format!("no value is left between {low} {least} and {high} {most}");
                let at = node.at.child(if node.map.contains_key(low) { low } else { high });
                findings.push(Finding::new(Rule::BoundsCrossed, at, what, "correct one of the bounds with a fixup"));
            }
        }
    }
}
