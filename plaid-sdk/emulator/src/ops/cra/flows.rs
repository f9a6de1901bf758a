//! Sums and balances that reports are made of.

use chrono::{Datelike, Days, Months, NaiveDate, TimeDelta};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Value, json};

use crate::bank;
use crate::ops::account_view::number;
use crate::state::{Account, CheckAccount, CheckItem, Transaction};

/// The currency of sums over several accounts.
const USD: &str = "USD";

/// All transactions of some Items.
pub fn rows<'a>(items: impl IntoIterator<Item = &'a CheckItem>) -> Vec<&'a Transaction> {
    items.into_iter().flat_map(|item| &item.accounts).flat_map(|account| &account.rows).collect()
}

/// The accounts of some Items that money is paid into.
pub fn depository(items: &[CheckItem]) -> impl Iterator<Item = (&CheckItem, &CheckAccount)> {
    let all = items.iter().flat_map(|item| item.accounts.iter().map(move |account| (item, account)));
    all.filter(|(_, of)| of.account.kind == "depository")
}

/// The transactions of the last days.
pub fn since<'a>(rows: &[&'a Transaction], today: NaiveDate, days: i64) -> Vec<&'a Transaction> {
    let first = today - TimeDelta::days(days);
    rows.iter().copied().filter(|row| row.date > first).collect()
}

/// What came in: a negative amount, as transactions have it.
pub fn inflow(rows: &[&Transaction]) -> Decimal {
    rows.iter().filter(|row| row.amount < Decimal::ZERO && row.currency == USD).map(|row| row.amount).sum()
}

/// What went out.
pub fn outflow(rows: &[&Transaction]) -> Decimal {
    rows.iter().filter(|row| row.amount > Decimal::ZERO && row.currency == USD).map(|row| row.amount).sum()
}

/// How many fees for overdrafts there are, without those that came back.
pub fn overdrafts(rows: &[&Transaction]) -> i64 {
    let is_fee = |row: &&&Transaction| is_overdraft(row);
    let count: i64 = rows.iter().filter(is_fee).map(|row| if row.amount > Decimal::ZERO { 1 } else { -1 }).sum();
    count.max(0)
}

/// Whether a transaction is a fee for an overdraft, or the return of one.
pub fn is_overdraft(row: &Transaction) -> bool {
    matches!(&*row.category.detailed, "BANK_FEES_OVERDRAFT_FEES" | "BANK_FEES_INSUFFICIENT_FUNDS")
}

/// An amount with its currency, rounded to cents.
pub fn money(amount: Decimal, currency: &str) -> Value {
    json!({"amount": cents(amount), "iso_currency_code": currency, "unofficial_currency_code": null})
}

/// A number with two digits after the point at the most.
pub fn cents(amount: Decimal) -> Value {
    number(amount.round_dp(2))
}

/// The balances at the end of the last days, the latest first. The last one is that of yesterday.
pub fn balances(of: &Account, rows: &[Transaction], days: i64, today: NaiveDate) -> Vec<(NaiveDate, Decimal)> {
    let mut current = of.balances.current.unwrap_or_default();
    let mut later = rows.iter().filter(|row| !row.pending).peekable();
    let day = |back: i64| {
        let date = today - TimeDelta::days(back);
        while let Some(row) = later.next_if(|row| row.date > date) {
            current -= bank::change(of, row);
        }
        (date, current)
    };
    (1..=days).map(day).collect()
}

/// The average of some balances. `None` without any.
pub fn average<'a>(balances: impl IntoIterator<Item = &'a (NaiveDate, Decimal)>) -> Option<Decimal> {
    let all: Vec<Decimal> = balances.into_iter().map(|(_, balance)| *balance).collect();
    all.iter().sum::<Decimal>().checked_div(Decimal::from(all.len())).map(|average| average.round_dp(2))
}

/// The calendar months of a period, the first one first. The first and the last may be parts of a month.
pub fn months(first: NaiveDate, last: NaiveDate) -> Vec<(NaiveDate, NaiveDate)> {
    let mut all = Vec::new();
    let mut start = Some(first);
    while let Some(day) = start.filter(|day| *day <= last) {
        let next = day.with_day(1).and_then(|day| day.checked_add_months(Months::new(1)));
        let end = next.and_then(|next| next.checked_sub_days(Days::new(1))).unwrap_or(last);
        all.push((day, end.min(last)));
        start = next;
    }
    all
}

/// A part of a whole, between 0 and 1. Of nothing, it is nothing.
pub fn share(part: Decimal, whole: Decimal) -> Decimal {
    part.checked_div(whole).unwrap_or_default()
}

/// A number as a whole one.
pub fn whole(number: Decimal) -> i64 {
    number.round().to_i64().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{average, balances, inflow, months, outflow, overdrafts};
    use crate::bank::{history, testing::linked};
    use crate::state::Transaction;
    use chrono::{NaiveDate, TimeDelta};
    use rust_decimal::Decimal;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn a_period_has_whole_months_inside_and_parts_at_its_ends() {
        let all = months(day("2026-01-30"), day("2026-03-02"));
        let wanted = [("2026-01-30", "2026-01-31"), ("2026-02-01", "2026-02-28"), ("2026-03-01", "2026-03-02")];
        assert_eq!(all, wanted.map(|(first, last)| (day(first), day(last))));
        assert_eq!(months(day("2026-03-02"), day("2026-03-01")), []);
    }

    #[test]
    fn balances_and_sums_of_transactions_agree() {
        let (tenant, id) = linked("user_good");
        let item = &tenant.items[&id];
        let today = tenant.now().date_naive();
        let account = &item.accounts[0];
        let rows = history(item, today - TimeDelta::days(60), today);
        let own: Vec<Transaction> = rows.into_iter().filter(|row| row.account == account.id).collect();
        let all = balances(account, &own, 60, today);
        let (first, last) = (all.last().expect("a balance"), all.first().expect("a balance"));
        let between: Vec<&Transaction> = own.iter().filter(|row| first.0 < row.date && row.date <= last.0).collect();
        assert_eq!(last.1 - first.1, -(inflow(&between) + outflow(&between)));
        assert_eq!(average(&all[..1]), Some(last.1.round_dp(2)));
        assert_eq!(average(&[]), None);
        let mut fee = own[0].clone();
        (fee.amount, fee.category.detailed) = (Decimal::from(35), "BANK_FEES_OVERDRAFT_FEES".to_owned());
        let back = Transaction { amount: Decimal::from(-35), ..fee.clone() };
        assert_eq!([overdrafts(&[&fee, &fee]), overdrafts(&[&fee, &back]), overdrafts(&[&back])], [2, 0, 0]);
    }
}
