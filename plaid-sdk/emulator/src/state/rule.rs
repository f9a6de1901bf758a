//! Rules that re-categorize transactions of a user.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Category, Transaction};

/// A rule that re-categorizes transactions of a user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// The user, by Plaid's id.
    pub user: String,
    /// When it was created.
    pub created: DateTime<Utc>,
    /// The category that it gives.
    pub category: Category,
    /// Which transactions it is about.
    pub matches: Match,
}

/// Which transactions a rule is about. Capitals matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Match {
    /// The one with an id.
    Id(String),
    /// Those whose merchant has a name. Without a merchant, the name of the transaction counts.
    Merchant(String),
    /// Those whose merchant's name contains a text.
    Contains(String),
}

impl Rule {
    /// Whether it is about a transaction.
    pub fn is_about(&self, row: &Transaction) -> bool {
        let name = row.merchant.as_ref().unwrap_or(&row.name);
        match &self.matches {
            Match::Id(id) => row.id.0 == *id,
            Match::Merchant(text) => name == text,
            Match::Contains(text) => name.contains(text.as_str()),
        }
    }
}
