//! The transactions of `user_good`.

use chrono::{Datelike, NaiveDate, TimeDelta};

use crate::data::grid::{ROWS, Row};
use crate::ids::Ids;
use crate::state::{Account, Category, Description, Transaction, TransactionId};

/// The transactions of some accounts from the first to the last day, newest first.
pub fn rows(accounts: &[Account], first: NaiveDate, last: NaiveDate, ids: &mut Ids) -> Vec<Transaction> {
    let mut all = Vec::new();
    let mut date = last;
    while date >= first {
        let day = epoch_day(date).rem_euclid(30);
        for row in ROWS.iter().filter(|row| row.day == day) {
            if let Some(account) = accounts.iter().find(|account| account.mask == row.mask) {
                all.push(transaction(row, account, date, ids));
            }
        }
        match date.pred_opt() {
            Some(before) => date = before,
            None => break,
        }
    }
    all
}

/// The days from 1970-01-01.
fn epoch_day(date: NaiveDate) -> i32 {
    const FIRST_OF_1970: i32 = 719_163;
    date.num_days_from_ce() - FIRST_OF_1970
}

fn transaction(row: &Row, account: &Account, date: NaiveDate, ids: &mut Ids) -> Transaction {
    let text = |text: Option<&str>| text.map(str::to_owned);
    let (primary, detailed, confidence) = row.category;
    let description = Description {
        currency: account.balances.currency.clone(),
        name: row.name.to_owned(),
        merchant: text(row.merchant.name),
        entity: text(row.merchant.entity),
        website: text(row.merchant.website),
        logo: text(row.merchant.logo),
        store: text(row.merchant.store),
        payment_method: text(row.merchant.payment_method),
        channel: row.channel.to_owned(),
        category: Category {
            primary: primary.to_owned(),
            detailed: detailed.to_owned(),
            confidence: confidence.to_owned(),
        },
    };
    Transaction {
        id: TransactionId(ids.long()),
        account: account.id.clone(),
        date,
        authorized: row.authorized_before.map(|days| date - TimeDelta::days(days)),
        amount: row.amount.parse().unwrap_or_default(),
        pending: false,
        was_pending: None,
        about: description.shared(),
    }
}

#[cfg(test)]
mod tests {
    use super::{epoch_day, rows};
    use crate::bank::accounts::accounts;
    use crate::data::institutions::all;
    use crate::ids::Ids;
    use crate::state::Persona;
    use chrono::{NaiveDate, TimeDelta};

    #[test]
    fn days_are_counted_from_1970() {
        let date = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("a valid date");
        assert_eq!(epoch_day(date(1970, 1, 1)), 0);
        assert_eq!(epoch_day(date(2026, 11, 28)), 20_785);
    }

    #[test]
    fn a_month_has_sixteen_rows_newest_first() {
        let mut ids = Ids::new(1, "a");
        let accounts = accounts(Persona::Good, &all()[0], &mut ids);
        let last = NaiveDate::from_ymd_opt(2026, 11, 28).expect("a valid date");
        let rows = rows(&accounts, last - TimeDelta::days(29), last, &mut ids);
        assert_eq!(rows.len(), 16);
        assert!(rows.is_sorted_by(|a, b| a.date >= b.date));
        let uber = rows.iter().find(|row| row.merchant.as_deref() == Some("Uber")).expect("a ride");
        assert_eq!(uber.authorized, Some(uber.date - TimeDelta::days(1)));
    }
}
