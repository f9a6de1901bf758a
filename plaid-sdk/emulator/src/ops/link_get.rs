//! `/link/token/get`.

use serde_json::{Value, json};

use super::{Call, Class, Entry, Response};
use crate::error::ApiError;
use crate::fields::{Fields, time};
use crate::state::{LinkToken, Session};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[Entry::json("/link/token/get", Class::StateMachine, get)];

/// `/link/token/get`: the token, and what became of its sessions. They are kept for six hours.
pub fn get(call: &mut Call<'_>) -> Response {
    let token = call.request.required("link_token")?;
    if !token.starts_with("link-") {
        return Err(ApiError::invalid_field("link_token must be a Link token"));
    }
    let link = call.tenant.links.get(token).ok_or_else(ApiError::invalid_link_token)?;
    let mut response = json!({
        "created_at": time(link.created),
        "expiration": time(link.expires),
        "link_token": link.token,
        "metadata": metadata(Fields(&link.request)),
    });
    let kept: Vec<Value> =
        link.sessions.iter().filter(|session| is_kept(session, call.tenant.now())).map(|one| view(one, link)).collect();
    // The property is absent before there is a session.
    if !kept.is_empty() {
        response["link_sessions"] = kept.into();
    }
    if let Some(user) = &link.user {
        response["user_id"] = user.as_str().into();
    }
    Ok(response)
}

fn is_kept(session: &Session, now: chrono::DateTime<chrono::Utc>) -> bool {
    session.finished.is_none_or(|at| now < at + chrono::TimeDelta::hours(6))
}

fn metadata(request: Fields<'_>) -> Value {
    let mut shown = json!({
        "client_name": request.text("client_name"),
        "country_codes": request.value("country_codes"),
        "initial_products": request.texts("products").unwrap_or_default(),
        "language": request.text("language"),
        "redirect_uri": request.text("redirect_uri"),
        "webhook": request.text("webhook"),
    });
    for name in ["account_filters", "institution_data"] {
        if let Some(value) = request.value(name) {
            shown[name] = value.clone();
        }
    }
    shown
}

fn view(session: &Session, link: &LinkToken) -> Value {
    let mut shown = json!({
        "events": session.events,
        "finished_at": session.finished.map(time),
        "link_session_id": session.id,
        "started_at": time(session.started),
    });
    if let Some((token, metadata)) = session.results.last() {
        shown["on_success"] = json!({"metadata": metadata, "public_token": token});
    }
    if let Some(exit) = &session.exit {
        shown["exit"] = exit.clone();
        shown["on_exit"] = exit.clone();
    }
    // Update mode adds no Item.
    let added = session.results.iter().filter(|_| link.update.is_none()).map(|(token, metadata)| {
        json!({"accounts": metadata["accounts"], "institution": metadata["institution"], "public_token": token})
    });
    shown["results"] = json!({
        "bank_income_results": [],
        "cra_item_add_results": [],
        "cra_update_results": [],
        "document_income_results": null,
        "item_add_results": added.collect::<Vec<_>>(),
        "payroll_income_results": [],
    });
    shown
}
