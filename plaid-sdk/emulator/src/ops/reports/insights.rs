//! What a report concludes from transactions and balances: risks, expenditure and income.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::ops::account_view::number;

/// Categories of essential expenses.
const ESSENTIAL: [&str; 5] =
    ["LOAN_PAYMENTS", "MEDICAL", "RENT_AND_UTILITIES", "TRANSPORTATION", "GOVERNMENT_AND_NON_PROFIT"];
const GROCERIES: &str = "FOOD_AND_DRINK_GROCERIES";
/// How many times the average an expense has to be to stand out.
const OUTLIER: i64 = 3;
/// How many categories and merchants are named.
const TOP: usize = 3;

/// The insights into some accounts.
pub fn of(accounts: &[&Value], today: NaiveDate) -> Value {
    let all = Data::of(accounts, today);
    json!({
        "affordability": {"expenditure": all.expenditure(), "income": all.income_view()},
        "risk": {
            "bank_penalties": all.risk(|row| row.is_out() && row.primary == "BANK_FEES", Some("category_details"), None),
            "gambling": all.risk(|row| row.is_out() && row.detailed.contains("GAMBLING"), None, Some("top_merchants")),
            "loan_disbursements": all.risk(
                |row| !row.is_out() && row.detailed.contains("LOAN"),
                Some("category_details"),
                Some("top_providers"),
            ),
            "loan_payments": all.risk(
                |row| row.is_out() && row.primary == "LOAN_PAYMENTS",
                Some("category_details"),
                Some("top_providers"),
            ),
            "negative_balance": all.negative(accounts),
        },
    })
}

/// A transaction.
struct Row {
    date: NaiveDate,
    amount: Decimal,
    primary: String,
    detailed: String,
    merchant: Option<String>,
}

impl Row {
    fn of(value: &Value) -> Option<Self> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        Some(Self {
            date: value["date"].as_str()?.parse().ok()?,
            amount: amount(&value["amount"])?,
            primary: text(&value["credit_category"]["primary"]).unwrap_or_default(),
            detailed: text(&value["credit_category"]["detailed"]).unwrap_or_default(),
            merchant: text(&value["merchant_name"]),
        })
    }

    fn is_out(&self) -> bool {
        self.amount > Decimal::ZERO
    }

    fn is_essential(&self) -> bool {
        ESSENTIAL.contains(&self.primary.as_str()) || self.detailed == GROCERIES
    }

    fn is_transfer(&self) -> bool {
        matches!(self.primary.as_str(), "TRANSFER_IN" | "TRANSFER_OUT")
    }

    fn is_other(&self) -> bool {
        matches!(self.primary.as_str(), "BANK_FEES" | "OTHER" | "")
    }
}

fn amount(value: &Value) -> Option<Decimal> {
    let text = value.as_number()?.to_string();
    text.parse().ok().or_else(|| Decimal::from_scientific(&text).ok())
}

/// The transactions of some accounts.
struct Data {
    rows: Vec<Row>,
    currency: String,
    months: Decimal,
    income: Decimal,
    today: NaiveDate,
}

impl Data {
    fn of(accounts: &[&Value], today: NaiveDate) -> Self {
        let rows = accounts.iter().filter_map(|account| account["transactions"].as_array()).flatten();
        let rows: Vec<Row> = rows.filter_map(Row::of).collect();
        let currency = accounts.first().and_then(|account| account["balances"]["iso_currency_code"].as_str());
        let days = accounts.iter().filter_map(|account| account["days_available"].as_i64()).max().unwrap_or_default();
        let income = -rows.iter().filter(|row| !row.is_out()).map(|row| row.amount).sum::<Decimal>();
        Self {
            income,
            rows,
            currency: currency.unwrap_or("USD").to_owned(),
            months: (Decimal::from(days) / Decimal::from(30)).max(Decimal::ONE),
            today,
        }
    }

    fn money(&self, amount: Decimal) -> Value {
        json!({
            "amount": number(amount.round_dp(2)),
            "iso_currency_code": self.currency,
            "unofficial_currency_code": null,
        })
    }

    fn with_average(&self, amount: Decimal) -> Value {
        let mut shown = self.money(amount);
        shown["monthly_average"] = self.money(amount / self.months);
        shown
    }

    fn share(&self, amount: Decimal) -> Value {
        let share = amount.checked_div(self.income).and_then(|share| share.checked_mul(Decimal::ONE_HUNDRED));
        share.map_or(Value::Null, |share| number(share.round_dp(2)))
    }

    /// The sum of some transactions, with the largest categories.
    fn summary(&self, test: impl Fn(&Row) -> bool) -> Value {
        let rows: Vec<&Row> = self.rows.iter().filter(|row| test(row)).collect();
        let total = sum(&rows);
        let mut shown = self.with_average(total);
        shown["percentage_of_income"] = self.share(total);
        shown["top_categories"] = self.categories(&rows).into_iter().take(TOP).collect();
        shown["transactions_count"] = rows.len().into();
        shown
    }

