//! What a report on bank income contains: sources, months, and totals that agree with the transactions.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, TimeDelta};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::bank::income::{Source, months, sources as of_item};
use crate::error::ApiError;
use crate::fields::time;
use crate::ids::Ids;
use crate::ops::account_view::number;
use crate::ops::identity;
use crate::state::{Account, BankReport, Item, ItemId, ReportState, Tenant, Transaction};

/// The report on income and the one on employment. `None` if no Item can be read.
pub fn of(tenant: &Tenant, report: &BankReport) -> Option<(Value, Value)> {
    let (now, last) = (tenant.now(), tenant.now().date_naive());
    let first = last - TimeDelta::days(report.days - 1);
    let mut read: Vec<(&Item, &str, Vec<Source>)> = Vec::new();
    let mut warnings: Vec<(ItemId, ApiError)> = Vec::new();
    for (id, institution) in &report.items {
        match tenant.items.get(id).map(|item| item.error().map_or(Ok(item), Err)) {
            Some(Ok(item)) => read.push((item, institution, of_item(item, first, last))),
            Some(Err(error)) => warnings.push((id.clone(), error)),
            None => warnings.push((id.clone(), ApiError::item_not_found())),
        }
    }
    if read.is_empty() {
        return None;
    }
    let all: Vec<&Source> = read.iter().flat_map(|(_, _, sources)| sources).collect();
    let items = read.iter().map(|(item, institution, sources)| {
        let mut shown = about(item, institution, tenant);
        shown["bank_income_accounts"] = accounts(item, sources.iter().map(|one| &one.account.0));
        shown["bank_income_sources"] = sources.iter().map(|one| source(one, first, last)).collect();
        shown
    });
    let income = json!({
        "bank_income_id": report.id,
        "bank_income_summary": summary(&all, first, last),
        "days_requested": report.days,
        "generated_time": time(now),
        "items": items.collect::<Vec<_>>(),
        "warnings": warnings.iter().map(|(id, error)| warning(id, error, "BANK_INCOME_WARNING")).collect::<Vec<_>>(),
    });
    let employments = read.iter().map(|(item, institution, sources)| {
        let jobs: Vec<&Source> = sources.iter().filter(|one| one.employer().is_some()).collect();
        let mut shown = about(item, institution, tenant);
        shown["bank_employment_accounts"] = accounts(item, jobs.iter().map(|one| &one.account.0));
        shown["bank_employments"] = jobs.iter().map(|one| job(one)).collect();
        shown
    });
    let employment = json!({
        "bank_employment_report_id": Ids::new(0, &format!("employment/{}", report.id)).uuid(),
        "days_requested": report.days,
        "generated_time": time(now),
        "items": employments.collect::<Vec<_>>(),
        "warnings": warnings.iter().map(|(id, error)| warning(id, error, "BANK_EMPLOYMENT_WARNING")).collect::<Vec<_>>(),
    });
    Some((income, employment))
}

/// The ids of the sources in a report, by Item.
pub fn sources(state: &ReportState) -> Vec<(ItemId, Vec<String>)> {
    let ReportState::Ready { income, .. } = state else { return Vec::new() };
    let items = income["items"].as_array().into_iter().flatten();
    let ids = |item: &Value| {
        let id = ItemId(item["item_id"].as_str()?.to_owned());
        let all = item["bank_income_sources"].as_array()?.iter();
        Some((id, all.filter_map(|one| one["income_source_id"].as_str()).map(str::to_owned).collect()))
    };
    items.filter_map(ids).collect()
}

fn about(item: &Item, institution: &str, tenant: &Tenant) -> Value {
    json!({
        "institution_id": item.institution,
        "institution_name": institution,
        "item_id": item.id,
        "last_updated_time": time(item.updated.unwrap_or_else(|| tenant.now())),
    })
}

/// The accounts that sources go to.
fn accounts<'a>(item: &Item, used: impl Iterator<Item = &'a String>) -> Value {
    let used: BTreeSet<&String> = used.collect();
    let view = |account: &Account| {
        json!({
            "account_id": account.id,
            "mask": account.mask,
            "name": account.name,
            "official_name": account.official_name,
            "owners": identity::owners(account),
            "subtype": account.subtype,
            "type": account.kind,
        })
    };
    item.accounts.iter().filter(|account| used.contains(&account.id.0)).map(view).collect()
}

