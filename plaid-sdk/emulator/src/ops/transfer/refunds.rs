//! Refunds of debits. The client's ledger pays them.

use chrono::TimeDelta;
use rust_decimal::Decimal;
use serde_json::json;

use super::super::{Call, Response, nothing};
use super::progress::{self, About};
use super::{amount, create, magic, refused, view};
use crate::error::ApiError;
use crate::state::{
    EventKind, Refund, RefundStatus, Source, SourceKind, Stamp, SweepState, Tenant, Transfer, TransferKind,
};

/// For how long after it was made a transfer can be refunded.
const LIFE: TimeDelta = TimeDelta::days(180);

/// `/transfer/refund/create`. The same key makes one refund.
pub fn create(call: &mut Call<'_>) -> Response {
    let key = format!("refund/{}", call.request.required("idempotency_key")?);
    let amount = amount(call.request, "amount")?;
    let of = call.request.required("transfer_id")?;
    let tenant = &mut *call.tenant;
    if let Some(earlier) = tenant.transfers.keys.get(&key).and_then(|id| tenant.transfers.refunds.get(id)) {
        return Ok(json!({"refund": view::refund(earlier)}));
    }
    let transfer = tenant.transfers.transfers.get(of).ok_or_else(create::unknown)?;
    check(tenant, transfer, amount)?;
    let (ledger, now) = (transfer.proposal.ledger.clone(), tenant.now());
    let refund = Refund {
        id: tenant.ids.uuid(),
        transfer: of.to_owned(),
        amount,
        status: RefundStatus::Pending,
        failure: None,
        ledger,
        created: now,
        trace: None,
        sweep: Some(SweepState::Unswept),
    };
    let id = refund.id.clone();
    let Tenant { transfers, ids, .. } = tenant;
    let source = Source::new(SourceKind::Refund, &id);
    let paid = transfers.ledgers.pay(&mut Stamp { ids, at: now }, &refund.ledger, amount, &source);
    paid.map_err(|_| ApiError::invalid_field("amount must not be more than the available balance of the ledger"))?;
    let shown = view::refund(&refund);
    transfers.keys.insert(key, id.clone());
    transfers.refunds.insert(id.clone(), refund);
    let about = About { refund: Some(id.clone()), ..About::transfer(of) };
    progress::record(tenant, EventKind::RefundPending, about, now);
    magic::plan_refund(tenant, &id);
    Ok(json!({"refund": shown}))
}

/// Checks that a transfer has something to refund.
fn check(tenant: &Tenant, transfer: &Transfer, amount: Decimal) -> Result<(), ApiError> {
    let refunds = tenant.transfers.refunds_of(&transfer.id).filter(|refund| !refund.status.is_undone());
    let refunded: Decimal = refunds.map(|refund| refund.amount).sum();
    let message = if transfer.proposal.kind != TransferKind::Debit {
        "transfer_id must be the id of a debit"
    } else if transfer.status.is_undone() {
        "transfer_id must be a transfer that was neither cancelled nor returned and has not failed"
    } else if tenant.now() > transfer.created + LIFE {
        "transfer_id must be a transfer of the last 180 days"
    } else if refunded + amount > transfer.proposal.amount {
        "amount must not be more than what is left of the transfer"
    } else {
        return Ok(());
    };
    Err(ApiError::invalid_field(message))
}

/// `/transfer/refund/get`.
pub fn get(call: &mut Call<'_>) -> Response {
    let refund = call.tenant.transfers.refunds.get(call.request.required("refund_id")?).ok_or_else(unknown)?;
    Ok(json!({"refund": view::refund(refund)}))
}

/// No refund has the id.
pub fn unknown() -> ApiError {
    ApiError::invalid_field("refund_id must be the id of a refund")
}

/// `/transfer/refund/cancel`: only what the network does not have yet can be cancelled.
pub fn cancel(call: &mut Call<'_>) -> Response {
    let (id, now) = (call.request.required("refund_id")?, call.tenant.now());
    if !call.tenant.transfers.refunds.contains_key(id) {
        return Err(unknown());
    }
    let moved = progress::refund(call.tenant, id, RefundStatus::Cancelled, None, now);
    moved.map_err(|_| refused("TRANSFER_NOT_CANCELLABLE", "refund is not cancellable"))?;
    nothing()
}
