//! Who changed something, and when.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a change came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A person in the dashboard.
    Dashboard,
    /// A user in Link.
    Link,
    /// A request.
    Api,
    /// Plaid itself.
    System,
}

impl Source {
    /// Its name in responses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dashboard => "dashboard",
            Self::Link => "link",
            Self::Api => "api",
            Self::System => "system",
        }
    }
}

/// Who changed something, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trail {
    /// What the change came from.
    pub source: Source,
    /// The person in the dashboard.
    pub author: Option<String>,
    /// When it was.
    pub at: DateTime<Utc>,
}

/// A person who works in the dashboard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DashboardUser {
    /// The id.
    pub id: String,
    /// When they were invited.
    pub created: DateTime<Utc>,
    /// Their address.
    pub email: String,
    /// `invited`, `active` or `deactivated`.
    pub status: String,
}
