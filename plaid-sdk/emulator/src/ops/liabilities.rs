//! `/liabilities/get` and `/processor/liabilities/get`.

use serde_json::{Value, json};

use super::account_view::{self, selected};
use super::items::view as item_view;
use super::processors::may_read;
use super::{Call, Class, Entry, Response};
use crate::bank;
use crate::error::ApiError;
use crate::state::{Account, Item, LiabilityKind};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/liabilities/get", Class::Computed, get),
    Entry::json("/processor/liabilities/get", Class::Computed, processor_get),
];

/// `/liabilities/get`: what has to be paid for credit cards and loans.
pub fn get(call: &mut Call<'_>) -> Response {
    let item = call.tenant.item(call.request.required("access_token")?)?;
    item.supports("liabilities")?;
    if bank::liabilities(item).is_empty() {
        return Err(no_accounts());
    }
    item.products.insert("liabilities".to_owned());
    let accounts = selected(item, call.request.object("options"))?;
    Ok(json!({
        "accounts": accounts.iter().map(|account| account_view::account(account)).collect::<Vec<_>>(),
        "item": item_view(item, call.world),
        "liabilities": owed(item, &accounts)?,
    }))
}

/// `/processor/liabilities/get`.
pub fn processor_get(call: &mut Call<'_>) -> Response {
    let (id, account) = may_read(call, Some("liabilities"))?;
    let item = call.tenant.items.get(&id).ok_or_else(ApiError::item_not_found)?;
    Ok(json!({"account": account_view::account(&account), "liabilities": owed(item, &[&account])?}))
}

/// The liabilities of some accounts by kind. A kind that no account has is null.
fn owed(item: &Item, accounts: &[&Account]) -> Result<Value, ApiError> {
    let mut all = bank::liabilities(item);
    all.retain(|liability| accounts.iter().any(|account| account.id == liability.account));
    if all.is_empty() {
        return Err(no_accounts());
    }
    let of = |kind: LiabilityKind| {
        let rows = all.iter().filter(|liability| liability.kind == kind).map(|liability| {
            let mut shown = liability.details.clone();
            shown["account_id"] = json!(liability.account);
            shown
        });
        let rows: Vec<Value> = rows.collect();
        (!rows.is_empty()).then_some(rows)
    };
    Ok(json!({
        "credit": of(LiabilityKind::Credit),
        "mortgage": of(LiabilityKind::Mortgage),
        "student": of(LiabilityKind::Student),
    }))
}

fn no_accounts() -> ApiError {
    ApiError::new("ITEM_ERROR", "NO_LIABILITY_ACCOUNTS", "no account of this Item has liabilities")
}
