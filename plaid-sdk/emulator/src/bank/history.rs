//! The past of an Item's accounts: their transactions and balances, also before the days that `/transactions/*` was linked for.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{custom, dynamic, grid};
use crate::ids::Ids;
use crate::state::{Account, Item, Persona, Transaction, TransactionId};

/// The transactions of a period, newest first. Those that `/transactions/*` knows are the same here, with the same ids. Those
/// before them get ids that depend on the Item, the day and their place on it alone.
pub fn history(item: &Item, first: NaiveDate, last: NaiveDate) -> Vec<Transaction> {
    let is_within = |row: &Transaction| first <= row.date && row.date <= last;
    let mut rows: Vec<Transaction> = item.feed.current().into_iter().filter(|row| is_within(row)).cloned().collect();
    let before = item.read_from.and_then(|day| day.pred_opt()).map_or(last, |day| day.min(last));
    if first <= before {
        rows.extend(unread(item, first, before).into_iter().filter(is_within));
        rows.sort_by_key(|row| std::cmp::Reverse(row.date));
    }
    rows
}

/// What the bank has of days whose transactions were not read.
fn unread(item: &Item, first: NaiveDate, last: NaiveDate) -> Vec<Transaction> {
    let mut ids = Ids::new(0, &item.id.0);
    let mut rows = match item.persona {
        Persona::Good => grid::rows(&item.accounts, first, last, &mut ids),
        Persona::Custom => custom::rows(item, first, last, false, &mut ids),
        // All transactions of this user are read at once.
        Persona::Dynamic if item.read_from.is_none() => {
            return dynamic::rows(item, item.created.date_naive(), &mut ids);
        }
        Persona::Dynamic | Persona::Numbers => Vec::new(),
    };
    let (mut day, mut place) = (NaiveDate::MIN, 0);
    for row in &mut rows {
        place = if row.date == day { place + 1 } else { 0 };
        day = row.date;
        row.id = TransactionId(Ids::new(place, &format!("{}/{day}", item.id)).long());
    }
    rows
}

/// By how much a transaction makes an account's balance grow. The balance of a card or a loan is what is owed.
pub fn change(account: &Account, row: &Transaction) -> Decimal {
    match &*account.kind {
        "credit" | "loan" => row.amount,
        _ => -row.amount,
    }
}

/// The balance of an account at the end of a day, from its present balance and the transactions since. `rows` are the posted
/// transactions of the account, at least those after the day.
pub fn balance_after(account: &Account, rows: &[&Transaction], day: NaiveDate) -> Decimal {
    let since: Decimal = rows.iter().filter(|row| row.date > day).map(|row| change(account, row)).sum();
    account.balances.current.unwrap_or_default() - since
}

#[cfg(test)]
mod tests {
    use super::{balance_after, history};
    use crate::bank::testing::linked;
    use chrono::TimeDelta;
    use std::collections::BTreeSet;

    #[test]
    fn the_past_goes_on_before_the_days_that_were_read() {
        let (tenant, id) = linked("user_good");
        let item = &tenant.items[&id];
        let today = tenant.now().date_naive();
        let rows = history(item, today - TimeDelta::days(359), today);
        assert_eq!(rows.len(), 12 * 16);
        assert!(rows.is_sorted_by(|a, b| a.date >= b.date));
        assert_eq!(rows.iter().map(|row| &row.id).collect::<BTreeSet<_>>().len(), rows.len());
        let known: Vec<_> = item.feed.current().iter().map(|row| row.id.clone()).collect();
        assert!(known.iter().zip(&rows).all(|(id, row)| *id == row.id), "what was read is the same here");
        let later = history(item, today - TimeDelta::days(359), today - TimeDelta::days(100));
        assert!(later.iter().all(|row| rows.contains(row)), "another period has the same ids");
    }

    #[test]
    fn balances_go_back_by_what_happened_since() {
        let (tenant, id) = linked("user_good");
        let item = &tenant.items[&id];
        let today = tenant.now().date_naive();
        let rows = history(item, today - TimeDelta::days(29), today);
        let before = |mask: &str| {
            let account = item.accounts.iter().find(|account| account.mask == mask).expect("an account");
            let own: Vec<_> = rows.iter().filter(|row| row.account == account.id).collect();
            balance_after(account, &own, today - TimeDelta::days(30)).to_string()
        };
        // In 30 days, 500 comes in and 117.46 goes out; a card owes what was spent on it.
        assert_eq!(before("0000"), "-272.54");
        assert_eq!(before("4444"), "49050.00");
        assert_eq!(before("3333"), "-3747.00");
    }
}
