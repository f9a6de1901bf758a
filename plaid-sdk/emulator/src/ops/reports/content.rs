//! What a report says of an Item: its accounts with their balances, owners, transactions and investments.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::bank;
use crate::fields::time;
use crate::json::merge;
use crate::ops::account_view::{account as account_view, number};
use crate::ops::identity;
use crate::ops::investments::trade_figures;
use crate::ops::transaction_view::{location, payment_meta};
use crate::state::{Account, Item, Transaction};

/// An Item.
pub fn item(item: &Item, institution: &str, days: i64, has_investments: bool, now: DateTime<Utc>) -> Value {
    let today = now.date_naive();
    let first = today - TimeDelta::days(days - 1);
    // The balance before the first day needs the transactions of that day, too.
    let rows = if days == 0 { Vec::new() } else { bank::history(item, first, today) };
    let accounts = item.accounts.iter().map(|of| {
        let own: Vec<&Transaction> = rows.iter().filter(|row| row.account == of.id).collect();
        let mut shown = account(of, &own, days, today);
        if has_investments && of.kind == "investment" {
            shown["investments"] = investments(item, of, first, today);
        }
        shown
    });
    json!({
        "accounts": accounts.collect::<Vec<_>>(),
        "date_last_updated": time(item.updated.unwrap_or(now)),
        "institution_id": item.institution,
        "institution_name": institution,
        "item_id": item.id,
    })
}

fn account(of: &Account, rows: &[&Transaction], days: i64, today: NaiveDate) -> Value {
    let mut shown = account_view(of);
    for name in ["holder_category", "verification_name", "verification_insights"] {
        if let Some(fields) = shown.as_object_mut() {
            fields.remove(name);
        }
    }
    shown["balances"]["margin_loan_amount"] = of.balances.margin_loan.map_or(Value::Null, number);
    shown["days_available"] = days.into();
    shown["historical_balances"] = balances(of, rows, days, today).into();
    shown["owners"] = identity::owned(of)["owners"].clone();
    shown["ownership_type"] = Value::Null;
    shown["transactions"] = rows.iter().map(|row| transaction(row)).collect();
    shown
}

/// The balance at the end of each day before today, latest first.
fn balances(of: &Account, rows: &[&Transaction], days: i64, today: NaiveDate) -> Vec<Value> {
    let mut current = of.balances.current.unwrap_or_default();
    let mut later = rows.iter().filter(|row| !row.pending).peekable();
    let day = |back: i64| {
        let date = today - TimeDelta::days(back);
        while let Some(row) = later.next_if(|row| row.date > date) {
            current -= bank::change(of, row);
        }
        json!({
            "current": number(current),
            "date": date,
            "iso_currency_code": of.balances.currency,
            "unofficial_currency_code": null,
        })
    };
    (1..=days).map(day).collect()
}

/// A transaction with all that is known of it.
fn transaction(row: &Transaction) -> Value {
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
        "payment_meta": payment_meta(row),
        "pending": row.pending,
        "pending_transaction_id": row.was_pending,
        "transaction_id": row.id,
        "transaction_type": if row.channel == "other" { "special" } else { "place" },
        "unofficial_currency_code": null,
    })
}

/// The holdings and trades of an account.
fn investments(item: &Item, account: &Account, first: NaiveDate, today: NaiveDate) -> Value {
    let portfolio = bank::portfolio(item);
    let security = |id: &str| portfolio.securities.iter().find(|security| security.id == id);
    let holdings: Vec<_> = portfolio.holdings.iter().filter(|holding| holding.account == account.id).collect();
    let trades = bank::past_trades_of(account, item, first, today);
    let is_named = |id: &str| {
        holdings.iter().any(|holding| holding.security == id)
            || trades.iter().any(|row| row.security.as_deref() == Some(id))
    };
    json!({
        "holdings": holdings.iter().map(|holding| json!({
            "account_id": holding.account,
            "cost_basis": holding.cost.map(number),
            "institution_price": number(holding.price),
            "institution_price_as_of": holding.priced,
            "institution_value": number(holding.value),
            "iso_currency_code": holding.currency,
            "quantity": number(holding.quantity),
            "security_id": holding.security,
            "ticker_symbol": security(&holding.security).and_then(|security| security.ticker.clone()),
            "unofficial_currency_code": null,
        })).collect::<Vec<_>>(),
        "securities": portfolio.securities.iter().filter(|security| is_named(&security.id)).map(|security| json!({
            "name": security.name,
            "security_id": security.id,
            "ticker_symbol": security.ticker,
            "type": security.kind,
        })).collect::<Vec<_>>(),
        "transactions": trades.iter().map(|row| {
            let mut shown = trade_figures(row);
            merge(&mut shown, json!({
                "vested_quantity": number(row.quantity),
                "vested_value": number(row.quantity.checked_mul(row.price).unwrap_or_default()),
            }));
            shown
        }).collect::<Vec<_>>(),
    })
}
