//! Faults: which one a call meets, and what it does to the response.

use serde_json::Value;

use crate::fields::Fields;
use crate::json::Written;
use crate::request::{Body, Damage, File, Reply};
use crate::state::{Effect, Fault, ItemId, Tenant};

/// The effect that a call meets, if it meets one. The fault is used up by one call.
pub fn meet(tenant: &mut Tenant, path: &str, request: Fields<'_>) -> Option<Effect> {
    let item = request.text("access_token").and_then(|token| tenant.access.get(token)).cloned();
    let item = item.or_else(|| {
        let entry = tenant.processors.get(request.text("processor_token")?)?;
        Some(entry.item.clone())
    });
    let index = tenant.faults.iter().position(|fault| fault.is_about(path, item.as_ref()))?;
    let draw = tenant.ids.below(100);
    let fault = tenant.faults.get_mut(index)?;
    if fault.skip > 0 {
        fault.skip -= 1;
        return None;
    }
    if draw >= u64::from(fault.percent) {
        return None;
    }
    if let Some(count) = &mut fault.count {
        *count -= 1;
    }
    let effect = fault.effect.clone();
    tenant.faults.retain(|fault| fault.count != Some(0));
    Some(effect)
}

/// Does to a response what an effect says.
pub fn apply(effect: &Effect, reply: &mut Reply) {
    match effect {
        Effect::Error(error) => {
            reply.status = error.status;
            reply.body = Body::Json(Written::of(&error.body(&reply.request_id)));
        }
        Effect::Http(status) => {
            reply.status = *status;
            let bytes = b"<html><body>upstream error</body></html>".to_vec();
            reply.body = Body::File(File { kind: "text/html", bytes, headers: Vec::new() });
        }
        Effect::Delay(milliseconds) => reply.damage = Damage::Late(*milliseconds),
        Effect::Drop => reply.damage = Damage::Dropped,
        Effect::Truncate => reply.damage = Damage::Truncated,
        Effect::UnknownValue(name) => {
            change(reply, name, &Value::from("EMULATOR_UNKNOWN_VALUE"));
        }
        Effect::Null(name) => {
            change(reply, name, &Value::Null);
        }
    }
}

/// Replaces the first property of a name in JSON.
fn change(reply: &mut Reply, name: &str, new: &Value) {
    if let Body::Json(text) = &mut reply.body {
        let mut value = text.value();
        replace(&mut value, name, new);
        *text = Written::of(&value);
    }
}

/// Replaces the first property of a name, at any depth, and returns whether there is one.
fn replace(value: &mut Value, name: &str, new: &Value) -> bool {
    match value {
        Value::Object(object) => match object.get_mut(name) {
            Some(old) => {
                *old = new.clone();
                true
            }
            None => object.values_mut().any(|inner| replace(inner, name, new)),
        },
        Value::Array(all) => all.iter_mut().any(|inner| replace(inner, name, new)),
        _ => false,
    }
}

/// A fault that was ordered, with its number.
pub fn order(tenant: &mut Tenant, fault: Fault) -> u64 {
    let id = tenant.faults.iter().map(|fault| fault.id).max().unwrap_or_default() + 1;
    tenant.faults.push(Fault { id, ..fault });
    id
}

/// An Item that a fault is about, by its id or an access token.
pub fn item_of(tenant: &Tenant, name: &str) -> Option<ItemId> {
    tenant.access.get(name).cloned().or_else(|| tenant.items.keys().find(|id| id.0 == name).cloned())
}

#[cfg(test)]
mod tests {
    use super::{apply, meet, order};
    use crate::bank::testing::linked;
    use crate::error::ApiError;
    use crate::fields::Fields;
    use crate::json::Written;
    use crate::request::{Body, Damage, Reply};
    use crate::state::{Effect, Fault, Tenant};
    use serde_json::{Value, json};

    fn fault(effect: Effect) -> Fault {
        Fault { id: 0, path: Some("/item/get".to_owned()), item: None, skip: 0, count: None, percent: 100, effect }
    }

    fn meets(tenant: &mut Tenant, path: &str) -> bool {
        meet(tenant, path, Fields(&Value::Null)).is_some()
    }

    #[test]
    fn a_fault_counts_its_calls() {
        let (mut tenant, _) = linked("user_good");
        order(&mut tenant, Fault { skip: 1, count: Some(2), ..fault(Effect::Drop) });
        let met: Vec<bool> = (0..5).map(|_| meets(&mut tenant, "/item/get")).collect();
        assert_eq!(met, [false, true, true, false, false]);
        assert!(tenant.faults.is_empty());
    }

    #[test]
    fn a_fault_is_about_one_operation_and_item() {
        let (mut tenant, id) = linked("user_good");
        tenant.access.insert("access-sandbox-1".to_owned(), id.clone());
        order(&mut tenant, Fault { item: Some(id), ..fault(Effect::Drop) });
        assert!(!meets(&mut tenant, "/accounts/get") && !meets(&mut tenant, "/item/get"));
        let request = json!({"access_token": "access-sandbox-1"});
        assert_eq!(meet(&mut tenant, "/item/get", Fields(&request)), Some(Effect::Drop));
    }

    #[test]
    fn a_probability_is_drawn_from_the_seed() {
        let draw = || {
            let (mut tenant, _) = linked("user_good");
            order(&mut tenant, Fault { percent: 30, ..fault(Effect::Drop) });
            (0..200).map(|_| meets(&mut tenant, "/item/get")).collect::<Vec<_>>()
        };
        let met = draw();
        let count = met.iter().filter(|met| **met).count();
        assert!((40..=80).contains(&count), "{count} of 200");
        assert_eq!(met, draw());
    }

    #[test]
    fn effects_change_the_response() {
        let reply = || Reply {
            status: 200,
            request_id: "r".to_owned(),
            body: Body::Json(Written::of(&json!({"accounts": [{"type": "depository", "mask": "0000"}]}))),
            damage: Damage::None,
        };
        let after = |effect| {
            let mut reply = reply();
            apply(&effect, &mut reply);
            reply
        };
        assert_eq!(after(Effect::Error(ApiError::login_required())).status, 400);
        assert_eq!(after(Effect::Http(502)).content_type(), "text/html");
        assert_eq!(after(Effect::Truncate).damage, Damage::Truncated);
        let Body::Json(unknown) = after(Effect::UnknownValue("type".to_owned())).body else { panic!("JSON") };
        assert_eq!(unknown.value()["accounts"][0]["type"], "EMULATOR_UNKNOWN_VALUE");
        let Body::Json(null) = after(Effect::Null("mask".to_owned())).body else { panic!("JSON") };
        assert_eq!(null.value()["accounts"][0]["mask"], Value::Null);
    }
}
