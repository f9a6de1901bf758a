//! `mapping-unused`: a discriminator maps a value that its property can't have.

use std::collections::BTreeSet;

use serde_yaml::Value;

use super::Rule;
use super::finding::Finding;
use super::model::Model;
use super::view::View;

/// Compares the keys of each mapping with the enums of the property, if every alternative has one.
pub(super) fn check(model: &Model<'_>, findings: &mut Vec<Finding>) {
    for node in model.schemas() {
        let Some(discriminator) = node.map.get("discriminator") else { continue };
        let Some(property) = discriminator.get("propertyName").and_then(Value::as_str) else { continue };
        let view = View::of(model, node.value, &node.at);
        let mut sources = vec![view];
        for (schema, at) in sources[0].alternatives().into_iter().flatten() {
            sources.push(View::of(model, schema, &at));
        }
        let mut values: BTreeSet<&str> = BTreeSet::new();
        let mut is_open = false;
        for declared in sources.iter().filter_map(|view| view.properties().shift_remove(property)) {
            let view = View::of(model, declared.0, &declared.1);
            let listed: Vec<&str> =
                view.keyword("enum").filter_map(Value::as_sequence).flatten().filter_map(Value::as_str).collect();
            is_open |= listed.is_empty();
            values.extend(listed);
        }
        if is_open || values.is_empty() {
            continue;
        }
        let at = node.at.child("discriminator").child("mapping");
        let mapping = discriminator.get("mapping").and_then(Value::as_mapping).into_iter().flatten();
        for tag in mapping.filter_map(|(tag, _)| tag.as_str()).filter(|tag| !values.contains(tag)) {
            let what = format!("`{tag}` is mapped, but `{property}` never has that value");
            let help = "add it to the property's enum, or remove it here, with a fixup";
            findings.push(Finding::new(Rule::MappingUnused, at.child(tag), what, help));
        }
    }
}
