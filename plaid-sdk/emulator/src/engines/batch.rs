//! Makes one object out of all that wait for it: a sweep of all transfers that were not swept, a repayment of all returns.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::about::{self, Subject};
use super::create::new_id;
use super::record::event;
use super::table::{Batch, Collection, Table, Take};
use super::{Task, effects, expand, hooks, respond};
use crate::error::ApiError;
use crate::fields::money;
use crate::ops::{Call, Response};
use crate::state::Kept;

/// What a batch has done.
enum Done {
    /// No object waited.
    Nothing,
    /// Objects changed, and none was made of them.
    Changed,
    /// An object was made.
    Made(Made),
}

/// Answers with the object that was made, if any.
pub fn batch(call: &mut Call<'_>, task: Task) -> Response {
    let subject = about::of(call, task.row)?;
    let known = respond::of_request(call, task.row, "");
    let (_, collection) = Table::get().of(task.row).ok_or_else(|| ApiError::invalid_field("no collection"))?;
    let done = run(call, task);
    if let Some(hook) = task.row.webhook.as_ref().filter(|_| !matches!(done, Done::Nothing)) {
        hooks::send(call, hook, collection, "", &Value::Null, Map::new());
    }
    match done {
        Done::Made((collection, id, value)) => {
            Ok(respond::respond(call, task, &subject, known, Some((collection, &id, &value))))
        }
        Done::Nothing if task.row.refuse.is_some() => Err(effects::refusal(task.row, "nothing waits for this")),
        Done::Nothing | Done::Changed => Ok(respond::respond(call, task, &subject, known, None)),
    }
}

/// Runs the batch that follows a change of an object.
pub fn follow(call: &mut Call<'_>, task: Task) {
    run(call, task);
}

/// An object that was made, with its collection and its id.
type Made = (&'static Collection, String, Value);

/// An object that is taken.
struct Taken {
    take: &'static Take,
    name: &'static str,
    collection: &'static Collection,
    id: String,
    kept: Kept,
    /// Its amount, if it counts.
    amount: Option<Decimal>,
}

fn run(call: &mut Call<'_>, task: Task) -> Done {
    let Some(batch) = &task.row.batch else { return Done::Nothing };
    let taken = taken(call, batch);
    if taken.is_empty() {
        return Done::Nothing;
    }
    let made = make(call, task, batch, &taken);
    for one in &taken {
        change(call, task, batch, one, made.as_ref());
        if let (Some((collection, id, _)), Some(lines)) = (&made, &batch.lines) {
            line(call, task, one, lines, (collection, id));
        }
    }
    made.map_or(Done::Changed, Done::Made)
}

/// The objects that wait. They are chosen before any of them changes, so that one change does not lead to the next.
fn taken(call: &Call<'_>, batch: &'static Batch) -> Vec<Taken> {
    let mut all = Vec::new();
    for take in &batch.takes {
        let Some((name, collection)) = Table::get().collections.get_key_value(&take.of) else { continue };
        let kept = call.tenant.shelves.get(name).into_iter().flat_map(crate::state::Shelf::all);
        for (id, kept) in kept.filter(|(_, kept)| fits(take, kept)) {
            let sign = kept.value.get("type").and_then(Value::as_str).and_then(|kind| take.counts.get(kind));
            let amount = sign.and_then(|sign| Some(amount(&kept.value)? * Decimal::from(*sign)));
            all.push(Taken { take, name, collection, id: id.to_owned(), kept: kept.clone(), amount });
        }
    }
    all
}

fn fits(take: &Take, kept: &Kept) -> bool {
    take.fits.iter().all(|(name, wanted)| wanted.contains(property(kept, name)))
}

/// A property of an object. Some are in no response.
fn property<'a>(kept: &'a Kept, name: &str) -> &'a Value {
    kept.value.get(name).or_else(|| kept.asked.get(name)).unwrap_or(&Value::Null)
}

fn amount(value: &Value) -> Option<Decimal> {
    money(value.get("amount")?.as_str()?)
}

