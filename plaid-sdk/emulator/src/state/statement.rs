//! Bank statements of an Item's accounts.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::AccountId;

/// The statement of an account for a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Its id.
    pub id: String,
    /// The account.
    pub account: AccountId,
    /// The first day.
    pub first: NaiveDate,
    /// The last day. The bank posts the statement on it.
    pub last: NaiveDate,
    /// The balance before the first day.
    pub opening: Decimal,
    /// The balance after the last day.
    pub closing: Decimal,
    /// What changed the balance, oldest first.
    pub entries: Vec<Entry>,
}

/// A change of a balance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The day.
    pub date: NaiveDate,
    /// The name of the transaction.
    pub name: String,
    /// By how much the balance grows.
    pub change: Decimal,
}
