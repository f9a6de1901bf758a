//! `/identity/refresh`: the owners are read from the bank again.

use serde_json::{Map, Value, json};

use super::super::{Call, Response, nothing};
use crate::state::ItemId;

/// `/identity/refresh`. A webhook says what has changed.
pub fn refresh(call: &mut Call<'_>) -> Response {
    let item = call.tenant.item(call.request.required("access_token")?)?;
    item.supports("identity")?;
    item.products.insert("identity".to_owned());
    let id: ItemId = item.id.clone();
    let mut updated = Map::new();
    for account in &mut item.accounts {
        let Some(new) = account.owners_at_bank.take() else { continue };
        let changed = changes(&super::owners(account), &new);
        account.owners = Some(new);
        if !changed.is_empty() {
            updated.insert(account.id.0.clone(), json!(changed));
        }
    }
    if !updated.is_empty() {
        let fields = json!({"account_ids_with_updated_identity": updated, "error": null});
        call.tenant.item_webhook(&id, "IDENTITY", "DEFAULT_UPDATE", fields);
    }
    nothing()
}

/// What differs between the owners that were known and those that the bank has.
fn changes(old: &[Value], new: &[Value]) -> Vec<&'static str> {
    let all =
        [("addresses", "ADDRESSES"), ("emails", "EMAILS"), ("names", "NAMES"), ("phone_numbers", "PHONE_NUMBERS")];
    let of = |owners: &[Value], name: &str| owners.iter().map(|owner| owner[name].clone()).collect::<Vec<_>>();
    all.into_iter().filter(|(name, _)| of(old, name) != of(new, name)).map(|(_, wire)| wire).collect()
}
