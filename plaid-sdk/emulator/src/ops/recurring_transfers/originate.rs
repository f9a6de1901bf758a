//! What happens on the due days of recurring transfers.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::end;
use crate::error::ApiError;
use crate::fields::Fields;
use crate::ops::transfer;
use crate::state::{Decision, Event, Named as _, RecurringStatus, RecurringTransfer, Tenant};

/// How many transfers one step of a test clock makes of a recurring transfer at the most.
const MOST: u32 = 20;

/// The request of an authorization: what a recurring transfer proposes each time.
pub fn proposed(request: Fields<'_>) -> Value {
    let names = [
        "access_token",
        "account_id",
        "type",
        "network",
        "ach_class",
        "amount",
        "user",
        "iso_currency_code",
        "funding_account_id",
    ];
    let of = |name: &str| Some((name.to_owned(), request.value(name)?.clone()));
    Value::Object(names.into_iter().filter_map(of).collect::<Map<_, _>>())
}

/// Schedules the next due day, for a transfer that follows the clock of all.
pub fn plan_next(tenant: &mut Tenant, id: &str) {
    let found = tenant.recurring.transfers.get(id).filter(|one| one.clock.is_none());
    if let Some(time) = found.and_then(RecurringTransfer::next_time) {
        tenant.schedule.at(time, Event::Recurring(id.to_owned()));
    }
}

/// Makes what is due by the clock of all.
pub fn originate(tenant: &mut Tenant, id: &str) {
    let now = tenant.now();
    let is_due = |one: &&RecurringTransfer| one.next_time().is_some_and(|time| time <= now);
    if tenant.recurring.transfers.get(id).filter(is_due).is_some() {
        make(tenant, id, now);
        plan_next(tenant, id);
    }
}

/// Makes what is due until the new time of a test clock, in the order of time.
///
/// # Errors
/// `INVALID_FIELD` for a step that would make too many transfers. Then nothing happens.
pub fn follow(tenant: &mut Tenant, clock: &str, until: DateTime<Utc>) -> Result<(), ApiError> {
    let of_clock = |one: &&RecurringTransfer| one.clock.as_deref() == Some(clock);
    for one in tenant.recurring.transfers.values().filter(of_clock) {
        let after = RecurringTransfer { next: one.next.saturating_add(MOST), ..one.clone() };
        if after.next_time().is_some_and(|time| time <= until) {
            let message = format!("new_virtual_time must be so near that it makes {MOST} transfers at the most");
            return Err(ApiError::invalid_field(&message));
        }
    }
    loop {
        let all = tenant.recurring.transfers.values().filter(of_clock);
        let due = all.filter_map(|one| Some((one.next_time()?, one.id.clone()))).filter(|(time, _)| *time <= until);
        // Of one time, the one that was made first.
        let Some((time, id)) = due.min_by_key(|(time, _)| *time) else { return Ok(()) };
        make(tenant, &id, time);
    }
}

/// Makes the transfer of a due day, or skips it if it is not approved. One whose account can't be used any more is cancelled.
fn make(tenant: &mut Tenant, id: &str, at: DateTime<Utc>) {
    let Some(one) = tenant.recurring.transfers.get(id).cloned() else { return };
    let Some(day) = one.next_day() else { return };
    let Ok(done) = attempt(tenant, &one, at) else {
        end(tenant, id);
        return;
    };
    if let Some(one) = tenant.recurring.transfers.get_mut(id) {
        one.next += 1;
        if let Done::Made(transfer) = &done {
            one.made.push(transfer.clone());
        }
        if one.schedule.day(one.next).is_none() {
            one.status = RecurringStatus::Expired;
        }
    }
    match done {
        Done::Made(transfer) => {
            let about = json!({"recurring_transfer_id": id, "transfer_id": transfer});
            announce(tenant, "RECURRING_NEW_TRANSFER", about);
        }
        Done::Skipped(decision, rationale) => {
            let about = json!({
                "authorization_decision": decision.wire(),
                "authorization_decision_rationale_code": rationale.get("code"),
                "recurring_transfer_id": id,
                "skipped_origination_date": day,
            });
            announce(tenant, "RECURRING_TRANSFER_SKIPPED", about);
        }
    }
}

/// What became of a due day.
enum Done {
    /// A transfer was made.
    Made(String),
    /// It was not approved.
    Skipped(Decision, Value),
}

fn attempt(tenant: &mut Tenant, one: &RecurringTransfer, at: DateTime<Utc>) -> Result<Done, ApiError> {
    let access = tenant.access.iter().find(|(_, item)| **item == one.item).map(|(token, _)| token.clone());
    let access = access.ok_or_else(ApiError::item_not_found)?;
    let request = json!({
        "access_token": access,
        "account_id": one.account,
        "ach_class": one.ach_class,
        "amount": format!("{:.2}", one.amount),
        "funding_account_id": one.funding_account,
        "network": one.network,
        "type": one.kind,
        "user": one.user,
    });
    let authorization = transfer::authorize(tenant, Fields(&request), at)?;
    if authorization.decision != Decision::Approved {
        return Ok(Done::Skipped(authorization.decision, transfer::rationale(&authorization).unwrap_or_default()));
    }
    // Banks show ten characters of what a transfer is for.
    let description: String = one.description.chars().take(10).collect();
    let request = json!({
        "access_token": access,
        "account_id": one.account,
        "authorization_id": authorization.id,
        "description": description,
    });
    transfer::originate(tenant, Fields(&request), at, transfer::Cause::Recurring(&one.id)).map(Done::Made)
}

/// Sends a webhook about a recurring transfer.
pub fn announce(tenant: &mut Tenant, code: &str, about: Value) {
    let url = tenant.transfers.rules.webhook.clone();
    tenant.webhook(None, url, "TRANSFER", code, about);
}
