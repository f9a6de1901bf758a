//! A user of the application.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A user of the application.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct User {
    /// Plaid's id.
    pub id: String,
    /// The older token for the same user.
    pub token: String,
    /// The application's id.
    pub client_user_id: String,
    /// What the application has said of the user's identity.
    pub identity: Value,
    /// When it was created.
    pub created: DateTime<Utc>,
    /// When it was last changed.
    pub updated: DateTime<Utc>,
}
