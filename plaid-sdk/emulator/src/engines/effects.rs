//! What an operation needs of other objects, and what it does to them.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::about::Subject;
use super::table::{Add, Collection, Part, Row, Table};
use super::{Task, expand, respond};
use crate::error::ApiError;
use crate::fields::{decimal, money, time};
use crate::ops::Call;
use crate::state::Kept;

/// The error of the data for a request that can't be carried out, or `INVALID_FIELD`.
pub fn refusal(row: &Row, message: &str) -> ApiError {
    row.refuse.as_ref().map_or_else(|| ApiError::invalid_field(message), super::table::Refusal::error)
}

/// The state of an object. Some states are in no response.
pub fn state(collection: &Collection, kept: &Kept) -> Value {
    let shown = kept.value.get(&collection.state);
    shown.or_else(|| kept.asked.get(&collection.state)).cloned().unwrap_or_default()
}

/// Refuses a request if an object that it names is in another state than it needs.
///
/// # Errors
/// The operation's error, or `INVALID_FIELD`.
pub fn check(call: &Call<'_>, row: &Row) -> Result<(), ApiError> {
    for (field, states) in &row.needs {
        let Some((name, collection)) = Table::get().named(field) else { continue };
        let Some(kept) = call.request.text(field).and_then(|id| call.tenant.shelves.object(name, id)) else { continue };
        let state = state(collection, kept);
        let state = state.as_str().unwrap_or_default();
        if !states.iter().any(|one| one == state) {
            return Err(refusal(row, &format!("{field} is in the state {state}")));
        }
    }
    if row.money && call.request.text("amount").is_some_and(|text| money(text).is_none()) {
        return Err(no_money());
    }
    match &row.part {
        Some(part) => check_part(call, row, part),
        None => Ok(()),
    }
}

fn no_money() -> ApiError {
    ApiError::invalid_field("amount must be a positive decimal with two digits")
}

/// Refuses an amount that is more than what the earlier ones left of that of another object.
fn check_part(call: &Call<'_>, row: &Row, part: &Part) -> Result<(), ApiError> {
    let Some((name, id)) = Table::get().named(&part.of).zip(call.request.text(&part.of)).map(|(of, id)| (of.0, id))
    else {
        return Ok(());
    };
    let Some(whole) = call.tenant.shelves.object(name, id).and_then(|kept| part_of(&kept.value, &part.at)) else {
        return Ok(());
    };
    let own = row.of.as_deref().and_then(|own| call.tenant.shelves.get(own));
    let counts = |kept: &&Kept| {
        let state = kept.value.get("status").and_then(Value::as_str).unwrap_or_default();
        kept.asked.get(&part.of).and_then(Value::as_str) == Some(id) && !part.but.iter().any(|one| one == state)
    };
    let earlier = own.into_iter().flat_map(crate::state::Shelf::all).map(|(_, kept)| kept).filter(counts);
    // Without an amount, all of it is meant.
    let spent: Decimal = earlier.map(|kept| part_of(&kept.asked, &part.at).unwrap_or(whole)).sum();
    let wanted = part_of(call.request.0, &part.at).unwrap_or(whole);
    if wanted <= Decimal::ZERO || wanted > whole - spent {
        return Err(ApiError::invalid_field(&format!("{} must be positive, and not more than what is left", part.at)));
    }
    Ok(())
}

fn part_of(value: &Value, path: &str) -> Option<Decimal> {
    let value = expand::at(value, path)?;
    value.as_str().and_then(money).or_else(|| decimal(value))
}

/// Gives the objects that a request names what the data says.
pub fn mark(call: &mut Call<'_>, row: &Row) {
    for (field, set) in &row.marks {
        let Some((name, _)) = Table::get().named(field) else { continue };
        let set = expand::all(set, call, "");
        let Some(id) = call.request.text(field) else { continue };
        if let Some(asked) = call.tenant.shelves.object_mut(name, id).and_then(|kept| kept.asked.as_object_mut()) {
            asked.extend(set);
        }
    }
}

