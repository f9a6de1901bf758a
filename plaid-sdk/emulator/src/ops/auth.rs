//! `/auth/get`: account and routing numbers.

use serde_json::{Value, json};

use super::account_view::{account, selected};
use super::items::view as item_view;
use super::{Call, Class, Entry, Response};
use crate::data::accounts::{ROUTING, WIRE_ROUTING};
use crate::error::ApiError;
use crate::state::{Account, Item};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[Entry::json("/auth/get", Class::Computed, get)];

/// `/auth/get`: the accounts that have numbers, and the numbers.
pub fn get(call: &mut Call<'_>) -> Response {
    let item = with_auth(call.tenant.item(call.request.required("access_token")?)?);
    let accounts: Vec<&Account> =
        selected(item, call.request.object("options"))?.into_iter().filter(|account| account.ach.is_some()).collect();
    if accounts.is_empty() {
        let message = "no account of this Item can be used for payments";
        return Err(ApiError::new("ITEM_ERROR", "NO_AUTH_ACCOUNTS", message));
    }
    Ok(json!({
        "accounts": accounts.iter().copied().map(account).collect::<Vec<_>>(),
        "item": item_view(item, call.world),
        "numbers": {
            "ach": accounts.iter().filter_map(|account| ach(account)).collect::<Vec<_>>(),
            "bacs": [],
            "eft": [],
            "international": [],
        },
    }))
}

/// The numbers of an account for ACH, if it has any.
pub fn ach(account: &Account) -> Option<Value> {
    let number = account.ach.as_ref()?;
    Some(json!({
        "account": number,
        "account_id": account.id,
        "is_tokenized_account_number": false,
        "routing": ROUTING,
        "wire_routing": WIRE_ROUTING,
    }))
}

/// Notes that an Item is used for Auth.
pub fn with_auth(item: &mut Item) -> &Item {
    item.products.insert("auth".to_owned());
    item
}
