//! Accounts that the bank has and the user has not shared yet, and accounts that the user no longer shares.

use rust_decimal::Decimal;

use crate::state::{Account, AccountId, Balances, Item, ItemId, Numbers, Tenant};

/// Makes sure that there is an account that update mode can add.
pub fn ensure(tenant: &mut Tenant, id: &ItemId) {
    let is_empty = tenant.items.get(id).is_some_and(|item| item.unshared.is_empty());
    if is_empty {
        let account = opened(tenant, id);
        add(tenant, id, account);
    }
}

/// An account that the user opens at the bank of an Item: a savings account without money.
pub fn opened(tenant: &mut Tenant, id: &ItemId) -> Account {
    let account = AccountId(tenant.ids.long());
    let taken = |mask: &String| tenant.items.get(id).is_some_and(|item| has_mask(item, mask));
    let mask = (1..10_000).map(|number| format!("{:04}", (7_000 + number) % 10_000)).find(|mask| !taken(mask));
    Account {
        id: account,
        mask: mask.unwrap_or_default(),
        name: "Plaid New Saving".to_owned(),
        kind: "depository".to_owned(),
        subtype: "savings".to_owned(),
        balances: Balances {
            available: Some(Decimal::ZERO),
            current: Some(Decimal::ZERO),
            currency: "USD".to_owned(),
            ..Balances::default()
        },
        numbers: Numbers::default(),
        ..Account::default()
    }
}

/// Whether an account of an Item has a mask, shared or not.
pub fn has_mask(item: &Item, mask: &str) -> bool {
    item.accounts.iter().chain(&item.unshared).any(|account| account.mask == mask)
}

/// Adds an account that is not shared yet.
pub fn add(tenant: &mut Tenant, id: &ItemId, account: Account) {
    if let Some(item) = tenant.items.get_mut(id) {
        item.unshared.push(account);
    }
}

/// An account is no longer shared: its transactions and its processors' tokens go.
pub fn drop_account(tenant: &mut Tenant, id: &ItemId, account: &AccountId) {
    tenant.processors.retain(|_, token| token.item != *id || token.account != *account);
    let Some(item) = tenant.items.get_mut(id) else { return };
    item.accounts.retain(|one| one.id != *account);
    let rows = item.feed.current().into_iter().filter(|row| row.account == *account);
    let gone: Vec<_> = rows.map(|row| row.id.clone()).collect();
    for row in &gone {
        item.feed.remove(row);
    }
}
