//! `GET /-/history`: what was sent. Tokens in it are handles.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use plaid_catalog::model::Operation;
use serde::Serialize;

use super::refused::Refused;
use super::sample::Request;
use crate::app::App;
use crate::memory::history::{MOST, Sent};

/// A call in the list.
#[derive(Serialize)]
pub struct Row {
    number: u64,
    operation: &'static str,
    path: &'static str,
    /// The name of the operation's page.
    page: &'static str,
    status: u16,
    milliseconds: u64,
    request_id: Option<String>,
    error: Option<String>,
}

/// Lists the calls, the newest first.
pub async fn list(State(app): State<App>) -> Json<Vec<Row>> {
    let layout = app.catalog().layout();
    let page = |operation: &Operation| layout.operations.get(&operation.id).map_or("", |one| one.name.as_str());
    let rows = app.memory().with(|memory| {
        let row = |sent: &Sent| Row {
            number: sent.number,
            operation: &sent.operation.id,
            path: &sent.operation.path,
            page: page(sent.operation),
            status: sent.status,
            milliseconds: sent.milliseconds,
            request_id: sent.request_id.clone(),
            error: sent.error.clone(),
        };
        memory.history.newest().map(row).collect()
    });
    Json(rows)
}

/// The request of a call, to send it again.
pub async fn one(State(app): State<App>, Path(number): Path<u64>) -> Result<Json<Request>, Refused> {
    let request = app.memory().with(|memory| {
        let sent = memory.history.get(number)?;
        Some(Request::new(sent.body.as_ref(), sent.parameters.as_ref()))
    });
    request.map(Json).ok_or_else(|| {
        Refused::new(StatusCode::NOT_FOUND, format!("call {number} is not in the history; the last {MOST} calls are"))
    })
}
