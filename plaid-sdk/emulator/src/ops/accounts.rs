//! `/accounts/*`.

use serde_json::json;

use super::account_view::{account, selected};
use super::items::view;
use super::{Call, Class, Entry, Response};
use crate::fields::time;

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/accounts/balance/get", Class::Computed, balance),
    Entry::json("/accounts/get", Class::Computed, get),
];

/// `/accounts/get`: the accounts with the balances that were read last.
pub fn get(call: &mut Call<'_>) -> Response {
    let item = call.tenant.item(call.request.required("access_token")?)?;
    let accounts: Vec<_> = selected(item, call.request.object("options"))?.into_iter().map(account).collect();
    Ok(json!({"accounts": accounts, "item": view(item, call.world)}))
}

/// `/accounts/balance/get`: the accounts with balances that are read now.
pub fn balance(call: &mut Call<'_>) -> Response {
    let now = time(call.tenant.now());
    let item = call.tenant.item(call.request.required("access_token")?)?;
    item.supports("balance")?;
    let mut accounts: Vec<_> = selected(item, call.request.object("options"))?.into_iter().map(account).collect();
    item.products.insert("balance".to_owned());
    // Capital One is the one institution whose balances say how old they are.
    if item.institution == "ins_128026" {
        accounts.iter_mut().for_each(|account| account["balances"]["last_updated_datetime"] = now.as_str().into());
    }
    Ok(json!({"accounts": accounts, "item": view(item, call.world)}))
}
