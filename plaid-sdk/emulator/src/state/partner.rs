//! End customers of a reseller, and what Plaid says of the reseller itself.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// A reseller and its end customers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Partner {
    /// The end customers, by `client_id`. A removed one has no entry.
    pub customers: IndexMap<String, Customer>,
    /// How far the reseller's addendum to its contract is.
    pub flowdown: Flowdown,
    /// How far its security questionnaire is.
    pub questionnaire: Questionnaire,
    /// Whether it has no contacts of its own, so that each end customer needs some.
    pub lacks_contacts: bool,
    /// Whether its end customers have commitments by month, so that each has to say which assets it manages.
    pub has_commitments: bool,
}

/// How far the addendum to a contract is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Flowdown {
    /// Nothing was sent.
    NotStarted,
    /// It is read.
    InReview,
    /// It is negotiated.
    Negotiation,
    /// It is signed.
    #[default]
    Complete,
}

/// How far a security questionnaire is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Questionnaire {
    /// Nothing was sent.
    NotStarted,
    /// It has arrived.
    Received,
    /// It is accepted.
    #[default]
    Complete,
}

/// An end customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Customer {
    /// The `client_id` that it gets.
    pub client_id: String,
    /// The name of the company.
    pub company: String,
    /// The name of its application, which no other one has.
    pub application: String,
    /// Whether it may use Production.
    pub status: CustomerStatus,
    /// The products that it is to have.
    pub products: Vec<String>,
    /// What it still has to say.
    pub due: BTreeSet<Requirement>,
    /// Its secret for the Sandbox.
    pub sandbox_secret: String,
    /// Its secret for Production. Before it is enabled, the secret has a limited number of calls.
    pub production_secret: String,
    /// Its application at the banks with a login page of their own.
    pub registrations: Vec<Registration>,
}

/// Whether an end customer may use Production.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CustomerStatus {
    /// Plaid reviews it.
    UnderReview,
    /// It has to say more.
    MoreInformationNeeded,
    /// It may be enabled.
    PendingEnablement,
    /// It is enabled.
    Active,
    /// It has not passed the review.
    Denied,
}

impl CustomerStatus {
    /// Its name in responses.
    pub fn name(self) -> &'static str {
        match self {
            Self::UnderReview => "UNDER_REVIEW",
            Self::MoreInformationNeeded => "MORE_INFORMATION_NEEDED",
            Self::PendingEnablement => "PENDING_ENABLEMENT",
            Self::Active => "ACTIVE",
            Self::Denied => "DENIED",
        }
    }

    /// Whether another one can follow.
    pub fn may_become(self, next: Self) -> bool {
        match self {
            Self::UnderReview => {
                matches!(next, Self::PendingEnablement | Self::MoreInformationNeeded | Self::Denied)
            }
            Self::MoreInformationNeeded => next == Self::UnderReview,
            Self::PendingEnablement => next == Self::Active,
            Self::Active | Self::Denied => false,
        }
    }
}

/// What an end customer has to say before it can be enabled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Requirement {
    /// Its legal name.
    #[serde(rename = "legal_entity_name")]
    LegalEntityName,
    /// That the reseller has looked into it.
    #[serde(rename = "is_diligence_attested")]
    Diligence,
    /// Whom to ask about technical matters.
    #[serde(rename = "technical_contact")]
    TechnicalContact,
    /// Whom to ask about bills.
    #[serde(rename = "billing_contact")]
    BillingContact,
    /// That it accepts the addendum of the banks.
    #[serde(rename = "bank_addendum_acceptance")]
    BankAddendum,
    /// What it does with reports about consumers.
    #[serde(rename = "questionnaires.cra")]
    CraQuestionnaire,
}

/// An application at a bank with a login page of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Registration {
    /// The bank.
    pub institution: String,
    /// The bank's name.
    pub name: String,
    /// How far it is.
    pub status: RegistrationStatus,
    /// When the bank approved it.
    pub approved: Option<DateTime<Utc>>,
}

/// How far an application at a bank is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RegistrationStatus {
    /// It was not sent.
    NotStarted,
    /// The bank works on it.
    Processing,
    /// The bank has approved it.
    Approved,
    /// It can be used.
    Enabled,
    /// The bank has refused it.
    AttentionRequired,
}

impl RegistrationStatus {
    /// The one that follows by itself.
    pub fn next(self) -> Option<Self> {
        match self {
            Self::NotStarted => Some(Self::Processing),
            Self::Processing => Some(Self::Approved),
            Self::Approved => Some(Self::Enabled),
            Self::Enabled | Self::AttentionRequired => None,
        }
    }

    /// Its name in a webhook, which has another form than that in responses.
    pub fn in_webhook(self) -> &'static str {
        match self {
            Self::NotStarted => "not-started",
            Self::Processing => "processing",
            Self::Approved => "approved",
            Self::Enabled => "enabled",
            Self::AttentionRequired => "attention-required",
        }
    }
}
