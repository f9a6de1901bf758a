//! Bodies: what an operation sends, and how a body's type follows from its media type.

use openapiv3::{QueryStyle, ReferenceOr, RequestBody};

use super::all_of::flatten;
use super::component::{self, Component};
use super::context::Context;
use super::media::{self, Chosen, Format, is_json};
use super::node::Node;
use super::resolve::{Class, class, name_in, target};
use super::schema::element;
use super::scope::{Role, Scope};
use super::style;
use super::view::{Parts, View};
use crate::diag::Pointer;
use api_model::{Body, BodyMedia, ParameterStyle, Part, Type, TypeId};

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
    let mut styles = Vec::new();
    let (ty, media) = match chosen.format {
        Format::Json => (json(cx, &chosen, &scope), BodyMedia::Json),
        Format::Form => {
            styles = self::styles(cx, &chosen, &scope);
            (json(cx, &chosen, &scope), BodyMedia::Form)
        }
        // The caller provides the bytes, so their schema does not matter.
        Format::Bytes => (Type::String, BodyMedia::Binary(chosen.media.to_owned())),
    };
    Some(Body { ty, media, styles, content_type: chosen.media.to_owned(), required: item.required })
}

/// The type of a body that is read or written by its schema.
pub(super) fn json<'a>(cx: &mut Context<'a>, chosen: &Chosen<'a>, scope: &Scope) -> Type {
    // JSON without a schema is any JSON.
    let Some(node) = chosen.schema else { return Type::Json };
    mark_body(cx, node, scope.role);
    element(cx, node, scope)
}

/// Records which named schemas are bodies, also through aliases and alternatives.
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

/// How the properties of a form are written, if `encoding` declares it. Otherwise, an object or a list of objects is
/// written as JSON, as OpenAPI specifies.
fn styles<'a>(cx: &mut Context<'a>, chosen: &Chosen<'a>, scope: &Scope) -> Vec<(String, ParameterStyle)> {
    let Some(found) = chosen.schema.and_then(|node| target(cx, node)) else { return Vec::new() };
    if class(&found.view) != Class::Object {
        cx.error(&scope.at, "a form must be an object", "give it an object with properties");
        return Vec::new();
    }
    let place = match found.name {
        Some(name) => Scope::new(super::context::schema_at(name), TypeId::schema(name), Role::Part),
        None => scope.clone(),
    };
    let flat = flatten(cx, &found.view, &place);
    let mut styles = Vec::new();
    for (name, encoding) in chosen.encodings {
        let at = chosen.media_at.child("encoding").child(name);
        let Some(declared) = flat.fields.get(name.as_str()) else {
            cx.note(&at, format!("`{name}` is not a property of the form"), "the encoding is ignored");
            continue;
        };
        let is_json = encoding.content_type.as_deref().is_some_and(is_json);
        let style = match &encoding.style {
            // openapiv3 can't distinguish `false` from an absent value, and `form` explodes by default
            Some(QueryStyle::Form) => ParameterStyle::FormExploded,
            Some(style) => style::of(style, Some(encoding.explode)),
            None if is_json => ParameterStyle::Json,
            None => continue,
        };
        if style::can_write(cx, declared.node, style, &at) {
            styles.push((name.clone(), style));
        } else {
            cx.error(&at, format!("`{name}` can't be written in this style"), style::help(style));
        }
    }
    styles
}
