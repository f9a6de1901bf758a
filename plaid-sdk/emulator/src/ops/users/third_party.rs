//! `/user/third_party_token/*`: tokens by which another client reads the data of a user.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::named;
use crate::error::ApiError;
use crate::fields::Fields;
use crate::ops::{Call, Response};
use crate::state::{Tenant, ThirdParty};

/// How long a token lives at the most, in hours, and without a wish.
const LIFE: i64 = 24;

/// `/user/third_party_token/create`.
pub fn create(call: &mut Call<'_>) -> Response {
    let user = named(call.tenant, call.request)?;
    let client = call.request.required("third_party_client_id")?;
    if client.is_empty() {
        return Err(ApiError::invalid_field("third_party_client_id must not be empty"));
    }
    let now = call.tenant.now();
    let most = now + TimeDelta::hours(LIFE);
    let expires = match call.request.text("expiration_time") {
        Some(text) => {
            let wish = DateTime::parse_from_rfc3339(text).ok().map(|time| time.with_timezone(&Utc));
            let within = wish.filter(|time| now < *time && *time <= most);
            within.ok_or_else(|| ApiError::invalid_field("expiration_time must be within the next 24 hours"))?
        }
        None => most,
    };
    let token = call.tenant.ids.token("third-party-user");
    let third = ThirdParty { user, client: client.to_owned(), expires };
    call.tenant.checks.third_parties.insert(token.clone(), third);
    Ok(json!({"third_party_user_token": token}))
}

/// `/user/third_party_token/remove`.
pub fn remove(call: &mut Call<'_>) -> Response {
    let token = call.request.required("third_party_user_token")?;
    found(call.tenant, token)?;
    call.tenant.checks.third_parties.shift_remove(token);
    Ok(json!({"removed": true}))
}

/// The user whose data a request reads: the one that it names, or that of a third party's token.
///
/// # Errors
/// As [`named`], and `INVALID_USER_TOKEN` for a token that is unknown, removed or too old.
pub fn reader(tenant: &Tenant, request: Fields<'_>) -> Result<String, ApiError> {
    match request.text("third_party_user_token") {
        Some(token) => Ok(found(tenant, token)?.user.clone()),
        None => named(tenant, request),
    }
}

fn found<'a>(tenant: &'a Tenant, token: &str) -> Result<&'a ThirdParty, ApiError> {
    let live = tenant.checks.third_parties.get(token).filter(|third| tenant.now() < third.expires);
    live.ok_or_else(|| {
        ApiError::new("INVALID_INPUT", "INVALID_USER_TOKEN", "the third-party user token does not exist or has expired")
    })
}
