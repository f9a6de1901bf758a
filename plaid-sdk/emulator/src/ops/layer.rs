//! `/session/token/create`.

mod account;

use chrono::TimeDelta;
use serde_json::json;

use super::items::valid_url;
use super::{Call, Class, Entry, Response, users};
use crate::error::ApiError;
use crate::fields::time;
use crate::state::LinkToken;

pub use self::account::started;

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
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
