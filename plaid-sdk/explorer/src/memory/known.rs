//! Values of earlier calls in new requests: which value fits which property.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use chrono::{SecondsFormat, TimeDelta, Utc};
use plaid_catalog::Catalog;
use plaid_catalog::model::{Field, Kind, Operation, Sample, Type};
use plaid_catalog::tools::check::Policy;
use plaid_catalog::tools::json;
use plaid_catalog::tools::samples::Size;

/// The property that says where webhooks go.
pub const WEBHOOK: &str = "webhook";

/// A value of an earlier request or response, under the name of its property.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    pub name: String,
    pub value: Sample,
}

/// What a property says before the name of an id about its part in a request.
const ROLES: [&str; 6] = ["from_", "to_", "source_", "destination_", "funding_", "origination_"];

/// What a property says after the name of ids about their part in a request.
const EXCLUDED: &str = "_to_exclude";

/// The properties whose values must be new, with the operations that want them so. Others name what these made.
const NEW: [(&str, &str); 3] = [
    ("signalEvaluate", "client_transaction_id"),
    ("processorSignalEvaluate", "client_transaction_id"),
    ("sandboxTransferTestClockAdvance", "new_virtual_time"),
];

/// Whether a value of this name is one for a property: `access_token` for `access_tokens`, `next_cursor` for `cursor`,
/// `account_id` for `from_account_id` and `account_ids_to_exclude`.
pub fn fits(name: &str, property: &str) -> bool {
    let property = property.strip_suffix(EXCLUDED).unwrap_or(property);
    let one = property.strip_suffix('s').unwrap_or(property);
    [property, one].iter().any(|wanted| {
        let is_longer = || wanted.strip_suffix(name).is_some_and(|role| ROLES.contains(&role));
        name == *wanted || name.strip_prefix("next_") == Some(wanted) || is_longer()
    })
}

/// Whether some request takes values of a property of this name: an id, a token or a cursor.
pub fn is_taken(name: &str) -> bool {
    static TAKERS: OnceLock<BTreeSet<&str>> = OnceLock::new();
    let takers = TAKERS.get_or_init(|| {
        let api = Catalog::plaid().api();
        let objects = api.types.values().filter(|def| def.usage.request).filter_map(|def| match &def.kind {
            Kind::Struct(object) => Some(object.caller_fields()),
            Kind::Enum(_) | Kind::Union(_) | Kind::Alias(_) => None,
        });
        let parameters = api.operations.iter().flat_map(|one| &one.parameters).map(|one| &one.field);
        let names = objects.flatten().chain(parameters).filter(|field| is_id(field)).map(|field| field.wire.as_str());
        names.collect()
    });
    takers.iter().any(|taker| fits(name, taker))
}

/// Whether a property takes what the API assigned: an id, a token or a cursor, or a list of them.
fn is_id(field: &Field) -> bool {
    let ends = ["_id", "_ids", "_token", "_tokens", "cursor", "Id"];
    let name = field.wire.strip_suffix(EXCLUDED).unwrap_or(&field.wire);
    field.is_id || ends.iter().any(|end| name.ends_with(end))
}

/// A value that no request had before: a time that is still to come, or an id with the microseconds of now.
fn new_value(operation: &Operation, name: &str) -> Option<Sample> {
    let is_new = NEW.contains(&(operation.id.as_str(), name));
    let now = Utc::now();
    is_new.then(|| match name {
        "new_virtual_time" => Sample::Text((now + TimeDelta::days(1)).to_rfc3339_opts(SecondsFormat::Secs, true)),
        _ => Sample::Text(format!("order-{}", now.timestamp_micros())),
    })
}

/// A request that is minimal, with known values where they fit: the first that does. A token that is not known is left out,
/// since a made-up one is never right. The first `recent` values are from the call that this one follows. `given` are properties
/// for this operation, which take the place of others that are not recent.
pub fn request(operation: &Operation, known: &[Value], recent: usize, given: &[(String, Sample)]) -> Option<Sample> {
    let catalog = Catalog::plaid();
    let body = operation.body.as_ref()?;
    let Sample::Object(sample) = catalog.sampler().request(operation, Size::Minimal)? else { return None };
    let mut all = replaced(&body.ty, sample, known);
    for (name, value) in &mut all {
        if let Some(new) = new_value(operation, name) {
            *value = new;
        }
    }
    for (name, value) in given {
        if known.iter().take(recent).any(|one| fits(&one.name, name)) {
            continue;
        }
        match all.iter_mut().find(|(other, _)| other == name) {
            Some((_, present)) => *present = value.clone(),
            None => all.push((name.clone(), value.clone())),
        }
    }
    let api = catalog.api();
    let fields = match api.resolve(&body.ty) {
        Type::Named(id) => api.object(id).map_or(&[][..], |object| &object.fields),
        _ => &[],
    };
    // A page that follows another begins at its cursor.
    for field in fields.iter().filter(|field| is_id(field)) {
        let is_set = all.iter().any(|(name, _)| *name == field.wire);
        let next = known.iter().take(recent).find(|one| one.name.strip_prefix("next_") == Some(&field.wire));
        if let (false, Some(next)) = (is_set, next) {
            all.push((field.wire.clone(), next.value.clone()));
        }
    }
    // Webhooks are to come here, if this is a place where they can.
    let webhook = known.iter().find(|one| one.name == WEBHOOK);
    if let (Some(webhook), true) = (webhook, fields.iter().any(|field| field.wire == WEBHOOK)) {
        all.retain(|(name, _)| name != WEBHOOK);
        all.push((WEBHOOK.to_owned(), webhook.value.clone()));
    }
    // Many requests take one of several ids, none of which is required.
    let is_about = |name: &str| ["user_id", "user_token", "access_token", "access_tokens"].contains(&name);
    if !all.iter().any(|(name, _)| is_about(name)) {
        let subject = fields.iter().filter(|field| is_about(&field.wire)).find_map(|field| {
            let value = known.iter().find(|one| fits(&one.name, &field.wire))?.value.clone();
            let is_list = matches!(api.resolve(&field.ty), Type::List(_));
            Some((field.wire.clone(), if is_list { Sample::List(vec![value]) } else { value }))
        });
        let with: Vec<_> = all.iter().cloned().chain(subject).collect();
        // It may exclude what the sample has.
        if problems(operation, &with) <= problems(operation, &all) {
            all = with;
        }
    }
    let position = |name: &str| fields.iter().position(|field| field.wire == name);
    all.sort_by_key(|(name, _)| position(name));
    Some(Sample::Object(all))
}

