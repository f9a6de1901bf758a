//! Responses without an object of their own: computed ones, and webhooks on demand.

use serde_json::Value;

use super::parents::parents;
use super::{Task, about, effects, expand, hooks, respond};
use crate::error::ApiError;
use crate::ops::{Call, Response};

/// A response that follows from the Item, the user and the request alone.
pub fn compute(call: &mut Call<'_>, task: Task) -> Response {
    let subject = about::of(call, task.row)?;
    parents(call, task)?;
    effects::check(call, task.row)?;
    effects::add(call, task, None)?;
    let known = respond::of_request(call, task.row, "");
    Ok(respond::respond(call, task, &subject, known, None))
}

/// Answers a request that orders a webhook.
pub fn fire(call: &mut Call<'_>, task: Task) -> Response {
    let subject = about::of(call, task.row)?;
    parents(call, task)?;
    let hook = task.row.webhook.as_ref().ok_or_else(|| ApiError::invalid_field("no webhook"))?;
    let known = respond::of_request(call, task.row, "");
    let codes = match expand::one(&hook.code.as_str().into(), call, "") {
        Value::String(code) => vec![code],
        Value::Array(all) => all.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    let url = hooks::url(call, hook, &Value::Null);
    for code in codes {
        let mut known = known.clone();
        known.extend(subject.facts.as_object().cloned().unwrap_or_default());
        expand::merge(&mut known, expand::all(&hook.fields, call, ""));
        let body = hooks::payload(call, hook, &code, &Value::Object(known))
            .ok_or_else(|| ApiError::invalid_field("webhook_code is not one that can be fired"))?;
        call.tenant.webhook(None, url.clone(), &hook.kind, &code, body);
    }
    Ok(respond::respond(call, task, &subject, known, None))
}
