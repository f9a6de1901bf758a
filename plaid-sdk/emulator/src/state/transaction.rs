//! A transaction.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{AccountId, TransactionId};

/// A transaction of an account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Transaction {
    /// Its id.
    pub id: TransactionId,
    /// The account.
    pub account: AccountId,
    /// When it was posted; for a pending one, when it occurred.
    pub date: NaiveDate,
    /// When it was authorized, if the bank says so.
    pub authorized: Option<NaiveDate>,
    /// The amount. A positive amount leaves the account.
    pub amount: Decimal,
    /// The ISO 4217 code of its currency.
    pub currency: String,
    /// Its name.
    pub name: String,
    /// Whether the bank has not posted it yet.
    pub pending: bool,
    /// The pending transaction that became this one.
    pub was_pending: Option<TransactionId>,
    /// The merchant's name.
    pub merchant: Option<String>,
    /// Plaid's id of the merchant.
    pub entity: Option<String>,
    /// The merchant's website.
    pub website: Option<String>,
    /// The file of the merchant's logo.
    pub logo: Option<String>,
    /// The number of the merchant's store.
    pub store: Option<String>,
    /// How it was paid, such as `ACH`.
    pub payment_method: Option<String>,
    /// `online`, `in store` or `other`.
    pub channel: String,
    /// What it was for.
    pub category: Category,
}

/// What a transaction was for: a personal finance category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// The primary category.
    pub primary: String,
    /// The detailed category.
    pub detailed: String,
    /// The confidence: `VERY_HIGH`, `HIGH`, `MEDIUM`, `LOW` or `UNKNOWN`.
    pub confidence: String,
}
