//! `allOf`: another name for a schema, a remark on one, or several objects merged into one struct.

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, Schema};

use super::context::{Context, schema_at};
use super::node::Node;
use super::object;
use super::resolve::{Target, class, same_type, schema_name, target, type_name};
use super::schema::{refer, shape as shape_of};
use super::scope::{Role, Scope};
use super::view::{Parts, Scalar, View};
use crate::diag::Pointer;
use api_model::{Kind, Step, TypeId};

/// How many named schemas may be merged into each other in a row.
const MAX_ANCESTORS: usize = 64;

/// The properties of an object, from all schemas that it is merged from.
#[derive(Default)]
pub(super) struct Flat<'a> {
    /// In the order of their first declaration.
    pub(super) fields: IndexMap<&'a str, Declared<'a>>,
    /// The schemas that declare the properties.
    pub(super) members: Vec<Member<'a>>,
    /// What the schemas declare about additional properties.
    pub(super) additional: Further<'a>,
    /// The named schemas that are merged in directly.
    pub(super) merged: Vec<TypeId>,
    /// The named schemas that were merged. A schema that is reached in two ways is merged once, where it came first.
    /// Otherwise a few schemas that merge each other twice would take forever.
    gathered: HashSet<&'a str>,
}

/// What schemas declare about additional properties.
#[derive(Default)]
pub(super) enum Further<'a> {
    #[default]
    Unspecified,
    Any,
    Forbidden,
    /// They have this schema, at this place.
    Of(Node<'a>, Scope),
}

/// A property, by its last declaration.
pub(super) struct Declared<'a> {
    pub(super) node: Node<'a>,
    /// An index into [`Flat::members`].
    pub(super) member: usize,
    /// A later declaration that only adds annotations.
    pub(super) remark: Option<&'a Schema>,
}

/// A schema that declares properties.
pub(super) struct Member<'a> {
    pub(super) at: Pointer,
    pub(super) id: TypeId,
    pub(super) required: &'a [String],
}

impl Flat<'_> {
    pub(super) fn requires(&self, property: &str) -> bool {
        self.members.iter().any(|member| member.required.iter().any(|name| name == property))
    }
}

/// The shape of a schema with an `allOf`.
pub(super) fn shape<'a>(cx: &mut Context<'a>, view: &View<'a>, scope: &Scope) -> Kind {
    match view.parts() {
        Parts::Remarks => {
            refuse_two_types(cx, view, scope);
            let typ = view.typ.or_else(|| view.remarks().find_map(|remark| remark.typ));
            shape_of(cx, &View { all_of: &[], typ, ..view.clone() }, scope)
        }
        Parts::Sole(index, node) => {
            let at = scope.at.child("allOf").index(index);
            refuse_other_type(cx, view, node, scope);
            match node {
                Node::Ref(reference) => Kind::Alias(refer(cx, reference, &at)),
                Node::Inline(schema) => shape_of(cx, &View::of(schema), &scope.moved(at)),
            }
        }
        Parts::Many => {
            let flat = flatten(cx, view, scope);
            Kind::Struct(object::structure(cx, &flat, scope))
        }
    }
}

/// Reports members that only have a type, if their types exclude each other.
fn refuse_two_types<'a>(cx: &mut Context<'a>, view: &View<'a>, scope: &Scope) {
    let mut said = view.typ.into_iter().chain(view.remarks().filter_map(|remark| remark.typ));
    let Some(first) = said.next() else { return };
    if let Some(other) = said.find(|other| are_apart(first, other)) {
        let what = format!("the members of the allOf have the types {first} and {other}, and no value has both");
        cx.error(&scope.at, what, "correct one of them with a fixup");
    }
}

/// Whether no value can be of both types. Whole numbers are numbers.
fn are_apart(one: &str, other: &str) -> bool {
    let is_number = |typ| matches!(typ, "number" | "integer");
    one != other && !(is_number(one) && is_number(other))
}

/// A `type` next to the one schema with a shape must be the type of that schema.
fn refuse_other_type<'a>(cx: &mut Context<'a>, view: &View<'a>, node: Node<'a>, scope: &Scope) {
    let Some(Target { view: shape, .. }) = target(cx, node) else { return };
    let Some(typ) = type_name(class(&shape)) else { return };
    let said: Vec<&str> = view.typ.into_iter().chain(view.remarks().filter_map(|remark| remark.typ)).collect();
    for said in said {
        // Whole numbers are numbers.
        if said != typ && (said, typ) != ("number", "integer") {
            let help = "correct the type with a fixup";
            cx.error(&scope.at, format!("the type is {said}, but the allOf has the type {typ}"), help);
        }
    }
}

/// Gathers the properties of an object, with those of its `allOf`.
pub(super) fn flatten<'a>(cx: &mut Context<'a>, view: &View<'a>, scope: &Scope) -> Flat<'a> {
    let mut flat = Flat::default();
    // A named schema is the first of its own ancestors.
    let own = scope.id.name().and_then(|name| cx.schema(name)).map(|(name, _)| name);
    let own = own.filter(|name| schema_at(name) == scope.at);
    let mut ancestors: Vec<&str> = own.into_iter().collect();
    let gathering = Gathering { scope: scope.clone(), direct: true };
    gather(cx, view, gathering, &mut flat, &mut ancestors);
    flat
}

