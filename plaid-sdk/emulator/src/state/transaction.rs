//! A transaction.

use std::collections::HashSet;
use std::ops::Deref;
use std::sync::{Arc, LazyLock, Mutex};

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{AccountId, TransactionId};
use crate::lock::lock;

/// A transaction of an account. Its description is read as if its fields were here.
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
    /// Whether the bank has not posted it yet.
    pub pending: bool,
    /// The pending transaction that became this one.
    pub was_pending: Option<TransactionId>,
    /// What it was.
    #[serde(flatten)]
    pub about: Shared,
}

impl Deref for Transaction {
    type Target = Description;

    fn deref(&self) -> &Description {
        &self.about
    }
}

impl Transaction {
    /// Changes its description.
    pub fn describe(&mut self, change: impl FnOnce(&mut Description)) {
        let mut description = Description::clone(self);
        change(&mut description);
        self.about = description.shared();
    }
}

/// What a transaction was. Thousands of transactions have the same one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Description {
    /// The ISO 4217 code of its currency.
    pub currency: String,
    /// Its name.
    pub name: String,
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

/// A description that all transactions with the same one share.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared(Arc<Description>);

impl Deref for Shared {
    type Target = Description;

    fn deref(&self) -> &Description {
        &self.0
    }
}

impl Serialize for Shared {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Shared {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Description::deserialize(deserializer).map(Description::shared)
    }
}

/// The descriptions that are in use, of all tenants.
#[derive(Default)]
struct Pool {
    all: HashSet<Arc<Description>>,
    /// How many there may be before unused ones are dropped.
    limit: usize,
}

impl Description {
    /// The description in the pool.
    pub fn shared(self) -> Shared {
        static POOL: LazyLock<Mutex<Pool>> = LazyLock::new(Mutex::default);
        let mut pool = lock(&POOL);
        if let Some(known) = pool.all.get(&self) {
            return Shared(Arc::clone(known));
        }
        if pool.all.len() >= pool.limit {
            pool.all.retain(|one| Arc::strong_count(one) > 1);
            pool.limit = (2 * pool.all.len()).max(1024);
        }
        let new = Arc::new(self);
        pool.all.insert(Arc::clone(&new));
        Shared(new)
    }
}

/// What a transaction was for: a personal finance category.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Category {
    /// The primary category.
    pub primary: String,
    /// The detailed category.
    pub detailed: String,
    /// The confidence: `VERY_HIGH`, `HIGH`, `MEDIUM`, `LOW` or `UNKNOWN`.
    pub confidence: String,
}