    /// The categories of transactions, the largest one first.
    fn categories(&self, rows: &[&Row]) -> Vec<Value> {
        let mut by: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
        rows.iter().for_each(|row| by.entry(&row.detailed).or_default().push(row));
        let mut all: Vec<_> = by.into_iter().collect();
        all.sort_by_key(|(_, rows)| std::cmp::Reverse(sum(rows)));
        let view = |(id, rows): (&str, Vec<&Row>)| {
            let mut shown = self.with_average(sum(&rows));
            shown["id"] = id.into();
            shown["transactions_count"] = rows.len().into();
            shown
        };
        all.into_iter().map(view).collect()
    }

    fn expenditure(&self) -> Value {
        let out: Vec<&Row> = self.rows.iter().filter(|row| row.is_out()).collect();
        let average = sum(&out) / Decimal::from(out.len().max(1));
        let outliers: Vec<&Row> =
            out.iter().copied().filter(|row| row.amount > average * Decimal::from(OUTLIER)).collect();
        let is_choice = |row: &Row| !row.is_essential() && !row.is_other() && !row.is_transfer();
        json!({
            "cash_flow": self.with_average(self.income - sum(&out)),
            "essential_expenditure": self.summary(|row| row.is_out() && row.is_essential()),
            "non_essential_expenditure": self.summary(|row| row.is_out() && is_choice(row)),
            "other": self.summary(|row| row.is_out() && row.is_other()),
            "outlier_transactions": {
                "top_categories": self.categories(&outliers).into_iter().take(TOP).collect::<Vec<_>>(),
                "total_amount": self.money(sum(&outliers)),
                "transactions_count": outliers.len(),
            },
            "total_expenditure": self.summary(Row::is_out),
            "transfers_out": self.summary(|row| row.is_out() && row.is_transfer()),
        })
    }

    fn income_view(&self) -> Value {
        let transfers: Vec<&Row> = self.rows.iter().filter(|row| !row.is_out() && row.is_transfer()).collect();
        let transfers = sum(&transfers);
        json!({
            "income_excluding_transfers": self.with_average(self.income - transfers),
            "total_income": self.money(self.income),
            "transfers_in": self.with_average(transfers),
        })
    }

    /// Transactions that are a risk. Some kinds of risk show their categories, some show who was paid.
    fn risk(&self, test: impl Fn(&Row) -> bool, categories: Option<&str>, names: Option<&str>) -> Value {
        let rows: Vec<&Row> = self.rows.iter().filter(|row| test(row)).collect();
        let total = sum(&rows);
        let last = rows.iter().map(|row| row.date).max();
        let mut shown = self.with_average(total);
        shown["days_since_last_occurrence"] = json!(last.map(|day| (self.today - day).num_days()));
        shown["monthly_summaries"] = self.by_month(&rows).into();
        shown["percentage_of_income"] = self.share(total);
        shown["transactions_count"] = rows.len().into();
        if let Some(name) = categories {
            shown[name] = self.categories(&rows).into();
        }
        if let Some(name) = names {
            let mut all: Vec<&str> = rows.iter().filter_map(|row| row.merchant.as_deref()).collect();
            all.sort_unstable();
            all.dedup();
            shown[name] = all.into_iter().take(TOP).collect();
        }
        shown
    }

    fn by_month(&self, rows: &[&Row]) -> Vec<Value> {
        let mut by: BTreeMap<(i32, u32), Vec<&Row>> = BTreeMap::new();
        rows.iter().for_each(|row| by.entry((row.date.year(), row.date.month())).or_default().push(row));
        let view = |rows: Vec<&Row>| {
            json!({
                "end_date": rows.iter().map(|row| row.date).max(),
                "start_date": rows.iter().map(|row| row.date).min(),
                "total_amount": self.money(sum(&rows)),
            })
        };
        by.into_values().map(view).collect()
    }

    /// The times at which an account was overdrawn.
    fn negative(&self, accounts: &[&Value]) -> Value {
        let mut runs: Vec<(NaiveDate, NaiveDate, Decimal)> = Vec::new();
        for account in accounts.iter().filter(|account| account["type"] == "depository") {
            let mut is_open = false;
            for balance in account["historical_balances"].as_array().into_iter().flatten() {
                let day = balance["date"].as_str().and_then(|date| date.parse::<NaiveDate>().ok());
                let (Some(day), Some(current)) = (day, amount(&balance["current"])) else { continue };
                match (current < Decimal::ZERO, is_open, runs.last_mut()) {
                    // The balances go back in time.
                    (true, true, Some(run)) => (run.0, run.2) = (day, run.2.min(current)),
                    (true, ..) => runs.push((day, day, current)),
                    _ => {}
                }
                is_open = current < Decimal::ZERO;
            }
        }
        let days: i64 = runs.iter().map(|(first, last, _)| (*last - *first).num_days() + 1).sum();
        let last = runs.iter().map(|(_, last, _)| *last).max();
        let view = |(first, last, least): &(NaiveDate, NaiveDate, Decimal)| json!({"end_date": last, "minimum_balance": self.money(*least), "start_date": first});
        json!({
            "days_since_last_occurrence": last.map(|day| (self.today - day).num_days()),
            "days_with_negative_balance": days,
            "minimum_balance": runs.iter().map(|(_, _, least)| *least).min().map(|least| self.money(least)),
            "occurrences": runs.iter().map(view).collect::<Vec<_>>(),
        })
    }
}

/// The sum of transactions, without their direction.
fn sum(rows: &[&Row]) -> Decimal {
    rows.iter().map(|row| row.amount.abs()).sum()
}
