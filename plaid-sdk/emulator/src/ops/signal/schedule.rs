//! `/signal/schedule`: on which of the next banking days a payment is likely to succeed.

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc, Weekday};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::evaluate::warning;
use super::{Payer, is_manual, payer};
use crate::bank;
use crate::error::ApiError;
use crate::ops::{Call, Response};
use crate::state::signal::{Payment, Stage};
use crate::state::{Account, Item};

/// How many banking days are looked at, the first one included.
const DAYS: usize = 6;
/// From this hour on, UTC, a payment of the same day is settled on the next one.
const CUTOFF: i64 = 18;
/// After how many days an account's transactions are taken to come again.
const CYCLE: i64 = 30;

/// `/signal/schedule`.
pub fn schedule(call: &mut Call<'_>) -> Response {
    let payer = payer(call)?;
    let id = call.request.required("client_transaction_id")?;
    let is_same_day = call.request.text("default_payment_method") == Some("SAME_DAY_ACH");
    let now = call.tenant.now();
    let item = call.tenant.items.get_mut(&payer.item).ok_or_else(ApiError::item_not_found)?;
    item.products.insert("signal".to_owned());
    let warnings: Vec<Value> = item.error().iter().map(warning).collect();
    let is_unknown = is_manual(item) || !warnings.is_empty();
    let days = banking_days(now.date_naive(), DAYS);
    let likely =
        |day: NaiveDate| (!is_unknown).then(|| balance(item, &payer.account, settled(day, is_same_day, now), now));
    let days: Vec<(NaiveDate, Option<Decimal>)> = days.into_iter().map(|day| (day, likely(day))).collect();
    let recommendations = recommend(&days, payer.amount);
    let best = recommendations.iter().find(|one| one["rank"] == 1).map(|one| one["date"].clone());
    keep(call, id, &payer, now);
    Ok(json!({"optimal_date": best, "recommendations": recommendations, "warnings": warnings}))
}

/// Keeps the payment, so that decisions on it can be reported. One that was evaluated stays as it is.
fn keep(call: &mut Call<'_>, id: &str, payer: &Payer, now: DateTime<Utc>) {
    call.tenant.signal.payments.entry(id.to_owned()).or_insert_with(|| Payment {
        item: payer.item.clone(),
        account: payer.account.id.clone(),
        amount: payer.amount,
        at: now,
        stage: Stage::Scheduled,
        returned: None,
    });
}

/// Ranks the days on which the balance is high enough, the highest first.
fn recommend(days: &[(NaiveDate, Option<Decimal>)], amount: Decimal) -> Vec<Value> {
    let mut good: Vec<(Decimal, NaiveDate)> =
        days.iter().filter_map(|(day, balance)| Some(((*balance)?, *day))).filter(|(one, _)| *one >= amount).collect();
    good.sort_by(|(one, first), (other, second)| other.cmp(one).then(first.cmp(second)));
    let shown = |(day, balance): &(NaiveDate, Option<Decimal>)| {
        let place = good.iter().position(|(_, one)| one == day);
        let recommendation = match (balance, place) {
            (None, _) => "UNKNOWN",
            (Some(_), Some(_)) => "RECOMMENDED",
            (Some(_), None) => "NOT_RECOMMENDED",
        };
        json!({"date": day, "rank": place.map(|place| place + 1), "recommendation": recommendation})
    };
    days.iter().map(shown).collect()
}

/// When a payment that is handed in on a day is taken from the account.
fn settled(day: NaiveDate, is_same_day: bool, now: DateTime<Utc>) -> NaiveDate {
    let is_late =
        day == now.date_naive() && now.time().signed_duration_since(chrono::NaiveTime::MIN).num_hours() >= CUTOFF;
    match is_same_day && !is_late {
        true => day,
        false => day.checked_add_days(Days::new(1)).map_or(day, banking_day),
    }
}

