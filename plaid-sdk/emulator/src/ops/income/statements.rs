//! Bank statements that a user uploaded: what happened on their first bank account in the last month that is over.

use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

use super::parts::{employee, id, metadata};
use crate::bank;
use crate::ops::account_view::number;
use crate::state::{Item, Transaction};

/// The statements.
pub fn statements(item: &Item, today: NaiveDate) -> Vec<Value> {
    let Some(account) = item.unshared.iter().chain(&item.accounts).find(|account| account.kind == "depository") else {
        return Vec::new();
    };
    let Some(last) = today.with_day(1).and_then(|day| day.pred_opt()) else { return Vec::new() };
    let first = last.with_day(1).unwrap_or(last);
    let holder = Item { accounts: vec![account.clone()], ..item.clone() };
    let rows = bank::history(&holder, first, today);
    let own: Vec<&Transaction> = rows.iter().filter(|row| row.account == account.id && !row.pending).collect();
    let balance = |day: NaiveDate| number(bank::balance_after(account, &own, day));
    let shown = own.iter().rev().filter(|row| row.date <= last).map(|row| {
        json!({
            "account_id": account.id,
            "amount": number(row.amount),
            "date": row.date,
            "original_description": row.name,
        })
    });
    let person = employee();
    let month = format!("{}-{:02}", last.year(), last.month());
    vec![json!({
        "bank_accounts": [{
            "account_id": account.id,
            "account_number": format!("********{}", account.mask),
            "account_type": account.subtype.to_uppercase(),
            "bank_name": "First Platypus Bank",
            "name": account.name,
            "owner": {"address": person["address"], "name": person["name"]},
            "periods": [{
                "end_date": last,
                "ending_balance": balance(last),
                "start_date": first,
                "starting_balance": first.pred_opt().map(balance),
            }],
        }],
        "document_id": id(item, &format!("statement/{month}")),
        "document_metadata": metadata(&format!("statement-{month}.pdf"), "BANK_STATEMENT"),
        "transactions": shown.collect::<Vec<_>>(),
    })]
}
