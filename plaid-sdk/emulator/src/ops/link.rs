//! `/link/token/create` and `/link/oauth/correlation_id/exchange`.

use chrono::{NaiveDate, TimeDelta};
use serde_json::{Value, json};

use super::items::valid_url;
use super::{Call, Class, Entry, Response, cra, intents, link_session, payments, statements, transfer, users};
use crate::error::ApiError;
use crate::fields::{Fields, time};
use crate::state::LinkToken;

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/link/oauth/correlation_id/exchange", Class::StateMachine, link_session::exchange),
    Entry::json("/link/token/create", Class::StateMachine, create),
];

/// How long a token lives, in minutes: for a new Item, and in update mode.
const LIFE: i64 = 4 * 60;
const UPDATE_LIFE: i64 = 30;
/// How long a hosted session can be started at the most, in seconds: 21 days.
const MOST_HOSTED: i64 = 21 * 86_400;

/// `/link/token/create`: a token that starts Link, for a new Item or for update mode.
pub fn create(call: &mut Call<'_>) -> Response {
    let request = call.request;
    check(request, call.tenant.now().date_naive())?;
    intents::check(call.tenant, request.object("transfer"))?;
    let authorization = request.object("transfer").text("authorization_id");
    let update = match (request.text("access_token"), authorization) {
        (Some(token), _) => Some(call.tenant.any_item(token)?.id.clone()),
        (None, Some(id)) => Some(transfer::item_of(call.tenant, id)?),
        (None, None) => None,
    };
    let mut products = request.texts("products").unwrap_or_default();
    if authorization.is_some() {
        // It names the product that the user is needed for, and asks for no other one.
        products.retain(|product| *product != "transfer");
    }
    match (&update, products.is_empty()) {
        (Some(_), false) => {
            return Err(ApiError::invalid_field("products must not be set in update mode, when access_token is set"));
        }
        (None, true) => return Err(ApiError::missing_fields("products")),
        _ => {}
    }
    payments::check_link(call.tenant, request)?;
    let user = user(call)?;
    cra::check_link(call.tenant, request, user.as_deref())?;
    let now = call.tenant.now();
    let hosted = request.value("hosted_link").map(Fields);
    let life = match (&update, hosted) {
        (_, Some(hosted)) => hosted_life(hosted)?,
        (Some(_), None) => TimeDelta::minutes(UPDATE_LIFE),
        (None, None) => TimeDelta::minutes(LIFE),
    };
    let token = call.tenant.ids.token("link");
    let link = LinkToken {
        token: token.clone(),
        created: now,
        expires: now + life,
        request: without_secrets(request.0),
        update,
        user,
        hosted: hosted.map(|_| format!("{}/_plaid/link/page/{token}", call.world.base_url)),
        sessions: Vec::new(),
    };
    let mut response = json!({"expiration": time(link.expires), "link_token": token});
    if let Some(url) = &link.hosted {
        response["hosted_link_url"] = url.as_str().into();
    }
    if let Some(user) = &link.user {
        response["user_id"] = user.as_str().into();
    }
    call.tenant.tidy();
    call.tenant.links.insert(token, link);
    Ok(response)
}

/// The user that a token is for: by `user_id` or `user_token`, or by the application's own id, which creates one.
fn user(call: &mut Call<'_>) -> Result<Option<String>, ApiError> {
    let request = call.request;
    if request.text("user_id").or(request.text("user_token")).is_some() {
        return users::named(call.tenant, request).map(Some);
    }
    let id = request.object("user").text("client_user_id");
    Ok(id.map(|id| users::find_or_create(call.tenant, id, None)))
}

/// What the catalogue can't know: rules between fields.
fn check(request: Fields<'_>, today: NaiveDate) -> Result<(), ApiError> {
    if request.required("client_name")?.is_empty() {
        return Err(ApiError::invalid_field("client_name must not be empty"));
    }
    if request.texts("country_codes").is_none_or(|countries| countries.is_empty()) {
        return Err(ApiError::invalid_field("country_codes must have at least one country"));
    }
    for name in ["webhook", "redirect_uri"] {
        if let Some(url) = request.text(name) {
            valid_url(name, url)?;
        }
    }
    let has_statements = request.texts("products").is_some_and(|products| products.contains(&"statements"));
    if has_statements && request.value("statements").is_none() {
        return Err(ApiError::invalid_field("statements.start_date and statements.end_date must be set"));
    }
    income(request)?;
    statements::window(request.object("statements"), today)?;
    link_session::identity_request::check(request)
}

/// An income needs to be described, by one kind of source.
fn income(request: Fields<'_>) -> Result<(), ApiError> {
    let asks = request.texts("products").is_some_and(|products| products.contains(&"income_verification"));
    let options = request.object("income_verification");
    if asks && request.value("income_verification").is_none() {
        return Err(ApiError::missing_fields("income_verification"));
    }
    match options.texts("income_source_types").is_some_and(|kinds| kinds.len() > 1) {
        true => Err(ApiError::invalid_field("income_verification.income_source_types must have one entry")),
        false => Ok(()),
    }
}

/// How long a hosted session can be started: by default 30 minutes, by SMS a day, by email a week.
fn hosted_life(hosted: Fields<'_>) -> Result<TimeDelta, ApiError> {
    let default = match hosted.text("delivery_method") {
        Some("sms") => TimeDelta::days(1),
        Some("email") => TimeDelta::days(7),
        _ => TimeDelta::minutes(30),
    };
    match hosted.integer("url_lifetime_seconds") {
        Some(seconds) if (1..=MOST_HOSTED).contains(&seconds) => Ok(TimeDelta::seconds(seconds)),
        Some(_) => {
            let message = format!("hosted_link.url_lifetime_seconds must be between 1 and {MOST_HOSTED}");
            Err(ApiError::invalid_field(&message))
        }
        None => Ok(default),
    }
}

fn without_secrets(request: &Value) -> Value {
    let mut request = request.clone();
    if let Some(fields) = request.as_object_mut() {
        for secret in ["client_id", "secret", "access_token", "access_tokens", "user_token", "third_party_user_token"] {
            fields.remove(secret);
        }
    }
    request
}
