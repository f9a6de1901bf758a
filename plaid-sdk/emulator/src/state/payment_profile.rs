//! Payment profiles: an account for transfers, by a token of its own.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{AccountId, ItemId};

/// A payment profile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaymentProfile {
    /// When it was created.
    pub created: DateTime<Utc>,
    /// When it last changed.
    pub updated: DateTime<Utc>,
    /// What it can do.
    pub state: ProfileState,
}

/// What a payment profile can do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfileState {
    /// It has no account yet.
    Pending,
    /// It pays by an account.
    Ready {
        /// The Item that Link made for it.
        item: ItemId,
        /// Its account.
        account: AccountId,
        /// Whether its user has to log in again.
        needs_login: bool,
    },
    /// It was removed.
    Removed(DateTime<Utc>),
}
