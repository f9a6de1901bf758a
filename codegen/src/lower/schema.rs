//! Lowers a schema to a type: a named one, an inline one, or the target of a reference.

use super::context::{Context, schema_at};
use super::docs;
use super::node::Node;
use super::resolve::{nullable, schema_name};
use super::scope::{Role, Scope};
use super::view::{Scalar, View};
use super::{all_of, object, union, values};
use crate::diag::Pointer;
use api_model::{Docs, Kind, Step, Type, TypeDef, TypeId, Usage};

/// The result of lowering a use of a schema.
pub(super) struct Typed {
    pub(super) ty: Type,
    pub(super) nullable: bool,
    /// The docs at this place; a reference has none.
    pub(super) docs: Docs,
}

/// Lowers every named schema that was reached, and the schemas that those reach.
pub(super) fn reached(cx: &mut Context<'_>) {
    while let Some(name) = cx.next_reached() {
        named(cx, name);
    }
}

/// Lowers a named schema.
pub(super) fn named<'a>(cx: &mut Context<'a>, name: &'a str) {
    let Some((_, node)) = cx.schema(name) else { return };
    let role = match name {
        name if cx.requests.contains(name) => Role::Request,
        name if cx.responses.contains(name) => Role::Response,
        _ => Role::Part,
    };
    let scope = Scope::new(schema_at(name), TypeId::schema(name), role);
    let (kind, docs) = match node {
        Node::Ref(reference) => (Kind::Alias(refer(cx, reference, &scope.at)), Docs::default()),
        Node::Inline(schema) => {
            let view = View::of(schema);
            (shape(cx, &view, &scope), docs::of_schema(cx, &view))
        }
    };
    let nullable = nullable(cx, node);
    define(cx, scope, kind, docs, nullable);
}

/// Lowers a use of a schema. An inline one that needs a name becomes a type called `scope.id`.
pub(super) fn typed<'a>(cx: &mut Context<'a>, node: Node<'a>, scope: &Scope) -> Typed {
    match node {
        Node::Ref(reference) => {
            let ty = refer(cx, reference, &scope.at);
            Typed { ty, nullable: nullable(cx, node), docs: Docs::default() }
        }
        Node::Inline(schema) => {
            let view = View::of(schema);
            let docs = docs::of_schema(cx, &view);
            let nullable = nullable(cx, node);
            let ty = inline(cx, &view, scope, &docs, nullable);
            Typed { ty, nullable, docs }
        }
    }
}

/// Lowers an element of a list or map, where `null` is part of the type.
pub(super) fn element<'a>(cx: &mut Context<'a>, node: Node<'a>, scope: &Scope) -> Type {
    let Typed { ty, nullable, .. } = typed(cx, node, scope);
    // Any JSON value may already be `null`.
    if nullable && ty != Type::Json { Type::Nullable(Box::new(ty)) } else { ty }
}

/// The named type that a reference leads to. It is now reached.
pub(super) fn refer<'a>(cx: &mut Context<'a>, reference: &'a str, at: &Pointer) -> Type {
    match schema_name(cx, reference, at) {
        Some(name) => {
            cx.reach(name);
            Type::Named(TypeId::schema(name))
        }
        // Reported.
        None => Type::Json,
    }
}

fn inline<'a>(cx: &mut Context<'a>, view: &View<'a>, scope: &Scope, docs: &Docs, nullable: bool) -> Type {
    if is_primitive(view)
        && let Kind::Alias(ty) = shape(cx, view, scope)
    {
        return ty;
    }
    if let Some(id) = cx.inline.get(&scope.at) {
        return Type::Named(id.clone());
    }
    let scope = Scope { id: cx.free_id(scope.id.clone()), ..scope.clone() };
    match shape(cx, view, &scope) {
        Kind::Alias(ty) => ty,
        kind => {
            let id = scope.id.clone();
            cx.inline.insert(scope.at.clone(), id.clone());
            define(cx, scope, kind, docs.clone(), nullable);
            Type::Named(id)
        }
    }
}

/// A fast check whether it needs no name. Most schemas don't, and this saves the lookup.
fn is_primitive(view: &View<'_>) -> bool {
    matches!(view.typ, Some("string" | "number" | "integer" | "boolean"))
        && view.values.is_empty()
        && view.properties.is_none()
        && [view.all_of, view.one_of, view.any_of].iter().all(|members| members.is_empty())
}

fn define(cx: &mut Context<'_>, scope: Scope, kind: Kind, docs: Docs, nullable: bool) {
    let Scope { at, id, .. } = scope;
    let usage = Usage::default();
    cx.types.insert(id.clone(), TypeDef { id, at, docs, nullable, kind, usage });
}

