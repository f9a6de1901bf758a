//! `/accounts/*`.

use chrono::DateTime;
use serde_json::json;

use super::account_view::{account, selected};
use super::items::view;
use super::{Call, Class, Entry, Response};
use crate::error::ApiError;
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

/// Refuses balances that are newer than the present.
fn not_in_the_future(call: &Call<'_>) -> Result<(), ApiError> {
    let Some(text) = call.request.object("options").text("min_last_updated_datetime") else { return Ok(()) };
    let now = call.tenant.now();
    match DateTime::parse_from_rfc3339(text) {
        Ok(least) if least <= now => Ok(()),
        Ok(_) => {
            let message = format!("requested datetime out of range [most recently updated balance {}]", time(now));
            Err(ApiError::new("INVALID_REQUEST", "LAST_UPDATED_DATETIME_OUT_OF_RANGE", message))
        }
        Err(_) => Err(ApiError::invalid_field("options.min_last_updated_datetime must be a date and a time")),
    }
}

/// `/accounts/balance/get`: the accounts with balances that are read now.
pub fn balance(call: &mut Call<'_>) -> Response {
    not_in_the_future(call)?;
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
