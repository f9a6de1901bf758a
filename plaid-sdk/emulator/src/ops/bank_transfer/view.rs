//! Bank transfers, their events and their sweeps as responses contain them.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::fields::time;
use crate::state::{
    BankTransfer, BankTransferEvent, BankTransferFailure, BankTransferStatus, BankTransferSweep, ORIGINATION_ACCOUNT,
};

/// An amount.
pub fn shown(amount: Decimal) -> String {
    format!("{amount:.2}")
}

fn failure(of: Option<&BankTransferFailure>) -> Option<Value> {
    of.map(|failure| json!({"ach_return_code": failure.code, "description": failure.description}))
}

/// A transfer.
pub fn transfer(one: &BankTransfer) -> Value {
    json!({
        "account_id": one.account,
        // Every transfer shows one. What goes by wire is between businesses.
        "ach_class": one.ach_class.as_deref().unwrap_or("ccd"),
        "amount": shown(one.amount),
        "cancellable": one.status == BankTransferStatus::Pending,
        "created": time(one.created),
        "custom_tag": one.custom_tag,
        "description": one.description,
        "direction": "outbound",
        "failure_reason": failure(one.failure.as_ref()),
        "id": one.id,
        "iso_currency_code": "USD",
        "metadata": one.metadata,
        "network": one.network,
        "origination_account_id": ORIGINATION_ACCOUNT,
        "status": one.status.wire(),
        "type": one.kind(),
        "user": one.user,
    })
}

/// An event.
pub fn event(one: &BankTransferEvent, of: &BankTransfer) -> Value {
    json!({
        "account_id": of.account,
        "bank_transfer_amount": shown(of.amount),
        "bank_transfer_id": of.id,
        "bank_transfer_iso_currency_code": "USD",
        "bank_transfer_type": of.kind(),
        "direction": "outbound",
        "event_id": one.id,
        "event_type": one.status.wire(),
        "failure_reason": failure(one.failure.as_ref()),
        "origination_account_id": ORIGINATION_ACCOUNT,
        // Newer clients require it.
        "receiver_details": {"available_balance": null},
        "timestamp": time(one.at),
    })
}

/// A sweep.
pub fn sweep(one: &BankTransferSweep) -> Value {
    json!({
        "amount": shown(one.amount),
        "created_at": time(one.created),
        "id": one.id,
        "iso_currency_code": "USD",
    })
}
