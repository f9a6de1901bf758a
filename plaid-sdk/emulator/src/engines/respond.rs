//! Responses from what is known.

use chrono::TimeDelta;
use serde_json::{Map, Value};

use plaid_catalog::model::{ResponseBody, Struct};

use super::about::Subject;
use super::fill::Filler;
use super::table::{self, Collection, Refusal, Row, Table};
use super::{Task, expand, sample};
use crate::error::ApiError;
use crate::ops::Call;
use crate::state::Kept;

impl Refusal {
    /// The error.
    pub fn error(&self) -> ApiError {
        ApiError::new(self.kind.clone(), self.code.clone(), self.message.clone())
    }
}

/// What is known from the request and from the data.
pub fn of_request(call: &Call<'_>, row: &Row, id: &str) -> Map<String, Value> {
    let mut known = call.request.0.as_object().cloned().unwrap_or_default();
    let parameters = call.parameters.0.as_object().cloned().unwrap_or_default();
    known.extend(parameters);
    known.retain(|name, _| name != "client_id" && name != "secret");
    expand::merge(&mut known, cases(call, row, id));
    expand::merge(&mut known, expand::all(&row.answer, call, id));
    known
}

/// What the data has for the request's value of a field.
pub fn cases(call: &Call<'_>, row: &Row, id: &str) -> Map<String, Value> {
    let Some(cases) = &row.cases else { return Map::new() };
    let value = match expand::at(call.request.0, &cases.field) {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let found = cases.values.get(&value).or_else(|| cases.values.get("*"));
    found.map(|set| expand::all(set, call, id)).unwrap_or_default()
}

/// A filler whose ids depend on the operation and on what it is about.
pub fn filler(call: &Call<'_>, task: Task, subject: &Subject, id: &str) -> Filler {
    let ids = call.tenant.ids.named(&format!("{}/{}/{id}", task.operation.path, subject.key));
    Filler::new(call.tenant.now(), ids, task.row.full, subject.facts.clone())
}

/// The response from what is known, and from an object with its id.
pub fn respond(
    call: &Call<'_>,
    task: Task,
    subject: &Subject,
    mut known: Map<String, Value>,
    object: Option<(&Collection, &str, &Value)>,
) -> Value {
    let ResponseBody::Json(ty) = &task.operation.response.body else { return Value::Object(Map::new()) };
    let id = object.map(|(_, id, _)| id).unwrap_or_default();
    if let Some((collection, id, value)) = object {
        if let Some(named) = &collection.named {
            known.insert(named.clone(), id.into());
        }
        known.extend(value.as_object().cloned().unwrap_or_default());
        // An object that is not the whole response is in a property whose type has the object's id.
        for field in table::response(task.operation) {
            let has_id = |of: &Struct| of.fields.iter().any(|one| one.wire == collection.id);
            if !known.contains_key(&field.wire) && table::object(&field.ty).is_some_and(has_id) {
                known.insert(field.wire.clone(), value.clone());
            }
        }
        expand::merge(&mut known, cases(call, task.row, id));
        expand::merge(&mut known, expand::all(&task.row.answer, call, id));
    }
    let sample = sample::of_response(task.operation);
    filler(call, task, subject, id).fill(ty, &Value::Object(known), &sample)
}

/// An object of a collection's type, from what is known.
pub fn object(
    call: &Call<'_>,
    task: Task,
    subject: &Subject,
    collection: &Collection,
    id: &str,
    known: Value,
) -> Value {
    let Some(ty) = collection.object_type() else { return known };
    filler(call, task, subject, id).fill_named(ty, &known)
}

/// The id of the object that a request names, which must exist.
///
/// # Errors
/// `MISSING_FIELDS` without an id, the collection's error for one that is not known.
pub fn named(call: &mut Call<'_>, row: &'static Row) -> Result<(&'static str, &'static Collection, String), ApiError> {
    let (name, collection) = Table::get().of(row).ok_or_else(|| ApiError::invalid_field("no collection"))?;
    seed(call, name, collection);
    let fields = [row.by.as_deref(), collection.named.as_deref()].into_iter().flatten();
    let fields = fields.chain(collection.aliases.iter().map(String::as_str));
    let given = |field: &str| {
        let value = call.request.value(field).or_else(|| call.parameters.value(field))?;
        value.as_str().map(str::to_owned).or_else(|| Some(value.to_string()))
    };
    let wanted = fields.clone().find_map(|field| Some((field, given(field)?)));
    let first = fields.clone().next().unwrap_or("id");
    let now = call.tenant.now();
    let shelf = call.tenant.shelves.get(name);
    let by_default =
        || shelf.filter(|_| !collection.seeded.is_empty())?.all().next().map(|(id, _)| (first, id.to_owned()));
    let (_, wanted) = wanted.or_else(by_default).ok_or_else(|| ApiError::missing_fields(first))?;
    let has_alias = |value: &Value, asked: &Value| {
        let of = |alias: &String| value.get(alias).or_else(|| asked.get(alias)).and_then(Value::as_str);
        collection.aliases.iter().any(|alias| of(alias) == Some(&wanted))
    };
    let found = shelf.and_then(|shelf| {
        let lives = |kept: &Kept| collection.lives.is_none_or(|life| now < kept.made + TimeDelta::seconds(life));
        let is_named = |(id, kept): &(&str, &Kept)| *id == wanted && lives(kept) || has_alias(&kept.value, &kept.asked);
        shelf.all().find(is_named).map(|(id, _)| id.to_owned())
    });
    found.map(|id| (name, collection, id)).ok_or_else(|| unknown(collection, first))
}

/// The error for an id that is not known.
pub fn unknown(collection: &Collection, field: &str) -> ApiError {
    match &collection.unknown {
        Some(refusal) => refusal.error(),
        None => ApiError::invalid_field(&format!("{field} does not exist")),
    }
}

/// Puts the objects in that every tenant has from the start.
pub fn seed(call: &mut Call<'_>, name: &'static str, collection: &'static Collection) {
    if collection.seeded.is_empty() || call.tenant.shelves.get(name).is_some() {
        return;
    }
    let now = call.tenant.now();
    for (index, known) in collection.seeded.iter().enumerate() {
        let mut all = expand::all(&collection.first, call, "");
        expand::merge(&mut all, expand::all(known, call, ""));
        let known = Value::Object(all);
        let id = match known.get(&collection.id) {
            Some(Value::String(id)) => id.clone(),
            Some(other) => other.to_string(),
            None => index.to_string(),
        };
        let ids = call.tenant.ids.named(&format!("{name}/{id}"));
        let value = match collection.object_type() {
            Some(ty) => Filler::new(now, ids, false, Value::Null).fill_named(ty, &known),
            None => known.clone(),
        };
        call.tenant.shelves.shelf(name).put(&id, value, known, now, now);
    }
}
