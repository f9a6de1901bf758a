//! Docs and constraints as members of a schema.

use api_model::{Bound, Constraints, Docs, Sample, Text};

use super::Dialect;
use crate::object::{Object, flag, number, text, value};

/// Renders a text as Markdown.
pub(crate) type Markdown<'a> = &'a dyn Fn(&Text) -> String;

/// The summary and the description of docs as Markdown, if there is one of them.
pub(crate) fn prose(docs: &Docs, markdown: Markdown<'_>) -> Option<String> {
    let texts = [&docs.summary, &docs.description].into_iter().flatten().map(|text| markdown(text).trim().to_owned());
    let texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
    (!texts.is_empty()).then(|| texts.join("\n\n"))
}

/// Adds everything that is not a constraint, after the first member, so that a reader sees it before long lists.
pub(super) fn texts(schema: &mut Object, docs: &Docs, markdown: Markdown<'_>, dialect: Dialect) {
    let link = docs.link.as_ref().filter(|_| dialect == Dialect::OpenApi);
    let link = link.map(|link| Object::default().with("url", text(link)).into());
    let members = [
        ("description", prose(docs, markdown).map(text)),
        ("deprecated", flag(docs.deprecated)),
        ("x-hidden", flag(docs.hidden)),
        ("externalDocs", link),
    ];
    let first = schema.len().min(1);
    let present = members.into_iter().filter_map(|(name, value)| Some((name, value?)));
    for (index, (name, value)) in present.enumerate() {
        schema.set_at(first + index, name, value);
    }
}

/// Adds the constraints on values, except for the values that an enum lists.
pub(super) fn constraints(schema: &mut Object, constraints: &Constraints) {
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
        // Depends on whether the value may be null.
        allowed: _,
        default,
        read_only,
        write_only,
    } = constraints;
    // The format of the type is more exact than the document's.
    let format = format.as_ref().filter(|_| !schema.has("format"));
    let size = |size: &Option<usize>| size.map(number);
    let members = [
        ("format", format.map(text)),
        (limit(minimum, "minimum", "exclusiveMinimum"), bound(minimum)),
        (limit(maximum, "maximum", "exclusiveMaximum"), bound(maximum)),
        ("multipleOf", multiple_of.as_ref().map(number)),
        ("minLength", size(min_length)),
        ("maxLength", size(max_length)),
        ("pattern", pattern.as_ref().map(text)),
        ("minItems", size(min_items)),
        ("maxItems", size(max_items)),
        ("uniqueItems", flag(*unique_items)),
        ("minProperties", size(min_properties)),
        ("maxProperties", size(max_properties)),
        ("default", default.as_ref().map(value)),
        ("readOnly", flag(*read_only)),
        ("writeOnly", flag(*write_only)),
    ];
    for (name, value) in members.into_iter().filter_map(|(name, value)| Some((name, value?))) {
        schema.set(name, value);
    }
}

fn limit(bound: &Option<Bound>, inclusive: &'static str, exclusive: &'static str) -> &'static str {
    match bound {
        Some(Bound { exclusive: true, .. }) => exclusive,
        _ => inclusive,
    }
}

fn bound(bound: &Option<Bound>) -> Option<Sample> {
    bound.as_ref().map(|bound| number(&bound.value))
}
