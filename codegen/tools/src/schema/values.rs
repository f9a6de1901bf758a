//! Lists of values, and `null`.

use api_model::{Enum, Literal, Sample};

use super::describe::{Markdown, prose};
use crate::object::{Object, flag, literal, text};

/// An enum. The schema lists the known values, also where the API may send others.
pub(super) fn of_enum(list: &Enum, is_open: bool) -> Object {
    let is_text = list.values.iter().all(|value| !value.value.is_scalar());
    // A number or boolean in a list of texts is mostly a text that YAML reads as something else: both are accepted.
    let mut values: Vec<Sample> = Vec::new();
    for value in list.values.iter().map(|value| &value.value) {
        let both = [text(value.to_string()), literal(value)];
        for form in both {
            if !values.contains(&form) {
                values.push(form);
            }
        }
    }
    Object::default()
        .with("type", is_text.then(|| text("string")))
        .with("enum", Sample::List(values))
        .with("x-open-enum", flag(is_open))
}

/// The schema with the docs of an enum's values.
pub(super) fn with_docs(schema: Object, list: &Enum, markdown: Markdown<'_>) -> Object {
    let docs = list.values.iter().filter_map(|value| {
        let prose = prose(&value.docs, markdown)?;
        Some((value.value.to_string(), text(prose)))
    });
    let docs: Object = docs.collect();
    let deprecated: Vec<Sample> =
        list.values.iter().filter(|value| value.docs.deprecated).map(|value| literal(&value.value)).collect();
    schema
        .with("x-enumDescriptions", docs.some())
        .with("x-deprecated-values", (!deprecated.is_empty()).then_some(Sample::List(deprecated)))
}

/// Limits a number or boolean to these values, if there are any.
pub(super) fn allow(schema: &mut Object, allowed: &[Literal], nullable: bool) {
    if allowed.is_empty() {
        return;
    }
    let null = nullable.then_some(Sample::Null);
    schema.set("enum", Sample::List(allowed.iter().map(literal).chain(null).collect()));
}

/// The schema with `null` as another value.
pub(super) fn or_null(mut schema: Object) -> Object {
    if let Some(Sample::List(values)) = schema.get_mut("enum")
        && !values.contains(&Sample::Null)
    {
        values.push(Sample::Null);
    }
    let null = || text("null");
    // Without these, a schema that declares no type allows any value, or lists them.
    let is_limited = ["$ref", "anyOf", "allOf"].iter().any(|keyword| schema.has(keyword));
    match schema.get_mut("type") {
        Some(Sample::List(types)) if types.contains(&null()) => schema,
        Some(Sample::List(types)) => {
            types.push(null());
            schema
        }
        Some(name) => {
            *name = Sample::List(vec![name.clone(), null()]);
            schema
        }
        None if !is_limited => schema,
        None => {
            let alternatives = vec![schema.into(), Object::default().with("type", null()).into()];
            Object::default().with("anyOf", Sample::List(alternatives))
        }
    }
}
