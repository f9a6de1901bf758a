//! `POST /-/call/{operationId}`: sends a request and returns the response, its tokens as handles.

use std::time::Instant;

use axum::Json;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use plaid_catalog::Catalog;
use plaid_catalog::model::{Effect, Operation, Sample};
use plaid_catalog::tools::json;
use plaid_catalog::tools::snippets::{Address, Call as Written};
use serde::Deserialize;

use super::person;
use super::refused::{self, Refused};
use crate::app::App;
use crate::gateway::{Call, Check};
use crate::handles::Lost;
use crate::memory::history::Sent;
use crate::memory::shelf::{self, Kept};

/// The longest response that a page takes.
const LONGEST: usize = 64 << 20;

/// The longest response that is kept for later requests.
const LONGEST_KEPT: usize = 4 << 20;

/// The header with the number of the call in the history.
const NUMBER: &str = "plaid-explorer-number";

/// The header with the milliseconds that the call took.
const TIME: &str = "plaid-explorer-ms";

/// A request, as JSON texts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    parameters: Option<String>,
    /// Whether it is sent although the check refuses it.
    #[serde(default)]
    anyway: bool,
}

/// Sends a request.
pub async fn call(
    State(app): State<App>,
    Path(id): Path<String>,
    Json(asked): Json<Asked>,
) -> Result<Response<Body>, Refused> {
    let operation = refused::operation(&app, &id)?;
    let text = asked.body.unwrap_or_default();
    let body = match text.trim() {
        "" => None,
        text => json::parse(text).ok(),
    };
    let parameters = asked.parameters.as_deref().map(json::parse).transpose();
    let parameters = parameters.map_err(|error| Refused::bad(format!("the parameters are not JSON: {error}")))?;
    let hidden_body = hide_request(&app, operation, body.as_ref())?;
    let resolve = |sample: &Sample| app.handles().resolve(&person(), sample).map_err(lost);
    let resolved = body.as_ref().map(resolve).transpose()?;
    let resolved_parameters = parameters.as_ref().map(resolve).transpose()?;
    // Without handles the text is sent as it was written.
    let bytes = match (&body, &resolved) {
        (Some(body), Some(resolved)) if body != resolved => json::pretty_json(resolved),
        _ => text,
    };
    let call = written(operation, resolved_parameters.as_ref(), bytes, asked.anyway)?;

    let begun = Instant::now();
    let response = app.gateway().call(call).await;
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, LONGEST).await.map_err(|error| {
        Refused::new(
            StatusCode::BAD_GATEWAY,
            format!("the response broke off, or has more than {LONGEST} bytes: {error}"),
        )
    })?;
    let milliseconds = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);

    let parsed = std::str::from_utf8(&bytes).ok().and_then(|text| json::parse(text).ok());
    let response = parsed.map(|parsed| app.handles().hide(&person(), operation, &parsed)).transpose();
    let response = response.map_err(|error| Refused::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?;
    let shown = response.as_ref().map_or(bytes, |hidden| Bytes::from(json::pretty_json(hidden)));
    let path = operation.path.as_str();
    let kept = response.as_ref().map_or_else(Vec::new, |response| shelf::of(response, path));
    let used: Vec<Kept> = hidden_body.as_ref().map_or_else(Vec::new, |body| shelf::of(body, path));
    let text_of = |name: &str| match response.as_ref().and_then(|response| response.get(name)) {
        Some(Sample::Text(text)) => Some(text.clone()),
        _ => None,
    };
    let request_id = text_of("request_id").or_else(|| header_text(&parts.headers, "plaid-request-id"));
    let sent = Sent {
        number: 0,
        operation,
        body: hidden_body,
        parameters,
        status: parts.status.as_u16(),
        milliseconds,
        request_id,
        error: text_of("error_code").filter(|_| !parts.status.is_success()),
        message: text_of("error_message"),
        kept,
        used,
        response: response.filter(|_| shown.len() <= LONGEST_KEPT),
    };
    let is_change = operation.effect != Effect::Reads && parts.status.is_success();
    let number = app.memory().with(|memory| {
        if is_change {
            memory.given.after(&operation.id, &sent.kept);
        }
        memory.shelf.add_used(&sent.used);
        memory.shelf.add(&sent.kept);
        memory.history.add(sent)
    });
    for name in [header::CONTENT_LENGTH, header::TRANSFER_ENCODING, header::CONTENT_ENCODING] {
        parts.headers.remove(name);
    }
    parts.headers.insert(HeaderName::from_static(NUMBER), HeaderValue::from(number));
    parts.headers.insert(HeaderName::from_static(TIME), HeaderValue::from(milliseconds));
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    parts.headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Ok(Response::from_parts(parts, Body::from(shown)))
}

/// Sends a body of an operation, without a trace in the history.
#[cfg(feature = "emulator")]
pub async fn plain(app: &App, id: &str, body: &str) -> Result<(), Refused> {
    let operation = refused::operation(app, id)?;
    drop(app.gateway().call(Call::json(operation, body.to_owned())).await);
    Ok(())
}

/// The call of a request: its path, query and headers.
fn written(
    operation: &'static Operation,
    parameters: Option<&Sample>,
    body: String,
    anyway: bool,
) -> Result<Call, Refused> {
    let (api, clients) = (Catalog::plaid().api(), Catalog::clients());
    let written = Written { api, clients, operation, body: None, parameters, address: Address::Gateway("") };
    let http = written.http().map_err(|error| Refused::bad(error.to_string()))?;
    let mut headers = HeaderMap::new();
    for (name, value) in http.headers {
        let name = HeaderName::try_from(name).map_err(|error| Refused::bad(format!("{name}: {error}")))?;
        let value = HeaderValue::try_from(&value).map_err(|error| Refused::bad(format!("{name}: {error}")))?;
        headers.insert(name, value);
    }
    let mut call = Call::json(operation, body);
    (call.target, call.headers) = (http.url, headers);
    Ok(if anyway { call.checked(Check::Off) } else { call })
}

/// The request for the history: a token that a person typed is a handle there.
fn hide_request(app: &App, operation: &Operation, body: Option<&Sample>) -> Result<Option<Sample>, Refused> {
    let ty = operation.body.as_ref().map(|body| &body.ty);
    let hidden = body.map(|body| app.handles().hide_as(&person(), ty, body)).transpose();
    hidden.map_err(|error| Refused::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))
}

/// Handles that have no value any more.
pub fn lost(lost: Vec<Lost>) -> Refused {
    let all: Vec<String> = lost.iter().map(ToString::to_string).collect();
    Refused::bad(all.join(". "))
}

fn header_text(headers: &HeaderMap, name: &str) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.to_owned())
}
