//! `/beta/ewa_report/v1/get`: how likely a user is to pay back an advance on their wages, by rules of ours.

use chrono::TimeDelta;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::readable;
use crate::bank;
use crate::fields::time;
use crate::ops::cra::{is_overdraft, share, whole};
use crate::ops::{Call, Response};
use crate::state::Transaction;

/// The ranges of amounts.
const RANGES: [(i64, i64); 7] = [(0, 25), (25, 50), (50, 100), (100, 200), (200, 300), (300, 400), (400, 500)];
/// How many days are looked at.
const DAYS: i64 = 90;

/// `/beta/ewa_report/v1/get`: a score for each range of amounts. More income makes it higher, a larger advance lower.
pub fn get(call: &mut Call<'_>) -> Response {
    let now = call.tenant.now();
    let item = readable(call)?;
    let today = now.date_naive();
    let depository = |row: &Transaction| item.account(&row.account).is_some_and(|account| account.kind == "depository");
    let rows = bank::history(item, today - TimeDelta::days(DAYS - 1), today);
    let rows: Vec<&Transaction> = rows.iter().filter(|row| depository(row)).collect();
    let sum = |test: &dyn Fn(&Transaction) -> bool| -> Decimal {
        rows.iter().filter(|row| test(row)).map(|row| row.amount.abs()).sum()
    };
    let months = Decimal::from(DAYS / 30);
    let income = share(sum(&|row| row.amount < Decimal::ZERO), months);
    let spent = share(sum(&|row| row.amount > Decimal::ZERO), months);
    let fees = rows.iter().filter(|row| is_overdraft(row)).count();
    let fees = i64::try_from(fees).unwrap_or_default();
    // The advance is compared with what comes in each month; a user without income gets the least.
    let score = |most: i64| {
        let burden = if income.is_zero() { Decimal::ONE } else { share(Decimal::from(most), income).min(Decimal::ONE) };
        let left = share(income - spent, income.max(spent));
        (60 + whole(left * Decimal::from(30)) - whole(burden * Decimal::from(40)) - 5 * fees.min(6)).clamp(1, 99)
    };
    let scores: Vec<Value> = RANGES
        .into_iter()
        .map(|(least, most)| json!({"highest_amount": most, "lowest_amount": least, "score": score(most)}))
        .collect();
    let id = item.id.to_string();
    let id = call.tenant.ids.named(&format!("ewa/{id}/{}", time(now))).uuid();
    Ok(json!({
        "ewa_attributes": {
            "monthly_inflow_amount": crate::ops::cra::cents(income),
            "monthly_outflow_amount": crate::ops::cra::cents(spent),
            "overdraft_count": fees,
        },
        "ewa_report_id": id,
        "ewa_scores": scores,
        "generation_time": time(now),
    }))
}
