//! `/transactions/*` besides `/transactions/sync`.

mod enrich;
pub(super) mod recurring;
mod rules;
mod user;

use serde_json::{Value, json};

use super::account_view::{account, selected};
use super::items::{DAYS, view as item_view};
use super::selection::Selection;
use super::transaction_view::{Row, Shown};
use super::{Call, Class, Entry, Response, nothing};
use crate::bank;
use crate::error::ApiError;
use crate::fields::Fields;
use crate::json::Draft;
use crate::state::{Account, Item, Readiness, Tenant, Transaction};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/beta/transactions/rules/v1/create", Class::StateMachine, rules::create),
    Entry::json("/beta/transactions/rules/v1/list", Class::StateMachine, rules::list),
    Entry::json("/beta/transactions/rules/v1/remove", Class::StateMachine, rules::remove),
    Entry::json("/beta/transactions/user_insights/v1/get", Class::Computed, user::insights),
    Entry::json("/beta/transactions/v1/enhance", Class::Computed, enrich::enhance),
    Entry::json("/categories/get", Class::Computed, categories),
    Entry::json("/transactions/enrich", Class::Computed, enrich::enrich),
    Entry::draft("/transactions/get", Class::StateMachine, get),
    Entry::json("/transactions/recurring/get", Class::Computed, recurring::get),
    Entry::json("/transactions/refresh", Class::StateMachine, refresh),
    Entry::json("/user/financial_data/refresh", Class::StateMachine, user::refresh_financial_data),
    Entry::json("/user/transactions/refresh", Class::StateMachine, user::refresh_transactions),
];

/// `/categories/get`: the categories before the personal finance categories. The engine answers it without credentials, too.
pub fn categories(_call: &mut Call<'_>) -> Response {
    Ok(public_categories())
}

/// What `/categories/get` answers to everybody.
pub fn public_categories() -> Value {
    json!({"categories": crate::data::categories::all()})
}

/// `/transactions/get`: the transactions of a period, newest first.
pub fn get(call: &mut Call<'_>) -> Result<Draft, ApiError> {
    let item = with_transactions(call.tenant, call.request)?;
    let accounts = selected(item, call.request.object("options"))?;
    let page = page(item, call.request, &accounts)?;
    let mut draft = Draft::of(json!({
        "accounts": accounts.into_iter().map(account).collect::<Vec<_>>(),
        "item": item_view(item, call.world),
        "total_transactions": page.total,
    }));
    draft.rows("transactions", page.rows.into_iter());
    Ok(draft)
}

/// A page of transactions.
pub struct Rows<'a> {
    /// The transactions, as responses contain them.
    pub rows: Vec<Row<'a>>,
    /// How many there are on all pages.
    pub total: usize,
}

/// The page that a request selects of the transactions of some accounts.
///
/// # Errors
/// `INVALID_FIELD` for a period that ends before it starts, and for a page that is too large; `PRODUCT_NOT_READY` before the
/// first transactions have been read.
pub fn page<'a>(item: &'a Item, request: Fields<'_>, accounts: &[&Account]) -> Result<Rows<'a>, ApiError> {
    let Selection { first, last, count, offset } = Selection::of(request)?;
    if item.feed.readiness == Readiness::NotReady {
        return Err(ApiError::product_not_ready());
    }
    let has_account = |row: &Transaction| accounts.iter().any(|account| account.id == row.account);
    let is_meant = |row: &&Transaction| first <= row.date && row.date <= last && has_account(row);
    let rows: Vec<&Transaction> = item.feed.current().into_iter().filter(is_meant).collect();
    let shown = Shown::of(request.object("options"));
    let page = rows.iter().skip(offset).take(count).map(|row| Row::of(row, shown)).collect();
    Ok(Rows { rows: page, total: rows.len() })
}

/// `/transactions/refresh`: the bank is read again.
pub fn refresh(call: &mut Call<'_>) -> Response {
    let id = with_transactions(call.tenant, call.request)?.id.clone();
    bank::refresh(call.tenant, &id);
    nothing()
}

/// The Item of a request, which gets the product if it was linked without it, with as many days as the request says.
///
/// # Errors
/// As [`Tenant::item`], and `INVALID_FIELD` for a number of days that is too large.
pub fn with_transactions<'a>(tenant: &'a mut Tenant, request: Fields<'_>) -> Result<&'a mut Item, ApiError> {
    let access_token = request.required("access_token")?;
    let options = request.object("options");
    let days = options.within("days_requested", 1..=730, DAYS)?;
    let item = tenant.item(access_token)?;
    item.supports("transactions")?;
    if item.products.insert("transactions".to_owned()) {
        if options.value("days_requested").is_some() {
            item.days_requested = i64::try_from(days).unwrap_or(DAYS);
        }
        let id = item.id.clone();
        bank::start(tenant, &id);
    }
    tenant.item(access_token)
}
