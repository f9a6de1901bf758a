//! Repayments of guaranteed transfers that were returned.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::super::{Call, Response, nothing};
use super::{in_range, page, shown};
use crate::error::ApiError;
use crate::fields::time;
use crate::state::{EventKind, Repayment, Tenant, TransferStatus};

/// `/sandbox/transfer/repayment/simulate`: repays all returns that were not repaid.
pub fn simulate(call: &mut Call<'_>) -> Response {
    let tenant = &mut *call.tenant;
    let open =
        tenant.transfers.transfers.values().filter(|one| {
            one.status == TransferStatus::Returned && one.proposal.guaranteed == Some(true) && !one.repaid
        });
    let open: Vec<(String, Decimal)> = open.map(|one| (one.id.clone(), one.proposal.amount)).collect();
    if open.is_empty() {
        return Err(ApiError::invalid_field("there is nothing to repay"));
    }
    let (id, created) = (tenant.ids.uuid(), tenant.now());
    let amount = open.iter().map(|(_, amount)| amount).sum();
    let returns = open.iter().map(|(id, _)| (id.clone(), returned(tenant, id))).collect();
    for (id, _) in &open {
        if let Some(transfer) = tenant.transfers.transfers.get_mut(id) {
            transfer.repaid = true;
        }
    }
    tenant.transfers.repayments.insert(id.clone(), Repayment { id, created, amount, returns });
    nothing()
}

/// The event of a transfer's return.
fn returned(tenant: &Tenant, id: &str) -> u64 {
    let mut events = tenant.transfers.events.iter().rev();
    let is_meant = |kind: EventKind, of: Option<&str>| kind == EventKind::Returned && of == Some(id);
    events.find(|event| is_meant(event.kind, event.transfer.as_deref())).map_or(0, |event| event.id)
}

/// `/transfer/repayment/list`: newest first.
pub fn list(call: &mut Call<'_>) -> Response {
    let in_range = in_range(call.request)?;
    let all = call.tenant.transfers.repayments.values().rev().filter(|one| in_range(one.created));
    let (found, _) = page(call.request, all.collect())?;
    let shown = |one: &Repayment| {
        json!({
            "amount": shown(one.amount),
            "created": time(one.created),
            "iso_currency_code": "USD",
            "repayment_id": one.id,
        })
    };
    Ok(json!({"repayments": found.into_iter().map(shown).collect::<Vec<Value>>()}))
}

/// `/transfer/repayment/return/list`: the returns that a repayment consists of, newest first.
pub fn returns(call: &mut Call<'_>) -> Response {
    let all = &call.tenant.transfers;
    let repayment = all.repayments.get(call.request.required("repayment_id")?);
    let repayment = repayment.ok_or_else(|| ApiError::invalid_field("repayment_id must be the id of a repayment"))?;
    let (found, _) = page(call.request, repayment.returns.iter().rev().collect())?;
    let lines = found.into_iter().filter_map(|(id, event)| {
        let transfer = all.transfers.get(id)?;
        Some(json!({
            "amount": shown(transfer.proposal.amount),
            "event_id": event,
            "iso_currency_code": "USD",
            "transfer_id": id,
        }))
    });
    Ok(json!({"repayment_returns": lines.collect::<Vec<Value>>()}))
}
