//! How a report becomes ready, or fails.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::bank;
use crate::error::ApiError;
use crate::ops::World;
use crate::ops::identity;
use crate::state::{
    Account, CheckAccount, CheckContent, CheckItem, CheckOrder, CheckProduct, CheckReport, CheckState, Event, Item,
    ItemId, ItemState, Loan, LoanStatus, Portfolio, Tenant, Transaction,
};

/// Keeps an order. The report is made after the time that banks take.
pub fn place(tenant: &mut Tenant, world: &World, order: CheckOrder) {
    let (id, ready) = (tenant.ids.uuid(), tenant.after(tenant.pace.initial));
    let items = items_of(tenant, world, &order.user);
    tenant.schedule.at(ready, Event::CheckReport { user: order.user.clone(), id: id.clone(), items });
    let report = CheckReport { id, order, state: CheckState::Generating };
    tenant.checks.reports.insert(report.order.user.clone(), report);
}

/// The Items of a user, with the names of their institutions.
fn items_of(tenant: &Tenant, world: &World, user: &str) -> Vec<(ItemId, String)> {
    let items = tenant.items.values().filter(|item| item.user.as_deref() == Some(user));
    let items = items.filter(|item| item.state != ItemState::Removed);
    let name = |id: &str| world.institution(id).map(|one| one.name.clone()).unwrap_or_default();
    items.map(|item| (item.id.clone(), name(&item.institution))).collect()
}

/// Makes a report from the data that its Items have now. A webhook says that it is ready, or that there is none.
pub fn make(tenant: &mut Tenant, user: &str, id: &str, items: &[(ItemId, String)]) {
    let Some(report) = tenant.checks.reports.get(user).filter(|report| report.id == id) else { return };
    let order = report.order.clone();
    let made = content(tenant, &order, items);
    announce(tenant, &order, items, &made);
    if made.is_ok() {
        for (item, _) in items {
            if let Some(item) = tenant.items.get_mut(item).filter(|item| item.error().is_none()) {
                item.products.extend(order.products.iter().map(|product| product.wire().to_owned()));
            }
        }
    }
    if let Some(report) = tenant.checks.reports.get_mut(user) {
        report.state = match made {
            Ok(content) => CheckState::Ready(Box::new(content)),
            Err(error) => CheckState::Failed(error),
        };
    }
}

/// What the Items of an order contain. Those that can't be read are named.
fn content(tenant: &Tenant, order: &CheckOrder, items: &[(ItemId, String)]) -> Result<CheckContent, ApiError> {
    let now = tenant.now();
    let (mut read, mut unread) = (Vec::new(), Vec::new());
    for (id, name) in items {
        let Some(item) = tenant.items.get(id) else { continue };
        match item.error().or_else(|| readable(item).err()) {
            Some(error) => {
                let mut cause = error.in_webhook();
                cause["item_id"] = json!(id);
                unread.push(cause);
            }
            None => read.push(item_content(item, name, order.days, order.has_investments, now)),
        }
    }
    let rows = || read.iter().flat_map(|item| &item.accounts).flat_map(|account| &account.rows);
    if !read.is_empty() && read.iter().all(|item| item.accounts.is_empty()) {
        let message = "the user's Items have no accounts any more";
        return Err(ApiError::new("CHECK_REPORT_ERROR", "NO_ACCOUNTS", message));
    }
    let Some(oldest) = rows().map(|row| row.date).min() else { return Err(unavailable(unread)) };
    if (now.date_naive() - oldest).num_days() < order.days_required {
        let message = format!("no account has transactions of {} days", order.days_required);
        return Err(ApiError::new("CHECK_REPORT_ERROR", "INSUFFICIENT_TRANSACTION_DATA", message));
    }
    let has_owner = |item: &CheckItem| item.accounts.iter().any(|account| !account.owners.is_empty());
    if order.needs_identity && !read.iter().all(has_owner) {
        return Err(unavailable(unread));
    }
    let mut content = CheckContent {
        generated: now,
        items: read,
        failed: BTreeSet::new(),
        unread,
        loans: loans(tenant, &order.user),
    };
    content.failed = order.products.iter().copied().filter(|product| !is_possible(&content, *product)).collect();
    Ok(content)
}

/// Checks that an Item has a login, and that its user agreed to a product of Plaid Check or to transactions.
pub fn readable(item: &Item) -> Result<(), ApiError> {
    let agreed = item.consented.as_ref().and_then(|all| all.iter().find(|product| product.starts_with("cra_")));
    item.supports(agreed.map_or("transactions", String::as_str))
}

/// Whether there is enough data for a part of a report. Income and scores are about accounts that money is paid into.
pub fn is_possible(content: &CheckContent, product: CheckProduct) -> bool {
    let has_depository = || {
        let accounts = content.items.iter().flat_map(|item| &item.accounts);
        accounts.into_iter().any(|of| of.account.kind == "depository" && !of.rows.is_empty())
    };
    match product {
        CheckProduct::Base | CheckProduct::Network => true,
        CheckProduct::Income | CheckProduct::Partner | CheckProduct::Cashflow | CheckProduct::LendScore => {
            has_depository()
        }
    }
}

