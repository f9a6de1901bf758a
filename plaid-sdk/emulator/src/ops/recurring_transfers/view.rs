//! Recurring transfers as responses contain them.

use serde_json::{Value, json};

use crate::fields::{Fields, time};
use crate::ops::transfer;
use crate::state::RecurringTransfer;

/// A recurring transfer.
pub fn recurring(one: &RecurringTransfer) -> Value {
    let schedule = &one.schedule;
    let mut value = json!({
        "account_id": one.account,
        "amount": format!("{:.2}", one.amount),
        "created": time(one.created),
        "description": one.description,
        "funding_account_id": one.funding_account,
        "iso_currency_code": "USD",
        "network": one.network,
        "next_origination_date": one.next_day(),
        "origination_account_id": "",
        "recurring_transfer_id": one.id,
        "schedule": {
            "end_date": schedule.end,
            "interval_count": schedule.count,
            "interval_execution_day": schedule.on,
            "interval_unit": schedule.unit.wire(),
            "start_date": schedule.start,
        },
        "status": one.status.wire(),
        "test_clock_id": one.clock,
        "transfer_ids": one.made,
        "type": one.kind,
        "user": transfer::user(Fields(&one.user)),
    });
    if let Some(class) = &one.ach_class {
        value["ach_class"] = class.as_str().into();
    }
    value
}
