//! Transfers: made, read, listed, cancelled.

use serde_json::{Value, json};

use super::super::{Call, Response, nothing};
use super::{in_range, originate, page, progress, refused, time_of, view};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::{Network, Transfer, TransferKind, TransferStatus, Transfers};

/// `/transfer/create`.
pub fn create(call: &mut Call<'_>) -> Response {
    let at = time_of(call.tenant, call.request)?;
    let id = originate::originate(call.tenant, call.request, at, originate::Cause::Request)?;
    get_by(&call.tenant.transfers, |transfer| transfer.id == id)
}

/// `/transfer/get`: by the id of the transfer or of its authorization.
pub fn get(call: &mut Call<'_>) -> Response {
    let all = &call.tenant.transfers;
    match (call.request.text("transfer_id"), call.request.text("authorization_id")) {
        (Some(id), None) => get_by(all, |transfer| transfer.id == id),
        (None, Some(id)) => get_by(all, |transfer| transfer.authorization == id),
        (None, None) => Err(ApiError::missing_fields("transfer_id")),
        (Some(_), Some(_)) => Err(ApiError::invalid_field("transfer_id and authorization_id must not both be set")),
    }
}

fn get_by(all: &Transfers, is_meant: impl Fn(&Transfer) -> bool) -> Response {
    let found = all.transfers.values().rev().find(|one| is_meant(one)).ok_or_else(unknown)?;
    Ok(json!({"transfer": view::transfer(all, found)}))
}

/// No transfer has the id.
pub fn unknown() -> ApiError {
    ApiError::invalid_field("transfer_id must be the id of a transfer")
}

/// `/transfer/list`: newest first.
pub fn list(call: &mut Call<'_>) -> Response {
    let all = &call.tenant.transfers;
    let in_range = in_range(call.request)?;
    let of = |transfer: &&Transfer| in_range(transfer.created) && is_of(transfer, call.request);
    let found: Vec<&Transfer> = all.transfers.values().rev().filter(of).collect();
    let (found, has_more) = page(call.request, found)?;
    let found: Vec<Value> = found.into_iter().map(|one| view::transfer(all, one)).collect();
    Ok(json!({"has_more": has_more, "transfers": found}))
}

/// Whether a transfer fits the filters that lists of transfers and of events have.
pub fn is_of(transfer: &Transfer, request: Fields<'_>) -> bool {
    let is = |name: &str, value: &str| request.text(name).is_none_or(|wanted| wanted == value);
    is("funding_account_id", &transfer.proposal.funding_account)
        && is("originator_client_id", transfer.proposal.originator.as_deref().unwrap_or_default())
        && is("origination_account_id", "")
}

/// `/transfer/cancel`: only what the network does not have yet can be cancelled.
pub fn cancel(call: &mut Call<'_>) -> Response {
    let id = call.request.required("transfer_id")?;
    let transfer = call.tenant.transfers.transfers.get(id).ok_or_else(unknown)?;
    let is_request = (transfer.proposal.kind, transfer.proposal.network) == (TransferKind::Debit, Network::Rtp);
    if transfer.status != TransferStatus::Pending {
        return Err(refused("TRANSFER_NOT_CANCELLABLE", "transfer is not cancellable"));
    }
    if is_request && call.request.text("reason_code").is_none() {
        // The payer's bank shows why a request for payment is withdrawn.
        return Err(ApiError::missing_fields("reason_code"));
    }
    let now = call.tenant.now();
    let moved = progress::transfer(call.tenant, id, TransferStatus::Cancelled, None, now);
    moved.map_err(|_| refused("TRANSFER_NOT_CANCELLABLE", "transfer is not cancellable"))?;
    nothing()
}
