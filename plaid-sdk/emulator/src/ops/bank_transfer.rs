//! `/bank_transfer/*`: the product before Transfer. A transfer needs no authorization.

mod create;
mod lists;
mod progress;
#[cfg(test)]
mod property;
mod simulate;
mod view;

use chrono::{DateTime, Utc};
use serde_json::json;

use super::{Call, Class, Entry, Response};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::ORIGINATION_ACCOUNT;

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/bank_transfer/balance/get", Class::Computed, balance),
    Entry::json("/bank_transfer/cancel", Class::StateMachine, simulate::cancel),
    Entry::json("/bank_transfer/create", Class::StateMachine, create::create),
    Entry::json("/bank_transfer/event/list", Class::StateMachine, lists::events),
    Entry::json("/bank_transfer/event/sync", Class::StateMachine, lists::sync),
    Entry::json("/bank_transfer/get", Class::StateMachine, lists::get),
    Entry::json("/bank_transfer/list", Class::StateMachine, lists::list),
    Entry::json("/bank_transfer/sweep/get", Class::StateMachine, lists::sweep),
    Entry::json("/bank_transfer/sweep/list", Class::StateMachine, lists::sweeps),
    Entry::json("/processor/bank_transfer/create", Class::StateMachine, create::create_as_processor),
    Entry::json("/sandbox/bank_transfer/fire_webhook", Class::Computed, simulate::fire),
    Entry::json("/sandbox/bank_transfer/simulate", Class::StateMachine, simulate::simulate),
];

/// `/bank_transfer/balance/get`: debits count once they are posted, credits as soon as they are made.
pub fn balance(call: &mut Call<'_>) -> Response {
    check_origination(call.request)?;
    let ledger = call.tenant.bank_transfers.ledgers.get(ORIGINATION_ACCOUNT);
    let available = ledger.map(crate::state::Ledger::available).unwrap_or_default();
    let usable = available.max(rust_decimal::Decimal::ZERO);
    Ok(json!({
        "balance": {"available": view::shown(available), "transactable": view::shown(usable)},
        "origination_account_id": ORIGINATION_ACCOUNT,
    }))
}

/// Refuses an unknown account of the client.
///
/// # Errors
/// `BANK_TRANSFER_INVALID_ORIGINATION_ACCOUNT`.
fn check_origination(request: Fields<'_>) -> Result<(), ApiError> {
    match request.text("origination_account_id") {
        None | Some(ORIGINATION_ACCOUNT) => Ok(()),
        Some(_) => Err(refused("BANK_TRANSFER_INVALID_ORIGINATION_ACCOUNT", "origination_account_id is invalid")),
    }
}

/// An error of Bank Transfer.
fn refused(code: &'static str, message: &'static str) -> ApiError {
    ApiError::new("BANK_TRANSFER_ERROR", code, message)
}

/// No transfer has the id.
fn unknown() -> ApiError {
    ApiError::invalid_field("bank_transfer_id must be the id of a bank transfer")
}

/// Whether a time is in the range of `start_date` and `end_date`.
fn in_range(request: Fields<'_>) -> Result<impl Fn(DateTime<Utc>) -> bool + use<>, ApiError> {
    super::reading::between(request, "start_date", "end_date")
}
