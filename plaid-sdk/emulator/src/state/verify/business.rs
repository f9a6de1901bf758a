//! The verification of businesses.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The state of a verification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BusinessStatus {
    /// It runs.
    Active,
    /// The business is known.
    Success,
    /// The business is not known.
    Failed,
}

impl BusinessStatus {
    /// All states.
    pub const ALL: [Self; 3] = [Self::Active, Self::Success, Self::Failed];

    /// Its name in responses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Success => "success",
            Self::Failed => "failed",
        }
    }

    /// Whether a state may follow.
    pub fn may_become(self, next: Self) -> bool {
        self == Self::Active && next != Self::Active
    }
}

/// The verification of a business.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Business {
    /// The id.
    pub id: String,
    /// The application's id.
    pub client_user_id: String,
    /// When it was created.
    pub created: DateTime<Utc>,
    /// When it ended.
    pub completed: Option<DateTime<Utc>>,
    /// The state.
    pub status: BusinessStatus,
    /// What is known of the business: the fields of the request.
    pub business: Value,
    /// The address that somebody of the business can be sent to.
    pub url: String,
}

impl Business {
    /// Whether somebody of the business has to enter its data.
    pub fn waits(&self) -> bool {
        self.status == BusinessStatus::Active && !self.business.is_object()
    }
}

#[cfg(test)]
mod tests {
    use super::BusinessStatus;

    #[test]
    fn only_a_running_verification_changes() {
        for (from, to) in BusinessStatus::ALL.into_iter().flat_map(|a| BusinessStatus::ALL.map(|b| (a, b))) {
            assert_eq!(from.may_become(to), from == BusinessStatus::Active && to != from);
        }
    }
}
