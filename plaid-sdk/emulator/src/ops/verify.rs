//! Identity Verification, Monitor, Beacon, Protect, and the verification of businesses.

pub mod authors;
pub mod beacon;
pub mod business;
mod compare;
pub mod identity;
pub mod monitor;
pub mod protect;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::{Call, Class, Entry, Response};
use crate::error::ApiError;
use crate::fields::{Fields, time};
use crate::state::Tenant;
use crate::state::verify::{Source, Trail};

/// How many objects a page has.
const PAGE: usize = 10;

/// A page of a list, the newest objects first. Each object comes with its place in the order of creation, which a cursor
/// holds: a new object between two pages moves nothing.
fn page<T>(request: Fields<'_>, list: &str, all: &[(usize, T)], view: impl Fn(&T) -> Value) -> Response {
    let before = match request.text("cursor").filter(|cursor| !cursor.is_empty()) {
        Some(cursor) => place(cursor, list).ok_or_else(|| ApiError::invalid_field("cursor is not one of this list"))?,
        None => usize::MAX,
    };
    let mut rest = all.iter().rev().filter(|(number, _)| *number < before);
    let shown: Vec<_> = rest.by_ref().take(PAGE).collect();
    let is_last = rest.next().is_none();
    let next = shown.last().filter(|_| !is_last);
    let next = next.map(|(number, _)| URL_SAFE_NO_PAD.encode(format!("{list}:{number}")));
    Ok(json!({list: shown.iter().map(|(_, one)| view(one)).collect::<Vec<_>>(), "next_cursor": next}))
}

fn place(cursor: &str, list: &str) -> Option<usize> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    text.strip_prefix(list)?.strip_prefix(':')?.parse().ok()
}

/// The error for an id that names nothing.
fn unknown(field: &str) -> ApiError {
    ApiError::invalid_field(&format!("{field} names nothing that exists"))
}

/// A change by a request, now.
fn by_request(tenant: &Tenant) -> Trail {
    Trail { source: Source::Api, author: None, at: tenant.now() }
}

/// Who changed something, as responses contain it.
fn trail(trail: &Trail) -> Value {
    json!({"dashboard_user_id": trail.author, "source": trail.source.name(), "timestamp": time(trail.at)})
}

/// Makes a webhook. It goes to the address that the dashboard has for these products.
fn announce(tenant: &mut Tenant, kind: &str, code: &str, fields: Value) {
    let url = tenant.verify.webhook.clone();
    tenant.webhook(None, url, kind, code, fields);
}
