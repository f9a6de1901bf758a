//! Identity Verification: templates, and the attempts of users.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The state of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdvStatus {
    /// The user has not finished it.
    Active,
    /// The user passed.
    Success,
    /// The user failed.
    Failed,
    /// The user took too long.
    Expired,
    /// It was cancelled.
    Canceled,
    /// Somebody has to look at what the screening found.
    PendingReview,
}

impl IdvStatus {
    /// All states.
    #[cfg(test)]
    pub const ALL: [Self; 6] =
        [Self::Active, Self::Success, Self::Failed, Self::Expired, Self::Canceled, Self::PendingReview];

    /// Its name in responses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Success => "success",
            Self::Failed => "failed",
            Self::Expired => "expired",
            Self::Canceled => "canceled",
            Self::PendingReview => "pending_review",
        }
    }

    /// Whether a state may follow. A person in the dashboard can change a decision; an attempt that ended without one stays.
    pub fn may_become(self, next: Self) -> bool {
        match self {
            Self::Active => next != Self::Active,
            Self::PendingReview => matches!(next, Self::Success | Self::Failed),
            Self::Success => next == Self::Failed,
            Self::Failed => next == Self::Success,
            Self::Expired | Self::Canceled => false,
        }
    }
}

/// The state of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepStatus {
    /// It was passed.
    Success,
    /// The user is at it.
    Active,
    /// It was failed.
    Failed,
    /// Others come first.
    WaitingForPrerequisite,
    /// It isn't part of the attempt.
    NotApplicable,
    /// A retry or an earlier consent leaves it out.
    Skipped,
    /// The attempt expired before it.
    Expired,
    /// The attempt was cancelled before it.
    Canceled,
    /// Somebody has to look at it.
    PendingReview,
    /// A person in the dashboard let it pass.
    ManuallyApproved,
    /// A person in the dashboard let it fail.
    ManuallyRejected,
}

impl StepStatus {
    /// All states.
    #[cfg(test)]
    pub const ALL: [Self; 11] = [
        Self::Success,
        Self::Active,
        Self::Failed,
        Self::WaitingForPrerequisite,
        Self::NotApplicable,
        Self::Skipped,
        Self::Expired,
        Self::Canceled,
        Self::PendingReview,
        Self::ManuallyApproved,
        Self::ManuallyRejected,
    ];

    /// Its name in responses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Active => "active",
            Self::Failed => "failed",
            Self::WaitingForPrerequisite => "waiting_for_prerequisite",
            Self::NotApplicable => "not_applicable",
            Self::Skipped => "skipped",
            Self::Expired => "expired",
            Self::Canceled => "canceled",
            Self::PendingReview => "pending_review",
            Self::ManuallyApproved => "manually_approved",
            Self::ManuallyRejected => "manually_rejected",
        }
    }

    /// Whether a state may follow.
    pub fn may_become(self, next: Self) -> bool {
        match self {
            Self::WaitingForPrerequisite => matches!(
                next,
                Self::Active
                    | Self::Success
                    | Self::Failed
                    | Self::PendingReview
                    | Self::NotApplicable
                    | Self::Expired
                    | Self::Canceled
            ),
            Self::Active => matches!(next, Self::Success | Self::Failed | Self::Expired | Self::Canceled),
            Self::Success => next == Self::ManuallyRejected,
            Self::Failed => next == Self::ManuallyApproved,
            Self::PendingReview => matches!(next, Self::ManuallyApproved | Self::ManuallyRejected),
            Self::ManuallyApproved => next == Self::ManuallyRejected,
            Self::ManuallyRejected => next == Self::ManuallyApproved,
            Self::NotApplicable | Self::Skipped | Self::Expired | Self::Canceled => false,
        }
    }

    /// Whether it was not taken yet.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Active | Self::WaitingForPrerequisite)
    }
}

/// A step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdvStep {
    /// The user accepts the terms.
    AcceptTos,
    /// The user enters a code from their phone.
    VerifySms,
    /// The user's data is compared with data sources.
    KycCheck,
    /// The user shows documents.
    DocumentaryVerification,
    /// The user shows their face.
    SelfieCheck,
    /// Watchlists are searched.
    WatchlistScreening,
    /// The risk is computed.
    RiskCheck,
}

impl IdvStep {
    /// All steps, in their order.
    pub const ALL: [Self; 7] = [
        Self::AcceptTos,
        Self::VerifySms,
        Self::KycCheck,
        Self::DocumentaryVerification,
        Self::SelfieCheck,
        Self::WatchlistScreening,
        Self::RiskCheck,
    ];

    /// Its name in responses.
    pub fn name(self) -> &'static str {
        match self {
            Self::AcceptTos => "accept_tos",
            Self::VerifySms => "verify_sms",
            Self::KycCheck => "kyc_check",
            Self::DocumentaryVerification => "documentary_verification",
            Self::SelfieCheck => "selfie_check",
            Self::WatchlistScreening => "watchlist_screening",
            Self::RiskCheck => "risk_check",
        }
    }

    /// Whether the user takes it. The others happen by themselves.
    pub fn is_for_user(self) -> bool {
        !matches!(self, Self::WatchlistScreening | Self::RiskCheck)
    }
}