/// Changes the balances that the request's amount changes: all of them or none. `source` is the field and the id of the object that
/// is made by it.
///
/// # Errors
/// `INVALID_FIELD` for an object that does not exist, an amount that is none, and a balance that would get below zero.
pub fn add(call: &mut Call<'_>, task: Task, source: Option<(&str, &str)>) -> Result<(), ApiError> {
    let mut changes = Vec::new();
    for add in &task.row.adds {
        let Some((name, collection)) = Table::get().collections.get_key_value(&add.of) else { continue };
        respond::seed(call, name, collection);
        let shelf = call.tenant.shelves.get(name);
        let first = || shelf.and_then(|shelf| shelf.all().next()).map(|(id, _)| id);
        let unknown = || respond::unknown(collection, &add.by);
        let id = call.request.text(&add.by).or_else(first).ok_or_else(unknown)?.to_owned();
        let kept = call.tenant.shelves.object(name, &id).ok_or_else(unknown)?;
        changes.push((name, collection, id, changed(add, kept, call.request.text("amount"))?));
    }
    for (name, collection, id, balances) in changes {
        for (path, amount) in balances {
            let kept = call.tenant.shelves.object_mut(name, &id);
            let Some(value) = kept.and_then(|kept| kept.value.pointer_mut(&pointer(path))) else { continue };
            let before = std::mem::replace(value, format!("{amount:.2}").into());
            let before: Decimal = before.as_str().and_then(|text| text.parse().ok()).unwrap_or_default();
            let by = amount - before;
            if !by.is_zero() {
                movement(call, task, (name, collection, &id), (path, by), source);
            }
        }
    }
    Ok(())
}

fn pointer(path: &str) -> String {
    format!("/{}", path.replace('.', "/"))
}

/// Notes by how much a balance has changed, if the collection lists that.
fn movement(
    call: &mut Call<'_>,
    task: Task,
    (name, collection, id): (&str, &Collection, &str),
    (path, by): (&str, Decimal),
    source: Option<(&str, &str)>,
) {
    let Some((into, lines)) = collection.movements.as_ref().and_then(|of| Table::get().collections.get_key_value(of))
    else {
        return;
    };
    let (around, last) = path.rsplit_once('.').unwrap_or(("", path));
    let balances = call.tenant.shelves.object(name, id).and_then(|kept| kept.value.pointer(&pointer(around)));
    let balances = balances.and_then(Value::as_object).into_iter().flatten();
    let mut known: Map<String, Value> =
        balances.map(|(name, value)| (format!("{name}_balance"), value.clone())).collect();
    let made = call.tenant.ids.uuid();
    let what = task.operation.path.rsplit('/').next().unwrap_or_default().replace('_', " ");
    let about = json!({
        lines.id.clone(): made,
        "amount": format!("{by:.2}"),
        "description": what,
        "timestamp": time(call.tenant.now()),
        "type": last,
    });
    known.extend(about.as_object().cloned().unwrap_or_default());
    known.extend(collection.named.clone().map(|named| (named, id.into())));
    let mut asked = known.clone();
    if let Some((field, id)) = source {
        known.insert(field.to_owned(), id.into());
        asked.insert("source_id".to_owned(), id.into());
        asked.insert("source_type".to_owned(), field.trim_end_matches("_id").to_uppercase().into());
    }
    let value = respond::object(call, task, &Subject::nobody(), lines, &made, Value::Object(known));
    let now = call.tenant.now();
    call.tenant.shelves.shelf(into).put(&made, value, Value::Object(asked), now, now);
}

/// The new balances, by their paths.
fn changed<'a>(add: &'a Add, kept: &Kept, amount: Option<&str>) -> Result<Vec<(&'a str, Decimal)>, ApiError> {
    let balance = |path: &str| -> Decimal {
        expand::at(&kept.value, path).and_then(Value::as_str).and_then(|text| text.parse().ok()).unwrap_or_default()
    };
    if let Some(to) = &add.to {
        return Ok(vec![(to, balance(to) + balance(&add.at)), (&add.at, Decimal::ZERO)]);
    }
    let amount = amount.and_then(money).ok_or_else(no_money)?;
    let new = balance(&add.at) + amount * Decimal::from(add.sign);
    if new < Decimal::ZERO {
        return Err(ApiError::invalid_field("amount must not be more than the balance"));
    }
    Ok(vec![(&add.at, new)])
}
