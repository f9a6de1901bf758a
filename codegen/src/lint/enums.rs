//! `enum-value`: an enum that lists a value twice, one of another type than its schema's, or `null` without allowing it.

use serde_yaml::Value;

use super::Rule;
use super::finding::Finding;
use super::model::Model;
use super::value::is_of;
use super::view::View;
use crate::grammar::describe;

/// Checks the values of each enum. All mistakes of an enum are one finding, since the order of values, and so their
/// index, is not stable.
pub(super) fn check(model: &Model<'_>, findings: &mut Vec<Finding>) {
    for node in model.schemas() {
        let Some(values) = node.map.get("enum").and_then(Value::as_sequence) else { continue };
        let view = View::of(model, node.value, &node.at);
        let mut wrong = Vec::new();
        for (index, value) in values.iter().enumerate() {
            if values[..index].contains(value) {
                wrong.push(format!("{} is listed twice", describe(value)));
            }
        }
        if let Some(kind) = view.kind() {
            let others = values.iter().filter(|value| !value.is_null() && !is_of(value, kind));
            let others: Vec<String> = others.map(describe).collect();
            if !others.is_empty() {
                wrong.push(format!("{} can't be of its type, {kind}", others.join(", ")));
            }
        }
        let is_nullable = view.keyword("nullable").any(|flag| flag.as_bool() == Some(true));
        if values.contains(&Value::Null) && !is_nullable {
            wrong.push("it lists `null`, but is not nullable".to_owned());
        }
        if !wrong.is_empty() {
            let what = format!("this enum is wrong: {}", wrong.join("; "));
            let help = "correct the values or the type with a fixup";
            findings.push(Finding::new(Rule::EnumValue, node.at.child("enum"), what, help));
        }
    }
}
