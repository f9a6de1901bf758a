//! `/session/token/create`, and the sessions of a user that are over: `/credit/sessions/get`.

mod account;

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::items::valid_url;
use super::{Call, Class, Entry, Response, users};
use crate::error::ApiError;
use crate::fields::time;
use crate::state::{LinkToken, Session, Tenant};

pub use self::account::started;

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/credit/sessions/get", Class::StateMachine, sessions),
    Entry::json("/session/token/create", Class::StateMachine, create),
    Entry::json("/user_account/session/event/send", Class::StateMachine, account::send_event),
    Entry::json("/user_account/session/get", Class::StateMachine, account::get),
];

/// How long a token lives, in minutes.
const LIFE: i64 = 4 * 60;

/// `/session/token/create`: a Link token whose products come from a template. The session is an ordinary one.
pub fn create(call: &mut Call<'_>) -> Response {
    let request = call.request;
    if request.required("template_id")?.is_empty() {
        return Err(ApiError::invalid_field("template_id must not be empty"));
    }
    for name in ["webhook", "redirect_uri"] {
        request.text(name).map_or(Ok(()), |url| valid_url(name, url))?;
    }
    let user = match (request.text("user_id"), request.object("user").text("client_user_id")) {
        (Some(_), _) => users::named(call.tenant, request)?,
        (None, Some(id)) => users::find_or_create(call.tenant, id, None),
        (None, None) => return Err(ApiError::missing_fields("user.client_user_id")),
    };
    let mut kept = request.0.clone();
    if let Some(fields) = kept.as_object_mut() {
        fields.retain(|name, _| name != "client_id" && name != "secret");
        fields.insert("products".to_owned(), json!(["auth", "identity"]));
        fields.insert("country_codes".to_owned(), json!(["US"]));
        fields.insert("language".to_owned(), "en".into());
        fields.insert("client_name".to_owned(), "Layer".into());
    }
    let (token, now) = (call.tenant.ids.token("link"), call.tenant.now());
    let link = LinkToken {
        token: token.clone(),
        created: now,
        expires: now + TimeDelta::minutes(LIFE),
        request: kept,
        update: None,
        user: Some(user.clone()),
        hosted: None,
        sessions: Vec::new(),
    };
    let response = json!({"link": {"expiration": time(link.expires), "link_token": token, "user_id": user}});
    call.tenant.links.insert(token, link);
    Ok(response)
}

/// `/credit/sessions/get`: the sessions of a user, the newest first, with the Items that they added.
pub fn sessions(call: &mut Call<'_>) -> Response {
    let user = users::named(call.tenant, call.request)?;
    let tenant = &*call.tenant;
    let links = tenant.links.values().filter(|link| link.user.as_ref() == Some(&user));
    let mut all: Vec<&Session> = links.flat_map(|link| &link.sessions).filter(|one| one.finished.is_some()).collect();
    all.sort_by_key(|session| std::cmp::Reverse(session.started));
    Ok(json!({"sessions": all.into_iter().map(|session| view(tenant, session)).collect::<Vec<_>>()}))
}

fn view(tenant: &Tenant, session: &Session) -> Value {
    let added = session.results.iter().filter_map(|(token, _)| {
        let item = tenant.items.get(&tenant.public.get(token)?.item)?;
        Some(json!({"institution_id": item.institution, "item_id": item.id, "public_token": token}))
    });
    json!({
        "link_session_id": session.id,
        "results": {"item_add_results": added.collect::<Vec<_>>()},
        "session_start_time": time(session.started),
    })
}
