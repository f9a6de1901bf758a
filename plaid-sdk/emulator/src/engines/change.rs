//! Reads, changes and removes objects of collections.

use chrono::DateTime;
use serde_json::{Map, Value, json};

use super::parents::parents;
use super::record::{bump, record, touch};
use super::table::Collection;
use super::{Task, about, batch, effects, expand, hooks, respond};
use crate::error::ApiError;
use crate::fields::time;
use crate::ops::{Call, Response};

/// Answers with an object.
pub fn get(call: &mut Call<'_>, task: Task) -> Response {
    let subject = about::of(call, task.row)?;
    let (name, collection, id) = match respond::named(call, task.row) {
        Ok(found) => found,
        Err(error) => {
            let absent = task.row.absent.as_ref().ok_or(error)?;
            let known = expand::all(absent, call, "");
            return Ok(respond::respond(call, task, &subject, known, None));
        }
    };
    let kept = call.tenant.shelves.object(name, &id).cloned().ok_or_else(|| respond::unknown(collection, "id"))?;
    let mut known = kept.asked.as_object().cloned().unwrap_or_default();
    known.insert("created_at".to_owned(), time(kept.made).into());
    known.extend(respond::of_request(call, task.row, &id));
    Ok(respond::respond(call, task, &subject, known, Some((collection, &id, &kept.value))))
}

/// Answers with a changed object.
pub fn update(call: &mut Call<'_>, task: Task) -> Response {
    let subject = about::of(call, task.row)?;
    if let Some(field) = &task.row.each {
        expand::each(call, field, |call| change(call, task, &subject).map(drop))?;
        return Ok(respond::respond(call, task, &subject, Map::new(), None));
    }
    let (collection, id, value, known) = change(call, task, &subject)?;
    Ok(respond::respond(call, task, &subject, known, Some((collection, &id, &value))))
}

type Changed = (&'static Collection, String, Value, Map<String, Value>);

fn change(call: &mut Call<'_>, task: Task, subject: &about::Subject) -> Result<Changed, ApiError> {
    let (name, collection, id) = respond::named(call, task.row)?;
    parents(call, task)?;
    let kept = call.tenant.shelves.object(name, &id).cloned().ok_or_else(|| respond::unknown(collection, "id"))?;
    let mut sent = call.request.0.as_object().cloned().unwrap_or_default();
    let is_name = |field: &str| {
        Some(field) == task.row.by.as_deref() || Some(field) == collection.named.as_deref() || field == collection.id
    };
    sent.retain(|field, value| {
        !matches!(field.as_str(), "client_id" | "secret") && !is_name(field) && !value.is_null()
    });
    for field in call.request.texts("reset_fields").unwrap_or_default() {
        sent.insert(field.to_owned(), Value::Null);
    }
    expand::merge(&mut sent, respond::cases(call, task.row, &id));
    expand::merge(&mut sent, expand::all(&task.row.set, call, &id));
    let old_state = effects::state(collection, &kept);
    let wanted = sent.get(&collection.state).cloned();
    allowed(task, collection, &old_state, wanted.as_ref())?;
    for name in &task.row.rising {
        let moment = |value: Option<&Value>| DateTime::parse_from_rfc3339(value?.as_str()?).ok();
        if moment(sent.get(name)) < moment(kept.value.get(name)) {
            return Err(ApiError::invalid_field(&format!("{name} must not go back")));
        }
    }
    let mut merged = kept.value.as_object().cloned().unwrap_or_default();
    expand::merge(&mut merged, sent.clone());
    bump(&mut merged, &kept.value);
    touch(&mut merged, call);
    let value = respond::object(call, task, subject, collection, &id, Value::Object(merged));
    let shown = value.get(&collection.state);
    if wanted.as_ref().is_some_and(|wanted| shown.is_some_and(|shown| shown != wanted)) {
        return Err(ApiError::invalid_field(&format!(
            "{} is not one of the values that it can have",
            collection.state
        )));
    }
    let new_state = shown.cloned().or(wanted).unwrap_or_default();
    if let Some(object) = call.tenant.shelves.object_mut(name, &id) {
        object.past.push(std::mem::replace(&mut object.value, value.clone()));
        if let Some(asked) = object.asked.as_object_mut() {
            expand::merge(asked, sent);
        }
    }
    let mut known = respond::of_request(call, task.row, &id);
    known.extend([("old_status".to_owned(), old_state.clone()), ("new_status".to_owned(), new_state.clone())]);
    if old_state != new_state {
        record(call, task, collection, &id, &value);
    }
    let is_news = old_state != new_state || !value.get(&collection.state).is_some_and(Value::is_string);
    if let Some(hook) = task.row.webhook.as_ref().filter(|_| is_news) {
        let states = json!({
            "new_payment_status": new_state, "new_status": new_state,
            "old_payment_status": old_state, "old_status": old_state,
        });
        hooks::send(call, hook, collection, &id, &value, states.as_object().cloned().unwrap_or_default());
    }
    batch::follow(call, task);
    let value = call.tenant.shelves.object(name, &id).map_or(value, |kept| kept.value.clone());
    Ok((collection, id, value, known))
}

/// Refuses a change of state that the collection does not have.
fn allowed(task: Task, collection: &Collection, old: &Value, wanted: Option<&Value>) -> Result<(), ApiError> {
    let (Some(old), Some(wanted)) = (old.as_str(), wanted.and_then(Value::as_str)) else { return Ok(()) };
    let follows = collection.moves.get(old).is_some_and(|all| all.iter().any(|one| one == wanted));
    if collection.moves.is_empty() || follows {
        return Ok(());
    }
    Err(effects::refusal(task.row, &format!("{} can't change from {old} to {wanted}", collection.state)))
}

/// Takes an object out.
pub fn remove(call: &mut Call<'_>, task: Task) -> Response {
    let subject = about::of(call, task.row)?;
    if let Some(field) = &task.row.each {
        expand::each(call, field, |call| {
            let (name, _, id) = respond::named(call, task.row)?;
            call.tenant.shelves.shelf(name).remove(&id);
            Ok(())
        })?;
        return Ok(respond::respond(call, task, &subject, Map::new(), None));
    }
    let (name, collection, id) = match (respond::named(call, task.row), &task.row.absent) {
        (Ok(found), _) => found,
        (Err(_), Some(absent)) => {
            let known = expand::all(absent, call, "");
            return Ok(respond::respond(call, task, &subject, known, None));
        }
        (Err(error), None) => return Err(error),
    };
    let value = call.tenant.shelves.shelf(name).remove(&id).map(|kept| kept.value).unwrap_or_default();
    let known = respond::of_request(call, task.row, &id);
    Ok(respond::respond(call, task, &subject, known, Some((collection, &id, &value))))
}
