//! `/investments/*` and `/processor/investments/*`: holdings, trades, and numbers for transfers of an account.

mod auth;
mod view;

use serde_json::{Value, json};

use super::account_view::selected;
use super::items::view as item_view;
use super::processors::may_read;
use super::selection::Selection;
use super::{Call, Class, Entry, Response, nothing};
use crate::bank;
use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::{Account, Item, ItemId, Tenant};

pub use self::view::trade_figures;

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/investments/auth/get", Class::Computed, auth::get),
    Entry::json("/investments/holdings/get", Class::StateMachine, holdings),
    Entry::json("/investments/refresh", Class::StateMachine, refresh),
    Entry::json("/investments/transactions/get", Class::StateMachine, transactions),
    Entry::json("/processor/investments/auth/get", Class::Computed, auth::processor_get),
    Entry::json("/processor/investments/holdings/get", Class::StateMachine, processor_holdings),
    Entry::json("/processor/investments/transactions/get", Class::StateMachine, processor_transactions),
];

/// `/investments/holdings/get`: what the accounts hold.
pub fn holdings(call: &mut Call<'_>) -> Response {
    let id = with_investments(call.tenant, call.request.required("access_token")?, false)?;
    let item = call.tenant.items.get(&id).ok_or_else(ApiError::item_not_found)?;
    let accounts = selected(item, call.request.object("options"))?;
    let mut response = held(item, &accounts);
    response["accounts"] = accounts.into_iter().map(view::account).collect();
    response["item"] = item_view(item, call.world);
    Ok(response)
}

/// `/processor/investments/holdings/get`.
pub fn processor_holdings(call: &mut Call<'_>) -> Response {
    let (id, account) = processor_account(call, false)?;
    let item = call.tenant.items.get(&id).ok_or_else(ApiError::item_not_found)?;
    let mut response = held(item, &[&account]);
    response["account"] = view::account(&account);
    Ok(response)
}

/// The holdings of some accounts, and their securities.
fn held(item: &Item, accounts: &[&Account]) -> Value {
    let portfolio = bank::portfolio(item);
    let has_account = |holding: &&crate::state::Holding| accounts.iter().any(|account| account.id == holding.account);
    let holdings: Vec<_> = portfolio.holdings.iter().filter(has_account).collect();
    let named: Vec<&str> = holdings.iter().map(|holding| holding.security.as_str()).collect();
    json!({
        "holdings": holdings.into_iter().map(view::holding).collect::<Vec<_>>(),
        "is_investments_fallback_item": false,
        "securities": view::securities(&portfolio, &named),
    })
}

/// `/investments/transactions/get`: the trades of a period, newest first.
pub fn transactions(call: &mut Call<'_>) -> Response {
    let is_async = call.request.object("options").flag("async_update");
    let id = with_investments(call.tenant, call.request.required("access_token")?, is_async)?;
    let item = call.tenant.items.get(&id).ok_or_else(ApiError::item_not_found)?;
    let accounts = selected(item, call.request.object("options"))?;
    let mut response = page(item, call.request, &accounts)?;
    response["accounts"] = accounts.into_iter().map(view::account).collect();
    response["item"] = item_view(item, call.world);
    Ok(response)
}

/// `/processor/investments/transactions/get`.
pub fn processor_transactions(call: &mut Call<'_>) -> Response {
    let is_async = call.request.object("options").flag("async_update");
    let (id, account) = processor_account(call, is_async)?;
    let item = call.tenant.items.get(&id).ok_or_else(ApiError::item_not_found)?;
    let mut response = page(item, call.request, &[&account])?;
    response["account"] = view::account(&account);
    Ok(response)
}

/// The page that a request selects of the trades of some accounts.
fn page(item: &Item, request: Fields<'_>, accounts: &[&Account]) -> Response {
    let Selection { first, last, count, offset } = Selection::of(request)?;
    let mut rows = bank::trades(item, first, last);
    rows.retain(|row| accounts.iter().any(|account| account.id == row.account));
    let total = rows.len();
    let rows: Vec<_> = rows.into_iter().skip(offset).take(count).collect();
    let named: Vec<&str> = rows.iter().filter_map(|row| row.security.as_deref()).collect();
    Ok(json!({
        "investment_transactions": rows.iter().map(view::trade).collect::<Vec<_>>(),
        "is_investments_fallback_item": false,
        "securities": view::securities(&bank::portfolio(item), &named),
        "total_investment_transactions": total,
    }))
}

/// `/investments/refresh`: the bank is read again. A webhook says what is new, if anything is.
pub fn refresh(call: &mut Call<'_>) -> Response {
    let id = with_investments(call.tenant, call.request.required("access_token")?, false)?;
    bank::read_investments(call.tenant, &id);
    nothing()
}

/// The Item of an access token, which gets the product if it was linked without it. Its investments are there: an Item that
/// was linked for them has them after a while, another one is read now, or a while later if the caller does not wait.
fn with_investments(tenant: &mut Tenant, access_token: &str, is_async: bool) -> Result<ItemId, ApiError> {
    let item = tenant.item(access_token)?;
    item.supports("investments")?;
    if !item.accounts.iter().any(|account| account.kind == "investment") {
        let message = "no account of this Item has investments";
        return Err(ApiError::new("ITEM_ERROR", "NO_INVESTMENT_ACCOUNTS", message));
    }
    let (id, was_started) = (item.id.clone(), item.investments.started);
    item.products.insert("investments".to_owned());
    match (was_started, item.investments.updated) {
        (_, Some(_)) => Ok(id),
        (true, None) => Err(ApiError::product_not_ready()),
        (false, None) if is_async => {
            bank::start_investments(tenant, &id);
            Err(ApiError::product_not_ready())
        }
        (false, None) => {
            item.investments.started = true;
            bank::read_investments(tenant, &id);
            Ok(id)
        }
    }
}

/// The Item and the account of a processor token that may read investments.
fn processor_account(call: &mut Call<'_>, is_async: bool) -> Result<(ItemId, Account), ApiError> {
    let (id, account) = may_read(call, Some("investments"))?;
    if account.kind != "investment" {
        let message = "the account has no investments";
        return Err(ApiError::new("ITEM_ERROR", "NO_INVESTMENT_ACCOUNTS", message));
    }
    let item = call.tenant.items.get_mut(&id).ok_or_else(ApiError::item_not_found)?;
    match (item.investments.started, item.investments.updated) {
        (_, Some(_)) => Ok((id, account)),
        (true, None) => Err(ApiError::product_not_ready()),
        (false, None) if is_async => {
            bank::start_investments(call.tenant, &id);
            Err(ApiError::product_not_ready())
        }
        (false, None) => {
            item.investments.started = true;
            bank::read_investments(call.tenant, &id);
            Ok((id, account))
        }
    }
}
