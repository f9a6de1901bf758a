//! The transactions of `user_transactions_dynamic`, and how each refresh changes them. The counts are measured ones.

use chrono::{NaiveDate, TimeDelta};
use rust_decimal::Decimal;

use crate::ids::Ids;
use crate::state::{Account, Category, Description, Item, Transaction, TransactionId};

/// How many rows there are at first, over how many days, and how many of them are pending.
const ROWS: u64 = 108;
const DAYS: u64 = 29;
const PENDING: u64 = 4;
/// How many rows were authorized on another day, and how many have amounts with more than two digits.
const AUTHORIZED: u64 = 96;
const LONG_AMOUNTS: u64 = 35;

/// Where the user spends: the name, the primary and the detailed category.
const SHOPS: [(&str, &str, &str); 12] = [
    ("Uber", "TRANSPORTATION", "TRANSPORTATION_TAXIS_AND_RIDE_SHARES"),
    ("Starbucks", "FOOD_AND_DRINK", "FOOD_AND_DRINK_COFFEE"),
    ("McDonald's", "FOOD_AND_DRINK", "FOOD_AND_DRINK_FAST_FOOD"),
    ("Green Grocer", "FOOD_AND_DRINK", "FOOD_AND_DRINK_GROCERIES"),
    ("Corner Pharmacy", "MEDICAL", "MEDICAL_PHARMACIES_AND_SUPPLEMENTS"),
    ("City Transit", "TRANSPORTATION", "TRANSPORTATION_PUBLIC_TRANSIT"),
    ("Harbor Fuel", "TRANSPORTATION", "TRANSPORTATION_GAS"),
    ("Page One Books", "GENERAL_MERCHANDISE", "GENERAL_MERCHANDISE_BOOKSTORES_AND_NEWSSTANDS"),
    ("Oak Hardware", "HOME_IMPROVEMENT", "HOME_IMPROVEMENT_HARDWARE"),
    ("Streamline TV", "ENTERTAINMENT", "ENTERTAINMENT_TV_AND_MOVIES"),
    ("Lakeside Gym", "PERSONAL_CARE", "PERSONAL_CARE_GYMS_AND_FITNESS_CENTERS"),
    ("Bright Electric", "RENT_AND_UTILITIES", "RENT_AND_UTILITIES_GAS_AND_ELECTRICITY"),
];

/// The transactions of a new Item, newest first.
pub fn rows(item: &Item, today: NaiveDate, ids: &mut Ids) -> Vec<Transaction> {
    let row = |index: u64| {
        let account = &item.accounts[usize::try_from(ids.below(item.accounts.len() as u64)).unwrap_or_default()];
        let days = i64::try_from(index * DAYS / ROWS).unwrap_or_default();
        let mut row = spend(account, today - TimeDelta::days(days), ids);
        row.pending = index < PENDING;
        // Every ninth row is authorized on its own day.
        row.authorized = Some(match index * AUTHORIZED / ROWS == (index + 1) * AUTHORIZED / ROWS {
            true => row.date,
            false => row.date - TimeDelta::days(1),
        });
        if index * LONG_AMOUNTS / ROWS != (index + 1) * LONG_AMOUNTS / ROWS {
            row.amount += Decimal::new(1 + i64::try_from(ids.below(9_998)).unwrap_or_default(), 7);
        }
        row
    };
    match item.accounts.is_empty() {
        true => Vec::new(),
        false => (0..ROWS).map(row).collect(),
    }
}

/// What the user spends at a shop on a day.
pub fn spend(account: &Account, date: NaiveDate, ids: &mut Ids) -> Transaction {
    let shop = usize::try_from(ids.below(SHOPS.len() as u64)).unwrap_or_default();
    let (name, primary, detailed) = SHOPS[shop];
    let cents = 100 + i64::try_from(ids.below(9_900)).unwrap_or_default();
    let description = Description {
        currency: account.balances.currency.clone(),
        name: name.to_owned(),
        merchant: Some(name.to_owned()),
        entity: None,
        website: None,
        logo: None,
        store: None,
        payment_method: None,
        channel: if primary == "ENTERTAINMENT" { "online" } else { "in store" }.to_owned(),
        category: Category {
            primary: primary.to_owned(),
            detailed: detailed.to_owned(),
            confidence: "HIGH".to_owned(),
        },
    };
    Transaction {
        id: TransactionId(ids.long()),
        account: account.id.clone(),
        date,
        authorized: None,
        amount: Decimal::new(cents, 2),
        pending: false,
        was_pending: None,
        about: description.shared(),
    }
}

#[cfg(test)]
mod tests {
    use super::ROWS;
    use crate::bank::testing;

    #[test]
    fn the_first_rows_have_the_measured_counts() {
        let (tenant, id) = testing::linked("user_transactions_dynamic");
        let rows = tenant.items[&id].feed.current();
        assert_eq!(rows.len() as u64, ROWS);
        assert_eq!(rows.iter().filter(|row| row.pending).count(), 4);
        assert_eq!(rows.iter().filter(|row| row.authorized != Some(row.date)).count(), 96);
        assert_eq!(rows.iter().filter(|row| row.amount.scale() > 2).count(), 35);
    }
}
