//! `/user/*`: users of the application.

mod identity;
mod third_party;

use serde_json::{Value, json};

use super::items::view as item_view;
use super::{Call, Class, Entry, Response, nothing};
use crate::error::ApiError;
use crate::fields::{Fields, time};
use crate::state::{Event, Item, ItemState, Tenant, User, UserApi};

pub use self::identity::eligible;
pub use self::third_party::reader;

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/sandbox/user/reset_login", Class::StateMachine, reset_login),
    Entry::json("/user/create", Class::StateMachine, create),
    Entry::json("/user/get", Class::StateMachine, get),
    Entry::json("/user/identity/remove", Class::StateMachine, remove_identity),
    Entry::json("/user/items/get", Class::StateMachine, items),
    Entry::json("/user/remove", Class::StateMachine, remove),
    Entry::json("/user/third_party_token/create", Class::StateMachine, third_party::create),
    Entry::json("/user/third_party_token/remove", Class::StateMachine, third_party::remove),
    Entry::json("/user/update", Class::StateMachine, update),
];

/// `/user/create`: the same `client_user_id` returns the same user.
pub fn create(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let client_user_id = request.required("client_user_id")?;
    if client_user_id.is_empty() || client_user_id.chars().count() > 128 {
        return Err(ApiError::invalid_field("client_user_id must have 1 to 128 characters"));
    }
    let api = match (call.tenant.user_api, request.flag("with_upgraded_user")) {
        (_, true) => UserApi::New,
        (api, false) => api,
    };
    identity::fits(request, api)?;
    let known = identity::read(request, call.tenant.now().date_naive())?;
    let is_new = by_client_user_id(call.tenant, client_user_id).is_err();
    let id = find_or_create(call.tenant, client_user_id, known.as_ref());
    let user = call.tenant.users.get_mut(&id).ok_or_else(ApiError::user_not_found)?;
    if is_new {
        user.api = api;
        user.end_customer = request.text("end_customer").map(str::to_owned);
    }
    Ok(match user.api {
        UserApi::New => json!({"user_id": id}),
        UserApi::Legacy | UserApi::Both => json!({"user_id": id, "user_token": user.token}),
    })
}

/// The id of the user with an id of the application's, who is created if there is none.
pub fn find_or_create(tenant: &mut Tenant, client_user_id: &str, identity: Option<&Value>) -> String {
    if let Some(user) = tenant.users.values().find(|user| user.client_user_id == client_user_id) {
        return user.id.clone();
    }
    let api = tenant.user_api;
    // The ids of the older users have no prefix.
    let id = if api == UserApi::Legacy { tenant.ids.long() } else { tenant.ids.short("usr_") };
    let (token, now) = (tenant.ids.token("user"), tenant.now());
    let user = User {
        id: id.clone(),
        token,
        client_user_id: client_user_id.to_owned(),
        identity: identity.cloned().unwrap_or(Value::Null),
        created: now,
        updated: now,
        end_customer: None,
        api,
    };
    tenant.users.insert(id.clone(), user);
    id
}

/// The user that a request names by `user_id` or `user_token`.
///
/// # Errors
/// `USER_NOT_FOUND` or `INVALID_USER_TOKEN` for an unknown one, `INVALID_USER_ID` for a malformed id, `INVALID_FIELD`
/// for two different ones, `MISSING_FIELDS` if the request names none.
pub fn named(tenant: &Tenant, request: Fields<'_>) -> Result<String, ApiError> {
    let by_token = |token: &str| {
        // Users of the new kind have no token.
        let user = tenant.users.values().find(|user| user.token == token && user.api != UserApi::New);
        user.map(|user| user.id.clone()).ok_or_else(ApiError::invalid_user_token)
    };
    let is_id = |id: &str| {
        !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
    };
    match (request.text("user_id"), request.text("user_token")) {
        (Some(id), _) if !is_id(id) => Err(ApiError::invalid_user_id()),
        (Some(id), _) if !tenant.users.contains_key(id) => Err(ApiError::user_not_found()),
        (Some(id), Some(token)) if by_token(token)? != id => {
            Err(ApiError::invalid_field("user_id and user_token must name the same user"))
        }
        (Some(id), _) => Ok(id.to_owned()),
        (None, Some(token)) => by_token(token),
        (None, None) => Err(ApiError::missing_fields("user_id")),
    }
}

/// The user with an id of the application's.
///
/// # Errors
/// `USER_NOT_FOUND` if there is none.
pub fn by_client_user_id(tenant: &Tenant, client_user_id: &str) -> Result<String, ApiError> {
    let user = tenant.users.values().find(|user| user.client_user_id == client_user_id);
    user.map(|user| user.id.clone()).ok_or_else(ApiError::user_not_found)
}

