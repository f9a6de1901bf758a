//! OAuth tokens of `/oauth/token`.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// An OAuth token.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OauthToken {
    /// What it is for.
    pub kind: OauthKind,
    /// The refresh token that it comes from.
    pub parent: Option<String>,
    /// What it allows, as words with spaces between them.
    pub scope: String,
    /// Whom it is for.
    pub audience: Option<String>,
    /// The user that it is about.
    pub user: Option<String>,
    /// When it was issued.
    pub issued: DateTime<Utc>,
    /// When it ends. A refresh token does not end by itself.
    pub expires: Option<DateTime<Utc>>,
    /// Whether it was revoked.
    pub is_revoked: bool,
}

/// What an OAuth token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OauthKind {
    /// Calls.
    Access,
    /// New access tokens.
    Refresh,
}
