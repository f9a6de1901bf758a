//! `/-/inbox`: the webhooks that arrived at `POST /-/webhook`, and those that the emulator made.
//!
//! Anybody can reach the receiver, so only what Plaid has signed is kept.

mod keys;
mod page;

use std::time::{SystemTime, UNIX_EPOCH};

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use plaid_catalog::model::{Sample, Text, Type};
use plaid_catalog::tools::json;
use serde::Serialize;
use serde_json::{Value, json};

pub use self::page::page;

use super::person;
use super::refused::Refused;
use crate::app::App;
use crate::memory::inbox::{Arrived, MOST};
use crate::webhook_token::{Token, TokenError};

/// The path of the receiver.
pub const RECEIVER: &str = "/-/webhook";

/// A webhook in the list.
#[derive(Serialize)]
pub struct Row {
    key: String,
    /// Seconds since 1970.
    at: u64,
    kind: String,
    code: String,
    /// What became of it.
    state: &'static str,
    /// Its number in the emulator, which can deliver it again.
    again: Option<u64>,
    /// What it means.
    about: String,
    /// The payload as JSON text.
    body: String,
}

/// Takes a webhook that Plaid has signed.
pub async fn receive(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Result<Json<Value>, Refused> {
    let refuse = |error: TokenError| Refused::new(StatusCode::UNAUTHORIZED, error.to_string());
    let token = Token::of(&headers).map_err(refuse)?;
    token.check(&body, seconds(SystemTime::now())).map_err(refuse)?;
    let key = keys::find(&app, &token.key_id).await.map_err(refuse)?;
    token.verify(&key).map_err(refuse)?;

    let text = std::str::from_utf8(&body).map_err(|_| Refused::bad("the webhook is not UTF-8"))?;
    let body = json::parse(text).map_err(|error| Refused::bad(format!("the webhook is not JSON: {error}")))?;
    let (kind, code) = pair(&body);
    let body = hidden(&app, &kind, &code, &body)?;
    let arrived = Arrived { number: 0, at: seconds(SystemTime::now()), kind, code, body };
    app.memory().with(|memory| memory.inbox.add(arrived));
    Ok(Json(json!({})))
}

/// Lists the webhooks, the newest first.
pub async fn list(State(app): State<App>) -> Result<Json<Vec<Row>>, Refused> {
    let arrived: Vec<Arrived> = app.memory().with(|memory| memory.inbox.newest());
    let mut rows: Vec<Row> = arrived
        .into_iter()
        .map(|one| Row {
            key: format!("a{}", one.number),
            at: one.at,
            about: about(&app, &one.kind, &one.code),
            kind: one.kind,
            code: one.code,
            state: "arrived here, signature verified",
            again: None,
            body: json::pretty_json(&one.body),
        })
        .collect();
    rows.extend(made(&app)?);
    rows.sort_by_key(|row| std::cmp::Reverse(row.at));
    rows.truncate(MOST);
    Ok(Json(rows))
}

/// The webhooks that the emulator made and that did not come here.
#[cfg(feature = "emulator")]
fn made(app: &App) -> Result<Vec<Row>, Refused> {
    use crate::gateway::Credentials;
    use plaid_emulator::Delivery;

    let credentials = Credentials::emulator();
    let Some(tenant) = app.emulator().and_then(|emulator| emulator.tenant(credentials.client_id())) else {
        return Ok(Vec::new());
    };
    let here = app.memory().webhook_url();
    let mut rows = Vec::new();
    for one in tenant.webhooks().into_iter().rev().take(MOST) {
        let is_here = one.url.is_some() && one.url.as_deref() == here;
        if is_here && one.state == Delivery::Delivered {
            continue;
        }
        let body = json::parse(&one.body).map_err(|error| Refused::bad(error.to_string()))?;
        rows.push(Row {
            key: format!("e{}", one.id),
            at: u64::try_from(one.made.timestamp()).unwrap_or_default(),
            about: about(app, &one.kind, &one.code),
            state: match one.state {
                Delivery::NoReceiver => "made by the emulator, without a receiver",
                Delivery::Waiting => "made by the emulator, waits for its next attempt",
                Delivery::Sending => "made by the emulator, on its way",
                Delivery::Delivered => "delivered to its receiver",
                Delivery::Failed => "its receiver did not take it",
            },
            again: one.url.is_some().then_some(one.id),
            body: json::pretty_json(&hidden(app, &one.kind, &one.code, &body)?),
            kind: one.kind,
            code: one.code,
        });
    }
    Ok(rows)
}

#[cfg(not(feature = "emulator"))]
fn made(_app: &App) -> Result<Vec<Row>, Refused> {
    Ok(Vec::new())
}

/// The pair that announces a webhook.
fn pair(body: &Sample) -> (String, String) {
    let text = |name: &str| match body.get(name) {
        Some(Sample::Text(text)) => text.clone(),
        _ => String::new(),
    };
    (text("webhook_type"), text("webhook_code"))
}

/// The payload with handles for credentials.
fn hidden(app: &App, kind: &str, code: &str, body: &Sample) -> Result<Sample, Refused> {
    let ty = app.catalog().webhooks(kind, code).first().map(|webhook| Type::Named(webhook.body.clone()));
    let hidden = app.handles().hide_as(&person(), ty.as_ref(), body);
    hidden.map_err(|error| Refused::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))
}

/// What a webhook means, in a line.
fn about(app: &App, kind: &str, code: &str) -> String {
    let catalog = app.catalog();
    let docs = catalog.webhooks(kind, code).first().and_then(|webhook| catalog.api().types.get(&webhook.body));
    let text = docs.and_then(|def| def.docs.summary.as_ref().or(def.docs.description.as_ref()));
    text.map(Text::to_string).map_or_else(String::new, |text| text.replace('`', ""))
}

fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}
