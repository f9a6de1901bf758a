//! `/cashflow_report/*` and `/beta/ewa_report/*`: reports about the cash flow of an Item.

mod ewa;
mod insights;

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::account_view::account as account_view;
use super::items::view as item_view;
use super::transaction_view::{Shown, view as transaction_view};
use super::{Call, Class, Entry, Response, identity, nothing};
use crate::bank;
use crate::error::ApiError;
use crate::fields::{Fields, time};
use crate::state::{Account, CashflowContent, CashflowReport, Event, Item, ItemId, Tenant, Transaction};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/beta/ewa_report/v1/get", Class::Computed, ewa::get),
    Entry::json("/cashflow_report/get", Class::StateMachine, get),
    Entry::json("/cashflow_report/insights/get", Class::StateMachine, insights::get),
    Entry::json("/cashflow_report/refresh", Class::StateMachine, refresh),
    Entry::json("/cashflow_report/transactions/get", Class::StateMachine, transactions),
];

/// How many days a report has at the most.
const MOST_DAYS: i64 = 730;

/// `/cashflow_report/refresh`: the bank is read, and a report is made of it. The one before it is read until then.
pub fn refresh(call: &mut Call<'_>) -> Response {
    let item = readable(call)?.id.clone();
    let days = days(call.request)?;
    let ready = call.tenant.after(call.tenant.pace.initial);
    let new = CashflowReport { days, number: 0, content: None };
    let report = call.tenant.checks.cashflows.entry(item.clone()).or_insert(new);
    (report.number, report.days) = (report.number + 1, days);
    let number = report.number;
    call.tenant.schedule.at(ready, Event::CashflowReport { item, number });
    nothing()
}

fn days(request: Fields<'_>) -> Result<i64, ApiError> {
    let days = request.within("days_requested", 1..=MOST_DAYS, 365)?;
    Ok(i64::try_from(days).unwrap_or(MOST_DAYS))
}

/// The Item of a request, whose transactions can be read.
fn readable<'a>(call: &'a mut Call<'_>) -> Result<&'a Item, ApiError> {
    let item = call.tenant.item(call.request.required("access_token")?)?;
    item.supports("transactions")?;
    Ok(item)
}

/// Makes a report of an Item, unless it was ordered anew since.
pub fn make(tenant: &mut Tenant, id: &ItemId, number: u64) {
    let now = tenant.now();
    let Some(report) = tenant.checks.cashflows.get_mut(id).filter(|report| report.number == number) else { return };
    let Some(item) = tenant.items.get(id).filter(|item| item.error().is_none()) else { return };
    let (days, today) = (report.days, now.date_naive());
    let rows = bank::history(item, today - TimeDelta::days(days - 1), today);
    report.content = Some(CashflowContent { generated: now, number, days, accounts: item.accounts.clone(), rows });
}

/// The report of a request's Item.
///
/// # Errors
/// `PRODUCT_NOT_READY` before there is one.
fn ready<'a>(call: &'a mut Call<'_>) -> Result<(&'a Item, &'a CashflowContent), ApiError> {
    let id = readable(call)?.id.clone();
    let report = call.tenant.checks.cashflows.get(&id).and_then(|report| report.content.as_ref());
    let content = report.ok_or_else(ApiError::product_not_ready)?;
    let item = call.tenant.items.get(&id).ok_or_else(ApiError::item_not_found)?;
    Ok((item, content))
}

/// `/cashflow_report/get`: the transactions of the last days, newest first, in pages.
pub fn get(call: &mut Call<'_>) -> Response {
    let days = days(call.request)?;
    let mut response = page(call, Some(days))?;
    let (_, content) = ready(call)?;
    response["last_successful_update_time"] = time(content.generated).into();
    Ok(response)
}

/// `/cashflow_report/transactions/get`: the transactions of the whole report.
pub fn transactions(call: &mut Call<'_>) -> Response {
    page(call, None)
}

fn page(call: &mut Call<'_>, days: Option<i64>) -> Response {
    let (request, world) = (call.request, call.world);
    let count = request.within("count", 1..=500, 100)?;
    let (item, content) = ready(call)?;
    let accounts = selected(content, request.object("options"))?;
    let today = content.generated.date_naive();
    let first = days.map(|days| today - TimeDelta::days(days - 1));
    let is_meant = |row: &&Transaction| {
        first.is_none_or(|first| row.date >= first) && accounts.iter().any(|account| account.id == row.account)
    };
    let rows: Vec<&Transaction> = content.rows.iter().filter(is_meant).collect();
    let offset = position(request.text("cursor").unwrap_or_default(), content, &item.id)?;
    let shown = Shown::of(Fields(&Value::Null));
    let page: Vec<Value> = rows.iter().skip(offset).take(count).map(|row| transaction(row, shown)).collect();
    let next = offset + page.len();
    Ok(json!({
        "accounts": accounts.into_iter().map(account).collect::<Vec<_>>(),
        "has_more": next < rows.len(),
        "item": item_view(item, world),
        "next_cursor": format!("{}.{}.{next}", item.id, content.number),
        "total_transactions": rows.len(),
        "transactions": page,
    }))
}

/// Where a page begins. A cursor belongs to one report of one Item.
fn position(cursor: &str, content: &CashflowContent, item: &ItemId) -> Result<usize, ApiError> {
    if cursor.is_empty() {
        return Ok(0);
    }
    let mut parts = cursor.split('.');
    let is_own = parts.next() == Some(item.0.as_str()) && parts.next() == Some(content.number.to_string().as_str());
    let offset = parts.next().and_then(|text| text.parse().ok()).filter(|_| is_own && parts.next().is_none());
    offset.ok_or_else(ApiError::foreign_cursor)
}

/// The accounts that a request selects.
fn selected<'a>(content: &'a CashflowContent, options: Fields<'_>) -> Result<Vec<&'a Account>, ApiError> {
    let Some(ids) = options.texts("account_ids").filter(|ids| !ids.is_empty()) else {
        return Ok(content.accounts.iter().collect());
    };
    let find = |id: &&str| content.accounts.iter().find(|account| account.id.0 == **id);
    ids.iter().map(|id| find(id).ok_or_else(ApiError::invalid_account_id)).collect()
}

fn account(of: &Account) -> Value {
    let mut shown = account_view(of);
    shown["owners"] = identity::owners(of).into();
    shown
}

fn transaction(row: &Transaction, shown: Shown) -> Value {
    let mut shown = transaction_view(row, shown);
    let category = json!({"detailed": row.category.detailed, "primary": row.category.primary});
    shown["credit_category"] = category;
    shown["original_description"] = row.name.as_str().into();
    shown
}
