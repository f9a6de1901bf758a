//! Responses: the success response and the declared errors.

use openapiv3::{ReferenceOr, Responses, StatusCode};

use super::body::json;
use super::component::{self, Component};
use super::context::Context;
use super::media::{self, Chosen, Format};
use super::node::Node;
use super::resolve::same_type;
use super::scope::{Role, Scope};
use crate::diag::Pointer;
use api_model::{ErrorResponse, Part, Response, ResponseBody, Type, TypeId};

/// The responses of an operation. `at` is the operation's place.
pub(super) fn responses<'a>(
    cx: &mut Context<'a>,
    responses: &'a Responses,
    at: &Pointer,
    operation: &str,
) -> (Response, Vec<ErrorResponse>) {
    let at = at.child("responses");
    let mut successes = Vec::new();
    let mut errors = Vec::new();
    for (code, response) in &responses.responses {
        let place = at.child(&code.to_string());
        let (status, class) = match code {
            StatusCode::Code(code @ 200..=299) => {
                successes.push((vec![*code], response, place));
                continue;
            }
            StatusCode::Range(2) => {
                successes.push(((200..=299).collect(), response, place));
                continue;
            }
            StatusCode::Code(code) => (Some(*code), None),
            StatusCode::Range(class) => (None, Some(*class)),
        };
        let declared = Declared { response, at: &place, operation, code: code.to_string() };
        errors.push(error(cx, &declared, status, class));
    }
    if let Some(response) = &responses.default {
        // It is the response for every status that is not declared.
        if successes.is_empty() {
            successes.push(((200..=299).collect(), response, at.child("default")));
        }
        let declared = Declared { response, at: &at.child("default"), operation, code: String::new() };
        errors.push(error(cx, &declared, None, None));
    }
    (success(cx, &successes, &at, operation), errors)
}

type Success<'a> = (Vec<u16>, &'a ReferenceOr<openapiv3::Response>, Pointer);

/// Joins the responses of all success statuses, since a method has one return type. Their bodies must have the same
/// type. If some have no body, the type is nullable.
fn success<'a>(cx: &mut Context<'a>, successes: &[Success<'a>], at: &Pointer, operation: &str) -> Response {
    let mut statuses = Vec::new();
    let mut first: Option<(Chosen<'a>, Option<&'a str>)> = None;
    let mut some_are_empty = false;
    for (codes, response, place) in successes {
        let Some(component) = component::resolve(cx, response, place, "responses", |all| &all.responses) else {
            continue;
        };
        let Component { item, at: shared_at, name: shared } = component;
        statuses.extend(codes);
        let Some(chosen) = media::choose(cx, &item.content, &shared_at) else {
            some_are_empty = true;
            continue;
        };
        match &first {
            None => first = Some((chosen, shared)),
            Some((before, _)) if !is_same(cx, before, &chosen) => {
                let help = "an operation has one return type; make the bodies the same, or remove one, with a fixup";
                cx.error(place, "the body has another type than the body of an earlier success response", help);
            }
            Some(_) => {}
        }
    }
    statuses.sort_unstable();
    statuses.dedup();
    if successes.is_empty() {
        let help = "every status from 200 to 299 counts as a success, and the body is not read";
        cx.note(at, "no success response is declared", help);
    }
    let Some((chosen, shared)) = first else { return Response { statuses, body: ResponseBody::Empty } };
    let body = match good_body(cx, &chosen, component::id(shared, operation, Part::Response)) {
        ResponseBody::Json(ty) if some_are_empty && !matches!(ty, Type::Json | Type::Nullable(_)) => {
            ResponseBody::Json(Type::Nullable(Box::new(ty)))
        }
        body => body,
    };
    Response { statuses, body }
}

fn good_body<'a>(cx: &mut Context<'a>, chosen: &Chosen<'a>, id: TypeId) -> ResponseBody {
    match chosen.format {
        Format::Json => ResponseBody::Json(json(cx, chosen, &Scope::new(chosen.at.clone(), id, Role::Response))),
        Format::Form | Format::Bytes => ResponseBody::Binary(chosen.media.to_owned()),
    }
}

fn is_same<'a>(cx: &Context<'a>, one: &Chosen<'a>, other: &Chosen<'a>) -> bool {
    match (one.format, other.format) {
        (Format::Json, Format::Json) => is_same_schema(cx, one.schema, other.schema),
        (Format::Json, _) | (_, Format::Json) => false,
        // all media types for bytes are the same here
        _ => true,
    }
}

fn is_same_schema<'a>(cx: &Context<'a>, one: Option<Node<'a>>, other: Option<Node<'a>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => same_type(cx, one, other),
        (one, other) => one.is_none() && other.is_none(),
    }
}

/// An error response that an operation declares.
struct Declared<'a, 'p> {
    response: &'a ReferenceOr<openapiv3::Response>,
    at: &'p Pointer,
    operation: &'p str,
    /// The status or class; empty for `default`.
    code: String,
}

fn error<'a>(
    cx: &mut Context<'a>,
    declared: &Declared<'a, '_>,
    status: Option<u16>,
    class: Option<u16>,
) -> ErrorResponse {
    let Declared { response, at, operation, code } = declared;
    let found = component::resolve(cx, response, at, "responses", |all| &all.responses);
    let description = found.as_ref().map(|found| found.item.description.trim().to_owned());
    let ty = found.and_then(|Component { item, at, name }| {
        let chosen = media::choose(cx, &item.content, &at)?;
        let id = component::id(name, operation, Part::Error(code.clone()));
        let scope = Scope::new(chosen.at.clone(), id, Role::Response);
        (chosen.format == Format::Json).then(|| json(cx, &chosen, &scope))
    });
    ErrorResponse { status, class, description: description.filter(|text| !text.is_empty()), ty }
}
