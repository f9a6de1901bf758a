//! `/cra/check_report/base_report/get`: accounts with balances, owners, transactions, and what follows from them.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::flows::{average, balances, cents, inflow, months, outflow, overdrafts, rows, share, since};
use super::flows::{depository, money};
use super::read::ready;
use crate::error::ApiError;
use crate::fields::time;
use crate::ops::account_view::number;
use crate::ops::transaction_view::location;
use crate::ops::{Call, Response};
use crate::state::{CheckAccount, CheckItem, Transaction};

/// The windows of attributes, in days. The first one is the whole report.
const WINDOWS: [(&str, Option<i64>); 4] = [("", None), ("_30d", Some(30)), ("_60d", Some(60)), ("_90d", Some(90))];

/// `/cra/check_report/base_report/get`.
pub fn get(call: &mut Call<'_>) -> Response {
    let read = ready(call)?;
    let mut items: Vec<&CheckItem> = read.content.items.iter().collect();
    if let Some(ids) = call.request.texts("item_ids") {
        if ids.iter().any(|id| !items.iter().any(|item| item.id.0 == *id)) {
            return Err(ApiError::invalid_field("item_ids must be Items of the report"));
        }
        items.retain(|item| ids.is_empty() || ids.contains(&item.id.0.as_str()));
    }
    let (order, today) = (&read.report.order, read.content.generated.date_naive());
    let shown: Vec<CheckItem> = items.into_iter().cloned().collect();
    let report = json!({
        "attributes": user_attributes(&shown, today),
        "client_report_id": order.client_report_id,
        "date_generated": time(read.content.generated),
        "days_requested": order.days,
        "items": shown.iter().map(|one| item(one, &shown, order.days, today)).collect::<Vec<_>>(),
        "report_id": read.report.id,
    });
    Ok(json!({"report": report, "warnings": read.warnings("BASE_REPORT_WARNING")}))
}

fn item(of: &CheckItem, all: &[CheckItem], days: i64, today: NaiveDate) -> Value {
    json!({
        "accounts": of.accounts.iter().map(|one| account(one, all, days, today)).collect::<Vec<_>>(),
        "date_last_updated": time(of.updated),
        "institution_id": of.institution,
        "institution_name": of.institution_name,
        "item_id": of.id,
    })
}

/// An account. `all` are the Items that it is compared with.
pub fn account(of: &CheckAccount, all: &[CheckItem], days: i64, today: NaiveDate) -> Value {
    let known = &of.account;
    let currency = &known.balances.currency;
    // The past of investments depends on unknown prices.
    let past = match &*known.kind {
        "investment" | "brokerage" => Vec::new(),
        _ => balances(known, &of.rows, days, today),
    };
    let first = past.last().map_or(today, |(date, _)| *date);
    let monthly = months(first, today).into_iter().filter_map(|(start, end)| {
        let of_month = past.iter().filter(|(date, _)| start <= *date && *date <= end);
        Some(json!({"average_balance": money(average(of_month)?, currency), "end_date": end, "start_date": start}))
    });
    let oldest = of.rows.iter().map(|row| row.date).min();
    json!({
        "account_id": known.id,
        "attributes": attributes(of, all, today),
        "balances": {
            "available": known.balances.available.map(number),
            "average_balance": average(&past).map(number),
            "average_monthly_balances": monthly.collect::<Vec<_>>(),
            "current": known.balances.current.map(number),
            "iso_currency_code": currency,
            "limit": known.balances.limit.map(number),
            "most_recent_thirty_day_average_balance": average(past.iter().take(30)).map(number),
            "unofficial_currency_code": null,
        },
        "consumer_disputes": [],
        "days_available": oldest.map_or(0, |date| (today - date).num_days() + 1),
        "historical_balances": past.iter().map(|(date, balance)| json!({
            "current": number(*balance),
            "date": date,
            "iso_currency_code": currency,
            "unofficial_currency_code": null,
        })).collect::<Vec<_>>(),
        "mask": known.mask,
        "metadata": {"end_date": of.rows.iter().map(|row| row.date).max(), "start_date": oldest},
        "name": known.name,
        "official_name": known.official_name,
        "owners": of.owners,
        "ownership_type": ownership(of),
        "subtype": known.subtype,
        "transactions": of.rows.iter().map(transaction).collect::<Vec<_>>(),
        "type": known.kind,
    })
}

