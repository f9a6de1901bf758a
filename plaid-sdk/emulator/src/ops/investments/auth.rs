//! `/investments/auth/get`: what another broker needs to take over an account.

use chrono::{Months, NaiveDate};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::super::account_view::{number, selected};
use super::super::identity;
use super::super::items::view as item_view;
use super::super::processors::may_read;
use super::super::{Call, Response};
use super::{held, view};
use crate::bank;
use crate::error::ApiError;
use crate::state::{Account, Item, Trade};

/// The product of these operations. An Item has it from Link, or not at all.
const PRODUCT: &str = "investments_auth";
/// How many contributions the details of a 401k show.
const SHOWN: usize = 3;

/// `/investments/auth/get`.
pub fn get(call: &mut Call<'_>) -> Response {
    let id = enabled(call.tenant.item(call.request.required("access_token")?)?)?.id.clone();
    bank::see_investments(call.tenant, &id);
    let today = call.tenant.now().date_naive();
    let item = call.tenant.items.get(&id).ok_or_else(ApiError::item_not_found)?;
    let accounts = investment_accounts(selected(item, call.request.object("options"))?)?;
    let mut response = details(item, &accounts, today);
    response["accounts"] = accounts.into_iter().map(view::account).collect();
    response["item"] = item_view(item, call.world);
    Ok(response)
}

/// `/processor/investments/auth/get`.
pub fn processor_get(call: &mut Call<'_>) -> Response {
    let (id, account) = may_read(call, None)?;
    enabled(call.tenant.items.get_mut(&id).ok_or_else(ApiError::item_not_found)?)?;
    bank::see_investments(call.tenant, &id);
    let today = call.tenant.now().date_naive();
    let item = call.tenant.items.get(&id).ok_or_else(ApiError::item_not_found)?;
    let accounts = investment_accounts(vec![&account])?;
    let mut response = details(item, &accounts, today);
    response["account"] = super::super::account_view::account(&account);
    Ok(response)
}

fn enabled(item: &mut Item) -> Result<&Item, ApiError> {
    match item.products.contains(PRODUCT) {
        true => Ok(item),
        false => Err(ApiError::product_not_enabled(PRODUCT)),
    }
}

fn investment_accounts(mut accounts: Vec<&Account>) -> Result<Vec<&Account>, ApiError> {
    accounts.retain(|account| account.kind == "investment");
    match accounts.is_empty() {
        true => {
            let message = "no account of this Item has investments";
            Err(ApiError::new("ITEM_ERROR", "NO_INVESTMENT_AUTH_ACCOUNTS", message))
        }
        false => Ok(accounts),
    }
}

/// Holdings, owners and numbers of some accounts.
fn details(item: &Item, accounts: &[&Account], today: NaiveDate) -> Value {
    let is_401k = |account: &&&Account| account.subtype == "401k";
    let of_401k: Vec<&&Account> = accounts.iter().filter(is_401k).collect();
    let acats = accounts.iter().filter(|account| !is_401k(account)).map(|account| {
        json!({
            "account": format!("TR{}", account.mask),
            "account_id": account.id,
            "dtc_numbers": ["1111", "2222", "3333"],
        })
    });
    let retirement = of_401k.iter().map(|account| {
        json!({
            "account": format!("TR{}", account.mask),
            "account_id": account.id,
            "plan": account.name,
        })
    });
    let owners = accounts
        .iter()
        .map(|account| json!({"account_id": account.id, "names": identity::owned(account)["owners"][0]["names"]}));
    let mut response = held(item, accounts);
    response["numbers"] = json!({
        "acats": acats.collect::<Vec<_>>(),
        "aton": [],
        "retirement_401k": retirement.collect::<Vec<_>>(),
    });
    response["owners"] = owners.collect();
    response["data_sources"] = json!({"holdings": "INSTITUTION", "numbers": "INSTITUTION", "owners": "INSTITUTION"});
    response["account_details_401k"] = of_401k.iter().map(|account| details_of_401k(item, account, today)).collect();
    response
}

/// The contributions and the fees of a 401k, from its trades.
fn details_of_401k(item: &Item, account: &Account, today: NaiveDate) -> Value {
    let since = |months| today.checked_sub_months(Months::new(months)).unwrap_or(today);
    let mut rows = bank::trades(item, since(12), today);
    rows.retain(|row| row.account == account.id);
    let sum = |test: &dyn Fn(&&Trade) -> bool| -> (usize, Value) {
        let all: Vec<&Trade> = rows.iter().filter(test).collect();
        (all.len(), number(all.iter().map(|row| row.amount.abs()).sum::<Decimal>()))
    };
    let contributed = |months| {
        let first = since(months);
        sum(&move |row: &&Trade| row.subtype == "contribution" && row.date > first)
    };
    let ((one, one_amount), (six, six_amount), (twelve, twelve_amount)) =
        (contributed(1), contributed(6), contributed(12));
    let (fees, fee_amount) = sum(&|row: &&Trade| row.kind == "fee");
    let last = rows.iter().filter(|row| row.subtype == "contribution").take(SHOWN);
    json!({
        "account_id": account.id,
        "contribution_details": {
            "contribution_amount_12m": twelve_amount,
            "contribution_amount_1m": one_amount,
            "contribution_amount_6m": six_amount,
            "contribution_count_12m": twelve,
            "contribution_count_1m": one,
            "contribution_count_6m": six,
            "last_contribution_transactions": last.map(view::trade).collect::<Vec<_>>(),
        },
        "fee_details": {"account_fee_amount_12m": fee_amount, "account_fee_count_12m": fees},
    })
}