/// The shape of a schema. Every kind of schema ends in one arm of this, or in an error.
pub(super) fn shape<'a>(cx: &mut Context<'a>, view: &View<'a>, scope: &Scope) -> Kind {
    cx.deeper(&scope.at, |cx| shape_here(cx, view, scope)).unwrap_or(Kind::Alias(Type::Json))
}

fn shape_here<'a>(cx: &mut Context<'a>, view: &View<'a>, scope: &Scope) -> Kind {
    let at = &scope.at;
    if view.not {
        cx.error(at, "`not` can't be expressed as a type", "describe the allowed values with a fixup");
        return Kind::Alias(Type::Json);
    }
    let is_union = !view.one_of.is_empty() || !view.any_of.is_empty();
    if view.data.discriminator.is_some() && !is_union {
        let help = "list the alternatives under oneOf";
        cx.error(at, "a discriminator without oneOf or anyOf has no effect", help);
    }
    if !view.all_of.is_empty() {
        return all_of::shape(cx, view, scope);
    }
    if is_union {
        return union::shape(cx, view, scope);
    }
    if refuse_contradiction(cx, view, at) {
        return Kind::Alias(Type::Json);
    }
    if view.values.iter().any(|value| *value != Scalar::Null) {
        return values::shape(cx, view, at);
    }
    match view.typ {
        Some("string") if view.properties.is_some() => values::from_properties(cx, view, at),
        Some("string") => Kind::Alias(string(view.format)),
        Some("number") => Kind::Alias(Type::Decimal),
        Some("integer") => Kind::Alias(Type::Integer),
        Some("boolean") => Kind::Alias(Type::Bool),
        Some("array") => list(cx, view, scope),
        Some("object") => object::shape(cx, view, scope),
        Some(other) => {
            let help = "OpenAPI 3.0 has string, number, integer, boolean, array and object; `nullable: true` adds null";
            cx.error(&at.child("type"), format!("there is no type {other}"), help);
            Kind::Alias(Type::Json)
        }
        None if view.properties.is_some() || view.additional.is_some() || !view.required.is_empty() => {
            object::shape(cx, view, scope)
        }
        None if view.items.is_some() => list(cx, view, scope),
        None => untyped(cx, view, at),
    }
}

fn string(format: Option<&str>) -> Type {
    match format {
        Some("date") => Type::Date,
        Some("date-time") => Type::DateTime,
        _ => Type::String,
    }
}

fn list<'a>(cx: &mut Context<'a>, view: &View<'a>, scope: &Scope) -> Kind {
    let element = match view.items {
        Some(items) => element(cx, items, &scope.part(scope.at.child("items"), Step::Items)),
        None => Type::Json,
    };
    Kind::Alias(Type::List(Box::new(element)))
}

/// An empty schema allows everything. One that limits strings or numbers should have a type.
fn untyped(cx: &mut Context<'_>, view: &View<'_>, at: &Pointer) -> Kind {
    let keyword = [
        (view.format.is_some(), "format"),
        (view.pattern.is_some(), "pattern"),
        (view.min_length.is_some(), "minLength"),
        (view.max_length.is_some(), "maxLength"),
        (view.minimum.is_some(), "minimum"),
        (view.maximum.is_some(), "maximum"),
        (view.multiple_of.is_some(), "multipleOf"),
        (view.min_items.is_some(), "minItems"),
        (view.max_items.is_some(), "maxItems"),
    ];
    if let Some((_, keyword)) = keyword.iter().find(|(there, _)| *there) {
        cx.error(at, format!("{keyword} without a type"), "add the type with a fixup");
    }
    Kind::Alias(Type::Json)
}

/// Keywords that contradict the type.
fn refuse_contradiction(cx: &mut Context<'_>, view: &View<'_>, at: &Pointer) -> bool {
    let Some(typ) = view.typ else { return false };
    // An enum whose values are written as the properties of a string.
    let named_values = typ == "string" && view.properties.is_some();
    let keyword = [
        (view.properties.is_some() && typ != "object" && !named_values, "properties"),
        (view.map_values().is_some() && typ != "object", "additionalProperties"),
        (!view.required.is_empty() && typ != "object" && !named_values, "required"),
        (view.items.is_some() && typ != "array", "items"),
    ];
    let Some((_, keyword)) = keyword.iter().find(|(there, _)| *there) else { return false };
    let help = format!("correct the type, or remove {keyword}, with a fixup");
    cx.error(at, format!("the type is {typ}, but the schema has {keyword}"), help);
    true
}
