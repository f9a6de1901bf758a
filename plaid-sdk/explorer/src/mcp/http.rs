//! MCP over HTTP: without sessions, each request by itself.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::any;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};

use super::Mcp;

/// The largest request.
const BODY: usize = 4 << 20;

/// The routes: `/mcp`, `/mcp/readonly`, `/mcp/x/{products}` and `/mcp/x/{products}/readonly`.
pub fn router(mcp: Mcp) -> Router {
    let all = |State(mcp): State<Mcp>, request: Request| async move { answer(&mcp, false, "", request).await };
    let read_only = |State(mcp): State<Mcp>, request: Request| async move { answer(&mcp, true, "", request).await };
    let some = |State(mcp): State<Mcp>, Path(names): Path<String>, request: Request| async move {
        answer(&mcp, false, &names, request).await
    };
    let some_read_only = |State(mcp): State<Mcp>, Path(names): Path<String>, request: Request| async move {
        answer(&mcp, true, &names, request).await
    };
    Router::new()
        .route("/mcp", any(all))
        .route("/mcp/readonly", any(read_only))
        .route("/mcp/x/{names}", any(some))
        .route("/mcp/x/{names}/readonly", any(some_read_only))
        .with_state(mcp)
}

/// Answers a request with the tools that its address asks for.
async fn answer(mcp: &Mcp, read_only: bool, names: &str, request: Request) -> Response {
    let server = match mcp.server(read_only, names) {
        Ok(server) => server,
        Err(error) => return (StatusCode::NOT_FOUND, error).into_response(),
    };
    // The layers around all routes have checked these already. This check is the second one.
    let mut config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_allowed_hosts(mcp.hosts().iter().cloned())
        .with_max_request_body_bytes(BODY);
    config = if mcp.origins().is_empty() {
        config.enforce_origin_validation()
    } else {
        config.with_allowed_origins(mcp.origins().iter().cloned())
    };
    let service =
        StreamableHttpService::new(move || Ok(server.clone()), Arc::new(NeverSessionManager::default()), config);
    service.handle(request).await.map(Body::new)
}