struct Gathering {
    scope: Scope,
    /// Whether it is part of the schema itself, not of a named one that is merged in.
    direct: bool,
}

fn gather<'a>(
    cx: &mut Context<'a>,
    view: &View<'a>,
    here: Gathering,
    flat: &mut Flat<'a>,
    ancestors: &mut Vec<&'a str>,
) {
    let Gathering { scope, direct } = &here;
    if refuse_unmergeable(cx, view, &scope.at) {
        return;
    }
    for (index, member) in view.all_of.iter().enumerate() {
        let at = scope.at.child("allOf").index(index);
        match Node::from(member) {
            Node::Ref(reference) => gather_named(cx, reference, &at, *direct, flat, ancestors),
            Node::Inline(schema) => {
                let inner = Gathering { scope: scope.moved(at.clone()), direct: *direct };
                cx.deeper(&at, |cx| gather(cx, &View::of(schema), inner, flat, ancestors));
            }
        }
    }
    declare(cx, view, scope, flat);
}

fn gather_named<'a>(
    cx: &mut Context<'a>,
    reference: &'a str,
    at: &Pointer,
    direct: bool,
    flat: &mut Flat<'a>,
    ancestors: &mut Vec<&'a str>,
) {
    let Some(name) = schema_name(cx, reference, at) else { return };
    let circle = ancestors.iter().position(|ancestor| *ancestor == name).and_then(|from| ancestors.get(from..));
    if circle.is_some() || ancestors.len() >= MAX_ANCESTORS {
        let what = match circle {
            Some(circle) => format!("{name} is merged into itself: {} -> {name}", circle.join(" -> ")),
            None => format!("more than {MAX_ANCESTORS} schemas are merged into each other"),
        };
        cx.error(at, what, "remove one of the references from the allOf with a fixup");
        return;
    }
    cx.reach(name);
    let id = TypeId::schema(name);
    if direct && !flat.merged.contains(&id) {
        flat.merged.push(id);
    }
    let Some((_, node)) = cx.schema(name) else { return };
    if !flat.gathered.insert(name) {
        return;
    }
    ancestors.push(name);
    match node {
        Node::Ref(reference) => gather_named(cx, reference, &schema_at(name), false, flat, ancestors),
        Node::Inline(schema) => {
            let scope = Scope::new(schema_at(name), TypeId::schema(name), Role::Part);
            gather(cx, &View::of(schema), Gathering { scope, direct: false }, flat, ancestors);
        }
    }
    ancestors.pop();
}

/// Adds a schema's own declarations. A property that is declared again keeps its position and takes the new
/// declaration.
fn declare<'a>(cx: &mut Context<'a>, view: &View<'a>, scope: &Scope, flat: &mut Flat<'a>) {
    let index = flat.members.len();
    flat.members.push(Member { at: scope.at.clone(), id: scope.id.clone(), required: view.required });
    for (name, schema) in view.properties.into_iter().flatten() {
        let node = Node::from(schema);
        let declared = Declared { node, member: index, remark: None };
        let Some(before) = flat.fields.get_mut(name.as_str()) else {
            flat.fields.insert(name, declared);
            continue;
        };
        if let Some(remark) = remark_only(node) {
            before.remark = Some(remark);
            continue;
        }
        if !same_type(cx, before.node, node) {
            let types = [before.node, node].map(|node| target(cx, node).and_then(|at| type_name(class(&at.view))));
            let at = scope.at.child("properties").child(name);
            if let [Some(one), Some(other)] = types
                && are_apart(one, other)
            {
                let what =
                    format!("{name} is declared as {one} before and as {other} here, and no value has both types");
                cx.error(&at, what, "correct one of the declarations with a fixup");
            } else {
                let help = "the later declaration is used, since it narrows the earlier one";
                cx.note(&at, format!("{name} was declared before, with another type"), help);
            }
        }
        *before = declared;
    }
    if let Some(values) = view.map_values() {
        let values_scope = scope.part(scope.at.child("additionalProperties"), Step::Values);
        flat.additional = Further::Of(values, values_scope);
    } else if let Some(AdditionalProperties::Any(allowed)) = view.additional
        && !matches!(flat.additional, Further::Of(..))
    {
        flat.additional = if *allowed { Further::Any } else { Further::Forbidden };
    }
}

fn remark_only(node: Node<'_>) -> Option<&Schema> {
    match node {
        Node::Inline(schema) => {
            let view = View::of(schema);
            (view.typ.is_none() && view.is_remark()).then_some(schema)
        }
        Node::Ref(_) => None,
    }
}

/// Only objects can be merged.
fn refuse_unmergeable(cx: &mut Context<'_>, view: &View<'_>, at: &Pointer) -> bool {
    let what = match view.typ {
        _ if view.not => "a `not`".to_owned(),
        _ if !view.one_of.is_empty() || !view.any_of.is_empty() => "a oneOf or anyOf".to_owned(),
        _ if view.values.iter().any(|value| *value != Scalar::Null) => "a list of values".to_owned(),
        Some(typ) if typ != "object" => format!("a schema of type {typ}"),
        None if view.items.is_some() => "a list".to_owned(),
        _ => return false,
    };
    let help = "only objects can be merged; correct one of the members with a fixup";
    cx.error(at, format!("{what} can't be merged with the other members of the allOf"), help);
    true
}
