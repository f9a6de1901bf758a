//! `/auth/verify`, and the end of a verification on demand.

use serde_json::json;

use super::super::account_view::insights;
use super::super::{Call, Response, nothing};
use super::numbers::{self, AccountNumbers};
use crate::bank::verification;
use crate::error::ApiError;
use crate::state::{AccountId, AuthMethod, VerificationStatus};

/// `/auth/verify`: what the database says of numbers. Numbers that can't be right make no Item.
pub fn verify(call: &mut Call<'_>) -> Response {
    let ach = call.request.object("numbers").object("ach");
    let entered = AccountNumbers {
        name: call.request.text("legal_name"),
        ..AccountNumbers::new(ach.required("account")?, ach.required("routing")?)
    };
    entered.check()?;
    let (status, said) = verification::look_up(entered.account, entered.name);
    let item = match status {
        VerificationStatus::DatabaseInsightsFail => None,
        _ => Some(numbers::create(call.tenant, AuthMethod::DatabaseInsights, &entered, None, None)),
    };
    Ok(json!({
        "item_id": item,
        "verification_insights": insights(said),
        "verification_status": status.wire(),
    }))
}

/// `/sandbox/item/set_verification_status`: ends the verification of an account that waits for its deposit.
pub fn set_status(call: &mut Call<'_>) -> Response {
    let item = call.tenant.item(call.request.required("access_token")?)?;
    let id = AccountId(call.request.required("account_id")?.to_owned());
    let account = item.account(&id).ok_or_else(ApiError::invalid_account_id)?;
    let present = account.verification.as_ref().map(|verification| verification.status);
    let new = match call.request.required("verification_status")? {
        "automatically_verified" => VerificationStatus::AutomaticallyVerified,
        "verification_expired" => VerificationStatus::VerificationExpired,
        _ => {
            let message = "verification_status must be automatically_verified or verification_expired";
            return Err(ApiError::invalid_field(message));
        }
    };
    let fits = match new {
        VerificationStatus::AutomaticallyVerified => present == Some(VerificationStatus::PendingAutomaticVerification),
        _ => present.is_some_and(VerificationStatus::is_pending),
    };
    if !fits {
        let message = format!("the account's verification can't become {}: it is not pending", new.wire());
        return Err(ApiError::invalid_field(&message));
    }
    let item = item.id.clone();
    verification::end(call.tenant, &item, &id, new);
    nothing()
}
