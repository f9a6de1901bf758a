//! Bodies: what an operation sends, and how a body's type is told from its media type.

use openapiv3::{ReferenceOr, RequestBody};

use super::all_of::flatten;
use super::component::{self, Component};
use super::context::Context;
use super::media::{self, Chosen, Format};
use super::node::Node;
use super::resolve::{Class, class, name_in, target};
use super::schema::element;
use super::scope::{Role, Scope};
use super::view::{Parts, View};
use crate::diag::Pointer;
use crate::ir::{Body, BodyMedia, Part, Type, TypeId};

/// The body of an operation's request.
pub(super) fn request<'a>(
    cx: &mut Context<'a>,
    body: &'a ReferenceOr<RequestBody>,
    at: &Pointer,
    operation: &str,
) -> Option<Body> {
    let Component { item, at, name } = component::resolve(cx, body, at, "requestBodies", |all| &all.request_bodies)?;
    let Some(chosen) = media::choose(cx, &item.content, &at) else {
        if item.content.is_empty() {
            cx.error(&at, "the request body has no content", "name its media type and schema");
        }
        return None;
    };
    let scope = Scope::new(chosen.at.clone(), component::id(name, operation, Part::Request), Role::Request);
    let (ty, media) = match chosen.format {
        Format::Json => (json(cx, &chosen, &scope), BodyMedia::Json),
        Format::Form => {
            refuse_unwritable_form(cx, &chosen, &scope);
            (json(cx, &chosen, &scope), BodyMedia::Form)
        }
        // The caller has made the bytes: they are not looked into.
        Format::Bytes => (Type::String, BodyMedia::Binary(chosen.media.to_owned())),
    };
    Some(Body { ty, media, content_type: chosen.media.to_owned(), required: item.required })
}

/// The type of a body that is read or written by its schema.
pub(super) fn json<'a>(cx: &mut Context<'a>, chosen: &Chosen<'a>, scope: &Scope) -> Type {
    // JSON of no declared schema is any JSON.
    let Some(node) = chosen.schema else { return Type::Json };
    mark_body(cx, node, scope.role);
    element(cx, node, scope)
}

/// Remembers which named schemas are bodies, through names that pass on and through alternatives.
fn mark_body<'a>(cx: &mut Context<'a>, node: Node<'a>, role: Role) {
    let mut todo = vec![node];
    while let Some(node) = todo.pop() {
        match node {
            Node::Ref(reference) => {
                let Some((name, schema)) = name_in("schemas", reference).and_then(|name| cx.schema(&name)) else {
                    continue;
                };
                let is_new = match role {
                    Role::Request => cx.requests.insert(name),
                    Role::Response => cx.responses.insert(name),
                    Role::Part => false,
                };
                if is_new {
                    todo.push(schema);
                }
            }
            Node::Inline(schema) => {
                let view = View::of(schema);
                if let Parts::Sole(_, member) = view.parts() {
                    todo.push(member);
                }
                todo.extend(view.one_of.iter().chain(view.any_of).map(Node::from));
            }
        }
    }
}

/// A form has names and values, no objects in objects.
fn refuse_unwritable_form<'a>(cx: &mut Context<'a>, chosen: &Chosen<'a>, scope: &Scope) {
    let Some(found) = chosen.schema.and_then(|node| target(cx, node)) else { return };
    if class(&found.view) != Class::Object {
        cx.error(&scope.at, "a form must be an object", "give it an object with properties");
        return;
    }
    let place = match found.name {
        Some(name) => Scope::new(super::context::schema_at(name), TypeId::schema(name), Role::Part),
        None => scope.clone(),
    };
    let flat = flatten(cx, &found.view, &place);
    for (name, declared) in &flat.fields {
        let Some(member) = flat.members.get(declared.member) else { continue };
        if !is_plain(cx, declared.node) {
            let at = member.at.child("properties").child(name);
            let help = "a form holds strings, numbers, booleans and lists of them";
            cx.error(&at, format!("{name} can't be written in a form"), help);
        }
    }
}

/// Whether values are text, number or boolean, or a list of such.
pub(super) fn is_plain<'a>(cx: &Context<'a>, node: Node<'a>) -> bool {
    let Some(found) = target(cx, node) else { return true };
    match class(&found.view) {
        Class::Array => found.view.items.is_some_and(|items| is_scalar(cx, items)),
        _ => is_scalar(cx, node),
    }
}

fn is_scalar<'a>(cx: &Context<'a>, node: Node<'a>) -> bool {
    // What leads nowhere is reported where it is lowered.
    let Some(found) = target(cx, node) else { return true };
    matches!(class(&found.view), Class::String | Class::Enum | Class::Number | Class::Integer | Class::Boolean)
}
