//! Link tokens, their sessions, and public tokens.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{ItemId, Session};

/// A Link token.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkToken {
    /// The token.
    pub token: String,
    /// When it was created.
    pub created: DateTime<Utc>,
    /// When it expires.
    pub expires: DateTime<Utc>,
    /// The request that created it, without keys and tokens of others.
    pub request: Value,
    /// The Item that update mode repairs.
    pub update: Option<ItemId>,
    /// The user that it was created for.
    pub user: Option<String>,
    /// The address of the hosted page, if one was requested.
    pub hosted: Option<String>,
    /// The sessions that were started with it.
    pub sessions: Vec<Session>,
}

/// A public token.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublicToken {
    /// The Item that it gives access to.
    pub item: ItemId,
    /// When it expires.
    pub expires: DateTime<Utc>,
    /// Whether it was exchanged.
    pub used: bool,
}
