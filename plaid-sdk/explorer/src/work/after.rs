//! `GET /-/after/{number}`: what a call means for the next one.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use plaid_catalog::Catalog;
use plaid_catalog::model::{Kind, Operation, Sample, Type};
use serde::Serialize;

use super::recover;
use super::refused::Refused;
use crate::app::App;
use crate::memory::history::Sent;
use crate::memory::known;
use crate::memory::shelf::Kept;

/// What follows a call.
#[derive(Serialize)]
pub struct After {
    /// What the error means, if the response is one.
    error: Option<Explained>,
    /// The operations that usually follow.
    next: Vec<Next>,
    /// The Link token that a person can complete now.
    link_token: Option<String>,
    /// The handle of the address where Plaid hosts this Link session.
    hosted_link_url: Option<String>,
    shelf: Vec<Kept>,
}

#[derive(Serialize)]
struct Explained {
    code: String,
    advice: Option<&'static str>,
    /// The properties of the request that the message names.
    fields: Vec<String>,
}

#[derive(Serialize)]
struct Next {
    /// The name of its page.
    page: &'static str,
    path: &'static str,
    title: String,
    reason: String,
    /// The fragment that fills the form in: `continue=3`.
    fragment: String,
    /// The properties of its request that take values of responses.
    takes: Vec<&'static str>,
}

/// Explains a call.
pub async fn after(State(app): State<App>, Path(number): Path<u64>) -> Result<Json<After>, Refused> {
    let catalog = app.catalog();
    let found = app.memory().with(|memory| {
        let sent = memory.history.get(number)?;
        let error = sent.error.as_ref().map(|code| explain(catalog, sent, code));
        Some((sent.operation, error, link_of(sent), memory.shelf.all()))
    });
    let Some((operation, error, (link_token, hosted_link_url), shelf)) = found else {
        return Err(Refused::new(StatusCode::NOT_FOUND, format!("call {number} is not in the history")));
    };
    let next = match &error {
        Some(error) => help(catalog, operation, &error.code, number),
        None => next(catalog, operation, number),
    };
    Ok(Json(After { error, next, link_token, hosted_link_url, shelf }))
}

/// What an error code means, and which properties its message names.
fn explain(catalog: &'static Catalog, sent: &Sent, code: &str) -> Explained {
    let mut names: Vec<&str> = Vec::new();
    for operation_field in fields_of(catalog, sent.operation) {
        names.push(operation_field);
    }
    let message = sent.message.as_deref().unwrap_or_default();
    let words = message.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '[' | ']')));
    let mut fields: Vec<String> = Vec::new();
    for word in words.map(|word| word.trim_matches('.')) {
        let first = word.split(['.', '[']).next().unwrap_or_default();
        if names.contains(&first) && !fields.iter().any(|known| known == word) {
            fields.push(word.to_owned());
        }
    }
    // INVALID_ACCESS_TOKEN is about access_token, whatever its message says.
    let named = code.strip_prefix("INVALID_").map(str::to_lowercase).unwrap_or_default();
    if fields.is_empty() && names.contains(&named.as_str()) {
        fields.push(named);
    }
    Explained { code: code.to_owned(), advice: catalog.error_code(code).map(|known| known.advice.as_str()), fields }
}

/// The properties of a request's body.
fn fields_of(catalog: &'static Catalog, operation: &'static Operation) -> impl Iterator<Item = &'static str> {
    let api = catalog.api();
    let object = operation.body.as_ref().and_then(|body| match api.resolve(&body.ty) {
        Type::Named(id) => match &api.types.get(id)?.kind {
            Kind::Struct(object) => Some(object),
            Kind::Enum(_) | Kind::Union(_) | Kind::Alias(_) => None,
        },
        _ => None,
    });
    object.into_iter().flat_map(|object| object.caller_fields().map(|field| field.wire.as_str()))
}

/// What usually follows a call.
fn next(catalog: &'static Catalog, operation: &'static Operation, number: u64) -> Vec<Next> {
    let all = catalog.next(operation).into_iter();
    all.filter_map(|(next, reason)| step(catalog, next, reason.to_string(), format!("continue={number}"))).collect()
}

/// What helps after an error.
fn help(catalog: &'static Catalog, operation: &'static Operation, code: &str, number: u64) -> Vec<Next> {
    let all = recover::after(catalog, operation, code).into_iter();
    all.filter_map(|help| {
        let fragment = format!("{}={number}", if help.is_again { "again" } else { "continue" });
        step(catalog, help.operation, help.reason.to_owned(), fragment)
    })
    .collect()
}

fn step(catalog: &'static Catalog, next: &'static Operation, reason: String, fragment: String) -> Option<Next> {
    let plain = |text: String| text.replace('`', "");
    Some(Next {
        page: catalog.layout().operations.get(&next.id)?.name.as_str(),
        path: next.path.as_str(),
        title: next.docs.summary.as_ref().map_or_else(String::new, |text| plain(text.to_string())),
        reason: plain(reason),
        fragment,
        takes: fields_of(catalog, next).filter(|name| known::is_taken(name)).collect(),
    })
}

/// The Link token of a response, and the address of its session at Plaid.
fn link_of(sent: &Sent) -> (Option<String>, Option<String>) {
    let text = |name: &str| match sent.response.as_ref().and_then(|response| response.get(name)) {
        Some(Sample::Text(text)) if !text.is_empty() => Some(text.clone()),
        _ => None,
    };
    let token = text("link_token");
    let hosted = token.as_ref().and_then(|_| text("hosted_link_url"));
    (token, hosted)
}
