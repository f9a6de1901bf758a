//! Watchlist screenings, of individuals and of entities.

use chrono::{DateTime, NaiveDate, Utc};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Trail;

/// What is screened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScreeningKind {
    /// A person.
    Individual,
    /// An organization.
    Entity,
}

/// The state of a screening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScreeningStatus {
    /// Nothing was found, or what was found is somebody else.
    Cleared,
    /// Somebody has to look at what was found.
    PendingReview,
    /// The customer is on a list.
    Rejected,
}

impl ScreeningStatus {
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

    /// The state after the lists were searched: something to look at has to be looked at. Without anything, a screening that
    /// waited for a look is cleared, and a decision of a person stays.
    pub fn after_search(self, has_pending_hits: bool) -> Self {
        match (self, has_pending_hits) {
            (_, true) => Self::PendingReview,
            (Self::PendingReview, false) => Self::Cleared,
            (decided, false) => decided,
        }
    }
}

/// The state of a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HitStatus {
    /// Nobody has looked at it.
    PendingReview,
    /// It is the customer.
    Confirmed,
    /// It is somebody else.
    Dismissed,
}

impl HitStatus {
    /// Its name in responses.
    pub fn name(self) -> &'static str {
        match self {
            Self::PendingReview => "pending_review",
            Self::Confirmed => "confirmed",
            Self::Dismissed => "dismissed",
        }
    }
}

/// An entry of a watchlist.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Listed {
    /// What it is about.
    pub kind: ScreeningKind,
    /// The name.
    pub name: String,
    /// The first and the last day on which the person may be born.
    pub born: Option<(NaiveDate, NaiveDate)>,
    /// The country.
    pub country: Option<String>,
    /// The number of a document.
    pub document: Option<String>,
    /// The list.
    pub list: String,
}

/// A program: which lists are searched, and how.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Program {
    /// The id.
    pub id: String,
    /// When it was created.
    pub created: DateTime<Utc>,
    /// Its name.
    pub name: String,
    /// The lists.
    pub lists: Vec<String>,
    /// Whether its screenings are searched for again when the lists change.
    pub rescans: bool,
    /// `coarse`, `balanced`, `strict` or `exact`.
    pub sensitivity: String,
    /// Whether it is closed: nothing new can be screened.
    pub is_archived: bool,
    /// Its last change.
    pub trail: Trail,
}

/// A screening as it was at a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScreeningVersion {
    /// What is searched for, as responses contain it, without the version.
    pub terms: Value,
    /// How often the terms were set.
    pub terms_version: i64,
    /// The person who reviews it.
    pub assignee: Option<String>,
    /// The state.
    pub status: ScreeningStatus,
    /// The application's id of the customer.
    pub client_user_id: Option<String>,
    /// The change that led to it.
    pub trail: Trail,
}

/// Something on a list that may be the customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// The id.
    pub id: String,
    /// The state.
    pub status: HitStatus,
    /// When it was found.
    pub found: DateTime<Utc>,
    /// The entry of the list.
    pub entry: Listed,
    /// The terms that it was compared with.
    pub terms: Value,
    /// The version of the terms.
    pub terms_version: i64,
}

/// A review of hits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Review {
    /// The id.
    pub id: String,
    /// The hits that are the customer.
    pub confirmed: Vec<String>,
    /// The hits that are somebody else.
    pub dismissed: Vec<String>,
    /// What the reviewer says.
    pub comment: Option<String>,
    /// Who reviewed it.
    pub trail: Trail,
}

/// A screening.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Screening {
    /// The id.
    pub id: String,
    /// The earlier versions, oldest first.
    pub past: Vec<ScreeningVersion>,
    /// The present version.
    pub now: ScreeningVersion,
    /// What was found.
    pub hits: Vec<Hit>,
    /// The reviews, oldest first.
    pub reviews: Vec<Review>,
}

/// The programs and screenings of a kind.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Monitor {
    /// The programs.
    pub programs: IndexMap<String, Program>,
    /// The screenings.
    pub screenings: IndexMap<String, Screening>,
}

#[cfg(test)]
mod tests {
    use super::ScreeningStatus::{self, Cleared, PendingReview, Rejected};

    #[test]
    fn a_search_leads_to_a_review_or_away_from_it() {
        for status in ScreeningStatus::ALL {
            assert_eq!(status.after_search(true), PendingReview);
            assert_eq!(ScreeningStatus::of(status.name()), Some(status));
        }
        assert_eq!(PendingReview.after_search(false), Cleared);
        assert_eq!((Cleared.after_search(false), Rejected.after_search(false)), (Cleared, Rejected));
    }
}
