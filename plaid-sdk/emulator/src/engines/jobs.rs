//! Jobs: what is started, becomes ready, and is read.

use chrono::TimeDelta;
use serde_json::{Map, Value, json};

use plaid_catalog::model::{Paging, ResponseBody};

use super::list::Line;
use super::table::{Collection, Since, Table};
use super::{Task, about, expand, files, hooks, list, respond};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::ops::{Answer, Call, Response, Shown, transaction_view as view};
use crate::state::{Event, Transaction};

/// Starts a job for a user or an Item. It replaces the earlier one.
pub fn start(call: &mut Call<'_>, task: Task) -> Response {
    let subject = about::of(call, task.row)?;
    let (name, collection) = Table::get().of(task.row).ok_or_else(|| ApiError::invalid_field("no collection"))?;
    let (now, ready) = (call.tenant.now(), call.tenant.after(call.tenant.pace.initial));
    let mut asked = respond::of_request(call, task.row, &subject.key);
    asked.retain(|name, _| !name.ends_with("_token"));
    let asked = Value::Object(asked);
    let failure = collection.failed.as_ref().filter(|_| subject.items.is_empty());
    let value = json!({"failed": failure.is_some()});
    call.tenant.shelves.shelf(name).put(&subject.key, value, asked.clone(), now, ready);
    if let Some(hook) = failure.map(|failure| &failure.webhook).or(collection.ready.as_ref()) {
        let mut known = asked.as_object().cloned().unwrap_or_default();
        known.extend(subject.facts.as_object().cloned().unwrap_or_default());
        expand::merge(&mut known, expand::all(&hook.fields, call, &subject.key));
        let url = hooks::url(call, hook, &asked);
        if let Some(body) = hooks::payload(call, hook, &hook.code, &Value::Object(known)) {
            let event = Event::Announce { kind: hook.kind.clone(), code: hook.code.clone(), url, body };
            call.tenant.schedule.at(ready, event);
        }
    }
    Ok(respond::respond(call, task, &subject, Map::new(), None))
}

/// Answers with what a job has made.
///
/// # Errors
/// The job's error before it is ready and after it has expired.
pub fn read(call: &mut Call<'_>, task: Task) -> Result<Answer, ApiError> {
    let subject = about::of(call, task.row)?;
    let (name, collection) = Table::get().of(task.row).ok_or_else(|| ApiError::invalid_field("no collection"))?;
    let mut known = run(call, &subject, name, collection)?;
    if let ResponseBody::Binary(kind) = &task.operation.response.body {
        return Ok(Answer::File(files::file(call, task, &subject, kind)));
    }
    known.extend(respond::of_request(call, task.row, &subject.key));
    if matches!(&task.operation.paging, Some(Paging::List(paging)) if paging.items == "transactions") {
        let lines = transactions(call, &subject);
        known.extend(list::page(call, task, lines)?);
    }
    Ok(Answer::Json(respond::respond(call, task, &subject, known, None)))
}

/// The transactions of the subject's Items, oldest first.
fn transactions(call: &Call<'_>, subject: &about::Subject) -> Vec<Line> {
    let shown = Shown::of(Fields(&Value::Null));
    let items = subject.items.iter().filter_map(|id| call.tenant.items.get(id));
    let mut rows: Vec<&Transaction> = items.flat_map(|item| item.feed.current()).collect();
    rows.sort_by_key(|row| row.date);
    (1..).zip(rows).map(|(number, row)| Line { number, made: call.tenant.now(), value: view(row, shown) }).collect()
}

/// What the job was started with, if it is ready.
fn run(
    call: &Call<'_>,
    subject: &about::Subject,
    name: &str,
    collection: &Collection,
) -> Result<Map<String, Value>, ApiError> {
    let not_ready = || match &collection.before {
        Some(refusal) => refusal.error(),
        None => ApiError::product_not_ready(),
    };
    let kept = call.tenant.shelves.object(name, &subject.key);
    let linked = || about::linked_since(call.tenant, subject).filter(|_| collection.since == Some(Since::Item));
    let pace = TimeDelta::milliseconds(call.tenant.pace.initial);
    let ready = kept.map(|kept| kept.ready).or_else(|| linked().map(|linked| linked + pace)).ok_or_else(not_ready)?;
    let now = call.tenant.now();
    if now < ready {
        return Err(not_ready());
    }
    let has_failed = kept.is_some_and(|kept| kept.value.get("failed") == Some(&Value::Bool(true)));
    if let Some(failure) = collection.failed.as_ref().filter(|_| has_failed) {
        return Err(failure.error.error());
    }
    match &collection.expires {
        Some(expiry) if now >= ready + TimeDelta::seconds(expiry.seconds) => Err(expiry.error.error()),
        _ => Ok(kept.and_then(|kept| kept.asked.as_object().cloned()).unwrap_or_default()),
    }
}
