//! `/payment_profile/*`: an account for transfers, by a token of its own.

use serde_json::json;

use super::{Call, Class, Entry, Response, nothing};
use crate::error::ApiError;
use crate::fields::{Fields, time};
use crate::state::{ItemId, PaymentProfile, ProfileState, Tenant};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/payment_profile/create", Class::StateMachine, create),
    Entry::json("/payment_profile/get", Class::StateMachine, get),
    Entry::json("/payment_profile/remove", Class::StateMachine, remove),
    Entry::json("/sandbox/payment_profile/reset_login", Class::StateMachine, reset_login),
];

/// `/payment_profile/create`: Link gives it an account later.
fn create(call: &mut Call<'_>) -> Response {
    let (token, now) = (call.tenant.ids.token("payment-profile"), call.tenant.now());
    let profile = PaymentProfile { created: now, updated: now, state: ProfileState::Pending };
    call.tenant.platform.profiles.insert(token.clone(), profile);
    Ok(json!({"payment_profile_token": token}))
}

fn named<'a>(call: &'a mut Call<'_>) -> Result<&'a mut PaymentProfile, ApiError> {
    let token = call.request.required("payment_profile_token")?;
    let profile = call.tenant.platform.profiles.get_mut(token);
    profile.ok_or_else(|| ApiError::invalid_field("payment_profile_token is unknown"))
}

/// `/payment_profile/get`: a removed one can still be read.
fn get(call: &mut Call<'_>) -> Response {
    let profile = named(call)?;
    let (status, deleted) = match &profile.state {
        ProfileState::Pending => ("PENDING", None),
        ProfileState::Ready { .. } => ("READY", None),
        ProfileState::Removed(at) => ("REMOVED", Some(*at)),
    };
    Ok(json!({
        "created_at": time(profile.created),
        "deleted_at": deleted.map(time),
        "status": status,
        "updated_at": time(profile.updated),
    }))
}

/// `/payment_profile/remove`: it can't be used any more, and not be removed twice.
fn remove(call: &mut Call<'_>) -> Response {
    let now = call.tenant.now();
    let profile = named(call)?;
    if matches!(profile.state, ProfileState::Removed(_)) {
        return Err(ApiError::invalid_field("payment_profile_token belongs to a profile that was removed"));
    }
    (profile.state, profile.updated) = (ProfileState::Removed(now), now);
    nothing()
}

/// `/sandbox/payment_profile/reset_login`: the user has to go through Link again.
fn reset_login(call: &mut Call<'_>) -> Response {
    let now = call.tenant.now();
    let profile = named(call)?;
    let ProfileState::Ready { needs_login, .. } = &mut profile.state else {
        return Err(ApiError::invalid_field("payment_profile_token belongs to a profile that has no account"));
    };
    *needs_login = true;
    profile.updated = now;
    Ok(json!({"reset_login": true}))
}

/// Gives the profile that a Link token names the first account of an Item that takes transfers. A removed profile stays removed.
pub fn linked(tenant: &mut Tenant, request: Fields<'_>, id: &ItemId) {
    let Some(token) = request.object("transfer").text("payment_profile_token") else { return };
    let now = tenant.now();
    let item = tenant.items.get(id);
    let usable = |one: &&crate::state::Account| matches!(one.subtype.as_str(), "checking" | "savings");
    let account = item.and_then(|item| item.accounts.iter().find(usable)).map(|account| account.id.clone());
    let profile = tenant.platform.profiles.get_mut(token);
    if let (Some(account), Some(profile)) = (account, profile)
        && !matches!(profile.state, ProfileState::Removed(_))
    {
        profile.state = ProfileState::Ready { item: id.clone(), account, needs_login: false };
        profile.updated = now;
    }
}
