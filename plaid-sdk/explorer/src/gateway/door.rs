//! The door for any client of Plaid: Plaid's own paths over HTTP.

use std::time::Instant;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{Response, StatusCode};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use plaid_catalog::model::Operation;
use tokio::time::timeout;

use super::audit::{self, Entry, Peer};
use super::call::Call;
use super::refusal::Refusal;
use super::slow::{TooSlow, too_large, too_slow};
use super::{Gateway, Inner};

/// The route of all paths.
pub fn router(gateway: Gateway) -> Router {
    Router::new().fallback(any).with_state(gateway)
}

/// Answers Plaid's paths, and refuses others.
async fn any(State(gateway): State<Gateway>, request: Request) -> Response<Body> {
    let begun = Instant::now();
    let (path, method) = (request.uri().path(), request.method().as_str());
    match gateway.inner.table.find(method, path) {
        Some(operation) => answer(&gateway, operation, request, begun).await,
        None => refuse(&gateway.inner, &request, begun, &unknown(&gateway.inner, path)),
    }
}

/// Answers a call of an operation, whose path is that of the request.
pub async fn answer(
    gateway: &Gateway,
    operation: &'static Operation,
    request: Request,
    begun: Instant,
) -> Response<Body> {
    let largest = if operation.path == UPLOAD { gateway.inner.limits.upload } else { gateway.inner.limits.body };
    let permit = match gateway.inner.turn().await {
        Ok(permit) => permit,
        Err(refusal) => return refuse(&gateway.inner, &request, begun, &refusal),
    };
    let target = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    let peer = request.extensions().get::<Peer>().cloned();
    let (parts, body) = request.into_parts();
    let time = gateway.inner.limits.read_time(largest);
    let body = match timeout(time, Limited::new(body, largest).collect()).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) => Err(incomplete(error.as_ref(), largest)),
        Err(_) => Err(too_slow()),
    };
    let body: Bytes = match body {
        Ok(body) => body,
        Err(refusal) => {
            let request = Request::from_parts(parts, Body::empty());
            return refuse(&gateway.inner, &request, begun, &refusal);
        }
    };
    let caller = audit::caller(&parts.headers);
    let call = Call { operation, target, headers: parts.headers, body, check: None, caller, peer };
    super::call::send(&gateway.inner, call, begun, Some(permit)).await
}

/// The one operation that takes a file.
const UPLOAD: &str = "/transfer/diligence/document/upload";

fn refuse(inner: &Inner, request: &Request, begun: Instant, refusal: &Refusal) -> Response<Body> {
    Entry::refused(&inner.audit, request, begun, refusal).write();
    refusal.response()
}

fn unknown(inner: &Inner, path: &str) -> Refusal {
    let other = ["GET", "POST"].iter().find(|method| inner.table.find(method, path).is_some());
    if let Some(method) = other {
        let message = format!("this operation is called by {method}");
        return Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "UNKNOWN_METHOD", message, "Use that method.");
    }
    let help =
        "The path must be one of Plaid's, to the byte: no escapes, no slash at the end. /search finds operations.";
    Refusal::new(StatusCode::NOT_FOUND, "NOT_FOUND", "no operation of Plaid has this path", help)
}

fn incomplete(error: &(dyn std::error::Error + 'static), largest: usize) -> Refusal {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.is::<LengthLimitError>() {
            return too_large(largest);
        }
        if error.is::<TooSlow>() {
            return too_slow();
        }
        next = error.source();
    }
    Refusal::new(StatusCode::BAD_REQUEST, "INVALID_BODY", "the body is not complete", "Send all of it.")
}
