//! Operations that were added, removed or changed.

use super::effect::in_case;
use super::fields::same;
use super::fit::Way;
use super::parts::Changes;
use super::side::name;
use super::{Effect, What, bodies, paging, parameters, reach};
use api_model::{Idempotency, Operation, ResponseBody};

/// Compares the operations of both documents, and their servers.
pub(super) fn compare(changes: &mut Changes<'_>) {
    let (old, new) = (changes.old.api(), changes.new.api());
    let paired = &changes.pairs.operations;
    for (index, operation) in old.operations.iter().enumerate() {
        match paired.iter().find(|(before, _)| *before == index).and_then(|(_, now)| new.operations.get(*now)) {
            Some(now) => both(changes, operation, now),
            None => {
                let mut change = changes.of_operation(What::OperationRemoved, Some(operation), None);
                change.wire = Effect::Yes("the API no longer has it".to_owned());
                changes.push(change);
            }
        }
    }
    for (index, operation) in new.operations.iter().enumerate() {
        if !paired.iter().any(|(_, now)| *now == index) {
            let change = changes.of_operation(What::OperationAdded, None, Some(operation));
            changes.push(change);
        }
    }
    servers(changes);
}

fn servers(changes: &mut Changes<'_>) {
    let urls = |side: &super::side::Side<'_>| -> Vec<String> {
        side.api().servers.iter().map(|server| server.url.clone()).collect()
    };
    let (before, now) = (urls(changes.old), urls(changes.new));
    if before != now {
        let mut change = changes.of_operation(What::ServersChanged, None, None);
        change.at = "servers".to_owned();
        change.detail = format!("{} -> {}", before.join(", "), now.join(", "));
        let gone: Vec<String> = before.iter().filter(|url| !now.contains(url)).map(|url| format!("`{url}`")).collect();
        if !gone.is_empty() {
            change.wire = in_case(format!("the client's environment is {}", gone.join(" or ")));
        }
        changes.push(change);
    }
}

fn both<'a>(changes: &mut Changes<'a>, old: &'a Operation, new: &'a Operation) {
    let change = |changes: &Changes<'_>, what| changes.of_operation(what, Some(old), Some(new));
    if (&old.method, &old.path) != (&new.method, &new.path) {
        let mut found = change(changes, What::OperationMoved);
        found.detail = format!("{} -> {}", reach::operation(old), reach::operation(new));
        found.wire = Effect::Yes("the API has it at another path".to_owned());
        changes.push(found);
    }
    if old.id != new.id {
        let mut found = change(changes, What::OperationRenamed);
        found.detail = format!("{} -> {}", old.id, new.id);
        changes.push(found);
    }
    if old.server != new.server {
        let mut found = change(changes, What::OperationServerChanged);
        let said = |operation: &Operation| operation.server.clone().unwrap_or_else(|| "the document's".to_owned());
        found.detail = format!("{} -> {}", said(old), said(new));
        found.wire = Effect::Yes("old programs send it to the old server".to_owned());
        changes.push(found);
    }
    if old.docs.deprecated != new.docs.deprecated {
        let what = if new.docs.deprecated { What::Deprecated } else { What::NoLongerDeprecated };
        let found = change(changes, what);
        changes.push(found);
    }
    if old.anonymous != new.anonymous {
        let mut found = change(changes, What::AuthenticationChanged);
        found.detail = if new.anonymous { "needs no credentials" } else { "needs credentials" }.to_owned();
        found.wire = if new.anonymous { Effect::No } else { Effect::Yes("old programs send none".to_owned()) };
        changes.push(found);
    }
    bodies::compare(changes, old, new);
    response(changes, old, new);
    errors(changes, old, new);
    parameters::compare(changes, old, new);
    idempotency(changes, old, new);
    paging::compare(changes, old, new);
}

