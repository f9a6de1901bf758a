//! Puts new objects into collections.

use serde_json::{Map, Value};

use super::about::{self, Subject};
use super::parents::parents;
use super::record::record;
use super::table::{Collection, Table};
use super::{Task, effects, expand, hooks, respond};
use crate::error::ApiError;
use crate::ops::{Call, Response};

/// Answers with a new object, or with the earlier one of the same request.
pub fn create(call: &mut Call<'_>, task: Task) -> Response {
    let subject = about::of(call, task.row)?;
    let (name, collection) = Table::get().of(task.row).ok_or_else(|| ApiError::invalid_field("no collection"))?;
    respond::seed(call, name, collection);
    if let Some(field) = &task.row.each {
        let mut whole = Map::new();
        expand::each(call, field, |call| {
            let (_, value) = make(call, task, &subject, name, collection)?;
            whole = value.as_object().cloned().unwrap_or_default();
            Ok(())
        })?;
        return Ok(respond::respond(call, task, &subject, whole, None));
    }
    if let Some(id) = earlier(call, task, name)? {
        let value = call.tenant.shelves.object(name, &id).map(|kept| kept.value.clone()).unwrap_or_default();
        let known = respond::of_request(call, task.row, &id);
        return Ok(respond::respond(call, task, &subject, known, Some((collection, &id, &value))));
    }
    let (id, value) = make(call, task, &subject, name, collection)?;
    let known = respond::of_request(call, task.row, &id);
    Ok(respond::respond(call, task, &subject, known, Some((collection, &id, &value))))
}

/// Makes an object, with its event and its webhook.
fn make(
    call: &mut Call<'_>,
    task: Task,
    subject: &Subject,
    name: &'static str,
    collection: &'static Collection,
) -> Result<(String, Value), ApiError> {
    let parents = parents(call, task)?;
    effects::check(call, task.row)?;
    let previous = previous(call, task, name)?;
    let id = new_id(call, task, name, collection)?;
    effects::add(call, task, collection.named.as_deref().map(|named| (named, id.as_str())))?;
    let mut known = Map::new();
    for property in &task.row.inherit {
        let found = parents.iter().find_map(|parent| expand::find(parent, property));
        known.extend(found.filter(|value| !value.is_null()).map(|value| (property.clone(), value.clone())));
    }
    expand::merge(&mut known, expand::all(&collection.first, call, &id));
    let mut sent = call.request.0.as_object().cloned().unwrap_or_default();
    sent.retain(|name, value| !matches!(name.as_str(), "client_id" | "secret") && !value.is_null());
    expand::merge(&mut known, sent.clone());
    expand::merge(&mut known, respond::cases(call, task.row, &id));
    expand::merge(&mut known, expand::all(&task.row.set, call, &id));
    let own = match id.parse::<i64>() {
        Ok(number) if collection.form == "number" => number.into(),
        _ => Value::from(id.as_str()),
    };
    known.insert(collection.id.clone(), own);
    known.extend(previous.map(|previous| ("previous_attempt_id".to_owned(), previous.into())));
    let value = respond::object(call, task, subject, collection, &id, Value::Object(known.clone()));
    if let Some(user) = &subject.user {
        sent.insert("user_id".to_owned(), user.as_str().into());
    }
    // Filters also read what the object got from elsewhere.
    let mut asked = known;
    expand::merge(&mut asked, sent);
    let now = call.tenant.now();
    call.tenant.shelves.shelf(name).put(&id, value.clone(), Value::Object(asked), now, now);
    effects::mark(call, task.row);
    record(call, task, collection, &id, &value);
    if let Some(hook) = &task.row.webhook {
        hooks::send(call, hook, collection, &id, &value, Map::new());
    }
    let value = call.tenant.shelves.object(name, &id).map_or(value, |kept| kept.value.clone());
    Ok((id, value))
}

/// The object that an earlier request made: one with the same key, or with the same details.
fn earlier(call: &Call<'_>, task: Task, name: &str) -> Result<Option<String>, ApiError> {
    let Some(shelf) = call.tenant.shelves.get(name) else { return Ok(None) };
    let row = task.row;
    if let Some(key) = row.once.as_deref() {
        let Some(wanted) = call.request.value(key) else { return Ok(None) };
        let Some((id, kept)) = shelf.all().find(|(_, kept)| kept.asked.get(key) == Some(wanted)) else {
            return Ok(None);
        };
        let is_same = call.request.0.as_object().into_iter().flatten().all(|(field, value)| {
            matches!(field.as_str(), "client_id" | "secret") || value.is_null() || kept.asked.get(field) == Some(value)
        });
        return match &row.again {
            Some(refusal) if !is_same => Err(refusal.error()),
            _ => Ok(Some(id.to_owned())),
        };
    }
    if row.same_if.as_deref().is_some_and(|flag| !call.request.flag(flag)) {
        return Ok(None);
    }
    let is_same = |asked: &Value| row.same.iter().all(|field| asked.get(field) == call.request.value(field));
    let same = shelf.all().find(|(_, kept)| !row.same.is_empty() && is_same(&kept.asked));
    Ok(same.map(|(id, _)| id.to_owned()))
}

/// The last object that a new one follows.
fn previous(call: &Call<'_>, task: Task, name: &str) -> Result<Option<String>, ApiError> {
    let follows = &task.row.follows;
    if follows.is_empty() {
        return Ok(None);
    }
    let is_same = |asked: &Value| follows.iter().all(|field| asked.get(field) == call.request.value(field));
    let mut all = call.tenant.shelves.get(name).into_iter().flat_map(crate::state::Shelf::all);
    let last = all.rfind(|(_, kept)| is_same(&kept.asked)).map(|(id, _)| id.to_owned());
    let message = format!("there is nothing to retry for these values of {}", follows.join(" and "));
    last.map(Some).ok_or_else(|| ApiError::invalid_field(&message))
}

/// The id of a new object, in the form that its collection has.
///
/// # Errors
/// `MISSING_FIELDS` if the request has to say it and does not, and the operation's error for one that is used.
pub fn new_id(call: &mut Call<'_>, task: Task, name: &str, collection: &Collection) -> Result<String, ApiError> {
    let ids = &mut call.tenant.ids;
    if let Some(field) = collection.form.strip_prefix("field:") {
        let id = call.request.required(field)?.to_owned();
        return match (&task.row.again, call.tenant.shelves.object(name, &id)) {
            (Some(refusal), Some(_)) => Err(refusal.error()),
            _ => Ok(id),
        };
    }
    Ok(match collection.form.as_str() {
        "uuid" => ids.uuid(),
        "long" => ids.long(),
        "hex" => ids.uuid().replace('-', "").chars().take(24).collect(),
        "number" => call.tenant.shelves.shelf(name).next_number().to_string(),
        form => match form.strip_prefix("token:") {
            Some(kind) => ids.token(kind),
            None => ids.short(form),
        },
    })
}
