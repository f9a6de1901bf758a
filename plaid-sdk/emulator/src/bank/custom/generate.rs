//! Generated transactions. What a day brings depends on the seed, the account and how many days it is away from the Item's
//! first day, so the same seed gives the same data on any day.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::describe::described;
use crate::data::merchants::MERCHANTS;
use crate::ids::Ids;
use crate::state::{Account, Transaction, TransactionId};

/// The transactions of a day.
pub fn day(seed: &str, index: usize, account: &Account, first: NaiveDate, date: NaiveDate) -> Vec<Transaction> {
    let away = (date - first).num_days();
    let mut random = Ids::new(away.unsigned_abs(), &format!("{seed}/{index}/{}", away.signum()));
    let count = match account.kind.as_str() {
        "depository" | "credit" => random.below(3),
        // A loan or an investment has a row every third day at most.
        _ => u64::from(random.below(3) == 0) * random.below(2),
    };
    let rows = (0..count).map(|_| spend(account, date, TransactionId::default(), &mut random));
    rows.collect()
}

/// What a user spends at a merchant.
pub fn spend(account: &Account, date: NaiveDate, id: TransactionId, random: &mut Ids) -> Transaction {
    let index = usize::try_from(random.below(MERCHANTS.len() as u64)).unwrap_or_default();
    let name = MERCHANTS.get(index).map_or("Uber", |merchant| merchant.name);
    let cents = 200 + i64::try_from(random.below(12_000)).unwrap_or_default();
    described(id, account, date, Decimal::new(cents, 2), name)
}
