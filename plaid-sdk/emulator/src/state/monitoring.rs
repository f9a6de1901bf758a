//! Subscriptions to the insights into a user's cash flow, cash flow reports, and tokens for other clients.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Account, CheckItem, ItemId, Transaction};

/// A subscription to the insights into an Item's cash flow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Subscription {
    /// Its id.
    pub id: String,
    /// The user.
    pub user: String,
    /// Whether the user was named by the older token. Their webhooks have the older names.
    pub is_legacy: bool,
    /// The Item.
    pub item: ItemId,
    /// Where webhooks go.
    pub webhook: String,
    /// The categories of income that count. `None`: all.
    pub categories: Option<Vec<String>>,
    /// The insights of the last time.
    pub insights: Insights,
    /// Whether it was cancelled with all products of the user. What it has generated can still be read.
    pub is_cancelled: bool,
}

/// Insights into the cash flow of an Item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Insights {
    /// They were not generated yet. The time is that of the subscription.
    Pending(DateTime<Utc>),
    /// They are there: when they were generated, and from what.
    Available(DateTime<Utc>, Box<CheckItem>),
    /// They could not be generated: when, and the code of the Item's error.
    Failed(DateTime<Utc>, String),
}

impl Insights {
    /// When they were last generated, or ordered.
    pub fn time(&self) -> DateTime<Utc> {
        match self {
            Self::Pending(time) | Self::Available(time, _) | Self::Failed(time, _) => *time,
        }
    }
}

/// A report about the cash flow of an Item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CashflowReport {
    /// How many days it was ordered for.
    pub days: i64,
    /// How often it was ordered.
    pub number: u64,
    /// What the last one that is there contains.
    pub content: Option<CashflowContent>,
}

/// What a cash flow report contains. It does not change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CashflowContent {
    /// When it was generated.
    pub generated: DateTime<Utc>,
    /// Which of the Item's reports it is.
    pub number: u64,
    /// How many days it has.
    pub days: i64,
    /// The accounts.
    pub accounts: Vec<Account>,
    /// The transactions, newest first.
    pub rows: Vec<Transaction>,
}

/// A token by which another client reads the data of a user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ThirdParty {
    /// The user.
    pub user: String,
    /// The other client.
    pub client: String,
    /// When it ends.
    pub expires: DateTime<Utc>,
}
