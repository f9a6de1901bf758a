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
    /// The customer of a reseller that the user belongs to.
    #[serde(default)]
    pub end_customer: Option<String>,
    /// By what the application names it.
    #[serde(default)]
    pub api: UserApi,
}

/// By what an application names its users. It depends on when the application began to use them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserApi {
    /// By `user_id` alone, as since December 2025.
    New,
    /// By `user_token`. Webhooks have the older names.
    Legacy,
    /// By both. Webhooks have the older names where the token was used.
    #[default]
    Both,
}
