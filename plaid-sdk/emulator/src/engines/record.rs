//! What follows each change of an object: its times, its version, and an event.

use serde_json::{Map, Value, json};

use super::about::Subject;
use super::table::{Collection, Table};
use super::{Task, respond};
use crate::fields::time;
use crate::ops::Call;

/// Adds the event of an object's new state, if the collection has events.
pub fn record(call: &mut Call<'_>, task: Task, collection: &'static Collection, id: &str, value: &Value) {
    let state = value.get(&collection.state).and_then(Value::as_str).unwrap_or_default();
    event(call, task, (collection, id, value), state, Map::new());
}

/// Adds an event of an object, with what else is known of it, if the collection has events.
pub fn event(
    call: &mut Call<'_>,
    task: Task,
    (collection, id, value): (&'static Collection, &str, &Value),
    kind: &str,
    about: Map<String, Value>,
) {
    let Some(events) = &collection.events else { return };
    let Some(of_events) = Table::get().collections.get(&events.into) else { return };
    let number = call.tenant.shelves.shelf(&events.into).next_number();
    let mut known = Map::new();
    for (name, value) in value.as_object().into_iter().flatten() {
        known.insert(format!("{}_{name}", events.noun), value.clone());
        if !matches!(name.as_str(), "id" | "created" | "type" | "description") {
            known.insert(name.clone(), value.clone());
        }
    }
    let now = time(call.tenant.now());
    let event = json!({
        of_events.id.clone(): number,
        "event_type": format!("{}{kind}", events.prefix),
        "timestamp": now,
        format!("{}_id", events.noun): id,
    });
    known.extend(event.as_object().cloned().unwrap_or_default());
    known.extend(about);
    let known = Value::Object(known);
    let event = respond::object(call, task, &Subject::nobody(), of_events, &number.to_string(), known.clone());
    let now = call.tenant.now();
    call.tenant.shelves.shelf(&events.into).put(&number.to_string(), event, known, now, now);
}

/// The properties that hold when an object was created or changed.
pub fn touch(value: &mut Map<String, Value>, call: &Call<'_>) {
    let now = time(call.tenant.now());
    for name in ["updated_at", "last_status_update", "updatedTime"] {
        if value.contains_key(name) {
            value.insert(name.to_owned(), now.as_str().into());
        }
    }
    if let Some(trail) = value.get_mut("audit_trail").and_then(Value::as_object_mut) {
        trail.insert("timestamp".to_owned(), now.as_str().into());
    }
}

/// Raises `version` of the object, or of a part of it, if something in it has changed.
pub fn bump(new: &mut Map<String, Value>, old: &Value) {
    let changed = |new: &Value, old: &Value| match (new, old) {
        (Value::Object(new), Value::Object(_)) => new.iter().any(|(name, value)| old.get(name) != Some(value)),
        _ => false,
    };
    for (name, part) in new.iter_mut() {
        let before = old.get(name).cloned().unwrap_or_default();
        if changed(part, &before)
            && let Some(version) = before.get("version").and_then(Value::as_i64)
        {
            part["version"] = (version + 1).into();
        }
    }
    if let Some(version) = old.get("version").and_then(Value::as_i64) {
        new.insert("version".to_owned(), (version + 1).into());
    }
}
