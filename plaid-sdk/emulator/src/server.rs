//! The door for any client: HTTP.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri, header};
use axum::routing::any;
use tokio::sync::Notify;

use crate::controls;
use crate::engine::Engine;
use crate::request::{Reply, Request};

/// The largest body of a request: 32 MiB.
const LARGEST: usize = 32 << 20;

#[derive(Clone)]
struct Door {
    engine: Arc<Engine>,
    wake: Arc<Notify>,
}

/// All routes: the API, and the controls below `/_plaid`.
pub fn router(engine: Arc<Engine>, wake: Arc<Notify>) -> Router {
    let controls = controls::router(Arc::clone(&engine), Arc::clone(&wake));
    let api = Router::new().fallback(any(answer)).with_state(Door { engine, wake });
    api.nest("/_plaid", controls).layer(DefaultBodyLimit::max(LARGEST))
}

async fn answer(State(door): State<Door>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response<Body> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let request = Request {
        method: method.as_str(),
        path: uri.path(),
        content_type: text("content-type"),
        client_id: text("plaid-client-id"),
        secret: text("plaid-secret"),
        body: &body,
    };
    let reply = door.engine.handle(&request);
    door.wake.notify_one();
    response(&reply)
}

fn response(reply: &Reply) -> Response<Body> {
    let mut response = Response::new(Body::from(reply.bytes()));
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(reply.content_type()));
    if let Ok(id) = HeaderValue::from_str(&reply.request_id) {
        headers.insert("plaid-request-id", id);
    }
    response
}