fn source(of: &Source, first: NaiveDate, last: NaiveDate) -> Value {
    let rows: Vec<&Transaction> = of.rows.iter().collect();
    json!({
        "account_id": of.account,
        "end_date": of.rows.last().map(|row| row.date),
        "historical_summary": history(&rows, first, last),
        "income_category": of.category,
        "income_description": of.description,
        "income_source_id": of.id,
        "pay_frequency": of.frequency(),
        "start_date": of.rows.first().map(|row| row.date),
        "total_amount": number(total(&rows)),
        "transaction_count": of.rows.len(),
    })
}

fn summary(all: &[&Source], first: NaiveDate, last: NaiveDate) -> Value {
    let mut rows: Vec<&Transaction> = all.iter().flat_map(|source| &source.rows).collect();
    rows.sort_by_key(|row| row.date);
    let categories: BTreeSet<&str> = all.iter().map(|source| source.category).collect();
    let mut shown = amounts(&rows);
    let more = json!({
        "end_date": rows.last().map_or(last, |row| row.date),
        "historical_summary": history(&rows, first, last),
        "income_categories_count": categories.len(),
        "income_sources_count": all.len(),
        "income_transactions_count": rows.len(),
        "start_date": rows.first().map_or(first, |row| row.date),
    });
    crate::json::merge(&mut shown, more);
    shown
}

/// The months of a period with what came in.
fn history(rows: &[&Transaction], first: NaiveDate, last: NaiveDate) -> Vec<Value> {
    let month = |(start, end, own): (NaiveDate, NaiveDate, Vec<&Transaction>)| {
        let mut shown = amounts(&own);
        shown["start_date"] = json!(start);
        shown["end_date"] = json!(end);
        shown["transactions"] = own.iter().map(|row| transaction(row)).collect();
        shown
    };
    months(rows, first, last).into_iter().map(month).collect()
}

/// What came in, in all and by currency.
fn amounts(rows: &[&Transaction]) -> Value {
    let mut by_currency: BTreeMap<&str, Decimal> = BTreeMap::new();
    for row in rows {
        *by_currency.entry(&row.currency).or_default() -= row.amount;
    }
    let total_of = |(currency, amount): (&&str, &Decimal)| json!({"amount": number(*amount), "iso_currency_code": currency, "unofficial_currency_code": null});
    json!({
        "iso_currency_code": by_currency.keys().next().copied().unwrap_or("USD"),
        "total_amount": number(total(rows)),
        "total_amounts": by_currency.iter().map(total_of).collect::<Vec<_>>(),
        "unofficial_currency_code": null,
    })
}

fn total(rows: &[&Transaction]) -> Decimal {
    rows.iter().map(|row| -row.amount).sum()
}

/// A transaction. Money that comes in has no sign here, as in Plaid's example.
fn transaction(row: &Transaction) -> Value {
    json!({
        "amount": number(-row.amount),
        "check_number": null,
        "date": row.date,
        "iso_currency_code": row.currency,
        "name": row.name,
        "original_description": row.name,
        "pending": row.pending,
        "transaction_id": row.id,
        "unofficial_currency_code": null,
    })
}

fn job(of: &Source) -> Value {
    json!({
        "account_id": of.account,
        "bank_employment_id": of.id,
        "earliest_deposit_date": of.rows.first().map(|row| row.date),
        "employer": {"name": of.employer().unwrap_or_default()},
        "latest_deposit_date": of.rows.last().map(|row| row.date),
    })
}

/// An Item that could not be read. The type of the cause is named by its code, where the document has it.
fn warning(id: &ItemId, error: &ApiError, kind: &str) -> Value {
    let cause = match &*error.code {
        code @ ("ITEM_LOGIN_REQUIRED" | "ITEM_LOCKED" | "INVALID_CREDENTIALS" | "INSTITUTION_DOWN") => code,
        _ => "INTERNAL_SERVER_ERROR",
    };
    json!({
        "cause": {
            "display_message": error.display.clone().unwrap_or_default(),
            "error_code": error.code,
            "error_message": error.message,
            "error_type": cause,
            "item_id": id,
        },
        "warning_code": "TRANSACTIONS_UNAVAILABLE",
        "warning_type": kind,
    })
}
