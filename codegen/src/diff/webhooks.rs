//! Webhooks, by type, code and payload.

use super::parts::Changes;
use super::reach;
use super::{Effect, What};
use api_model::Webhook;

/// Compares the webhooks of both documents.
pub(super) fn compare(changes: &mut Changes<'_>) {
    let (old, new, pairs) = (changes.old, changes.new, changes.pairs);
    let same = |before: &Webhook, now: &Webhook| {
        (&before.kind, &before.code) == (&now.kind, &now.code) && pairs.new_of(&before.body) == Some(&now.body)
    };
    for webhook in &old.api().webhooks {
        if !new.api().webhooks.iter().any(|now| same(webhook, now)) {
            let mut change =
                changes.of_type(What::WebhookRemoved, reach::webhook(webhook), old.get(&webhook.body), None);
            change.detail = webhook.body.to_string();
            change.wire = Effect::If("the program waits for it".to_owned());
            changes.push(change);
        }
    }
    for webhook in &new.api().webhooks {
        if !old.api().webhooks.iter().any(|before| same(before, webhook)) {
            let mut change = changes.of_type(What::WebhookAdded, reach::webhook(webhook), None, new.get(&webhook.body));
            change.detail = webhook.body.to_string();
            changes.push(change);
        }
    }
}
