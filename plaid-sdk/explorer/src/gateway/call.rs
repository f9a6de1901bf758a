//! A call on its way to Plaid and back.

use std::fmt;
use std::time::Instant;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, Request, Response, StatusCode};
use plaid_catalog::Catalog;
use plaid_catalog::model::{Location, Operation};
use plaid_catalog::tools::check::Problem;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::timeout;

use super::Inner;
use super::audit::{Entry, Peer};
use super::body::{self, Stripped};
use super::check::{self, Check};
use super::credentials::Credentials;
use super::headers;
use super::refusal::{HEADER, Refusal};
use super::reply;
use super::upstream::UpstreamError;

/// The most problems that an audit line names.
const NAMED: usize = 10;

/// A call of an operation. `Debug` shows no body and no headers, which may have tokens.
#[derive(Clone)]
pub struct Call {
    /// The operation.
    pub operation: &'static Operation,
    /// The path and the query, as they are sent.
    pub target: String,
    /// The headers of the caller. Only those that Plaid knows are forwarded.
    pub headers: HeaderMap,
    /// The body; empty if the operation has none.
    pub body: Bytes,
    /// What is done if Plaid would refuse it, if that is not as the gateway is set up.
    pub check: Option<Check>,
    /// Who calls, for the audit.
    pub caller: String,
    /// The address of the caller, for the audit.
    pub(super) peer: Option<Peer>,
}

impl Call {
    /// A call with a JSON body, of an operation without parameters in its path.
    pub fn json(operation: &'static Operation, body: impl Into<Bytes>) -> Self {
        Self {
            operation,
            target: operation.path.clone(),
            headers: HeaderMap::new(),
            body: body.into(),
            check: None,
            caller: "explorer".to_owned(),
            peer: None,
        }
    }

    /// Checks it in another way than the gateway is set up for.
    #[must_use]
    pub fn checked(mut self, check: Check) -> Self {
        self.check = Some(check);
        self
    }

    /// Says who calls, for the audit.
    #[must_use]
    pub fn by(mut self, caller: impl Into<String>) -> Self {
        self.caller = caller.into();
        self
    }

    fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation.id)
            .field("caller", &self.caller)
            .finish_non_exhaustive()
    }
}

/// Sends a call, and writes a line about it.
pub async fn send(
    inner: &Inner,
    mut call: Call,
    begun: Instant,
    permit: Option<OwnedSemaphorePermit>,
) -> Response<Body> {
    // The path of the operation, since parameters in the path are names of somebody's data.
    let mut entry = Entry::begin(&inner.audit, begun, std::mem::take(&mut call.caller), call.peer.take());
    (entry.method, entry.path) = (call.operation.method.as_str().into(), call.operation.path.as_str().into());
    entry.operation = Some(call.operation.id.as_str());
    entry.request_bytes = call.body.len() as u64;
    match attempt(inner, call, &mut entry, permit).await {
        Ok((response, permit)) => reply::response(inner, response, entry, permit),
        Err(refusal) => {
            entry.refuse(&refusal);
            entry.write();
            refusal.response()
        }
    }
}

async fn attempt(
    inner: &Inner,
    call: Call,
    entry: &mut Entry,
    permit: Option<OwnedSemaphorePermit>,
) -> Result<(reply::Received, OwnedSemaphorePermit), Refusal> {
    let operation = call.operation;
    fits(inner, &call)?;
    inner.switches.check(inner.upstream.environment(), operation)?;
    let level = call.check.unwrap_or(inner.check);
    let problems = check::check(Catalog::plaid(), operation, &call.body, level)?;
    entry.problems = problems.iter().take(NAMED).map(named).collect();
    let stripped = body::strip(call.body).map_err(|_| unreadable())?;
    let permit = match permit {
        Some(permit) => permit,
        None => inner.turn().await?,
    };
    let request = request(inner, operation, &call.target, &call.headers, stripped)?;
    let sent = timeout(inner.limits.answer, inner.upstream.send(request)).await;
    let response = match sent {
        Ok(sent) => sent.map_err(|error| failed(&error))?,
        Err(_) => return Err(late()),
    };
    let mut received = reply::receive(inner, operation, response, entry).await?;
    if !problems.is_empty() {
        received.headers.insert(HEADER, HeaderValue::from_static("warned"));
    }
    Ok((received, permit))
}

/// Refuses a target that is not one of the operation's.
fn fits(inner: &Inner, call: &Call) -> Result<(), Refusal> {
    let found = inner.table.find(&call.operation.method, call.path());
    if found.is_none_or(|found| found.id != call.operation.id) {
        let message = "the path is not one of the operation";
        let help = "Parameters of a path have letters, digits and - . _ ~ only.";
        return Err(Refusal::new(StatusCode::NOT_FOUND, "NOT_FOUND", message, help));
    }
    let Some((_, query)) = call.target.split_once('?') else { return Ok(()) };
    let is_known = |pair: &str| {
        let name = pair.split('=').next().unwrap_or_default();
        let mut all = call.operation.parameters.iter();
        all.any(|one| one.location == Location::Query && one.field.wire == name)
    };
    if query.split('&').all(is_known) {
        return Ok(());
    }
    let message = "the query has a parameter that the operation does not take";
    Err(Refusal::new(StatusCode::BAD_REQUEST, "INVALID_QUERY", message, "Send the path without a query."))
}

fn request(
    inner: &Inner,
    operation: &Operation,
    target: &str,
    from: &HeaderMap,
    stripped: Stripped,
) -> Result<Request<Bytes>, Refusal> {
    let own = if inner.pass_credentials { given(from, &stripped)? } else { None };
    let has_body = !stripped.body.is_empty();
    let builder = Request::builder().method(operation.method.as_str()).uri(target);
    let Ok(mut request) = builder.body(stripped.body) else {
        return Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "INVALID_PATH",
            "the path is not one of a URL",
            "Correct it.",
        ));
    };
    let headers = request.headers_mut();
    *headers = headers::request(from, inner.version.as_ref(), has_body);
    if !operation.anonymous {
        own.as_ref().unwrap_or(&inner.credentials).add_to(headers);
    }
    Ok(request)
}

/// The credentials of the caller: those of the headers, else those of the body.
fn given(headers: &HeaderMap, stripped: &Stripped) -> Result<Option<Credentials>, Refusal> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let client_id = header("plaid-client-id").or(stripped.client_id.as_deref());
    let secret = header("plaid-secret").or(stripped.secret.as_deref());
    match (client_id, secret) {
        (Some(client_id), Some(secret)) => Credentials::new(client_id, secret).map(Some).map_err(|error| {
            let help = "Send both credentials, or none to use the gateway's own.";
            Refusal::new(StatusCode::BAD_REQUEST, "INVALID_API_KEYS", error.to_string(), help)
        }),
        _ => Ok(None),
    }
}

/// A problem in one word and its place. Neither has values.
fn named(problem: &Problem) -> String {
    format!("{} {}", problem.code, problem.path.chars().take(NAMED * 8).collect::<String>())
}

fn unreadable() -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, "INVALID_BODY", "body could not be parsed as JSON", "Send one JSON object.")
}

fn failed(error: &UpstreamError) -> Refusal {
    let help = "Look whether the address can be reached. The gateway does not retry; whether a retry is safe depends on the operation.";
    Refusal::new(StatusCode::BAD_GATEWAY, "UPSTREAM_FAILED", error.to_string(), help)
}

fn late() -> Refusal {
    let help = "The call may have been carried out. Look before you retry it.";
    Refusal::new(StatusCode::GATEWAY_TIMEOUT, "UPSTREAM_TOO_SLOW", "no response came in time", help)
}
