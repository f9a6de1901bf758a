//! What moves bank transfers: the client cancels them, and the Sandbox simulates the network.

use serde_json::json;

use super::super::{Call, Response, nothing};
use super::{progress, refused, unknown};
use crate::error::ApiError;
use crate::state::{BankTransferFailure, BankTransferStatus};

/// `/bank_transfer/cancel`: only what the network does not have yet can be cancelled.
pub fn cancel(call: &mut Call<'_>) -> Response {
    let id = call.request.required("bank_transfer_id")?;
    call.tenant.bank_transfers.transfers.get(id).ok_or_else(unknown)?;
    let moved = progress::advance(call.tenant, id, BankTransferStatus::Cancelled, None);
    moved.map_err(|_| refused("BANK_TRANSFER_NOT_CANCELLABLE", "bank transfer is not cancellable"))?;
    nothing()
}

/// `/sandbox/bank_transfer/simulate`: what the network would do.
pub fn simulate(call: &mut Call<'_>) -> Response {
    let id = call.request.required("bank_transfer_id")?;
    call.tenant.bank_transfers.transfers.get(id).ok_or_else(unknown)?;
    let to = match call.request.required("event_type")? {
        "posted" => BankTransferStatus::Posted,
        "failed" => BankTransferStatus::Failed,
        "reversed" => BankTransferStatus::Reversed,
        _ => return Err(wrong_event()),
    };
    let given = call.request.value("failure_reason").map(|_| call.request.object("failure_reason"));
    let failure = given.map(|given| BankTransferFailure {
        code: given.text("ach_return_code").map(str::to_owned),
        description: given.text("description").unwrap_or_default().to_owned(),
    });
    progress::advance(call.tenant, id, to, failure).map_err(|_| wrong_event())?;
    nothing()
}

fn wrong_event() -> ApiError {
    let message = "event_type must be posted or failed for a pending transfer, and reversed for a posted one";
    ApiError::new("SANDBOX_ERROR", "SANDBOX_BANK_TRANSFER_EVENT_TRANSITION_INVALID", message)
}

/// `/sandbox/bank_transfer/fire_webhook`: tells a URL that there are events.
pub fn fire(call: &mut Call<'_>) -> Response {
    let url = call.request.required("webhook")?;
    super::super::items::valid_url("webhook", url)?;
    let url = Some(url.to_owned());
    call.tenant.webhook(None, url, "BANK_TRANSFERS", "BANK_TRANSFERS_EVENTS_UPDATE", json!({}));
    nothing()
}
