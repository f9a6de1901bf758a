//! The transactions of a custom user, at first and on new days.

use chrono::NaiveDate;

use super::super::describe::described;
use super::{generate, inflow};
use crate::ids::Ids;
use crate::state::{Account, Custom, CustomAccount, CustomRow, Item, Transaction, TransactionId};

/// How many days before a payment are looked at to know what was spent.
const LOOK_BACK: i64 = 100;

/// The transactions from the first to the last day, newest first. With `pending`, those that are posted later come, too.
pub fn rows(item: &Item, first: NaiveDate, last: NaiveDate, pending: bool, ids: &mut Ids) -> Vec<Transaction> {
    let Some(custom) = &item.custom else { return Vec::new() };
    let mut all = Vec::new();
    for (index, set) in custom.accounts.iter().enumerate() {
        let Some(account) = item.account(&set.account) else { continue };
        let today = item.created.date_naive();
        let mut spent = spent(custom, index, account, today, first, last);
        if let Some(inflow) = &set.inflow {
            let looked_at = first - chrono::TimeDelta::days(LOOK_BACK);
            let before = self::spent(custom, index, account, today, looked_at, last);
            let payments = inflow::payments(inflow, &before, first, last);
            let payment = |(date, amount)| described(TransactionId::default(), account, date, amount, &inflow.name);
            spent.extend(payments.into_iter().map(payment));
        }
        if pending {
            spent.extend(later(set, last).map(|row| as_set(row, account, true)));
        }
        all.extend(spent);
    }
    all.sort_by_key(|row| std::cmp::Reverse(row.date));
    all.iter_mut().for_each(|row| row.id = TransactionId(ids.long()));
    all
}

/// What was set or generated for an account.
fn spent(
    custom: &Custom,
    index: usize,
    account: &Account,
    today: NaiveDate,
    first: NaiveDate,
    last: NaiveDate,
) -> Vec<Transaction> {
    match custom.accounts.get(index).and_then(|set| set.rows.as_ref()) {
        Some(rows) => {
            let rows = rows.iter().filter(|row| first <= row.posted && row.posted <= last);
            rows.map(|row| as_set(row, account, false)).collect()
        }
        None => {
            let days = first.iter_days().take_while(|date| *date <= last);
            days.flat_map(|date| generate::day(&custom.seed, index, account, today, date)).collect()
        }
    }
}

/// The rows that are posted after a day.
fn later(set: &CustomAccount, day: NaiveDate) -> impl Iterator<Item = &CustomRow> {
    set.rows.iter().flatten().filter(move |row| row.posted > day)
}

fn as_set(row: &CustomRow, account: &Account, pending: bool) -> Transaction {
    let date = if pending { row.transacted } else { row.posted };
    let mut described = described(TransactionId::default(), account, date, row.amount, &row.description);
    if let Some(currency) = &row.currency {
        described.describe(|about| about.currency.clone_from(currency));
    }
    Transaction { authorized: Some(row.transacted), pending, ..described }
}

/// Adds what new days bring: new transactions, and pending ones that are posted. Returns how many are new, and which ids are
/// gone.
pub fn new_day(item: &mut Item, first: NaiveDate, today: NaiveDate, ids: &mut Ids) -> (usize, Vec<TransactionId>) {
    let mut gone = Vec::new();
    let new = rows(item, first, today, false, ids);
    let count = new.len();
    for mut row in new {
        let is_same = |old: &&Transaction| {
            old.pending && old.account == row.account && old.amount == row.amount && old.name == row.name
        };
        let old = item.feed.current().into_iter().find(is_same).map(|old| old.id.clone());
        if let Some(old) = old {
            item.feed.remove(&old);
            row.was_pending = Some(old.clone());
            gone.push(old);
        }
        item.feed.add(row);
    }
    (count, gone)
}

/// What a refresh finds for a character of the Sandbox: sometimes a new transaction.
pub fn sometimes_new(item: &Item, today: NaiveDate, ids: &mut Ids) -> Option<Transaction> {
    let is_lively = item.custom.as_ref().is_some_and(|custom| custom.is_lively);
    let account = item.accounts.first().filter(|_| is_lively && ids.below(2) == 0)?;
    let id = TransactionId(ids.long());
    Some(generate::spend(account, today, id, ids))
}
