//! Resolves references: the target schema, its class, and whether it may be `null`. Nothing here recurses along
//! references, so no document can make it run forever.

use std::borrow::Cow;

use serde_json::Value;

use super::context::Context;
use super::node::Node;
use super::view::{Parts, Scalar, View};
use crate::diag::Pointer;

/// The maximum length of a chain of references.
const MAX_HOPS: usize = 100;

/// The maximum depth to which nested lists are compared.
const MAX_LISTS: usize = 8;

/// A schema, after following references and `allOf`s that only forward to another schema.
pub(super) struct Target<'a> {
    /// The last name on the way, unless the shape is inline.
    pub(super) name: Option<&'a str>,
    pub(super) view: View<'a>,
}

/// The class of a schema's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    String,
    Enum,
    Number,
    Integer,
    Boolean,
    Object,
    Array,
    Union,
    /// Any values: the schema declares no type.
    Any,
}

/// The name in `#/components/schemas/Name`, or an error.
pub(super) fn schema_name<'a>(cx: &mut Context<'a>, reference: &'a str, at: &Pointer) -> Option<&'a str> {
    let found = name_in("schemas", reference).and_then(|name| cx.schema(&name)).map(|(name, _)| name);
    if found.is_none() {
        let (what, help) = match name_in("schemas", reference) {
            Some(name) => (
                format!("there is no schema {name}"),
                format!("declare {name} under components/schemas, or correct the $ref"),
            ),
            None => (
                format!("the $ref {reference} is not a named schema of this document"),
                "give the schema a name under components/schemas and refer to that".to_owned(),
            ),
        };
        cx.error(at, what, help);
    }
    found
}

/// The unescaped name in `#/components/{kind}/Name`.
pub(super) fn name_in<'r>(kind: &str, reference: &'r str) -> Option<Cow<'r, str>> {
    let name = reference.strip_prefix("#/components/")?.strip_prefix(kind)?.strip_prefix('/')?;
    if name.is_empty() || name.contains('/') {
        return None;
    }
    Some(match name.contains('~') {
        true => Cow::Owned(name.replace("~1", "/").replace("~0", "~")),
        false => Cow::Borrowed(name),
    })
}

/// The target schema. Returns `None` if a reference has no target or is part of a cycle, which is reported when that
/// schema is lowered.
pub(super) fn target<'a>(cx: &Context<'a>, node: Node<'a>) -> Option<Target<'a>> {
    let mut node = node;
    let mut name = None;
    for _ in 0..MAX_HOPS {
        match node {
            Node::Ref(reference) => {
                let (next, schema) = cx.schema(&name_in("schemas", reference)?)?;
                (name, node) = (Some(next), schema);
            }
            Node::Inline(schema) => {
                let view = View::of(schema);
                match view.parts() {
                    Parts::Sole(_, member) => {
                        node = member;
                        name = None;
                    }
                    Parts::Remarks | Parts::Many => return Some(Target { name, view }),
                }
            }
        }
    }
    None
}

/// Whether values may be `null`: by this schema, by a member of an `allOf`, or by the target of a reference.
pub(super) fn nullable<'a>(cx: &Context<'a>, node: Node<'a>) -> bool {
    let mut seen: Vec<&str> = Vec::new();
    let mut todo = vec![node];
    while let Some(node) = todo.pop() {
        match node {
            Node::Ref(reference) => {
                let named = name_in("schemas", reference).and_then(|name| cx.schema(&name));
                if let Some((name, schema)) = named
                    && !seen.contains(&name)
                {
                    seen.push(name);
                    todo.push(schema);
                }
            }
            Node::Inline(schema) => {
                if schema.schema_data.nullable {
                    return true;
                }
                let view = View::of(schema);
                if is_null(&view) || view.values.contains(&Scalar::Null) {
                    return true;
                }
                for list in [view.all_of, view.one_of, view.any_of] {
                    todo.extend(list.iter().map(Node::from));
                }
            }
        }
    }
    false
}

/// Whether it only allows `null`, which is how documents write "or null" in a `oneOf`.
pub(super) fn is_null(view: &View<'_>) -> bool {
    let only_null = !view.values.is_empty() && view.values.iter().all(|value| *value == Scalar::Null);
    let only_nullable = view.typ.is_none() && view.data.nullable && view.is_remark() && view.values.is_empty();
    view.typ == Some("null") || only_null || only_nullable
}

