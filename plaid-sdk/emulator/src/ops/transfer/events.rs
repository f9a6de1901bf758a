//! Lists of events.

use serde_json::{Value, json};

use super::super::{Call, Response};
use super::create::is_of;
use super::{in_range, page, view};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::{Named as _, Sweep, TransferEvent, Transfers};

/// `/transfer/event/list`: newest first.
pub fn list(call: &mut Call<'_>) -> Response {
    let all = &call.tenant.transfers;
    let in_range = in_range(call.request)?;
    let kinds = call.request.texts("event_types").unwrap_or_default();
    let fits = |event: &&TransferEvent| {
        in_range(event.at)
            && (kinds.is_empty() || kinds.contains(&event.kind.wire()))
            && is_meant(all, event, call.request)
    };
    let found: Vec<&TransferEvent> = all.events.iter().rev().filter(fits).collect();
    let (found, has_more) = page(call.request, found)?;
    Ok(answer(all, found, has_more))
}

/// Whether an event fits the filters.
fn is_meant(all: &Transfers, event: &TransferEvent, request: Fields<'_>) -> bool {
    let is = |name: &str, value: Option<&str>| request.text(name).is_none_or(|wanted| Some(wanted) == value);
    let transfer = event.transfer.as_ref().and_then(|id| all.transfers.get(id));
    let proposal = transfer.map(|transfer| &transfer.proposal);
    let fits = is("transfer_id", event.transfer.as_deref())
        && is("account_id", proposal.map(|proposal| proposal.account.as_ref()))
        && is("sweep_id", event.sweep.as_deref())
        // An empty type stands for all of them.
        && request.text("transfer_type").is_none_or(|kind| {
            kind.is_empty() || proposal.is_some_and(|proposal| proposal.kind.wire() == kind)
        });
    let sweep = event.sweep.as_ref().and_then(|id| all.sweeps.get(id));
    fits && match transfer {
        Some(transfer) => is_of(transfer, request),
        None => sweep.is_some_and(|sweep| is_of_sweep(sweep, request)),
    }
}

/// Whether a sweep fits the filters that lists of sweeps and of events have.
pub fn is_of_sweep(sweep: &Sweep, request: Fields<'_>) -> bool {
    let is = |name: &str, value: &str| request.text(name).is_none_or(|wanted| wanted == value);
    is("funding_account_id", &sweep.funding_account)
        && is("originator_client_id", sweep.originator.as_deref().unwrap_or_default())
        && is("origination_account_id", "")
}

/// `/transfer/event/sync`: the events after one, oldest first.
pub fn sync(call: &mut Call<'_>) -> Response {
    let all = &call.tenant.transfers;
    let count = call.request.within("count", 1..=500, 100)?;
    let after = call.request.integer("after_id").and_then(|after| u64::try_from(after).ok());
    let after = after.ok_or_else(|| ApiError::invalid_field("after_id must be 0 or the id of an event"))?;
    let start = all.events.partition_point(|event| event.id <= after);
    let later = all.events.get(start..).unwrap_or_default();
    let found: Vec<&TransferEvent> = later.iter().take(count).collect();
    Ok(answer(all, found, later.len() > count))
}

fn answer(all: &Transfers, events: Vec<&TransferEvent>, has_more: bool) -> Value {
    let events: Vec<Value> = events.into_iter().map(|event| view::event(all, event)).collect();
    json!({"has_more": has_more, "transfer_events": events})
}