fn response<'a>(changes: &mut Changes<'a>, old: &'a Operation, new: &'a Operation) {
    let said = |body: &ResponseBody| match body {
        ResponseBody::Json(ty) => name(ty),
        ResponseBody::Binary(media) => media.clone(),
        ResponseBody::Empty => "nothing".to_owned(),
    };
    let wire = match (&old.response.body, &new.response.body) {
        (ResponseBody::Json(before), ResponseBody::Json(now)) if same(changes, before, now) => None,
        (ResponseBody::Json(before), ResponseBody::Json(now)) => Some(changes.fit(Way::Received, before, now)),
        // Bytes are read the same way for every media type.
        (ResponseBody::Binary(before), ResponseBody::Binary(now)) => (before != now).then_some(Effect::No),
        (ResponseBody::Empty, ResponseBody::Empty) => None,
        (ResponseBody::Empty, _) => Some(Effect::No),
        _ => Some(Effect::Yes(format!("{} can't be read as {}", said(&new.response.body), said(&old.response.body)))),
    };
    if let Some(wire) = wire {
        let mut found = changes.of_operation(What::ResponseChanged, Some(old), Some(new));
        found.detail = format!("{} -> {}", said(&old.response.body), said(&new.response.body));
        found.wire = wire;
        changes.push(found);
    }
    if old.response.statuses != new.response.statuses {
        let mut found = changes.of_operation(What::ResponseChanged, Some(old), Some(new));
        let list = |statuses: &[u16]| statuses.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
        // The SDK treats every status from 200 to 299 as a success.
        found.detail = format!("status {} -> {}", list(&old.response.statuses), list(&new.response.statuses));
        changes.push(found);
    }
}

/// The SDK reads all errors in the same way, whatever the document declares. The change is still reported.
fn errors(changes: &mut Changes<'_>, old: &Operation, new: &Operation) {
    let said = |operation: &Operation| {
        let errors = operation.errors.iter().map(|error| {
            let status = match (error.status, error.class) {
                (Some(status), _) => status.to_string(),
                (None, Some(class)) => format!("{class}XX"),
                (None, None) => "default".to_owned(),
            };
            let ty = error.ty.as_ref().map_or_else(|| "no body".to_owned(), name);
            format!("{status}: {ty}")
        });
        errors.collect::<Vec<_>>()
    };
    let alike = old.errors.len() == new.errors.len()
        && old.errors.iter().zip(&new.errors).all(|(before, now)| {
            (before.status, before.class) == (now.status, now.class)
                && match (&before.ty, &now.ty) {
                    (Some(before), Some(now)) => same(changes, before, now),
                    (before, now) => before.is_none() == now.is_none(),
                }
        });
    if !alike {
        let mut found = changes.of_operation(What::ErrorsChanged, Some(old), Some(new));
        let or_none = |list: Vec<String>| if list.is_empty() { "none".to_owned() } else { list.join(", ") };
        found.detail = format!("{} -> {}", or_none(said(old)), or_none(said(new)));
        changes.push(found);
    }
}

/// Our own data says which requests may be retried. Programs built on the old SDK retry by the old data.
fn idempotency(changes: &mut Changes<'_>, old: &Operation, new: &Operation) {
    if old.idempotency == new.idempotency {
        return;
    }
    let said = |idempotency: &Idempotency| match idempotency {
        Idempotency::None => "not idempotent".to_owned(),
        Idempotency::Idempotent => "idempotent".to_owned(),
        Idempotency::Key(property) => format!("idempotent by {property}"),
    };
    let mut found = changes.of_operation(What::IdempotencyChanged, Some(old), Some(new));
    found.detail = format!("{} -> {}", said(&old.idempotency), said(&new.idempotency));
    found.wire = match (&old.idempotency, &new.idempotency) {
        (Idempotency::None, _) | (_, Idempotency::Idempotent) => Effect::No,
        _ => in_case("it is retried: the API may carry it out twice"),
    };
    changes.push(found);
}