/// `/user/get`: only users of the new kind are found.
pub fn get(call: &mut Call<'_>) -> Response {
    let id = named(call.tenant, call.request)?;
    let user = call.tenant.users.get(&id).filter(|user| user.api != UserApi::Legacy);
    let user = user.ok_or_else(ApiError::user_not_found)?;
    Ok(json!({
        "client_user_id": user.client_user_id,
        "created_at": time(user.created),
        "identity": user.identity,
        "updated_at": time(user.updated),
        "user_id": user.id,
    }))
}

/// `/user/update`: the given parts of the identity replace the old ones.
pub fn update(call: &mut Call<'_>) -> Response {
    let id = named(call.tenant, call.request)?;
    let now = call.tenant.now();
    let user = call.tenant.users.get(&id).ok_or_else(ApiError::user_not_found)?;
    identity::fits(call.request, user.api)?;
    let new = identity::read(call.request, now.date_naive())?;
    let user = call.tenant.users.get_mut(&id).ok_or_else(ApiError::user_not_found)?;
    match (&mut user.identity, new) {
        (identity @ Value::Object(_), Some(new)) => crate::json::merge(identity, new),
        (identity, Some(new)) => *identity = new,
        (_, None) => {}
    }
    user.updated = now;
    nothing()
}

/// `/user/identity/remove`: the user stays, what is known of them goes.
pub fn remove_identity(call: &mut Call<'_>) -> Response {
    let id = named(call.tenant, call.request)?;
    let now = call.tenant.now();
    let user = call.tenant.users.get_mut(&id).ok_or_else(ApiError::user_not_found)?;
    (user.identity, user.updated) = (Value::Null, now);
    nothing()
}

/// `/user/remove`: the user goes, and with them their Items, reports and subscriptions.
pub fn remove(call: &mut Call<'_>) -> Response {
    let id = named(call.tenant, call.request)?;
    let gone: Vec<_> = call.tenant.items.values_mut().filter(|item| item.user.as_ref() == Some(&id)).collect();
    let mut ids = Vec::new();
    for item in gone {
        item.state = ItemState::Removed;
        ids.push(item.id.clone());
    }
    call.tenant.processors.retain(|_, processor| !ids.contains(&processor.item));
    let checks = &mut call.tenant.checks;
    checks.reports.shift_remove(&id);
    checks.third_parties.retain(|_, token| token.user != id);
    let is_own = |of: &str| checks.subscriptions.get(of).is_some_and(|one| one.user == id);
    call.tenant.schedule.drop_if(|event| match event {
        Event::CheckReport { user, .. } => *user == id,
        Event::Insights(of) => is_own(of),
        event => event.item().is_some_and(|id| ids.contains(id)),
    });
    checks.subscriptions.retain(|_, one| one.user != id);
    call.tenant.users.shift_remove(&id);
    nothing()
}

/// `/user/items/get`: the Items of a user.
pub fn items(call: &mut Call<'_>) -> Response {
    let id = named(call.tenant, call.request)?;
    let items = call.tenant.items.values().filter(|item| item.user.as_ref() == Some(&id));
    let items: Vec<Value> =
        items.filter(|item| item.state != ItemState::Removed).map(|item| item_view(item, call.world)).collect();
    Ok(json!({"items": items}))
}

/// `/sandbox/user/reset_login`: all Items of a user, or the named ones, need a new login.
pub fn reset_login(call: &mut Call<'_>) -> Response {
    let id = named(call.tenant, call.request)?;
    let only = call.request.texts("item_ids").filter(|only| !only.is_empty());
    let is_own = |item: &Item| item.user.as_ref() == Some(&id) && item.state != ItemState::Removed;
    let known = |id: &&str| call.tenant.items.values().any(|item| is_own(item) && item.id.0 == **id);
    if !only.iter().flatten().all(known) {
        return Err(ApiError::invalid_field("item_ids must be Items of the user"));
    }
    let error = ApiError::login_required();
    let mut broken = Vec::new();
    for item in call.tenant.items.values_mut().filter(|item| is_own(item)) {
        if only.as_ref().is_none_or(|only| only.contains(&item.id.0.as_str())) {
            item.state = ItemState::Broken(error.clone());
            broken.push(item.id.clone());
        }
    }
    for id in broken {
        call.tenant.item_webhook(&id, "ITEM", "ERROR", json!({"error": error.in_webhook()}));
    }
    nothing()
}
