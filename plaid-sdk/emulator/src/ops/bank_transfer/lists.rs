//! Reading bank transfers, their events and their sweeps.

use serde_json::{Value, json};

use super::super::{Call, Response, reading};
use super::{check_origination, in_range, unknown, view};
use crate::error::ApiError;
use crate::fields::Fields;

/// How many events or sweeps a page has at the most.
const MOST: i64 = 25;

/// `/bank_transfer/get`.
pub fn get(call: &mut Call<'_>) -> Response {
    let id = call.request.required("bank_transfer_id")?;
    let transfer = call.tenant.bank_transfers.transfers.get(id).ok_or_else(unknown)?;
    Ok(json!({"bank_transfer": view::transfer(transfer)}))
}

/// `/bank_transfer/list`: newest first.
pub fn list(call: &mut Call<'_>) -> Response {
    check_origination(call.request)?;
    let (in_range, is_meant) = (in_range(call.request)?, is_outbound(call.request));
    let all = call.tenant.bank_transfers.transfers.values().rev();
    let found = all.filter(|transfer| is_meant && in_range(transfer.created)).map(view::transfer);
    Ok(json!({"bank_transfers": reading::page(call.request, found)?}))
}

/// Whether a list has the transfers of the API. Payments that others made, which are inbound, don't exist here.
fn is_outbound(request: Fields<'_>) -> bool {
    request.text("direction").is_none_or(|direction| direction == "outbound")
}

/// `/bank_transfer/event/list`: newest first.
pub fn events(call: &mut Call<'_>) -> Response {
    check_origination(call.request)?;
    let request = call.request;
    let (in_range, is_meant) = (in_range(request)?, is_outbound(request));
    let types = request.texts("event_types").filter(|types| !types.is_empty());
    let is = |name: &str, value: &str| request.text(name).is_none_or(|wanted| wanted == value);
    let all = &call.tenant.bank_transfers;
    let found = all.events.iter().rev().filter_map(|event| {
        let transfer = all.transfers.get(&event.transfer)?;
        let fits = is_meant
            && in_range(event.at)
            && types.as_ref().is_none_or(|types| types.contains(&event.status.wire()))
            && is("bank_transfer_id", &transfer.id)
            && is("account_id", transfer.account.as_ref())
            && is("bank_transfer_type", transfer.kind());
        fits.then(|| view::event(event, transfer))
    });
    Ok(json!({"bank_transfer_events": reading::page(request, found)?}))
}

/// `/bank_transfer/event/sync`: the events after one, oldest first.
pub fn sync(call: &mut Call<'_>) -> Response {
    let all = &call.tenant.bank_transfers;
    let count = call.request.within("count", 1..=MOST, MOST)?;
    let after = call.request.integer("after_id").and_then(|after| u64::try_from(after).ok());
    let after = after.ok_or_else(|| ApiError::invalid_field("after_id must be 0 or the id of an event"))?;
    let later = all.events.iter().filter(|event| event.id > after).take(count);
    let found = later.filter_map(|event| Some(view::event(event, all.transfers.get(&event.transfer)?)));
    Ok(json!({"bank_transfer_events": found.collect::<Vec<Value>>()}))
}

/// `/bank_transfer/sweep/get`.
pub fn sweep(call: &mut Call<'_>) -> Response {
    let sweep = call.tenant.bank_transfers.sweeps.get(call.request.required("sweep_id")?);
    let sweep = sweep.ok_or_else(|| ApiError::invalid_field("sweep_id must be the id of a sweep"))?;
    Ok(json!({"sweep": view::sweep(sweep)}))
}

/// `/bank_transfer/sweep/list`: newest first.
pub fn sweeps(call: &mut Call<'_>) -> Response {
    check_origination(call.request)?;
    let in_range = reading::between(call.request, "start_time", "end_time")?;
    let all = call.tenant.bank_transfers.sweeps.values().rev();
    let found = all.filter(|sweep| in_range(sweep.created)).map(view::sweep);
    Ok(json!({"sweeps": reading::page(call.request, found)?}))
}