/// How many problems a body has.
fn problems(operation: &Operation, body: &[(String, Sample)]) -> usize {
    let text = json::json(&Sample::Object(body.to_vec()));
    let found = Catalog::plaid().checker().request(&operation.id, text.as_bytes(), &Policy::strict());
    found.map_or(0, |found| found.len())
}

/// The parameters of a request, with known values.
pub fn parameters(operation: &Operation, known: &[Value]) -> Option<Sample> {
    let Sample::Object(all) = Catalog::plaid().sampler().parameters(operation, Size::Minimal)? else { return None };
    let all = all.into_iter().map(|(name, value)| {
        let found = known.iter().find(|one| fits(&one.name, &name) || (name == "consentId" && one.name == "item_id"));
        let value = found.map_or(value, |one| one.value.clone());
        (name, value)
    });
    Some(Sample::Object(all.collect()))
}

fn replaced(ty: &Type, sample: Vec<(String, Sample)>, known: &[Value]) -> Vec<(String, Sample)> {
    let api = Catalog::plaid().api();
    let object = match api.resolve(ty) {
        Type::Named(id) => api.object(id),
        _ => None,
    };
    let mut all = Vec::new();
    for (name, value) in sample {
        let field = object.and_then(|object| object.fields.iter().find(|field| field.wire == name));
        let found = known.iter().find(|one| fits(&one.name, &name)).map(|one| &one.value);
        let value = match (field, value) {
            (Some(field), value) if is_id(field) => match (found, value) {
                (Some(found), Sample::List(_)) => Sample::List(vec![found.clone()]),
                (Some(found), Sample::Text(_)) => found.clone(),
                (None, Sample::Text(text)) if is_token(&name, &text) => continue,
                (_, value) => value,
            },
            (Some(field), Sample::Object(inner)) => Sample::Object(replaced(&field.ty, inner, known)),
            (Some(field), Sample::List(list)) => {
                let element = match api.resolve(&field.ty) {
                    Type::List(element) => element,
                    _ => &field.ty,
                };
                let inner = list.into_iter().map(|one| match one {
                    Sample::Object(inner) => Sample::Object(replaced(element, inner, known)),
                    one => one,
                });
                Sample::List(inner.collect())
            }
            (_, value) => value,
        };
        all.push((name, value));
    }
    all
}

/// Whether a sample is a made-up token.
fn is_token(name: &str, text: &str) -> bool {
    name.ends_with("_token") && text.contains("-sandbox-")
}

/// A copy of a value, with its strings changed.
pub fn map_texts(sample: &Sample, change: &mut dyn FnMut(&str) -> Option<Sample>) -> Sample {
    match sample {
        Sample::Text(text) => change(text).unwrap_or_else(|| sample.clone()),
        Sample::List(all) => Sample::List(all.iter().map(|one| map_texts(one, change)).collect()),
        Sample::Object(all) => {
            Sample::Object(all.iter().map(|(name, one)| (name.clone(), map_texts(one, change))).collect())
        }
        Sample::Null | Sample::Bool(_) | Sample::Number(_) => sample.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::{fits, is_taken};

    #[test]
    fn values_fit_by_name() {
        for (name, property) in [
            ("access_token", "access_token"),
            ("access_token", "access_tokens"),
            ("next_cursor", "cursor"),
            ("account_id", "from_account_id"),
            ("account_id", "account_ids"),
            ("account_id", "account_ids_to_exclude"),
        ] {
            assert!(fits(name, property), "{name} for {property}");
        }
        for (name, property) in [
            ("token", "cursor"),
            ("id", "grid"),
            ("access_token", "public_token"),
            ("transaction_id", "client_transaction_id"),
        ] {
            assert!(!fits(name, property), "{name} for {property}");
        }
        let ids = ["account_id", "transfer_id", "item_id", "recipientId"];
        for name in ["access_token", "public_token", "link_token", "next_cursor"].into_iter().chain(ids) {
            assert!(is_taken(name), "{name}");
        }
        assert!(!is_taken("official_name"));
    }
}
