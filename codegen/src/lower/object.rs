//! Objects: structs, maps, and objects of any content.

use std::borrow::Cow;

use openapiv3::AdditionalProperties;

use super::all_of::{self, Flat, Further};
use super::context::Context;
use super::docs;
use super::node::Node;
use super::resolve::name_in;
use super::schema::{Typed, element, typed};
use super::scope::{Role, Scope};
use super::view::{Parts, View};
use crate::grammar::closest;
use api_model::{Additional, Docs, Field, Kind, Redaction, Step, Struct, Type, TypeId};

/// The shape of an object without an `allOf`.
pub(super) fn shape<'a>(cx: &mut Context<'a>, view: &View<'a>, scope: &Scope) -> Kind {
    if view.properties.is_some() {
        let flat = all_of::flatten(cx, view, scope);
        return Kind::Struct(structure(cx, &flat, scope));
    }
    let flat = all_of::flatten(cx, view, scope);
    note_undeclared(cx, &flat);
    if let Some(values) = view.map_values() {
        let values = element(cx, values, &scope.part(scope.at.child("additionalProperties"), Step::Values));
        return Kind::Alias(Type::Map(Box::new(values)));
    }
    match (view.additional, scope.role) {
        // No property is allowed, or a whole body declares none.
        (Some(AdditionalProperties::Any(false)), _) => {
            Kind::Struct(Struct { additional: Additional::Forbidden, ..Struct::default() })
        }
        (None, Role::Request | Role::Response) => Kind::Struct(Struct::default()),
        _ => Kind::Alias(Type::JsonObject),
    }
}

/// A struct of the merged properties.
pub(super) fn structure<'a>(cx: &mut Context<'a>, flat: &Flat<'a>, scope: &Scope) -> Struct {
    note_undeclared(cx, flat);
    let mut fields = Vec::with_capacity(flat.fields.len());
    for (wire, declared) in &flat.fields {
        let Some(member) = flat.members.get(declared.member) else { continue };
        let at = member.at.child("properties").child(wire);
        cx.refuse_nul(&at, wire);
        let inner = Scope::new(at, member.id.inline(Step::Property((*wire).to_owned())), Role::Part);
        let credential = (scope.role == Role::Request)
            .then(|| credential(cx, declared.node, &[&scope.id, &member.id], wire))
            .flatten();
        let is_credential = credential.is_some();
        let Typed { ty, mut nullable, mut docs } = match credential {
            // Not reached: nothing is generated for it.
            Some(schema) => {
                let docs = match declared.node {
                    Node::Ref(_) => Docs::default(),
                    Node::Inline(schema) => docs::of_schema(cx, &View::of(schema)),
                };
                Typed { ty: Type::Named(schema), nullable: false, docs }
            }
            None => typed(cx, declared.node, &inner),
        };
        if let Some(remark) = declared.remark {
            let view = View::of(remark);
            nullable |= view.data.nullable;
            let mut said = docs::of_remark(cx, &view);
            docs::overlay(&mut said, docs);
            docs = said;
        }
        fields.push(Field {
            wire: (*wire).to_owned(),
            ty,
            required: flat.requires(wire),
            nullable,
            redacted: is_credential.then_some(Redaction::Credential),
            may_be_empty: false,
            is_id: false,
            is_credential,
            docs,
            at: inner.at,
        });
    }
    let additional = match &flat.additional {
        Further::Unspecified => Additional::Unspecified,
        Further::Any => Additional::Any,
        Further::Forbidden => Additional::Forbidden,
        Further::Of(node, scope) => Additional::Of(element(cx, *node, scope)),
    };
    Struct { fields, additional, merged: flat.merged.clone() }
}

/// The schema of a property of a request's body that is the caller's own credential, which the client sends.
fn credential<'a>(cx: &Context<'a>, node: Node<'a>, owners: &[&TypeId], wire: &str) -> Option<TypeId> {
    let credentials = &cx.sdk.credentials;
    let name = direct_name(node)?;
    let index = credentials.schemas.iter().position(|schema| *schema == *name)?;
    cx.sdk.used.mark(format!("#/credentials/schemas/{index}"));
    let is_kept = |kept: &String| owners.iter().any(|owner| *kept == format!("{owner}.{wire}"));
    match credentials.keep.iter().position(is_kept) {
        Some(index) => {
            cx.sdk.used.mark(format!("#/credentials/keep/{index}"));
            None
        }
        None => Some(TypeId::schema(name)),
    }
}

/// The name that a node refers to directly, possibly with annotations.
fn direct_name(node: Node<'_>) -> Option<Cow<'_, str>> {
    match node {
        Node::Ref(reference) => name_in("schemas", reference),
        Node::Inline(schema) => match View::of(schema).parts() {
            Parts::Sole(_, Node::Ref(reference)) => name_in("schemas", reference),
            _ => None,
        },
    }
}

/// Reports names in `required` that no member declares. Members are checked together, since one may require a property
/// that another declares. If additional properties have a schema, every name counts as declared.
fn note_undeclared(cx: &mut Context<'_>, flat: &Flat<'_>) {
    if matches!(flat.additional, Further::Of(..)) {
        return;
    }
    for member in &flat.members {
        for (index, name) in member.required.iter().enumerate() {
            if !flat.fields.contains_key(name.as_str()) {
                let at = member.at.child("required").index(index);
                let help = match closest(name, flat.fields.keys().copied()) {
                    Some(near) => format!("it is ignored; did you mean `{near}`?"),
                    None => format!("it is ignored; declare `{name}` under `properties`, or don't require it"),
                };
                cx.note(&at, format!("`{name}` is required, but no property of that name is declared"), help);
            }
        }
    }
}
