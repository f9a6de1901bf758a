//! `GET /-/history`: what was sent. Tokens in it are handles.

use std::collections::VecDeque;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use plaid_catalog::model::{Operation, Sample};
use serde::Serialize;

use super::refused::Refused;
use super::sample::Request;
use super::shelf::Kept;
use crate::app::App;

/// How many calls are kept.
const MOST: usize = 50;

/// How many responses are kept with them.
const MOST_RESPONSES: usize = 8;

/// A call that was made.
#[derive(Debug)]
pub struct Sent {
    pub number: u64,
    pub operation: &'static Operation,
    pub body: Option<Sample>,
    pub parameters: Option<Sample>,
    pub status: u16,
    pub milliseconds: u64,
    pub request_id: Option<String>,
    /// The error code of the response, if it is an error.
    pub error: Option<String>,
    /// The message of the error.
    pub message: Option<String>,
    /// The response, if it is JSON and not old.
    pub response: Option<Sample>,
    /// The values in the response that fit other requests.
    pub kept: Vec<Kept>,
    /// Those in the request.
    pub used: Vec<Kept>,
}

/// The calls, the newest last.
#[derive(Debug, Default)]
pub struct History {
    all: VecDeque<Sent>,
    last: u64,
}

impl History {
    /// Adds a call and returns its number.
    pub fn add(&mut self, mut sent: Sent) -> u64 {
        self.last += 1;
        sent.number = self.last;
        self.all.push_back(sent);
        while self.all.len() > MOST {
            self.all.pop_front();
        }
        for old in self.all.iter_mut().rev().skip(MOST_RESPONSES) {
            old.response = None;
        }
        self.last
    }

    /// The call of a number.
    pub fn get(&self, number: u64) -> Option<&Sent> {
        self.all.iter().find(|sent| sent.number == number)
    }
}

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
    let rows = app.work().with(|work| {
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
        work.history.all.iter().rev().map(row).collect()
    });
    Json(rows)
}

/// The request of a call, to send it again.
pub async fn one(State(app): State<App>, Path(number): Path<u64>) -> Result<Json<Request>, Refused> {
    let request = app.work().with(|work| {
        let sent = work.history.get(number)?;
        Some(Request::new(sent.body.as_ref(), sent.parameters.as_ref()))
    });
    request.map(Json).ok_or_else(|| {
        Refused::new(StatusCode::NOT_FOUND, format!("call {number} is not in the history; the last {MOST} calls are"))
    })
}