pub(super) fn class(view: &View<'_>) -> Class {
    if !view.one_of.is_empty() || !view.any_of.is_empty() {
        return Class::Union;
    }
    if matches!(view.parts(), Parts::Many) {
        return Class::Object;
    }
    if view.values.iter().any(|value| matches!(value, Scalar::Text(_))) {
        return Class::Enum;
    }
    match view.typ {
        // Both are enums: values written as the properties of an object, and values that YAML reads as numbers.
        Some("string") if view.properties.is_some() || view.values.iter().any(|v| *v != Scalar::Null) => Class::Enum,
        Some("string") => Class::String,
        Some("number") => Class::Number,
        Some("integer") => Class::Integer,
        Some("boolean") => Class::Boolean,
        Some("object") => Class::Object,
        Some("array") => Class::Array,
        Some(_) => Class::Any,
        None if view.properties.is_some() || view.additional.is_some() || !view.required.is_empty() => Class::Object,
        None if view.items.is_some() => Class::Array,
        None => scalar_class(view),
    }
}

fn scalar_class(view: &View<'_>) -> Class {
    let mut classes = view.values.iter().filter(|v| **v != Scalar::Null).map(|value| match value {
        Scalar::Integer(_) => Class::Integer,
        Scalar::Number(_) => Class::Number,
        Scalar::Bool(_) => Class::Boolean,
        Scalar::Null | Scalar::Text(_) | Scalar::Other => Class::Any,
    });
    let Some(first) = classes.next() else { return Class::Any };
    let all = classes.fold(first, |all, class| match (all, class) {
        (a, b) if a == b => a,
        (Class::Integer | Class::Number, Class::Integer | Class::Number) => Class::Number,
        _ => Class::Enum,
    });
    if view.values.contains(&Scalar::Other) { Class::Any } else { all }
}

/// The `type` in a document for a class of values.
pub(super) fn type_name(class: Class) -> Option<&'static str> {
    match class {
        Class::String | Class::Enum => Some("string"),
        Class::Number => Some("number"),
        Class::Integer => Some("integer"),
        Class::Boolean => Some("boolean"),
        Class::Object => Some("object"),
        Class::Array => Some("array"),
        Class::Union | Class::Any => None,
    }
}

/// Whether two declarations of a property have the same type, apart from annotations. References that can't be resolved
/// count as the same, since they are reported at their own place.
pub(super) fn same_type<'a>(cx: &Context<'a>, one: Node<'a>, other: Node<'a>) -> bool {
    let (mut one, mut other) = (one, other);
    for _ in 0..MAX_LISTS {
        let (Some(a), Some(b)) = (target(cx, one), target(cx, other)) else { return true };
        if a.name.is_some() && a.name == b.name {
            return true;
        }
        let (kind, b_kind) = (class(&a.view), class(&b.view));
        if kind != b_kind {
            return false;
        }
        match kind {
            Class::Object | Class::Union => return same_but_for_prose(one, other),
            Class::Array => match (a.view.items, b.view.items) {
                (Some(a), Some(b)) => (one, other) = (a, b),
                (a, b) => return a.is_none() && b.is_none(),
            },
            _ => return a.view.format == b.view.format && a.view.values == b.view.values,
        }
    }
    same_but_for_prose(one, other)
}

/// Whether two inline schemas are the same apart from descriptions and examples.
fn same_but_for_prose(one: Node<'_>, other: Node<'_>) -> bool {
    let bare = |node: Node<'_>| match node {
        Node::Ref(reference) => Some(Value::from(reference)),
        Node::Inline(schema) => serde_json::to_value(schema).ok().map(without_prose),
    };
    one == other || bare(one).is_some_and(|bare_one| bare(other).is_some_and(|bare_other| bare_one == bare_other))
}

fn without_prose(schema: Value) -> Value {
    match schema {
        Value::Object(map) => {
            let is_prose = |key: &str| matches!(key, "title" | "description" | "example" | "externalDocs");
            let kept = map.into_iter().filter(|(key, _)| !is_prose(key)).map(|(key, value)| match value {
                // its keys are names, not keywords
                Value::Object(named) if key == "properties" => {
                    (key, named.into_iter().map(|(name, schema)| (name, without_prose(schema))).collect())
                }
                value => (key, without_prose(value)),
            });
            Value::Object(kept.collect())
        }
        Value::Array(items) => items.into_iter().map(without_prose).collect(),
        value => value,
    }
}
