//! `/payment_profile/*`: accounts that users link to be debited by transfers.

use serde_json::json;

use super::super::{Call, Response, nothing};
use crate::error::ApiError;
use crate::fields::time;
use crate::state::{Profile, ProfileStatus, Tenant};

/// A profile by its token.
///
/// # Errors
/// `INVALID_FIELD` if there is none.
pub fn named<'a>(tenant: &'a mut Tenant, token: &str) -> Result<&'a mut Profile, ApiError> {
    let unknown = || ApiError::invalid_field("payment_profile_token must be the token of a payment profile");
    tenant.payments.profiles.get_mut(token).ok_or_else(unknown)
}

/// A profile that was not removed.
///
/// # Errors
/// `INVALID_FIELD` for one that was, and if there is none.
pub fn present<'a>(tenant: &'a mut Tenant, token: &str) -> Result<&'a mut Profile, ApiError> {
    match named(tenant, token)? {
        profile if profile.status == ProfileStatus::Removed => {
            Err(ApiError::invalid_field("the payment profile was removed"))
        }
        profile => Ok(profile),
    }
}

/// `/payment_profile/create`: a profile that waits for Link.
pub fn create(call: &mut Call<'_>) -> Response {
    let (token, now) = (call.tenant.ids.token("payment-profile"), call.tenant.now());
    let status = ProfileStatus::Pending;
    let profile = Profile { status, needs_login: false, created: now, updated: now, removed: None };
    call.tenant.payments.profiles.insert(token.clone(), profile);
    Ok(json!({"payment_profile_token": token}))
}

/// `/payment_profile/get`.
pub fn get(call: &mut Call<'_>) -> Response {
    let profile = named(call.tenant, call.request.required("payment_profile_token")?)?;
    let status = match profile.status {
        ProfileStatus::Pending => "PENDING",
        ProfileStatus::Ready => "READY",
        ProfileStatus::Removed => "REMOVED",
    };
    Ok(json!({
        "created_at": time(profile.created), "deleted_at": profile.removed.map(time), "status": status,
        "updated_at": time(profile.updated),
    }))
}

/// `/payment_profile/remove`.
pub fn remove(call: &mut Call<'_>) -> Response {
    let now = call.tenant.now();
    let profile = present(call.tenant, call.request.required("payment_profile_token")?)?;
    (profile.status, profile.updated, profile.removed) = (ProfileStatus::Removed, now, Some(now));
    nothing()
}

/// `/sandbox/payment_profile/reset_login`: no transfer is authorized until the user has been in Link again.
pub fn reset_login(call: &mut Call<'_>) -> Response {
    let now = call.tenant.now();
    let profile = present(call.tenant, call.request.required("payment_profile_token")?)?;
    if profile.status == ProfileStatus::Pending {
        return Err(ApiError::invalid_field("the payment profile has not been in Link yet"));
    }
    (profile.needs_login, profile.updated) = (true, now);
    Ok(json!({"reset_login": true}))
}