/// The balance at the start of a day, if what happened in the last cycle happens again.
fn balance(item: &Item, account: &Account, day: NaiveDate, now: DateTime<Utc>) -> Decimal {
    let today = now.date_naive();
    let (first, last) = (today - TimeDelta::days(CYCLE - 1), day - TimeDelta::days(CYCLE));
    let rows = bank::history(item, first, last);
    let own = rows.iter().filter(|row| row.account == account.id && first <= row.date && row.date <= last);
    let comes: Decimal = own.map(|row| bank::change(account, row)).sum();
    account.balances.available.or(account.balances.current).unwrap_or_default() + comes
}

/// The next banking days, the day itself included if it is one.
fn banking_days(day: NaiveDate, count: usize) -> Vec<NaiveDate> {
    let next = |day: &NaiveDate| day.checked_add_days(Days::new(1)).map(banking_day);
    std::iter::successors(Some(banking_day(day)), next).take(count).collect()
}

/// The day, or the next banking day after it.
fn banking_day(day: NaiveDate) -> NaiveDate {
    let next = |day: &NaiveDate| day.checked_add_days(Days::new(1));
    let mut days = std::iter::successors(Some(day), next);
    days.find(|day| is_banking_day(*day)).unwrap_or(day)
}

/// Whether the Federal Reserve's banks are open: on weekdays other than holidays.
fn is_banking_day(day: NaiveDate) -> bool {
    let weekday = day.weekday();
    // The first Monday of a month is its Monday of week 1.
    let week = (day.day() - 1) / 7 + 1;
    let is_last_week = day.checked_add_days(Days::new(7)).is_none_or(|next| next.month() != day.month());
    let is_floating = match (day.month(), weekday) {
        (1 | 2, Weekday::Mon) => week == 3,
        (5, Weekday::Mon) => is_last_week,
        (9, Weekday::Mon) => week == 1,
        (10, Weekday::Mon) => week == 2,
        (11, Weekday::Thu) => week == 4,
        _ => false,
    };
    let is_fixed = |day: NaiveDate| matches!((day.month(), day.day()), (1, 1) | (6, 19) | (7, 4) | (11, 11) | (12, 25));
    // A holiday on a Sunday is kept on the Monday after it.
    let is_moved = weekday == Weekday::Mon && day.pred_opt().is_some_and(is_fixed);
    !matches!(weekday, Weekday::Sat | Weekday::Sun) && !is_floating && !is_fixed(day) && !is_moved
}

#[cfg(test)]
mod tests {
    use super::{banking_days, is_banking_day, recommend};
    use chrono::NaiveDate;
    use rust_decimal::Decimal;
    use serde_json::json;

    fn date(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).expect("a date")
    }

    #[test]
    fn weekends_and_holidays_are_left_out() {
        let week = [25, 27, 30].map(|day| date(11, day));
        assert_eq!(banking_days(date(11, 25), 3), week);
        let closed = [(1, 1), (1, 19), (2, 16), (5, 25), (6, 19), (9, 7), (10, 12), (11, 11), (11, 26), (12, 25)];
        assert!(closed.iter().all(|(month, day)| !is_banking_day(date(*month, *day))));
        let sunday = NaiveDate::from_ymd_opt(2027, 7, 5).expect("a date");
        assert!(!is_banking_day(sunday) && is_banking_day(date(7, 6)));
    }

    #[test]
    fn the_highest_balance_comes_first() {
        let days = [(date(11, 2), Some(5)), (date(11, 3), Some(20)), (date(11, 4), Some(10)), (date(11, 5), None)];
        let days = days.map(|(day, balance)| (day, balance.map(Decimal::from)));
        let seen = recommend(&days, Decimal::from(10));
        let ranks: Vec<_> = seen.iter().map(|one| one["rank"].clone()).collect();
        assert_eq!(ranks, [json!(null), json!(1), json!(2), json!(null)]);
        let said: Vec<_> = seen.iter().map(|one| one["recommendation"].clone()).collect();
        assert_eq!(said, ["NOT_RECOMMENDED", "RECOMMENDED", "RECOMMENDED", "UNKNOWN"]);
    }
}
