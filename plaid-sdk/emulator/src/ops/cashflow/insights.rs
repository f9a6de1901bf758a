//! `/cashflow_report/insights/get`: the balances of an Item, and sums for each month.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, TimeDelta};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{account, ready};
use crate::fields::time;
use crate::ops::account_view::number;
use crate::ops::cra::{balances, cents, is_overdraft, money, months, share};
use crate::ops::items::view as item_view;
use crate::ops::{Call, Response};
use crate::state::{Account, CashflowContent, Transaction};

/// Words in the description of a payment to employees.
const PAYROLL: [&str; 4] = ["payroll", "gusto", "salary", "wages"];
/// The primary categories of expenses that are the same each month, or no expenses.
const FIXED: [&str; 3] = ["LOAN_PAYMENTS", "RENT_AND_UTILITIES", "TRANSFER_OUT"];
/// The primary categories of money that comes in and is not earned.
const NOT_EARNED: [&str; 2] = ["TRANSFER_IN", "LOAN_DISBURSEMENTS"];

/// `/cashflow_report/insights/get`.
pub fn get(call: &mut Call<'_>) -> Response {
    let world = call.world;
    let (item, content) = ready(call)?;
    let flow = Flow::of(content);
    let first = content.generated.date_naive() - TimeDelta::days(content.days - 1);
    let all = months(first, content.generated.date_naive());
    let last = all.len().saturating_sub(1);
    let summaries =
        all.iter().enumerate().map(|(index, (start, end))| flow.month(*start, *end, index > 0, index < last));
    Ok(json!({
        "account_insights": {
            "historical_balances": flow.balances.iter().map(|(date, balance)| json!({
                "amount": number(*balance),
                "date": date,
                "iso_currency_code": flow.currency,
                "unofficial_currency_code": null,
            })).collect::<Vec<_>>(),
            "monthly_summaries": summaries.collect::<Vec<_>>(),
        },
        "accounts": content.accounts.iter().map(account).collect::<Vec<_>>(),
        "item": item_view(item, world),
        "last_generated_time": time(content.generated),
    }))
}

/// The money of an Item: what it has, less what it owes on cards.
struct Flow<'a> {
    rows: Vec<&'a Transaction>,
    /// The balance at the end of each day before today.
    balances: BTreeMap<NaiveDate, Decimal>,
    currency: &'a str,
}

impl<'a> Flow<'a> {
    fn of(content: &'a CashflowContent) -> Self {
        let today = content.generated.date_naive();
        let is_meant = |account: &&Account| matches!(&*account.kind, "depository" | "credit");
        let accounts: Vec<&Account> = content.accounts.iter().filter(is_meant).collect();
        let mut total: BTreeMap<NaiveDate, Decimal> = BTreeMap::new();
        for account in &accounts {
            let own: Vec<Transaction> = content.rows.iter().filter(|row| row.account == account.id).cloned().collect();
            let sign = if account.kind == "credit" { -Decimal::ONE } else { Decimal::ONE };
            for (date, balance) in balances(account, &own, content.days, today) {
                *total.entry(date).or_default() += sign * balance;
            }
        }
        let has_account = |row: &&Transaction| accounts.iter().any(|account| account.id == row.account);
        let rows = content.rows.iter().filter(|row| !row.pending).filter(has_account).collect();
        let currency = accounts.first().map_or("USD", |account| account.balances.currency.as_str());
        Self { rows, balances: total, currency }
    }

    fn month(&self, start: NaiveDate, end: NaiveDate, has_start: bool, has_end: bool) -> Value {
        let days = Decimal::from((end - start).num_days() + 1);
        let rows: Vec<&Transaction> =
            self.rows.iter().copied().filter(|row| start <= row.date && row.date <= end).collect();
        let sum = |test: &dyn Fn(&Transaction) -> bool| -> Decimal {
            rows.iter().filter(|row| test(row)).map(|row| row.amount.abs()).sum()
        };
        let count = |test: &dyn Fn(&Transaction) -> bool| rows.iter().filter(|row| test(row)).count();
        let amount = |amount: Decimal| money(amount, self.currency);
        let daily = |total: Decimal| amount(share(total, days));
        let is_in = |row: &Transaction| row.amount < Decimal::ZERO;
        let is_out = |row: &Transaction| row.amount > Decimal::ZERO;
        let is_payroll = |row: &Transaction| {
            let text = row.name.to_lowercase();
            is_out(row) && PAYROLL.iter().any(|word| text.contains(word))
        };
        let primary = |row: &Transaction, names: &[&str]| names.contains(&row.category.primary.as_str());
        let (inflow, outflow) = (sum(&is_in), sum(&is_out));
        let at_end =
            |day: Option<NaiveDate>| day.and_then(|day| self.balances.get(&day)).map(|balance| amount(*balance));
        let of_month: Vec<Decimal> = self.balances.range(start..=end).map(|(_, balance)| *balance).collect();
        let average = share(of_month.iter().sum(), Decimal::from(of_month.len()));
        let per_day = |count: usize| cents(share(Decimal::from(count), days));
        let fee = |name: &str| count(&|row| is_out(row) && is_overdraft(row) && row.category.detailed.ends_with(name));
        json!({
            "average_daily_ending_balance": amount(average),
            "average_daily_inflow_amount": daily(inflow),
            "average_daily_inflow_transaction_count": per_day(count(&is_in)),
            "average_daily_net_cashflow_amount": daily(inflow - outflow),
            "average_daily_outflow_amount": daily(outflow),
            "average_daily_outflow_transaction_count": per_day(count(&is_out)),
            "end_date": end,
            "ending_balance": has_end.then(|| at_end(Some(end))),
            "negative_ending_balance_day_count": of_month.iter().filter(|balance| **balance < Decimal::ZERO).count(),
            "nsf_transaction_count": fee("INSUFFICIENT_FUNDS"),
            "overdraft_transaction_count": fee("OVERDRAFT_FEES"),
            "start_date": start,
            "starting_balance": has_start.then(|| at_end(start.checked_sub_days(Days::new(1)))),
            "total_loan_payment": amount(sum(&|row| is_out(row) && primary(row, &["LOAN_PAYMENTS"]))),
            "total_payroll": amount(sum(&is_payroll)),
            "total_revenue": amount(sum(&|row| is_in(row) && !primary(row, &NOT_EARNED))),
            "total_variable_expense":
                amount(sum(&|row| is_out(row) && !is_payroll(row) && !primary(row, &FIXED))),
        })
    }
}
