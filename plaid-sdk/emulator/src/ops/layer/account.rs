//! What a person shares in a session of Layer: `/user_account/session/*`.

use serde_json::{Map, Value, json};

use crate::error::ApiError;
use crate::fields::Fields;
use crate::ops::network;
use crate::ops::{Call, Response, nothing};
use crate::state::{LinkToken, Session, Tenant};

/// The phone number of a person whose application has not said one: an eligible one of the Sandbox's.
const PHONE: &str = "+14155550011";

/// Whether a Link token is one of Layer.
fn is_layer(link: &LinkToken) -> bool {
    Fields(&link.request).text("template_id").is_some()
}

/// The phone number that a person starts a session with.
fn phone(tenant: &Tenant, link: &LinkToken) -> String {
    let user = link.user.as_ref().and_then(|id| tenant.users.get(id));
    user.and_then(|user| network::phone_of(&user.identity)).unwrap_or(PHONE).to_owned()
}

/// Tells that a person has shown that the phone number is theirs, as soon as a session of Layer starts. A person who is not eligible
/// goes through Link without it.
pub fn started(tenant: &mut Tenant, link: &LinkToken, session: &Session) {
    if is_layer(link) && network::is_eligible(&phone(tenant, link)) {
        let url = Fields(&link.request).text("webhook").map(str::to_owned);
        let fields = json!({"link_session_id": session.id, "link_token": link.token});
        tenant.webhook(None, url, "LAYER", "LAYER_AUTHENTICATION_PASSED", fields);
    }
}

/// `/user_account/session/get`: the identity and the Items of a session of Layer that has succeeded. Each read gives the Items the
/// same access tokens.
pub fn get(call: &mut Call<'_>) -> Response {
    let public = call.request.required("public_token")?;
    let tenant = &mut *call.tenant;
    let now = tenant.now();
    let known = tenant.public.get(public).ok_or_else(ApiError::invalid_public_token)?;
    if known.expires <= now {
        return Err(ApiError::expired_public_token());
    }
    let has_it = |link: &&LinkToken| {
        link.sessions.iter().any(|session| session.results.iter().any(|(token, _)| token == public))
    };
    let link = tenant.links.values().find(has_it).filter(|link| is_layer(link)).cloned();
    let link = link.ok_or_else(|| ApiError::invalid_field("public_token does not belong to a session of Layer"))?;
    let tokens = link.sessions.iter().flat_map(|session| &session.results).map(|(token, _)| token);
    let mut items = Vec::new();
    for token in tokens {
        let Some(item) = tenant.public.get(token).map(|one| one.item.clone()) else { continue };
        let known = tenant.access.iter().find(|(_, id)| **id == item).map(|(access, _)| access.clone());
        let access = known.unwrap_or_else(|| tenant.ids.token("access"));
        tenant.access.insert(access.clone(), item.clone());
        items.push(json!({"access_token": access, "item_id": item}));
    }
    let phone = phone(tenant, &link);
    let identity = if network::is_eligible(&phone) { identity(&phone) } else { Value::Null };
    // Newer clients require the session; the document lacks it.
    let session = link.sessions.last().map(|session| &session.id);
    Ok(json!({"identity": identity, "items": items, "link_session_id": session}))
}

/// The identity of the Sandbox's person. Some numbers lack a part of it.
fn identity(phone: &str) -> Value {
    let mut all = Map::new();
    let parts = [
        ("name", json!({"first_name": "Leslie", "last_name": "Knope"})),
        (
            "address",
            json!({
                "city": "Pawnee", "country": "US", "postal_code": "46001", "region": "IN", "street": "123 Main St.",
                "street2": null,
            }),
        ),
        ("email", json!("leslie.knope@example.com")),
        ("date_of_birth", json!("1975-01-18")),
        ("ssn", json!("123456789")),
        ("ssn_last_4", json!("6789")),
    ];
    let lacking = network::lacks(phone);
    for (name, value) in parts {
        let is_lacking = lacking.is_some_and(|part| name == part || (part == "ssn" && name == "ssn_last_4"));
        all.insert(name.to_owned(), if is_lacking { Value::Null } else { value });
    }
    all.insert("phone_number".to_owned(), phone.into());
    Value::Object(all)
}

/// `/user_account/session/event/send`: an event of the application about a session that there is.
pub fn send_event(call: &mut Call<'_>) -> Response {
    let id = call.request.required("link_session_id")?;
    let mut sessions = call.tenant.links.values().flat_map(|link| &link.sessions);
    if !sessions.any(|session| session.id == id) {
        return Err(ApiError::invalid_field("link_session_id is unknown"));
    }
    if call.request.object("event").required("name")?.is_empty() {
        return Err(ApiError::invalid_field("event.name must not be empty"));
    }
    call.tenant.platform.layer_events.push(call.request.0.clone());
    nothing()
}
