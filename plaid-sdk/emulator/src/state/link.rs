//! Link tokens, their sessions, and public tokens.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ItemId;

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

/// A person's way through Link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Session {
    /// Its id.
    pub id: String,
    /// When it started.
    pub started: DateTime<Utc>,
    /// When it ended.
    pub finished: Option<DateTime<Utc>>,
    /// The events, newest first, as the response contains them.
    pub events: Vec<Value>,
    /// The public tokens that it made, each with the metadata of `onSuccess`.
    pub results: Vec<(String, Value)>,
    /// How it was left without a result, as `on_exit` contains it.
    pub exit: Option<Value>,
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
