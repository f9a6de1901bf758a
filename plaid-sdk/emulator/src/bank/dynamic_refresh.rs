//! What a refresh changes for `user_transactions_dynamic`.

use rust_decimal::Decimal;

use super::announce::changed;
use super::dynamic::spend;
use crate::state::{ItemId, Tenant, Transaction, TransactionId};

/// Reads the bank again: pending transactions are posted with a new id, one earlier amount grows by 1.00, and a new pending
/// transaction comes.
pub fn refresh(tenant: &mut Tenant, id: &ItemId) {
    let today = tenant.now().date_naive();
    let Some(item) = tenant.items.get_mut(id) else { return };
    let current: Vec<Transaction> = item.feed.current().into_iter().cloned().collect();
    let (pending, posted): (Vec<_>, Vec<_>) = current.into_iter().partition(|row| row.pending);
    let mut removed = Vec::new();
    for old in pending {
        item.feed.remove(&old.id);
        removed.push(old.id.clone());
        let posted = TransactionId(tenant.ids.long());
        item.feed.add(Transaction { id: posted, pending: false, was_pending: Some(old.id.clone()), ..old });
    }
    if let Some(mut row) = posted.into_iter().nth(usize::try_from(tenant.ids.below(100)).unwrap_or_default()) {
        row.amount += Decimal::ONE;
        item.feed.modify(row);
    }
    if let Some(account) = item.accounts.first() {
        let mut row = spend(account, today, &mut tenant.ids);
        row.pending = true;
        item.feed.add(row);
    }
    item.updated = Some(tenant.clock.now());
    changed(tenant, id, removed.len() + 1, &removed);
}

#[cfg(test)]
mod tests {
    use super::refresh;
    use crate::bank::testing;
    use crate::state::Delta;

    #[test]
    fn a_refresh_posts_what_is_pending() {
        let (mut tenant, id) = testing::linked("user_transactions_dynamic");
        let before = tenant.items[&id].feed.log().len();
        refresh(&mut tenant, &id);
        let item = &tenant.items[&id];
        let delta = Delta::of(&item.feed.log()[before..]);
        assert_eq!((delta.added.len(), delta.modified.len(), delta.removed.len()), (5, 1, 4));
        let removed: Vec<_> = delta.removed.iter().map(|row| Some(row.id.clone())).collect();
        let posted: Vec<_> = delta.added.iter().filter(|row| !row.pending).map(|row| row.was_pending.clone()).collect();
        assert_eq!(posted, removed);
        let codes: Vec<&str> = tenant.webhooks.iter().rev().take(2).map(|webhook| webhook.code.as_str()).collect();
        assert_eq!(codes, ["TRANSACTIONS_REMOVED", "DEFAULT_UPDATE"]);
    }
}
