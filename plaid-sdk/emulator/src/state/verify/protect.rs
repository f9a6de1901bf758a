//! Protect: events of users, and reports about them.

use chrono::{DateTime, Utc};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Something that a user did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProtectEvent {
    /// The id.
    pub id: String,
    /// When it was.
    pub at: DateTime<Utc>,
    /// The user, if it is known.
    pub user: Option<String>,
    /// What it was, as a name: `USER_SIGN_IN`.
    pub kind: String,
    /// The score, if one was requested.
    pub score: Option<i64>,
}

/// A report of a fraud.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProtectReport {
    /// The id.
    pub id: String,
    /// The user, if it is known.
    pub user: Option<String>,
    /// The report, as responses contain it.
    pub value: Value,
}

/// What is kept for Protect.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Protect {
    /// The events.
    pub events: IndexMap<String, ProtectEvent>,
    /// The reports, oldest first.
    pub reports: Vec<ProtectReport>,
}
