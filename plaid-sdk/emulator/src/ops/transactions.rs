//! `/transactions/get` and `/transactions/refresh`.

use serde_json::{Value, json};

use super::account_view::{account, selected};
use super::items::view as item_view;
use super::transaction_view::{Shown, view};
use super::{Call, Response, nothing};
use crate::bank::{self, Persona};
use crate::error::ApiError;
use crate::state::{AccountId, Item, Readiness, Tenant, Transaction};

/// `/transactions/get`: the transactions of a period, newest first.
pub fn get(call: &mut Call<'_>) -> Response {
    let options = call.request.object("options");
    let first = call.request.date("start_date")?.ok_or_else(|| ApiError::missing_fields("start_date"))?;
    let last = call.request.date("end_date")?.ok_or_else(|| ApiError::missing_fields("end_date"))?;
    if first > last {
        return Err(ApiError::invalid_field("start_date must not be after end_date"));
    }
    let count = options.within("count", 1..=500, 100)?;
    let offset = options.within("offset", 0..=i64::MAX, 0)?;
    let item = with_transactions(call.tenant, call.request.required("access_token")?)?;
    let accounts = selected(item, options)?;
    if item.feed.readiness == Readiness::NotReady {
        return Err(ApiError::product_not_ready());
    }
    let ids: Vec<&AccountId> = accounts.iter().map(|account| &account.id).collect();
    let is_meant =
        |row: &&Transaction| first <= row.date && row.date <= last && ids.contains(&&row.account);
    let rows: Vec<&Transaction> = item.feed.current().into_iter().filter(is_meant).collect();
    let shown = Shown::of(options);
    let page: Vec<Value> = rows.iter().skip(offset).take(count).map(|row| view(row, shown)).collect();
    Ok(json!({
        "accounts": accounts.into_iter().map(account).collect::<Vec<_>>(),
        "item": item_view(item, call.world),
        "total_transactions": rows.len(),
        "transactions": page,
    }))
}

/// `/transactions/refresh`: the bank is read again. `user_good` has nothing new then.
pub fn refresh(call: &mut Call<'_>) -> Response {
    let item = with_transactions(call.tenant, call.request.required("access_token")?)?;
    let (id, persona) = (item.id.clone(), Persona::of(&item.username));
    if persona == Persona::Dynamic && item.feed.readiness != Readiness::NotReady {
        bank::refresh(call.tenant, &id);
    }
    nothing()
}

/// The Item of an access token, which gets the product if it was linked without it.
///
/// # Errors
/// As [`Tenant::item`].
pub fn with_transactions<'a>(tenant: &'a mut Tenant, access_token: &str) -> Result<&'a mut Item, ApiError> {
    let item = tenant.item(access_token)?;
    if item.products.insert("transactions".to_owned()) {
        let id = item.id.clone();
        bank::start(tenant, &id);
    }
    tenant.item(access_token)
}
