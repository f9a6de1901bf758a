//! `/identity/*`: who owns the accounts.

mod compare;
mod documents;
mod refresh;

use serde_json::{Value, json};

use super::account_view::{account, selected};
use super::items::view as item_view;
use super::{Call, Class, Entry, Response};
use crate::data::owner;
use crate::state::{Account, Item};

pub use self::compare::{compared, user};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/identity/documents/uploads/get", Class::Computed, documents::get),
    Entry::json("/identity/get", Class::Computed, get),
    Entry::json("/identity/match", Class::Computed, compare::compare),
    Entry::json("/identity/refresh", Class::StateMachine, refresh::refresh),
];

/// `/identity/get`: the accounts with their owners.
pub fn get(call: &mut Call<'_>) -> Response {
    let item = call.tenant.item(call.request.required("access_token")?)?;
    item.supports("identity")?;
    let item = with_identity(item);
    let accounts = selected(item, call.request.object("options"))?;
    Ok(json!({
        "accounts": accounts.into_iter().map(owned).collect::<Vec<_>>(),
        "item": item_view(item, call.world),
    }))
}

/// An account with its owners.
pub fn owned(of: &Account) -> Value {
    let mut shown = account(of);
    shown["owners"] = owners(of).into();
    shown
}

/// The owners of an account.
pub fn owners(of: &Account) -> Vec<Value> {
    of.owners.clone().unwrap_or_else(|| vec![owner::owner()])
}

/// Notes that an Item is used for Identity.
pub fn with_identity(item: &mut Item) -> &Item {
    item.products.insert("identity".to_owned());
    item
}
