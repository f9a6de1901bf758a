//! What follows each change of an Item's transactions: rules apply, recurring streams are compared, applications are told.

use serde_json::{Value, json};

use super::{income, recurring, rules};
use crate::state::{Item, ItemId, Readiness, Tenant, TransactionId};

/// Says that there are new transactions, and that others are gone.
pub fn changed(tenant: &mut Tenant, id: &ItemId, count: usize, gone: &[TransactionId]) {
    announce(tenant, id, "DEFAULT_UPDATE", json!({"new_transactions": count}));
    if !gone.is_empty() {
        announce(tenant, id, "TRANSACTIONS_REMOVED", json!({"removed_transactions": gone}));
    }
    settle(tenant, id);
}

/// Makes a webhook about transactions, which names no error.
pub fn announce(tenant: &mut Tenant, id: &ItemId, code: &str, mut fields: Value) {
    crate::json::merge(&mut fields, json!({"error": null}));
    tenant.transactions_webhook(id, code, fields);
}

/// What follows each change of transactions: the rules of the user apply, and applications are told.
pub fn settle(tenant: &mut Tenant, id: &ItemId) {
    rules::apply(tenant, id);
    sync_available(tenant, id);
    recurring::announce(tenant, id);
    income::announce(tenant, id);
}

/// Says that `/transactions/sync` has news, to applications that use it.
fn sync_available(tenant: &mut Tenant, id: &ItemId) {
    let Some(Item { feed, .. }) = tenant.items.get(id) else { return };
    if feed.sync_used {
        let historical = feed.readiness == Readiness::Historical;
        let fields = json!({"initial_update_complete": true, "historical_update_complete": historical});
        tenant.transactions_webhook(id, "SYNC_UPDATES_AVAILABLE", fields);
    }
}
