//! Operations that were added, removed or changed.

use super::constraints;
use super::effect::in_case;
use super::fit::Way;
use super::parts::Changes;
use super::reach;
use super::side::name;
use super::{Change, Effect, What, fields};
use api_model::{BodyMedia, Location, Operation, Parameter, ResponseBody, Type};

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
    body(changes, old, new);
    response(changes, old, new);
    errors(changes, old, new);
    parameters(changes, old, new);
}

fn body<'a>(changes: &mut Changes<'a>, old: &'a Operation, new: &'a Operation) {
    let (what, wire) = match (&old.body, &new.body) {
        (None, None) => return,
        (None, Some(now)) if now.required => {
            ("added: required".to_owned(), Effect::Yes("old programs send none".into()))
        }
        (None, Some(_)) => ("added: optional".to_owned(), Effect::No),
        (Some(_), None) => ("removed".to_owned(), in_case("it is sent")),
        (Some(before), Some(now)) => {
            if (&before.media, &before.content_type) != (&now.media, &now.content_type) {
                let written = |media: &BodyMedia, content: &str| match media {
                    BodyMedia::Json => format!("JSON ({content})"),
                    BodyMedia::Form => format!("form ({content})"),
                    BodyMedia::Binary(_) => content.to_owned(),
                };
                let before = written(&before.media, &before.content_type);
                let now = written(&now.media, &now.content_type);
                (format!("{before} -> {now}"), Effect::Yes("old programs send it in another format".to_owned()))
            } else if before.required != now.required {
                let (what, wire) = if now.required {
                    ("optional -> required", in_case("it is left out"))
                } else {
                    ("required -> optional", Effect::No)
                };
                (what.to_owned(), wire)
            } else if !same(changes, &before.ty, &now.ty) {
                let wire = changes.fit(Way::Sent, &before.ty, &now.ty);
                (format!("{} -> {}", name(&before.ty), name(&now.ty)), wire)
            } else {
                return;
            }
        }
    };
    let mut found = changes.of_operation(What::BodyChanged, Some(old), Some(new));
    (found.detail, found.wire) = (what, wire);
    changes.push(found);
}

fn same(changes: &Changes<'_>, old: &Type, new: &Type) -> bool {
    changes.pairs.same(&fields::plain(changes.old, old), &fields::plain(changes.new, new))
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

fn parameters<'a>(changes: &mut Changes<'a>, old: &'a Operation, new: &'a Operation) {
    let find = |operation: &'a Operation, parameter: &Parameter| {
        let key =
            |other: &&Parameter| (other.location, &other.field.wire) == (parameter.location, &parameter.field.wire);
        operation.parameters.iter().find(key)
    };
    let change = |changes: &Changes<'_>, what, parameter: &Parameter, detail: String, wire: Effect| {
        let mut change: Change = changes.of_operation(what, Some(old), Some(new));
        let place = match parameter.location {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "header",
        };
        change.at = format!("{} {place} {}", change.at, parameter.field.wire);
        (change.detail, change.wire) = (detail, wire);
        let name = |side: usize| change.subject.operations[side].as_ref().map(|_| parameter.field.wire.clone());
        change.subject.members = [name(0), name(1)];
        change
    };
    for parameter in &old.parameters {
        let Some(now) = find(new, parameter) else {
            let wire = if parameter.field.required {
                Effect::Yes("every request sends it".to_owned())
            } else {
                in_case("it is sent")
            };
            let found = change(changes, What::ParameterRemoved, parameter, String::new(), wire);
            changes.push(found);
            continue;
        };
        let (before, now) = (&parameter.field, &now.field);
        if before.required != now.required {
            let (detail, wire) = if now.required {
                ("optional -> required", in_case("it is left out"))
            } else {
                ("required -> optional", Effect::No)
            };
            let found = change(changes, What::ParameterChanged, parameter, detail.to_owned(), wire);
            changes.push(found);
        }
        if !same(changes, &before.ty, &now.ty) {
            let detail = format!("{} -> {}", name(&before.ty), name(&now.ty));
            let wire = changes.fit(Way::Sent, &before.ty, &now.ty);
            let found = change(changes, What::ParameterChanged, parameter, detail, wire);
            changes.push(found);
        }
        for constraint in constraints::compare(&before.docs.constraints, &now.docs.constraints) {
            let found = change(changes, constraint.what, parameter, constraint.detail, constraint.sent);
            changes.push(found);
        }
    }
    for parameter in new.parameters.iter().filter(|parameter| find(old, parameter).is_none()) {
        let (detail, wire) = if parameter.field.required {
            ("required", Effect::Yes("old programs don't send it".to_owned()))
        } else {
            ("optional", Effect::No)
        };
        let found = change(changes, What::ParameterAdded, parameter, detail.to_owned(), wire);
        changes.push(found);
    }
}
