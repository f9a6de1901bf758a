//! The Sandbox's controls: what would happen at banks happens when it is asked for.

use super::super::{Call, Response, nothing};
use super::progress::{self, NotNow};
use super::{announce_to, create, ledgers, refunds, sweeps, time_of};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::{Failure, Named as _, RefundStatus, SourceKind, SweepStatus, TransferStatus};

fn not_now() -> ApiError {
    let message = "event_type must be an event that can follow the present status";
    ApiError::new("SANDBOX_ERROR", "SANDBOX_TRANSFER_EVENT_TRANSITION_INVALID", message)
}

/// Why something fails or comes back, as a request says it.
///
/// # Errors
/// `INVALID_FIELD` for a code that has not the form of one.
fn failure(request: Fields<'_>) -> Result<Option<Failure>, ApiError> {
    let Some(_) = request.value("failure_reason") else { return Ok(None) };
    let given = request.object("failure_reason");
    let code = given.text("failure_code").or(given.text("ach_return_code"));
    let is_code = |code: &str| (3..=4).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if code.is_some_and(|code| !is_code(code)) {
        return Err(ApiError::invalid_field("failure_reason.failure_code must be a code of the network, such as R01"));
    }
    let description = given.text("description").unwrap_or("simulated").to_owned();
    Ok(Some(Failure { code: code.map(str::to_owned), description }))
}

/// `/sandbox/transfer/simulate`.
pub fn transfer(call: &mut Call<'_>) -> Response {
    let (at, failure) = (time_of(call.tenant, call.request)?, failure(call.request)?);
    let id = call.request.required("transfer_id")?;
    if !call.tenant.transfers.transfers.contains_key(id) {
        return Err(create::unknown());
    }
    // A transfer is cancelled by its own operation alone.
    let to = TransferStatus::read(call.request.required("event_type")?);
    let to = to.filter(|to| *to != TransferStatus::Cancelled).ok_or_else(not_now)?;
    progress::transfer(call.tenant, id, to, failure, at).map_err(|NotNow| not_now())?;
    announce_to(call.tenant, call.request);
    nothing()
}

/// `/sandbox/transfer/refund/simulate`.
pub fn refund(call: &mut Call<'_>) -> Response {
    let (at, failure) = (time_of(call.tenant, call.request)?, failure(call.request)?);
    let id = call.request.required("refund_id")?;
    if !call.tenant.transfers.refunds.contains_key(id) {
        return Err(refunds::unknown());
    }
    let to = call.request.required("event_type")?.strip_prefix("refund.").and_then(RefundStatus::read);
    let to = to.filter(|to| *to != RefundStatus::Cancelled).ok_or_else(not_now)?;
    progress::refund(call.tenant, id, to, failure, at).map_err(|NotNow| not_now())?;
    announce_to(call.tenant, call.request);
    nothing()
}

/// `/sandbox/transfer/ledger/deposit/simulate`.
pub fn deposit(call: &mut Call<'_>) -> Response {
    sweep(call, true)
}

/// `/sandbox/transfer/ledger/withdraw/simulate`.
pub fn withdrawal(call: &mut Call<'_>) -> Response {
    sweep(call, false)
}

fn sweep(call: &mut Call<'_>, is_deposit: bool) -> Response {
    let (at, failure) = (call.tenant.now(), failure(call.request)?);
    let sweep = call.tenant.transfers.sweep(call.request.required("sweep_id")?).ok_or_else(sweeps::unknown)?;
    if sweep.ledger.is_none() || sweep.is_deposit() != is_deposit {
        return Err(sweeps::unknown());
    }
    let id = sweep.id.clone();
    let to = call.request.required("event_type")?.strip_prefix("sweep.").and_then(SweepStatus::read);
    let to = to.ok_or_else(not_now)?;
    progress::sweep(call.tenant, &id, to, failure, at).map_err(|NotNow| not_now())?;
    nothing()
}

/// `/sandbox/transfer/ledger/simulate_available`: all that is pending can be used; with a test clock, what is due by its time. What
/// has settled is told to be available.
pub fn available(call: &mut Call<'_>) -> Response {
    let at = time_of(call.tenant, call.request)?;
    let until = call.request.text("test_clock_id").map(|_| at);
    let ledger = ledgers::chosen(call.tenant, call.request)?;
    for source in call.tenant.transfers.ledgers.due(&ledger, until) {
        let told = match source.kind {
            SourceKind::Transfer => {
                progress::transfer(call.tenant, &source.id, TransferStatus::FundsAvailable, None, at)
            }
            SourceKind::Sweep => progress::sweep(call.tenant, &source.id, SweepStatus::FundsAvailable, None, at),
            SourceKind::Refund | SourceKind::Distribution => Err(NotNow),
        };
        if told.is_err() {
            // The money of one that has not settled yet can be used all the same.
            let tenant = &mut *call.tenant;
            let mut stamp = crate::state::Stamp { ids: &mut tenant.ids, at };
            tenant.transfers.ledgers.release(&mut stamp, &source);
        }
    }
    announce_to(call.tenant, call.request);
    nothing()
}

/// `/sandbox/transfer/fire_webhook`.
pub fn fire(call: &mut Call<'_>) -> Response {
    call.request.required("webhook")?;
    announce_to(call.tenant, call.request);
    nothing()
}