/// Who owns an account: several names mean a joint one.
pub fn ownership(of: &CheckAccount) -> Option<&'static str> {
    let names: usize = of.owners.iter().filter_map(|owner| owner["names"].as_array()).map(Vec::len).sum();
    match names {
        0 => None,
        1 => Some("individual"),
        _ => Some("joint"),
    }
}

/// A transaction.
pub fn transaction(row: &Transaction) -> Value {
    json!({
        "account_id": row.account,
        "account_owner": null,
        "amount": number(row.amount),
        "category": null,
        "category_id": null,
        "check_number": null,
        "credit_category": {"detailed": row.category.detailed, "primary": row.category.primary},
        "date": row.date,
        "date_transacted": row.authorized.unwrap_or(row.date).to_string(),
        "iso_currency_code": row.currency,
        "location": location(row),
        "merchant_name": row.merchant,
        "name": row.name,
        "original_description": row.name,
        "pending": row.pending,
        "personal_finance_category": {
            "confidence_level": row.category.confidence,
            "detailed": row.category.detailed,
            "primary": row.category.primary,
            "version": "v2",
        },
        "transaction_id": row.id,
        "transaction_type": match &*row.channel {
            "online" => "digital",
            "in store" => "place",
            _ => "special",
        },
        "unofficial_currency_code": null,
    })
}

/// Of the accounts of a type, the one with the most transactions counts as the primary one.
pub fn is_primary(of: &CheckAccount, all: &[CheckItem]) -> bool {
    let same = all.iter().flat_map(|item| &item.accounts).filter(|other| other.account.kind == of.account.kind);
    // Of equal ones, the first counts.
    let first = same.rev().max_by_key(|other| other.rows.len());
    first.is_some_and(|first| first.account.id == of.account.id)
}

fn attributes(of: &CheckAccount, all: &[CheckItem], today: NaiveDate) -> Value {
    let same = all.iter().flat_map(|item| &item.accounts).filter(|other| other.account.kind == of.account.kind);
    let count: usize = same.map(|other| other.rows.len()).sum();
    let rows: Vec<&Transaction> = of.rows.iter().collect();
    let mut shown = windows(&rows, today, of.account.kind == "depository");
    shown["is_primary_account"] = is_primary(of, all).into();
    shown["primary_account_score"] = cents(share(Decimal::from(of.rows.len()), Decimal::from(count)));
    shown
}

/// The attributes of a user: sums over the accounts that money is paid into.
pub fn user_attributes(items: &[CheckItem], today: NaiveDate) -> Value {
    let all: Vec<&Transaction> = depository(items).flat_map(|(_, account)| &account.rows).collect();
    let mut shown = windows(&all, today, true);
    let every = rows(items);
    for (suffix, days) in WINDOWS {
        let within = days.map_or_else(|| every.clone(), |days| since(&every, today, days));
        shown[format!("nsf_overdraft_transactions_count{suffix}")] = overdrafts(&within).into();
    }
    shown
}

fn windows(rows: &[&Transaction], today: NaiveDate, has_sums: bool) -> Value {
    let mut shown = json!({});
    for (suffix, days) in WINDOWS {
        let within = days.map_or_else(|| rows.to_vec(), |days| since(rows, today, days));
        let sum = |amount: Decimal| if has_sums { money(amount, "USD") } else { Value::Null };
        shown[format!("nsf_overdraft_transactions_count{suffix}")] = overdrafts(&within).into();
        shown[format!("total_inflow_amount{suffix}")] = sum(inflow(&within));
        shown[format!("total_outflow_amount{suffix}")] = sum(outflow(&within));
    }
    shown
}
