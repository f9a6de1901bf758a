//! Webhooks on demand: one again, and another key.

use super::Refused;
use crate::due::run_due;
use crate::state::{Delivery, Event, SigningKey, Tenant};

/// Sends a webhook again, as if it had just been made.
///
/// # Errors
/// If there is none of the number, or nobody receives it.
pub fn redeliver(tenant: &mut Tenant, id: u64) -> Result<(), Refused> {
    let now = tenant.now();
    let webhook = tenant.webhooks.find_mut(id);
    let webhook = webhook.ok_or_else(|| {
        Refused::new(format!("no webhook has the id {id}"), "choose one of those that GET /_plaid/webhooks lists")
    })?;
    if webhook.url.is_none() {
        return Err(Refused::new("the webhook has no receiver", "set a webhook's URL for the Item first"));
    }
    webhook.state = Delivery::Waiting;
    let event = Event::Deliver(webhook.id);
    tenant.schedule.drop_if(|other| *other == event);
    tenant.schedule.at(now, event);
    run_due(tenant);
    Ok(())
}

/// Signs webhooks with a new key from now on, and returns its id. The old key is still served, as expired.
///
/// # Errors
/// If the system gives no random bytes.
pub fn rotate_key(tenant: &mut Tenant) -> Result<String, Refused> {
    let (id, now) = (tenant.ids.uuid(), tenant.now());
    let key = SigningKey::generate(id.clone(), now)
        .map_err(|error| Refused::new(error.to_string(), "try again, or restart the machine"))?;
    if let Some(last) = tenant.keys.last_mut() {
        last.expired = Some(now);
    }
    tenant.keys.push(key);
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::{redeliver, rotate_key};
    use crate::bank::testing::linked;
    use serde_json::json;

    #[test]
    fn a_new_key_expires_the_old_one() {
        let (mut tenant, _) = linked("user_good");
        let first = rotate_key(&mut tenant).expect("a key");
        let second = rotate_key(&mut tenant).expect("a key");
        let keys: Vec<_> = tenant.keys.iter().map(|key| (key.id.clone(), key.expired.is_some())).collect();
        assert_eq!(keys, [(first, true), (second, false)]);
    }

    #[test]
    fn a_webhook_is_sent_again_if_somebody_receives_it() {
        let (mut tenant, id) = linked("user_good");
        assert!(redeliver(&mut tenant, 99_999).is_err());
        let without = tenant.webhooks.last().map(|one| one.id).expect("a webhook without a receiver");
        assert!(redeliver(&mut tenant, without).is_err());
        tenant.items[&id].webhook = Some("http://127.0.0.1:9/".to_owned());
        tenant.item_webhook(&id, "ITEM", "LOGIN_REPAIRED", json!({}));
        let number = tenant.webhooks.last().map(|one| one.id).expect("a webhook");
        redeliver(&mut tenant, number).expect("it goes out");
        assert_eq!(tenant.outbox, [number]);
    }
}
