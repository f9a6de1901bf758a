//! Lists of values: enums, in all forms that documents use, and lists that stay numbers.

use std::collections::HashSet;

use super::context::Context;
use super::docs;
use super::resolve::{Class, class};
use super::view::{Scalar, View};
use crate::diag::Pointer;
use api_model::{Docs, Enum, EnumValue, Kind, Literal, Type};

/// The shape of a schema with an `enum` of more than `null`.
pub(super) fn shape(cx: &mut Context<'_>, view: &View<'_>, at: &Pointer) -> Kind {
    let at = &at.child("enum");
    if view.values.contains(&Scalar::Other) {
        cx.error(at, "the enum lists objects or lists", "an enum can list strings, numbers and booleans");
        return Kind::Alias(Type::Json);
    }
    let fits: fn(&Scalar<'_>) -> bool = match view.typ {
        Some("integer") => |value| matches!(value, Scalar::Null | Scalar::Integer(_)),
        Some("number") => |value| matches!(value, Scalar::Null | Scalar::Integer(_) | Scalar::Number(_)),
        Some("boolean") => |value| matches!(value, Scalar::Null | Scalar::Bool(_)),
        Some("string") | None => |_| true,
        Some(_) => |_| false,
    };
    if !view.values.iter().all(fits) {
        let typ = view.typ.unwrap_or_default();
        cx.error(
            at,
            format!("the enum lists values that are not of type {typ}"),
            "correct the type or the values with a fixup",
        );
        return Kind::Alias(Type::Json);
    }
    match class(view) {
        Class::Integer => Kind::Alias(Type::Integer),
        Class::Number => Kind::Alias(Type::Decimal),
        Class::Boolean => Kind::Alias(Type::Bool),
        _ => strings(cx, view, at),
    }
}

fn strings(cx: &mut Context<'_>, view: &View<'_>, at: &Pointer) -> Kind {
    let mut values = Vec::with_capacity(view.values.len());
    let mut seen = HashSet::new();
    for (index, value) in view.values.iter().enumerate() {
        let Some(value) = literal(value) else { continue };
        let wire = value.to_string();
        if seen.insert(wire.clone()) {
            values.push(EnumValue { value, docs: Docs::default() });
        } else {
            cx.note(&at.index(index), format!("the enum lists `{wire}` twice"), "it becomes one variant");
        }
    }
    Kind::Enum(Enum { values })
}

/// The enum of a `type: string` with properties: a list of values, written as an object to describe each of them.
pub(super) fn from_properties<'a>(cx: &mut Context<'a>, view: &View<'a>, at: &Pointer) -> Kind {
    let help = "its properties become the values of an enum";
    cx.note(&at.child("properties"), "the type is string, so its properties can only be values", help);
    let properties = view.properties.into_iter().flatten();
    let values = properties.map(|(wire, schema)| {
        let docs = schema.as_item().map(|schema| docs::of_schema(cx, &View::of(schema))).unwrap_or_default();
        EnumValue { value: Literal::Text(wire.clone()), docs }
    });
    Kind::Enum(Enum { values: values.collect() })
}

/// The values of a list that stays a number or boolean, for the docs.
pub(super) fn told_in_docs(view: &View<'_>) -> Vec<Literal> {
    if view.values.is_empty() {
        return Vec::new();
    }
    match class(view) {
        Class::Integer | Class::Number | Class::Boolean => view.values.iter().filter_map(literal).collect(),
        _ => Vec::new(),
    }
}

/// A value with its JSON type. A number that JSON can't represent stays as in the document.
fn literal(value: &Scalar<'_>) -> Option<Literal> {
    match value {
        Scalar::Null | Scalar::Other => None,
        Scalar::Text(text) => Some(Literal::Text((*text).to_owned())),
        Scalar::Integer(text) | Scalar::Number(text) => {
            Some(text.parse().map_or_else(|_| Literal::Text(text.clone()), Literal::Number))
        }
        Scalar::Bool(bool) => Some(Literal::Bool(*bool)),
    }
}
