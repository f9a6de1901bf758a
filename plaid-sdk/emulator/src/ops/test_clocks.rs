//! `/sandbox/transfer/test_clock/*`: timelines of their own, which recurring transfers follow.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::virtual_time::time;
use super::{Call, Class, Entry, Response, nothing, reading, recurring_transfers};
use crate::error::ApiError;
use crate::fields::time as shown;

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/sandbox/transfer/test_clock/advance", Class::StateMachine, advance),
    Entry::json("/sandbox/transfer/test_clock/create", Class::StateMachine, create),
    Entry::json("/sandbox/transfer/test_clock/get", Class::StateMachine, get),
    Entry::json("/sandbox/transfer/test_clock/list", Class::StateMachine, list),
];

fn view(id: &str, time: DateTime<Utc>) -> Value {
    json!({"test_clock_id": id, "virtual_time": shown(time)})
}

/// `/sandbox/transfer/test_clock/create`: without a time, it starts with the present.
pub fn create(call: &mut Call<'_>) -> Response {
    let time = reading::moment(call.request, "virtual_time")?.unwrap_or_else(|| call.tenant.now());
    let id = call.tenant.ids.uuid();
    call.tenant.recurring.clocks.insert(id.clone(), time);
    Ok(json!({"test_clock": view(&id, time)}))
}

/// `/sandbox/transfer/test_clock/advance`: what is due until the new time happens, for the transfers of this clock only.
pub fn advance(call: &mut Call<'_>) -> Response {
    let id = call.request.required("test_clock_id")?;
    let old = time(call.tenant, id)?;
    let new = reading::moment(call.request, "new_virtual_time")?;
    let new = new.ok_or_else(|| ApiError::missing_fields("new_virtual_time"))?;
    if new < old {
        return Err(ApiError::invalid_field("new_virtual_time must not be before the clock's virtual_time"));
    }
    recurring_transfers::follow(call.tenant, id, new)?;
    call.tenant.recurring.clocks.insert(id.to_owned(), new);
    nothing()
}

/// `/sandbox/transfer/test_clock/get`.
pub fn get(call: &mut Call<'_>) -> Response {
    let id = call.request.required("test_clock_id")?;
    Ok(json!({"test_clock": view(id, time(call.tenant, id)?)}))
}

/// `/sandbox/transfer/test_clock/list`: the one whose time is the earliest first.
pub fn list(call: &mut Call<'_>) -> Response {
    let in_range = reading::between(call.request, "start_virtual_time", "end_virtual_time")?;
    let clocks = call.tenant.recurring.clocks.iter();
    let mut found: Vec<_> = clocks.filter(|(_, time)| in_range(**time)).collect();
    found.sort_by_key(|(_, time)| **time);
    let found = found.into_iter().map(|(id, time)| view(id, *time));
    Ok(json!({"test_clocks": reading::page(call.request, found)?}))
}