/// The states of all steps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdvSteps([StepStatus; 7]);

impl IdvSteps {
    /// Steps that all wait.
    pub fn waiting() -> Self {
        Self([StepStatus::WaitingForPrerequisite; 7])
    }

    /// The state of a step.
    pub fn get(&self, step: IdvStep) -> StepStatus {
        let [tos, sms, kyc, documents, selfie, screening, risk] = self.0;
        match step {
            IdvStep::AcceptTos => tos,
            IdvStep::VerifySms => sms,
            IdvStep::KycCheck => kyc,
            IdvStep::DocumentaryVerification => documents,
            IdvStep::SelfieCheck => selfie,
            IdvStep::WatchlistScreening => screening,
            IdvStep::RiskCheck => risk,
        }
    }

    /// Sets the state of a step.
    pub fn set(&mut self, step: IdvStep, status: StepStatus) {
        let [tos, sms, kyc, documents, selfie, screening, risk] = &mut self.0;
        *match step {
            IdvStep::AcceptTos => tos,
            IdvStep::VerifySms => sms,
            IdvStep::KycCheck => kyc,
            IdvStep::DocumentaryVerification => documents,
            IdvStep::SelfieCheck => selfie,
            IdvStep::WatchlistScreening => screening,
            IdvStep::RiskCheck => risk,
        } = status;
    }

    /// The step that the user is at.
    pub fn active(&self) -> Option<IdvStep> {
        IdvStep::ALL.into_iter().find(|step| self.get(*step) == StepStatus::Active)
    }
}

/// When documents are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Documents {
    /// Never.
    Off,
    /// If the data sources don't know the user.
    Fallback,
    /// Always.
    Always,
}

/// A template: which steps an attempt has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Template {
    /// How often it was published.
    pub version: i64,
    /// Whether the phone is verified.
    pub sms: bool,
    /// Whether data sources are asked.
    pub kyc: bool,
    /// When documents are asked for.
    pub documents: Documents,
    /// The fields that have to match.
    pub required: Vec<String>,
    /// The program that users are screened with.
    pub watchlist: Option<String>,
    /// The Beacon program that users are put into.
    pub beacon: Option<String>,
    /// Whether the risk of every user is too high.
    pub risky: bool,
}

/// The state of the verification of a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmsStatus {
    /// The code was sent.
    Pending,
    /// The code was entered.
    Success,
    /// The code was wrong too often.
    Failed,
    /// The user entered another number.
    Canceled,
}

/// The verification of a phone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sms {
    /// The state.
    pub status: SmsStatus,
    /// The number.
    pub phone: String,
    /// How often a code was sent.
    pub deliveries: i64,
    /// How often a code was entered.
    pub solves: i64,
    /// When the first code was sent.
    pub first: DateTime<Utc>,
    /// When the last code was sent.
    pub last: DateTime<Utc>,
}

/// A document that a user showed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Whether it passed.
    pub passed: bool,
    /// `drivers_license`, `passport`…
    pub category: String,
    /// The name and the date of birth matched the user's data.
    pub matches: (String, String),
    /// Whether a person in the dashboard let it pass.
    pub approved: bool,
}

/// The attempt of a user to verify their identity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    /// The id.
    pub id: String,
    /// The application's id of the user.
    pub client_user_id: String,
    /// Plaid's id of the user.
    pub user_id: Option<String>,
    /// The template's id.
    pub template_id: String,
    /// The template as it was when the attempt began.
    pub template: Template,
    /// When it was created.
    pub created: DateTime<Utc>,
    /// When it ended.
    pub completed: Option<DateTime<Utc>>,
    /// The attempt before it.
    pub previous: Option<String>,
    /// The address that the user can be sent to.
    pub url: Option<String>,
    /// Whether the user had agreed before.
    pub gave_consent: bool,
    /// What is known of the user: the fields of a request.
    pub user: Value,
    /// The state.
    pub status: IdvStatus,
    /// The states of the steps.
    pub steps: IdvSteps,
    /// The verifications of phones, oldest first.
    pub sms: Vec<Sms>,
    /// The documents, oldest first.
    pub documents: Vec<Document>,
    /// How the user's data matched, when it was compared.
    pub kyc: Option<Value>,
    /// The screening.
    pub screening: Option<String>,
    /// The Beacon user.
    pub beacon_user: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::{IdvStatus, IdvStep, IdvSteps, StepStatus};

    #[test]
    fn states_that_end_an_attempt_without_a_decision_stay() {
        for next in IdvStatus::ALL {
            assert!(!IdvStatus::Expired.may_become(next) && !IdvStatus::Canceled.may_become(next));
            assert!(!next.may_become(IdvStatus::Active), "nothing becomes active again");
        }
        for next in StepStatus::ALL {
            for last in [StepStatus::Expired, StepStatus::Canceled, StepStatus::Skipped, StepStatus::NotApplicable] {
                assert!(!last.may_become(next));
            }
        }
    }

    #[test]
    fn each_step_has_a_place_of_its_own() {
        for step in IdvStep::ALL {
            let mut steps = IdvSteps::waiting();
            steps.set(step, StepStatus::Active);
            assert_eq!(steps.active(), Some(step));
        }
    }
}
