//! The door for any client: HTTP.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri, header};
use axum::middleware::{map_request, map_response_with_state};
use axum::routing::any;

use crate::controls;
use crate::engine::Engine;
use crate::pages::{self, Door, inspector};
use crate::request::{Damage, Reply, Request};
use crate::wake::Wake;

/// The largest body of a request: 32 MiB.
const LARGEST: usize = 32 << 20;

/// All routes: the API, the controls below `/_plaid`, and the pages.
pub fn router(engine: Arc<Engine>, wake: Arc<Wake>) -> Router {
    let controls = controls::router(Arc::clone(&engine), Arc::clone(&wake));
    let pages = pages::router(Arc::clone(&engine), Arc::clone(&wake));
    let root = engine.world().root().to_owned();
    let api = Router::new().fallback(any(answer)).with_state(Door { engine, wake });
    let all =
        api.nest("/_plaid", controls).merge(pages).layer(DefaultBodyLimit::max(LARGEST)).layer(map_request(with_host));
    if root.is_empty() { all } else { all.layer(map_response_with_state(root, pages::moved)) }
}

/// Gives a request of HTTP/2 the header that names the host in HTTP/1.1.
async fn with_host(mut request: axum::extract::Request) -> axum::extract::Request {
    let authority = request.uri().authority().and_then(|host| HeaderValue::from_str(host.as_str()).ok());
    if let Some(host) = authority.filter(|_| !request.headers().contains_key(header::HOST)) {
        request.headers_mut().insert(header::HOST, host);
    }
    request
}

async fn answer(State(door): State<Door>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response<Body> {
    if method == Method::GET && uri.path() == "/" && inspector::wants_page(&headers) {
        return inspector::tenants(&door, &headers);
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let request = Request {
        method: method.as_str(),
        path: uri.path(),
        query: uri.query(),
        content_type: text("content-type"),
        client_id: text("plaid-client-id"),
        secret: text("plaid-secret"),
        body: &body,
    };
    let mut reply = door.engine.handle(&request);
    if !door.wake.kept().await {
        // The emulator stops, and its state file does not have this call.
        reply.damage = Damage::Dropped;
    }
    if let Damage::Late(milliseconds) = reply.damage {
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    }
    response(&reply)
}

fn response(reply: &Reply) -> Response<Body> {
    let mut response = Response::new(body(reply));
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(reply.content_type()));
    if let Ok(id) = HeaderValue::from_str(&reply.request_id) {
        headers.insert("plaid-request-id", id);
    }
    for (name, value) in reply.headers() {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(*name, value);
        }
    }
    response
}

/// The body, as far as a fault lets it through. A body that ends in an error makes the server close the connection.
fn body(reply: &Reply) -> Body {
    let bytes = reply.bytes();
    let kept = match reply.damage {
        Damage::None | Damage::Late(_) => return Body::from(bytes),
        Damage::Dropped => 0,
        Damage::Truncated => bytes.len() / 2,
    };
    let start = Bytes::copy_from_slice(bytes.get(..kept).unwrap_or_default());
    let cut = io::Error::new(io::ErrorKind::ConnectionReset, "a fault was ordered");
    let pieces = if start.is_empty() { vec![Err(cut)] } else { vec![Ok(start), Err(cut)] };
    Body::from_stream(futures_util::stream::iter(pieces))
}

#[cfg(test)]
mod tests {
    use super::with_host;
    use axum::body::Body;
    use axum::http::Request;

    #[tokio::test]
    async fn requests_of_both_versions_name_their_host() {
        let second = Request::get("https://cdn.plaid.com/x").body(Body::empty()).expect("a request");
        assert_eq!(with_host(second).await.headers()["host"], "cdn.plaid.com");
        let first = Request::get("/x").header("host", "localhost:1").body(Body::empty()).expect("a request");
        assert_eq!(with_host(first).await.headers()["host"], "localhost:1");
    }
}
