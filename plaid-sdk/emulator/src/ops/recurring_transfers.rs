//! `/transfer/recurring/*`: transfers that are made again and again, each with an authorization of its own.

mod originate;
mod view;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{Call, Class, Entry, Response, nothing, reading, transfer, virtual_time};
use crate::calendar::eastern;
use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::{Decision, Named as _, Plan, RecurringStatus, RecurringTransfer, Tenant, Unit};

pub use self::originate::{follow, originate};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/transfer/recurring/cancel", Class::StateMachine, cancel),
    Entry::json("/transfer/recurring/create", Class::StateMachine, create),
    Entry::json("/transfer/recurring/get", Class::StateMachine, get),
    Entry::json("/transfer/recurring/list", Class::StateMachine, list),
];

/// How many recurring transfers follow one test clock at the most.
const MOST_OF_CLOCK: usize = 5;

/// `/transfer/recurring/create`: a schedule, if a transfer of today would be approved.
pub fn create(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let key = request.required("idempotency_key")?;
    let known = &call.tenant.recurring;
    if let Some(earlier) = known.keys.get(key).and_then(|id| known.transfers.get(id)) {
        return Ok(answer(&earlier.decided, Some(view::recurring(earlier))));
    }
    let clock = request.text("test_clock_id");
    let now = clock.map_or_else(|| Ok(call.tenant.now()), |id| virtual_time::time(call.tenant, id))?;
    let of_clock = |one: &&RecurringTransfer| clock.is_some() && one.clock.as_deref() == clock;
    if call.tenant.recurring.transfers.values().filter(of_clock).count() >= MOST_OF_CLOCK {
        let message = format!("test_clock_id must be a clock of less than {MOST_OF_CLOCK} recurring transfers");
        return Err(ApiError::invalid_field(&message));
    }
    if request.required("description")?.is_empty() {
        return Err(ApiError::invalid_field("description must not be empty"));
    }
    let (schedule, next) = plan(request.object("schedule"), request.text("network") == Some("rtp"), now)?;
    let proposed = originate::proposed(request);
    let authorization = transfer::authorize(call.tenant, Fields(&proposed), now)?;
    let rationale = transfer::rationale(&authorization).unwrap_or_default();
    let decided = (authorization.decision.wire().to_owned(), rationale);
    if authorization.decision != Decision::Approved {
        return Ok(answer(&decided, None));
    }
    let proposal = &authorization.proposal;
    let recurring = RecurringTransfer {
        id: call.tenant.ids.uuid(),
        item: proposal.item.clone(),
        account: proposal.account.clone(),
        kind: proposal.kind.wire().to_owned(),
        network: request.required("network")?.to_owned(),
        ach_class: proposal.ach_class.map(|class| class.wire().to_owned()),
        amount: proposal.amount,
        user: request.value("user").cloned().unwrap_or_default(),
        description: request.required("description")?.to_owned(),
        funding_account: proposal.funding_account.clone(),
        created: now,
        clock: clock.map(str::to_owned),
        schedule,
        next,
        status: RecurringStatus::Active,
        made: Vec::new(),
        decided,
    };
    let (id, shown) = (recurring.id.clone(), view::recurring(&recurring));
    let answer = answer(&recurring.decided, Some(shown));
    call.tenant.recurring.keys.insert(key.to_owned(), id.clone());
    call.tenant.recurring.transfers.insert(id.clone(), recurring);
    originate::plan_next(call.tenant, &id);
    Ok(answer)
}

/// A declined one has no `recurring_transfer`: Plaid's document allows null there, but its Python client does not decode that.
fn answer((decision, rationale): &(String, Value), recurring: Option<Value>) -> Value {
    let mut answer = json!({"decision": decision, "decision_rationale": rationale});
    if let Some(recurring) = recurring {
        answer["recurring_transfer"] = recurring;
    }
    answer
}

/// The schedule of a request, and the number of the first day that is not over.
///
/// # Errors
/// `INVALID_FIELD` for a schedule with impossible days, or without a day that is still to come.
fn plan(schedule: Fields<'_>, must_be_later: bool, now: DateTime<Utc>) -> Result<(Plan, u32), ApiError> {
    let unit = match schedule.required("interval_unit")? {
        "week" => Unit::Week,
        _ => Unit::Month,
    };
    let count = schedule.within("interval_count", 1..=1_000, 1)?;
    let on = schedule.integer("interval_execution_day").unwrap_or_default();
    if !unit.has(on) {
        let days = match unit {
            Unit::Week => "between 1 and 5",
            Unit::Month => "between 1 and 28, or between -5 and -1",
        };
        let message = format!("schedule.interval_execution_day must be {days} for the interval_unit {}", unit.wire());
        return Err(ApiError::invalid_field(&message));
    }
    let start = schedule.date("start_date")?.ok_or_else(|| ApiError::missing_fields("schedule.start_date"))?;
    let end = schedule.date("end_date")?;
    let today = eastern(now).date();
    if must_be_later && start <= today {
        return Err(ApiError::invalid_field("schedule.start_date must be in the future for the network rtp"));
    }
    let plan = Plan { unit, count: u32::try_from(count).unwrap_or(1), on, start, end };
    let next = (0..).map_while(|number| Some((number, plan.day(number)?))).find(|(_, day)| *day >= today);
    match next {
        Some((next, _)) => Ok((plan, next)),
        None => {
            Err(ApiError::invalid_field("schedule must have a day between start_date and end_date that is not over"))
        }
    }
}

/// No recurring transfer has the id.
fn unknown() -> ApiError {
    ApiError::invalid_field("recurring_transfer_id must be the id of a recurring transfer")
}

/// `/transfer/recurring/get`.
pub fn get(call: &mut Call<'_>) -> Response {
    let id = call.request.required("recurring_transfer_id")?;
    let found = call.tenant.recurring.transfers.get(id).ok_or_else(unknown)?;
    Ok(json!({"recurring_transfer": view::recurring(found)}))
}

/// `/transfer/recurring/list`: newest first.
pub fn list(call: &mut Call<'_>) -> Response {
    let in_range = reading::between(call.request, "start_time", "end_time")?;
    let account = call.request.text("funding_account_id");
    let all = call.tenant.recurring.transfers.values().rev();
    let fits = |one: &&RecurringTransfer| {
        in_range(one.created) && account.is_none_or(|account| account == one.funding_account)
    };
    let found = all.filter(fits).map(view::recurring);
    Ok(json!({"recurring_transfers": reading::page(call.request, found)?}))
}

/// `/transfer/recurring/cancel`: no more transfers are made. Those that were made stay.
pub fn cancel(call: &mut Call<'_>) -> Response {
    let id = call.request.required("recurring_transfer_id")?;
    let found = call.tenant.recurring.transfers.get(id).ok_or_else(unknown)?;
    if found.status != RecurringStatus::Active {
        return Err(ApiError::invalid_field("recurring_transfer_id must be an active recurring transfer"));
    }
    end(call.tenant, id);
    nothing()
}

/// Cancels a recurring transfer, and says so.
fn end(tenant: &mut Tenant, id: &str) {
    if let Some(one) = tenant.recurring.transfers.get_mut(id) {
        one.status = RecurringStatus::Cancelled;
    }
    originate::announce(tenant, "RECURRING_CANCELLED", json!({"recurring_transfer_id": id}));
}
