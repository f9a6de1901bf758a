//! Items of a user, all at once: `/user/items/associate`, `/user/items/remove`, `/user/products/terminate`.

use super::{Call, Class, Entry, Response, cra, nothing, users};
use crate::error::ApiError;
use crate::state::{Item, ItemId, ItemState};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/user/items/associate", Class::StateMachine, associate),
    Entry::json("/user/items/remove", Class::StateMachine, remove),
    Entry::json("/user/products/terminate", Class::StateMachine, terminate),
];

/// The Items that a request names. All must exist.
fn named(call: &Call<'_>) -> Result<Vec<ItemId>, ApiError> {
    let ids = call.request.texts("item_ids").unwrap_or_default();
    let known = |id: &str| {
        let item = call.tenant.items.get(&ItemId(id.to_owned()));
        item.filter(|item| item.state != ItemState::Removed).map(|item| item.id.clone())
    };
    ids.into_iter().map(|id| known(id).ok_or_else(ApiError::item_not_found)).collect()
}

/// How many Items a request can name.
const MOST: usize = 100;
/// The products that belong to a user, not to single Items.
const OF_USER: [&str; 3] = ["cra_monitoring", "protect_linked_bank", "protect_transactions"];

/// `/user/items/associate`: Items become those of a user. An Item of another user changes hands.
pub fn associate(call: &mut Call<'_>) -> Response {
    let user = users::named(call.tenant, call.request)?;
    let ids = named(call)?;
    if ids.is_empty() || ids.len() > MOST {
        return Err(ApiError::invalid_field("item_ids must have 1 to 100 entries"));
    }
    for id in ids {
        if let Some(item) = call.tenant.items.get_mut(&id) {
            item.user = Some(user.clone());
        }
    }
    nothing()
}

/// `/user/items/remove`: Items of a user are removed. Their tokens stop working.
pub fn remove(call: &mut Call<'_>) -> Response {
    let user = users::named(call.tenant, call.request)?;
    let ids = named(call)?;
    let is_own = |id: &ItemId| call.tenant.items.get(id).is_some_and(|item| item.user.as_ref() == Some(&user));
    if !ids.iter().all(is_own) {
        return Err(ApiError::invalid_field("item_ids must be Items of the user"));
    }
    call.tenant
        .items
        .values_mut()
        .filter(|item| ids.contains(&item.id))
        .for_each(|item| item.state = ItemState::Removed);
    call.tenant.processors.retain(|_, processor| !ids.contains(&processor.item));
    call.tenant.schedule.drop_if(|event| event.item().is_some_and(|id| ids.contains(id)));
    nothing()
}

/// `/user/products/terminate`: the products that belong to the user end, and with them the subscription to insights. The Items
/// keep their own products.
pub fn terminate(call: &mut Call<'_>) -> Response {
    let user = users::named(call.tenant, call.request)?;
    let of_user = |item: &&mut Item| item.user.as_ref() == Some(&user);
    for item in call.tenant.items.values_mut().filter(of_user) {
        item.products.retain(|product| !OF_USER.contains(&product.as_str()));
    }
    cra::cancel_insights(call.tenant, &user);
    nothing()
}
