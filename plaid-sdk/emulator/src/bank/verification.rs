//! The verification of numbers that a user entered: by small deposits that arrive after a day or carry a code, or by a
//! database.

use chrono::TimeDelta;
use serde_json::json;

use crate::error::ApiError;
use crate::state::{AccountId, Event, Insights, ItemId, Tenant, Verification, VerificationStatus};

/// The code that the deposits of the Sandbox carry.
pub const CODE: &str = "ABC";
/// The account whose automatic verification succeeds.
const AUTOMATIC: (&str, &str) = ("021000021", "1111222233330000");
/// The account that Database Match knows.
const KNOWN: (&str, &str) = ("110000000", "1111222233331111");
/// The holder that the database knows.
const HOLDER: &str = "John Smith";
/// The wrong code that ends the verification.
const LAST_ATTEMPT: u8 = 3;

/// Schedules what happens to a pending verification by itself.
pub fn start(tenant: &mut Tenant, item: &ItemId, account: &AccountId) {
    let Some(found) = tenant.items.get(item).and_then(|item| item.account(account)) else { return };
    let Some(status) = found.verification.as_ref().map(|verification| verification.status) else { return };
    let ach = found.numbers.ach.as_ref();
    let arrives = ach.is_some_and(|ach| (ach.routing.as_str(), ach.account.as_str()) == AUTOMATIC);
    let mut later = |time: TimeDelta, status| {
        let time = tenant.now() + time;
        tenant.schedule.at(time, Event::Verification(item.clone(), account.clone(), status));
    };
    if status == VerificationStatus::PendingAutomaticVerification && arrives {
        later(TimeDelta::hours(24), VerificationStatus::AutomaticallyVerified);
    }
    if status.is_pending() {
        later(TimeDelta::days(7), VerificationStatus::VerificationExpired);
    }
}

/// Ends a pending verification. A webhook says so. One that has ended stays as it is.
pub fn end(tenant: &mut Tenant, item: &ItemId, account: &AccountId, status: VerificationStatus) {
    let found = tenant.items.get_mut(item).filter(|item| item.error().is_none());
    let found = found.and_then(|item| item.accounts.iter_mut().find(|one| one.id == *account));
    let Some(verification) = found.and_then(|account| account.verification.as_mut()) else { return };
    if !verification.status.is_pending() {
        return;
    }
    verification.status = status;
    let (code, fields) = match status {
        VerificationStatus::AutomaticallyVerified => {
            ("AUTOMATICALLY_VERIFIED", json!({"account_id": account, "error": null}))
        }
        VerificationStatus::VerificationExpired => {
            ("VERIFICATION_EXPIRED", json!({"account_id": account, "error": null}))
        }
        _ => ("SMS_MICRODEPOSITS_VERIFICATION", json!({"account_id": account, "status": status.wire().to_uppercase()})),
    };
    tenant.item_webhook(item, "AUTH", code, fields);
}

/// Takes the code of a deposit from the user.
///
/// # Errors
/// `INCORRECT_DEPOSIT_VERIFICATION` for a wrong one, `TOO_MANY_VERIFICATION_ATTEMPTS` for the third wrong one, and
/// `INVALID_FIELD` if no account of the Item waits for a code.
pub fn confirm(tenant: &mut Tenant, item: &ItemId, code: &str) -> Result<(), ApiError> {
    let found = tenant.items.get_mut(item).ok_or_else(ApiError::item_not_found)?;
    let waits = |verification: &Verification| verification.status == VerificationStatus::PendingManualVerification;
    let account = found.accounts.iter_mut().find(|account| account.verification.as_ref().is_some_and(waits));
    let (account, verification) = account
        .and_then(|account| Some((account.id.clone(), account.verification.as_mut()?)))
        .ok_or_else(|| ApiError::invalid_field("the Item has no account whose verification waits for a code"))?;
    if code == CODE {
        end(tenant, item, &account, VerificationStatus::ManuallyVerified);
        return Ok(());
    }
    verification.wrong_codes += 1;
    if verification.wrong_codes < LAST_ATTEMPT {
        return Err(ApiError::incorrect_deposit());
    }
    end(tenant, item, &account, VerificationStatus::VerificationFailed);
    Err(ApiError::too_many_attempts())
}

/// Whether Database Match knows an account.
pub fn is_known(routing: &str, account: &str) -> bool {
    (routing, account) == KNOWN
}

/// What the database says of an account: by the last digits of its number.
pub fn look_up(account: &str, name: Option<&str>) -> (VerificationStatus, Insights) {
    let (status, is_known, is_well_formed) = match account {
        account if account.ends_with("1111") => (VerificationStatus::DatabaseInsightsPass, true, Some(true)),
        account if account.ends_with("3333") => {
            (VerificationStatus::DatabaseInsightsPassWithCaution, false, Some(true))
        }
        _ => (VerificationStatus::DatabaseInsightsFail, false, Some(false)),
    };
    let name_score = name.filter(|_| is_known).map(|name| crate::names::score(name, HOLDER));
    (status, Insights { name_score, is_known, is_verified: is_known, is_well_formed })
}

#[cfg(test)]
mod tests {
    use super::{HOLDER, look_up};
    use crate::state::VerificationStatus;

    #[test]
    fn the_last_digits_decide() {
        let status = |account| look_up(account, None).0;
        assert_eq!(status("1111222233331111"), VerificationStatus::DatabaseInsightsPass);
        assert_eq!(status("1111222233333333"), VerificationStatus::DatabaseInsightsPassWithCaution);
        assert_eq!(status("1111222233330000"), VerificationStatus::DatabaseInsightsFail);
    }

    #[test]
    fn the_name_is_compared_where_an_account_is_known() {
        let score = |account, name| look_up(account, Some(name)).1.name_score;
        assert_eq!(score("1111", HOLDER), Some(100));
        assert!(score("1111", "Ann Other").is_some_and(|score| score < 50));
        assert_eq!(score("3333", HOLDER), None);
    }
}
