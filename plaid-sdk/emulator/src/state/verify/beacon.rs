//! Beacon: users, reports, and what follows from them.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Trail;

/// The state of a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BeaconStatus {
    /// Nothing speaks against them.
    Cleared,
    /// Somebody has to look at them.
    PendingReview,
    /// They are frauds.
    Rejected,
}

impl BeaconStatus {
    /// All states.
    pub const ALL: [Self; 3] = [Self::Cleared, Self::PendingReview, Self::Rejected];

    /// Its name in responses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cleared => "cleared",
            Self::PendingReview => "pending_review",
            Self::Rejected => "rejected",
        }
    }

    /// The state of a name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    /// Whether a review may set it: a rejection needs evidence of fraud, and with evidence nobody is cleared.
    pub fn may_be_set(self, has_evidence: bool) -> bool {
        match self {
            Self::Cleared => !has_evidence,
            Self::PendingReview => true,
            Self::Rejected => has_evidence,
        }
    }
}

/// What a program does with what is found. Programs are made in the dashboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeaconProgram {
    /// Whether a duplicate has to be reviewed.
    pub flags_duplicates: bool,
    /// Whether a report of another company has to be reviewed.
    pub flags_network: bool,
}

impl Default for BeaconProgram {
    fn default() -> Self {
        Self { flags_duplicates: false, flags_network: true }
    }
}

/// A user as they were at a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BeaconVersion {
    /// From 1.
    pub version: i64,
    /// The state.
    pub status: BeaconStatus,
    /// The data that was sent.
    pub user: Value,
    /// The accounts, as responses contain them.
    pub accounts: Vec<Value>,
    /// The Items that were added.
    pub items: Vec<String>,
    /// When it was made.
    pub updated: DateTime<Utc>,
    /// The change that led to it.
    pub trail: Trail,
}

/// A user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BeaconUser {
    /// The id.
    pub id: String,
    /// The program.
    pub program: String,
    /// The application's id.
    pub client_user_id: String,
    /// When they were created.
    pub created: DateTime<Utc>,
    /// The earlier versions, oldest first.
    pub past: Vec<BeaconVersion>,
    /// The present version.
    pub now: BeaconVersion,
}

/// A report of fraud.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BeaconReport {
    /// The id.
    pub id: String,
    /// The user.
    pub user: String,
    /// When it was created.
    pub created: DateTime<Utc>,
    /// `first_party`, `stolen`…
    pub kind: String,
    /// When it happened.
    pub date: NaiveDate,
    /// How much it was about, as responses contain it.
    pub amount: Option<Value>,
    /// Who made it.
    pub trail: Trail,
    /// Whether it was removed.
    pub removed: bool,
}

/// A report that reached a user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Syndication {
    /// The id.
    pub id: String,
    /// The user that it reached.
    pub user: String,
    /// The report, as responses contain it.
    pub report: Value,
    /// How the user is like the one of the report.
    pub analysis: Value,
    /// Whether somebody has confirmed it.
    pub confirmed: bool,
}

/// Two users who are alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Duplicate {
    /// The id.
    pub id: String,
    /// The two users, with their versions.
    pub users: [(String, i64); 2],
    /// How they are alike.
    pub analysis: Value,
}

/// What is kept for Beacon.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Beacon {
    /// The programs that were set up.
    pub programs: BTreeMap<String, BeaconProgram>,
    /// The users.
    pub users: IndexMap<String, BeaconUser>,
    /// The reports, removed ones too.
    pub reports: IndexMap<String, BeaconReport>,
    /// The reports that reached users.
    pub syndications: IndexMap<String, Syndication>,
    /// The duplicates.
    pub duplicates: IndexMap<String, Duplicate>,
}

#[cfg(test)]
mod tests {
    use super::BeaconStatus;

    #[test]
    fn a_review_follows_the_evidence() {
        for evidence in [true, false] {
            let set: Vec<_> = BeaconStatus::ALL.into_iter().filter(|one| one.may_be_set(evidence)).collect();
            let other = if evidence { BeaconStatus::Rejected } else { BeaconStatus::Cleared };
            assert_eq!(set.len(), 2);
            assert!(set.contains(&other) && set.contains(&BeaconStatus::PendingReview));
        }
    }
}
