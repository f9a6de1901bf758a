//! The clients that a client makes transfers for: originators, with their people, accounts and documents.

use chrono::{DateTime, Utc};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The originators of a client, by client id. Four of the Sandbox are always there, one in each of four states.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Originators(IndexMap<String, Originator>);

impl Default for Originators {
    fn default() -> Self {
        let fixed = [
            ("1", "Approved Co", Diligence::Approved),
            ("2", "Denied Co", Diligence::Denied),
            ("3", "Waiting Co", Diligence::UnderReview),
            ("4", "Incomplete Co", Diligence::MoreInformationRequired),
        ];
        let of = |(digit, name, status): (&str, &str, Diligence)| {
            let mut one = Originator::new(&digit.repeat(24), name);
            (one.status, one.is_fixed) = (status, true);
            if status == Diligence::MoreInformationRequired {
                one.outstanding.push(OpenRequirement { kind: "BUSINESS_EIN".to_owned(), person: None });
            }
            (one.id.clone(), one)
        };
        Self(fixed.into_iter().map(of).collect())
    }
}

impl Originators {
    /// An originator.
    pub fn get(&self, id: &str) -> Option<&Originator> {
        self.0.get(id)
    }

    /// An originator, to change it.
    pub fn get_mut(&mut self, id: &str) -> Option<&mut Originator> {
        self.0.get_mut(id)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Adds an originator.
    pub fn add(&mut self, one: Originator) {
        self.0.insert(one.id.clone(), one);
    }

    /// All originators, oldest first.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = &Originator> {
        self.0.values()
    }
}

/// How far an originator is on its way to make transfers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Diligence {
    /// It has told nothing yet.
    NotSubmitted,
    /// It has answered the questions.
    Submitted,
    /// Plaid looks at it.
    UnderReview,
    /// It may make transfers.
    Approved,
    /// It may not.
    Denied,
    /// Plaid asks for more.
    MoreInformationRequired,
}

impl Diligence {
    /// All states.
    pub const ALL: [Self; 6] = [
        Self::NotSubmitted,
        Self::Submitted,
        Self::UnderReview,
        Self::Approved,
        Self::Denied,
        Self::MoreInformationRequired,
    ];

    /// Plaid's name.
    pub fn wire(self) -> &'static str {
        match self {
            Self::NotSubmitted => "not_submitted",
            Self::Submitted => "submitted",
            Self::UnderReview => "under_review",
            Self::Approved => "approved",
            Self::Denied => "denied",
            Self::MoreInformationRequired => "more_information_required",
        }
    }

    /// The states that may follow.
    pub fn next(self) -> &'static [Self] {
        match self {
            Self::NotSubmitted => &[Self::Submitted, Self::UnderReview, Self::MoreInformationRequired],
            Self::Submitted | Self::MoreInformationRequired => &[Self::UnderReview],
            Self::UnderReview => &[Self::Approved, Self::Denied, Self::MoreInformationRequired],
            Self::Approved => &[Self::Denied, Self::MoreInformationRequired],
            Self::Denied => &[],
        }
    }
}

/// An originator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Originator {
    /// Its client id.
    pub id: String,
    /// Its name.
    pub company: String,
    /// How far it is.
    pub status: Diligence,
    /// Whether it is one of the Sandbox, which stays in its state.
    pub is_fixed: bool,
    /// What it was last told about itself, as the request has it.
    pub diligence: Option<Value>,
    /// Where changes of its state are announced.
    pub webhook: Option<String>,
    /// When it agreed to the terms.
    pub agreed: Option<DateTime<Utc>>,
    /// What is still asked for.
    pub outstanding: Vec<OpenRequirement>,
    /// What it was asked for and has told, with the value.
    pub submitted: Vec<(OpenRequirement, String)>,
    /// Its people, by id.
    pub people: IndexMap<String, Person>,
    /// Its accounts, by id: the Item's id, the account's id and a name.
    pub accounts: IndexMap<String, (String, String, Option<String>)>,
    /// How many documents it has sent.
    pub documents: usize,
    /// The questionnaire that it can answer.
    #[serde(default)]
    pub questionnaire: Option<Onboarding>,
}

impl Originator {
    /// An originator that has told nothing yet.
    pub fn new(id: &str, company: &str) -> Self {
        Self {
            id: id.to_owned(),
            company: company.to_owned(),
            status: Diligence::NotSubmitted,
            is_fixed: false,
            diligence: None,
            webhook: None,
            agreed: None,
            outstanding: Vec::new(),
            submitted: Vec::new(),
            people: IndexMap::new(),
            accounts: IndexMap::new(),
            documents: 0,
            questionnaire: None,
        }
    }
}

/// A page with questions for an originator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Onboarding {
    /// The random part of its address.
    pub session: String,
    /// Where it leads to at its end.
    pub redirect: String,
}

/// Something that Plaid asks an originator for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenRequirement {
    /// Its name.
    pub kind: String,
    /// The person that it is about.
    pub person: Option<String>,
}

/// A person who owns or controls an originator: what was told about them, as the request has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Person(pub Value);