/// The object that has the sum of the amounts, if one counts.
fn make(call: &mut Call<'_>, task: Task, batch: &'static Batch, taken: &[Taken]) -> Option<Made> {
    let (name, collection) = Table::get().collections.get_key_value(batch.into.as_deref()?)?;
    let counted: Vec<&Taken> = taken.iter().filter(|one| one.amount.is_some()).collect();
    let first = counted.first()?;
    let sum: Decimal = counted.iter().filter_map(|one| one.amount).sum();
    let id = new_id(call, task, name, collection).ok()?;
    let mut known = expand::all(&collection.first, call, &id);
    expand::merge(&mut known, expand::all(&batch.set, call, &id));
    known.insert(collection.id.clone(), id.as_str().into());
    known.insert("amount".to_owned(), format!("{sum:.2}").into());
    known.insert("iso_currency_code".to_owned(), property(&first.kept, "iso_currency_code").clone());
    let value = respond::object(call, task, &Subject::nobody(), collection, &id, Value::Object(known.clone()));
    // Lists find it by each of the objects that it was made of.
    for one in &batch.keeps {
        known.insert(one.clone(), counted.iter().map(|taken| property(&taken.kept, one).clone()).collect());
    }
    if let Some(named) = &first.collection.named {
        known.insert(named.clone(), counted.iter().map(|taken| Value::from(taken.id.as_str())).collect());
    }
    let now = call.tenant.now();
    call.tenant.shelves.shelf(name).put(&id, value.clone(), Value::Object(known), now, now);
    Some((collection, id, value))
}

/// Gives a taken object what the data says, with its event.
fn change(call: &mut Call<'_>, task: Task, batch: &'static Batch, one: &Taken, made: Option<&Made>) {
    let mut set = expand::all(&one.take.set, call, &one.id);
    let mut about = Map::new();
    if let (Some((collection, id, _)), Some(amount)) = (made, one.amount)
        && let Some(named) = &collection.named
    {
        set.insert(named.clone(), id.as_str().into());
        about.insert(named.clone(), id.as_str().into());
        about.insert(format!("{}_amount", named.trim_end_matches("_id")), format!("{amount:.2}").into());
    } else if let Some((name, named, id)) = earlier(batch, one) {
        let marks = expand::all(&one.take.marks, call, &id);
        if let Some(value) = call.tenant.shelves.object_mut(name, &id).and_then(|kept| kept.value.as_object_mut()) {
            value.extend(marks);
        }
        about.insert(named.to_owned(), id.into());
    }
    let mut merged = one.kept.value.as_object().cloned().unwrap_or_default();
    expand::merge(&mut merged, set.clone());
    let value = respond::object(call, task, &Subject::nobody(), one.collection, &one.id, Value::Object(merged));
    if let Some(kept) = call.tenant.shelves.object_mut(one.name, &one.id) {
        kept.past.push(std::mem::replace(&mut kept.value, value.clone()));
        if let Some(asked) = kept.asked.as_object_mut() {
            expand::merge(asked, set);
        }
    }
    if let Some(kind) = &one.take.event {
        event(call, task, (one.collection, &one.id, &value), kind, about);
    }
}

/// The object that a taken one was summed up in before: its collection, the field that names it, its id.
fn earlier(batch: &'static Batch, one: &Taken) -> Option<(&'static str, &'static str, String)> {
    let (name, collection) = Table::get().collections.get_key_value(batch.into.as_deref()?)?;
    let named = collection.named.as_deref()?;
    let id = one.kept.asked.get(named)?.as_str()?;
    Some((name, named, id.to_owned()))
}

/// The line of an object that is summed up: the object, the new one that it belongs to, and the event of its state.
fn line(call: &mut Call<'_>, task: Task, one: &Taken, lines: &'static str, made: (&Collection, &str)) {
    let (Some((name, collection)), Some(_)) = (Table::get().collections.get_key_value(lines), one.amount) else {
        return;
    };
    let mut known = one.kept.value.as_object().cloned().unwrap_or_default();
    known.extend(one.collection.named.clone().map(|named| (named, one.id.as_str().into())));
    known.extend(made.0.named.clone().map(|named| (named, made.1.into())));
    known.extend(last_event(call, one).map(|number| ("event_id".to_owned(), number)));
    let known = Value::Object(known);
    let value = respond::object(call, task, &Subject::nobody(), collection, &one.id, known.clone());
    let now = call.tenant.now();
    call.tenant.shelves.shelf(name).put(&one.id, value, known, now, now);
}

/// The event that says that an object is in its present state.
fn last_event(call: &Call<'_>, one: &Taken) -> Option<Value> {
    let events = one.collection.events.as_ref()?;
    let kind = json!(format!("{}{}", events.prefix, one.kept.value.get(&one.collection.state)?.as_str()?));
    let id = json!(one.id);
    let shelf = call.tenant.shelves.get(&events.into)?;
    let is_meant =
        |value: &Value| value.get(format!("{}_id", events.noun)) == Some(&id) && value.get("event_type") == Some(&kind);
    let of_events = Table::get().collections.get(&events.into)?;
    shelf
        .all()
        .rev()
        .find(|(_, kept)| is_meant(&kept.value))
        .and_then(|(_, kept)| kept.value.get(&of_events.id).cloned())
}
