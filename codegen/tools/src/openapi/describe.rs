//! Docs and constraints as members of a schema.

use api_model::{Bound, Constraints, Docs};
use serde_json::{Value, json};

use super::schema::Schema;

/// Adds docs and constraints. Members that exist are replaced.
pub(super) fn schema(schema: &mut Schema, docs: &Docs) {
    texts(schema, docs);
    constraints(schema, &docs.constraints);
}

/// Adds everything that is not a constraint, after the first member, so that a reader sees it before long lists.
pub(super) fn texts(schema: &mut Schema, docs: &Docs) {
    let link = docs.link.as_ref().map(|link| json!({"url": link}));
    let texts = [
        ("description", prose(docs).map(Value::String)),
        ("deprecated", docs.deprecated.then_some(Value::Bool(true))),
        ("x-hidden", docs.hidden.then_some(Value::Bool(true))),
        ("externalDocs", link),
    ];
    let mut index = schema.len().min(1);
    for (name, value) in texts {
        let Some(value) = value else { continue };
        match schema.get_mut(name) {
            Some(existing) => *existing = value,
            None => {
                schema.shift_insert(index, name.to_owned(), value);
                index += 1;
            }
        }
    }
}

/// The texts of docs as Markdown.
pub(super) fn prose(docs: &Docs) -> Option<String> {
    let texts = [&docs.summary, &docs.description].into_iter().flatten().map(ToString::to_string);
    let texts: Vec<String> = texts.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect();
    (!texts.is_empty()).then(|| texts.join("\n\n"))
}

/// Adds the constraints on values.
pub(super) fn constraints(schema: &mut Schema, constraints: &Constraints) {
    let Constraints {
        minimum,
        maximum,
        multiple_of,
        min_length,
        max_length,
        pattern,
        format,
        min_items,
        max_items,
        unique_items,
        min_properties,
        max_properties,
        // Where `enum` belongs depends on the type.
        allowed: _,
        default,
        read_only,
        write_only,
    } = constraints;
    // A format that the type has is more exact than the document's.
    let format = format.as_ref().filter(|_| !schema.contains_key("format"));
    let flag = |set: &bool| set.then_some(Value::Bool(true));
    let size = |size: &Option<usize>| size.map(|size| json!(size));
    let members = [
        ("format", format.map(|format| json!(format))),
        (limit(minimum, "minimum", "exclusiveMinimum"), value(minimum)),
        (limit(maximum, "maximum", "exclusiveMaximum"), value(maximum)),
        ("multipleOf", multiple_of.clone().map(Value::Number)),
        ("minLength", size(min_length)),
        ("maxLength", size(max_length)),
        ("pattern", pattern.as_ref().map(|pattern| json!(pattern))),
        ("minItems", size(min_items)),
        ("maxItems", size(max_items)),
        ("uniqueItems", flag(unique_items)),
        ("minProperties", size(min_properties)),
        ("maxProperties", size(max_properties)),
        ("default", default.clone()),
        ("readOnly", flag(read_only)),
        ("writeOnly", flag(write_only)),
    ];
    schema.extend(members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
}

fn limit(bound: &Option<Bound>, inclusive: &'static str, exclusive: &'static str) -> &'static str {
    match bound {
        Some(Bound { exclusive: true, .. }) => exclusive,
        _ => inclusive,
    }
}

fn value(bound: &Option<Bound>) -> Option<Value> {
    bound.as_ref().map(|bound| Value::Number(bound.value.clone()))
}
