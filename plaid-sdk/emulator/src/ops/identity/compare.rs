//! `/identity/match`: how well what an application knows of a user fits the owners of the accounts.

use serde_json::{Value, json};

use super::super::account_view::{account, selected};
use super::super::items::view as item_view;
use super::super::{Call, Response};
use super::owners;
use crate::error::ApiError;
use crate::fields::Fields;
use crate::json::merge;
use crate::matching::scores;
use crate::state::{Account, ItemId, Tenant};

/// `/identity/match`.
pub fn compare(call: &mut Call<'_>) -> Response {
    let item = call.tenant.item(call.request.required("access_token")?)?;
    item.supports("identity")?;
    item.products.extend(["identity".to_owned(), "identity_match".to_owned()]);
    let id = item.id.clone();
    let user = user(call.tenant, call.request, &id)?;
    let item = call.tenant.items.get(&id).ok_or_else(ApiError::item_not_found)?;
    let accounts = selected(item, call.request.object("options"))?;
    Ok(json!({
        "accounts": accounts.into_iter().map(|account| compared(account, Fields(&user))).collect::<Vec<_>>(),
        "item": item_view(item, call.world),
    }))
}

/// An account with the scores of a user. Its balances are not shown here.
pub fn compared(of: &Account, user: Fields<'_>) -> Value {
    let mut shown = account(of);
    if let Some(balances) = shown["balances"].as_object_mut() {
        balances.values_mut().for_each(|one| *one = Value::Null);
    }
    merge(&mut shown, scores(user, &owners(of)));
    shown
}

/// What the application knows of the user: from the request, or else from the Link token that the Item was linked with.
///
/// # Errors
/// `INVALID_FIELD` if it knows nothing.
pub fn user(tenant: &Tenant, request: Fields<'_>, item: &ItemId) -> Result<Value, ApiError> {
    let known = |user: &&Value| {
        let names = ["legal_name", "phone_number", "email_address", "address"];
        names.iter().any(|name| Fields(user).value(name).is_some())
    };
    let made = |token: &String| tenant.public.get(token).is_some_and(|public| public.item == *item);
    let linked = tenant.links.values().find(|link| {
        let results = link.sessions.iter().flat_map(|session| &session.results);
        link.update.is_none() && results.into_iter().any(|(token, _)| made(token))
    });
    let of_link = || linked.and_then(|link| Fields(&link.request).value("user"));
    request.value("user").filter(known).or_else(|| of_link().filter(known)).cloned().ok_or_else(|| {
        ApiError::invalid_field("user must have a legal_name, a phone_number, an email_address or an address")
    })
}
