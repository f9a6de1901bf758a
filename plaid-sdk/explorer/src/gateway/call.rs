//! A call on its way to Plaid and back.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Request, Response, StatusCode, header};
use plaid_catalog::model::Operation;
use serde_json::json;

use super::Inner;
use super::upstream::UpstreamError;

/// A call of an operation.
#[derive(Clone, Debug)]
pub struct Call {
    /// The operation.
    pub operation: &'static Operation,
    /// The path and the query, as they are sent.
    pub target: String,
    /// The headers of the caller. Only those that Plaid knows are forwarded.
    pub headers: HeaderMap,
    /// The body; empty if the operation has none.
    pub body: Bytes,
}

impl Call {
    /// A call with a JSON body, of an operation without parameters in its path.
    pub fn json(operation: &'static Operation, body: impl Into<Bytes>) -> Self {
        Self { operation, target: operation.path.clone(), headers: HeaderMap::new(), body: body.into() }
    }
}

pub async fn send(inner: &Inner, call: Call) -> Response<Body> {
    let Ok(mut request) = Request::builder().method(call.operation.method.as_str()).uri(&call.target).body(call.body)
    else {
        return refusal(StatusCode::BAD_REQUEST, "INVALID_INPUT", "the path is not part of an address");
    };
    request.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/json"));
    inner.credentials.add_to(request.headers_mut());
    match inner.upstream.send(request).await {
        Ok(response) => response,
        Err(error) => unreachable_upstream(&error),
    }
}

fn unreachable_upstream(error: &UpstreamError) -> Response<Body> {
    refusal(StatusCode::BAD_GATEWAY, "INTERNAL_SERVER_ERROR", &error.to_string())
}

fn refusal(status: StatusCode, code: &str, message: &str) -> Response<Body> {
    let body = json!({ "error_type": "INVALID_REQUEST", "error_code": code, "error_message": message });
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    response
}
