//! Sweeps: read, listed, and made of all transfers that wait for one.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::super::{Call, Response};
use super::events::is_of_sweep;
use super::progress::{self, About};
use super::{announce_to, in_range, page, shown, time_of, view};
use crate::calendar::banking_day;
use crate::error::ApiError;
use crate::state::{
    EventKind, FUNDING_ACCOUNT, Named as _, RefundStatus, Sweep, SweepState, SweepTrigger, Tenant, TransferKind,
    TransferStatus, Transfers,
};

/// `/transfer/sweep/get`: by the id, or by its first 8 characters, which a bank statement shows.
pub fn get(call: &mut Call<'_>) -> Response {
    let sweep = call.tenant.transfers.sweep(call.request.required("sweep_id")?).ok_or_else(unknown)?;
    Ok(json!({"sweep": view::sweep(sweep)}))
}

/// No sweep has the id.
pub fn unknown() -> ApiError {
    ApiError::invalid_field("sweep_id must be the id of a sweep")
}

/// `/transfer/sweep/list`: newest first.
pub fn list(call: &mut Call<'_>) -> Response {
    let all = &call.tenant.transfers;
    let request = call.request;
    let in_range = in_range(request)?;
    let is = |name: &str, value: Option<&str>| request.text(name).is_none_or(|wanted| Some(wanted) == value);
    let fits = |sweep: &&Sweep| {
        in_range(sweep.created)
            && is("amount", Some(&shown(sweep.amount)))
            && is("status", sweep.status.map(crate::state::SweepStatus::wire))
            && is("trigger", Some(sweep.trigger.wire()))
            && request.text("transfer_id").is_none_or(|id| sweep.transfers.iter().any(|one| one == id))
            && is_of_sweep(sweep, request)
    };
    let found: Vec<&Sweep> = all.sweeps.values().rev().filter(fits).collect();
    let (found, has_more) = page(request, found)?;
    Ok(json!({"has_more": has_more, "sweeps": found.into_iter().map(view::sweep).collect::<Vec<Value>>()}))
}

/// What a sweep takes: a transfer or a refund, the event, and what it adds to the sweep.
struct Taken {
    transfer: String,
    refund: Option<String>,
    /// Its next state.
    to: SweepState,
    /// What it adds, if it is part of a new sweep.
    amount: Option<Decimal>,
    /// The sweep that it was part of before.
    before: Option<String>,
}

/// `/sandbox/transfer/sweep/simulate`: takes all that waits into a sweep, if money moves, and settles the sweep before.
pub fn simulate(call: &mut Call<'_>) -> Response {
    let mut at = time_of(call.tenant, call.request)?;
    if call.request.text("test_clock_id").is_some() {
        // Banks sweep on the days on which they work.
        at += banking_day(at.date_naive()) - at.date_naive();
    }
    let taken = taken(&call.tenant.transfers);
    if taken.is_empty() {
        return Ok(json!({}));
    }
    let made = make(call.tenant, &taken, at);
    for one in &taken {
        take(call.tenant, one, made.as_deref(), at);
    }
    announce_to(call.tenant, call.request);
    let sweep = made.and_then(|id| call.tenant.transfers.sweeps.get(&id));
    Ok(sweep.map_or_else(|| json!({}), |sweep| json!({"sweep": view::sweep(sweep)})))
}

/// What waits. It is chosen before any of it changes, so that one change does not lead to the next.
fn taken(all: &Transfers) -> Vec<Taken> {
    use SweepState::{ReturnSwept, Swept, SweptSettled, Unswept};
    let transfers = all.transfers.values().filter_map(|one| {
        let amount = match one.proposal.kind {
            TransferKind::Debit => one.proposal.amount,
            TransferKind::Credit => -one.proposal.amount,
        };
        let is_returned = one.status == TransferStatus::Returned;
        let (to, amount) = match one.sweep? {
            Unswept if !one.status.is_undone() => (Swept, Some(amount)),
            Swept | SweptSettled if is_returned => (ReturnSwept, Some(-amount)),
            Swept => (SweptSettled, None),
            Unswept | SweptSettled | ReturnSwept => return None,
        };
        Some(Taken { transfer: one.id.clone(), refund: None, to, amount, before: one.swept_by.clone() })
    });
    let refunds = all.refunds.values().filter_map(|one| {
        let (to, amount) = match (one.sweep?, one.status) {
            (Unswept, RefundStatus::Posted | RefundStatus::Settled) => (Swept, -one.amount),
            (Swept, RefundStatus::Returned) => (ReturnSwept, one.amount),
            _ => return None,
        };
        let (transfer, refund) = (one.transfer.clone(), Some(one.id.clone()));
        Some(Taken { transfer, refund, to, amount: Some(amount), before: None })
    });
    transfers.chain(refunds).collect()
}

/// The sweep of what moves money, if anything does.
fn make(tenant: &mut Tenant, taken: &[Taken], at: DateTime<Utc>) -> Option<String> {
    let counted: Vec<&Taken> = taken.iter().filter(|one| one.amount.is_some()).collect();
    let first = tenant.transfers.transfers.get(&counted.first()?.transfer)?;
    let (funding_account, originator) = (first.proposal.funding_account.clone(), first.proposal.originator.clone());
    let is_one = counted.iter().all(|one| {
        let transfer = tenant.transfers.transfers.get(&one.transfer);
        transfer.is_some_and(|transfer| transfer.proposal.funding_account == funding_account)
    });
    let id = tenant.ids.uuid();
    let sweep = Sweep {
        id: id.clone(),
        amount: counted.iter().filter_map(|one| one.amount).sum(),
        ledger: None,
        funding_account: if is_one { funding_account } else { FUNDING_ACCOUNT.to_owned() },
        created: at,
        settled: None,
        funds_due: None,
        status: None,
        trigger: SweepTrigger::Aggregate,
        description: None,
        trace: None,
        failure: None,
        transfers: counted.iter().map(|one| one.transfer.clone()).collect(),
        originator,
    };
    tenant.transfers.sweeps.insert(id.clone(), sweep);
    Some(id)
}

/// Gives what is taken its state, with an event.
fn take(tenant: &mut Tenant, one: &Taken, made: Option<&str>, at: DateTime<Utc>) {
    let sweep = if one.amount.is_some() { made.map(str::to_owned) } else { one.before.clone() };
    let all = &mut tenant.transfers;
    if one.to == SweepState::SweptSettled
        && let Some(settled) = sweep.as_ref().and_then(|id| all.sweeps.get_mut(id))
    {
        settled.settled = Some(at.date_naive());
    }
    let kind = match (&one.refund, one.to) {
        (None, SweepState::ReturnSwept) => EventKind::ReturnSwept,
        (None, SweepState::SweptSettled) => EventKind::SweptSettled,
        (None, _) => EventKind::Swept,
        (Some(_), SweepState::ReturnSwept) => EventKind::RefundReturnSwept,
        (Some(_), _) => EventKind::RefundSwept,
    };
    if let Some(refund) = one.refund.as_ref().and_then(|id| all.refunds.get_mut(id)) {
        refund.sweep = Some(one.to);
    } else if let Some(transfer) = all.transfers.get_mut(&one.transfer) {
        transfer.sweep = Some(one.to);
        transfer.swept_by.clone_from(&sweep);
    }
    let about = About { sweep, amount: one.amount, refund: one.refund.clone(), ..About::transfer(&one.transfer) };
    progress::record(tenant, kind, about, at);
}