/// An Item as a report keeps it.
pub fn item_content(item: &Item, name: &str, days: i64, has_investments: bool, now: DateTime<Utc>) -> CheckItem {
    let today = now.date_naive();
    let first = today - TimeDelta::days(days - 1);
    let rows = bank::history(item, first, today);
    let account = |of: &Account| {
        let own: Vec<Transaction> = rows.iter().filter(|row| row.account == of.id).cloned().collect();
        CheckAccount {
            account: of.clone(),
            owners: identity::owners(of),
            rows: own,
            portfolio: (has_investments && of.kind == "investment").then(|| portfolio(item, of, first, now)),
        }
    };
    CheckItem {
        id: item.id.clone(),
        institution: item.institution.clone(),
        institution_name: name.to_owned(),
        updated: item.updated.unwrap_or(now),
        is_in_network: item.consented.as_ref().is_none_or(|all| all.contains(CheckProduct::Network.wire())),
        accounts: item.accounts.iter().map(account).collect(),
    }
}

/// The holdings and trades of an account, with the securities that they name.
fn portfolio(item: &Item, of: &Account, first: chrono::NaiveDate, now: DateTime<Utc>) -> Portfolio {
    let today = now.date_naive();
    let all = bank::portfolio(item);
    let holdings: Vec<_> = all.holdings.iter().filter(|holding| holding.account == of.id).cloned().collect();
    let trades = bank::past_trades_of(of, item, first, today);
    let is_named = |id: &str| {
        holdings.iter().any(|holding| holding.security == id)
            || trades.iter().any(|row| row.security.as_deref() == Some(id))
    };
    let securities = all.securities.iter().filter(|security| is_named(&security.id)).cloned().collect();
    Portfolio { securities, holdings, trades }
}

/// The kinds of loans that the tenant has reported for a user. Those that were declined are none.
fn loans(tenant: &Tenant, user: &str) -> Vec<String> {
    let is_loan = |loan: &&Loan| loan.user == user && loan.status() != Some(LoanStatus::Declined);
    tenant.checks.loans.all.values().filter(is_loan).map(|loan| loan.kind.clone()).collect()
}

/// Says how a report ended. Applications that name users by tokens get the older webhooks.
fn announce(
    tenant: &mut Tenant,
    order: &CheckOrder,
    items: &[(ItemId, String)],
    made: &Result<CheckContent, ApiError>,
) {
    let user = json!({"user_id": order.user});
    let with = |more: Value| {
        let mut fields = user.clone();
        crate::json::merge(&mut fields, more);
        fields
    };
    let mut all: Vec<(&str, &str, Value)> = Vec::new();
    let has = |product: CheckProduct| order.is_legacy && order.products.contains(&product);
    let works = |product: CheckProduct| made.as_ref().is_ok_and(|content| !content.failed.contains(&product));
    if order.is_legacy {
        let unlinked = items
            .iter()
            .filter_map(|(id, _)| tenant.items.get(id))
            .filter(|item| item.error().is_some() && !item.products.iter().any(|product| product.starts_with("cra_")));
        let failed: Vec<&ItemId> = unlinked.map(|item| &item.id).collect();
        if !failed.is_empty() {
            all.push(("CHECK_REPORT", "UPGRADE_FAILED", with(json!({"item_ids": failed}))));
        }
    }
    match made {
        Ok(content) => {
            let names = |failed: bool| -> Vec<&str> {
                let chosen = order.products.iter().filter(|product| content.failed.contains(product) == failed);
                chosen.map(|product| product.wire()).collect()
            };
            let mut fields = json!({"successful_products": names(false)});
            if !content.failed.is_empty() {
                fields["failed_products"] = json!(names(true));
            }
            let code = if order.is_legacy { "CHECK_REPORT_READY" } else { "USER_CHECK_REPORT_READY" };
            all.push(("CHECK_REPORT", code, with(fields)));
        }
        Err(error) => {
            let code = if order.is_legacy { "CHECK_REPORT_FAILED" } else { "USER_CHECK_REPORT_FAILED" };
            all.push(("CHECK_REPORT", code, user.clone()));
            if order.is_legacy {
                let error = ApiError { kind: "BASE_REPORT_ERROR".into(), ..error.clone() };
                all.push(("BASE_REPORT", "ERROR", with(json!({"error": error.in_webhook()}))));
            }
        }
    }
    if has(CheckProduct::Partner) {
        let is_complete = works(CheckProduct::Partner);
        let code = if is_complete { "PARTNER_INSIGHTS_COMPLETE" } else { "PARTNER_INSIGHTS_ERROR" };
        all.push(("CRA_INSIGHTS", code, user.clone()));
    }
    if has(CheckProduct::Income) {
        match works(CheckProduct::Income) {
            true => all.push(("CRA_INCOME", "BANK_INCOME_COMPLETE", with(json!({"result": "SUCCESS"})))),
            false => all.push(("CRA_INCOME", "ERROR", user.clone())),
        }
    }
    for (kind, code, fields) in all {
        tenant.webhook(None, order.webhook.clone(), kind, code, fields);
    }
}

/// The error of a report whose Items can't be read, or have nothing in them.
pub fn unavailable(causes: Vec<Value>) -> ApiError {
    let message = "no Item of the user has transactions that a report could be made of";
    ApiError { causes: causes.into(), ..ApiError::new("CHECK_REPORT_ERROR", "DATA_UNAVAILABLE", message) }
}
