//! Issues: what is wrong at an institution, and how far its repair is.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// An issue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Issue {
    /// Its id.
    pub id: String,
    /// The institution.
    pub institution: String,
    /// When it was reported.
    pub created: DateTime<Utc>,
    /// What is wrong, for users.
    pub summary: String,
    /// What is wrong, for developers.
    pub description: String,
    /// How far the repair is.
    pub status: IssueStatus,
    /// The Link sessions that met it, each with the `request_id` of its end.
    pub sessions: Vec<(String, String)>,
    /// Where the news of its end go.
    pub subscribers: Vec<String>,
}

/// How far the repair of an issue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum IssueStatus {
    /// It was reported.
    Reported,
    /// Nobody works on it yet.
    AwaitingResolution,
    /// Somebody works on it.
    FixInProgress,
    /// The repair is tested.
    FixPendingValidation,
    /// It can't be repaired.
    CannotFix,
    /// It is repaired.
    Resolved,
}

impl IssueStatus {
    /// Whether another one can follow. A repair that fails its test begins again.
    pub fn may_become(self, next: Self) -> bool {
        match self {
            Self::Reported => matches!(next, Self::AwaitingResolution | Self::FixInProgress | Self::Resolved),
            Self::AwaitingResolution => matches!(next, Self::FixInProgress | Self::CannotFix | Self::Resolved),
            Self::FixInProgress => matches!(next, Self::FixPendingValidation | Self::CannotFix | Self::Resolved),
            Self::FixPendingValidation => matches!(next, Self::FixInProgress | Self::Resolved),
            Self::CannotFix | Self::Resolved => false,
        }
    }
}
