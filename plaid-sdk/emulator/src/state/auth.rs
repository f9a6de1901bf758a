//! What Auth knows of an account: its numbers, and whether they were verified.

use serde::{Deserialize, Serialize};

/// How the numbers of an Item's accounts came about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AuthMethod {
    /// The bank gave them.
    #[default]
    InstantAuth,
    /// The user logged in and entered them, and they fit the bank's data.
    InstantMatch,
    /// The user logged in and entered them, and a deposit verifies them without the user.
    AutomatedMicrodeposits,
    /// The user entered them, and confirms the code of a deposit later.
    SameDayMicrodeposits,
    /// The user entered them, and confirmed the code of a deposit at once.
    InstantMicrodeposits,
    /// They are those of an account that Plaid knows.
    DatabaseMatch,
    /// A database says how likely they are right.
    DatabaseInsights,
}

impl AuthMethod {
    /// Its name in `auth_method`.
    pub fn wire(self) -> &'static str {
        match self {
            Self::InstantAuth => "INSTANT_AUTH",
            Self::InstantMatch => "INSTANT_MATCH",
            Self::AutomatedMicrodeposits => "AUTOMATED_MICRODEPOSITS",
            Self::SameDayMicrodeposits => "SAME_DAY_MICRODEPOSITS",
            Self::InstantMicrodeposits => "INSTANT_MICRODEPOSITS",
            Self::DatabaseMatch => "DATABASE_MATCH",
            Self::DatabaseInsights => "DATABASE_INSIGHTS",
        }
    }

    /// Whether the user only entered numbers, and did not log in, so that other data can't be read.
    pub fn has_no_login(self) -> bool {
        !matches!(self, Self::InstantAuth | Self::InstantMatch | Self::AutomatedMicrodeposits)
    }
}

/// The numbers of an account for payments, by the system of payments.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbers {
    /// In the United States.
    pub ach: Option<Ach>,
    /// In Canada.
    pub eft: Option<Eft>,
    /// Over borders.
    pub international: Option<International>,
    /// In the United Kingdom.
    pub bacs: Option<Bacs>,
}

impl Numbers {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Numbers for ACH.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ach {
    /// The account's number.
    pub account: String,
    /// The bank's number.
    pub routing: String,
    /// The bank's number for wires.
    pub wire_routing: Option<String>,
}

/// Numbers for EFT.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Eft {
    /// The account's number.
    pub account: String,
    /// The bank's number.
    pub institution: String,
    /// The branch's number.
    pub branch: String,
}

/// Numbers for payments over borders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct International {
    /// The IBAN.
    pub iban: String,
    /// The BIC.
    pub bic: String,
}

/// Numbers for BACS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bacs {
    /// The account's number.
    pub account: String,
    /// The sort code.
    pub sort_code: String,
}

/// How far the verification of entered numbers is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VerificationStatus {
    /// A deposit is under way, and is confirmed without the user.
    PendingAutomaticVerification,
    /// A deposit is under way, and the user confirms its code.
    PendingManualVerification,
    /// The deposit arrived.
    AutomaticallyVerified,
    /// The user confirmed the code.
    ManuallyVerified,
    /// Nobody confirmed in time.
    VerificationExpired,
    /// The user entered wrong codes.
    VerificationFailed,
    /// The numbers are those of a known account.
    DatabaseMatched,
    /// The database found signs that they are right.
    DatabaseInsightsPass,
    /// The database found few signs.
    DatabaseInsightsPassWithCaution,
    /// The database found signs that they are wrong.
    DatabaseInsightsFail,
}

impl VerificationStatus {
    /// Its name in `verification_status`.
    pub fn wire(self) -> &'static str {
        match self {
            Self::PendingAutomaticVerification => "pending_automatic_verification",
            Self::PendingManualVerification => "pending_manual_verification",
            Self::AutomaticallyVerified => "automatically_verified",
            Self::ManuallyVerified => "manually_verified",
            Self::VerificationExpired => "verification_expired",
            Self::VerificationFailed => "verification_failed",
            Self::DatabaseMatched => "database_matched",
            Self::DatabaseInsightsPass => "database_insights_pass",
            Self::DatabaseInsightsPassWithCaution => "database_insights_pass_with_caution",
            Self::DatabaseInsightsFail => "database_insights_fail",
        }
    }

    /// Whether a deposit is under way.
    pub fn is_pending(self) -> bool {
        matches!(self, Self::PendingAutomaticVerification | Self::PendingManualVerification)
    }

    /// Whether the numbers must not be used any more.
    pub fn is_over(self) -> bool {
        matches!(self, Self::VerificationExpired | Self::VerificationFailed)
    }
}

/// The verification of an account's numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    /// How far it is.
    pub status: VerificationStatus,
    /// The name that the user entered as the holder's.
    pub name: Option<String>,
    /// What the database said.
    pub insights: Option<Insights>,
    /// How many wrong codes the user entered.
    pub wrong_codes: u8,
}

/// What a database says of an account's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Insights {
    /// How well the holder's name fits, from 0 to 100.
    pub name_score: Option<u8>,
    /// Whether an account of the network has the numbers.
    pub is_known: bool,
    /// Whether that account was verified.
    pub is_verified: bool,
    /// Whether the numbers have the form that the bank uses. `None`: nobody knows.
    pub is_well_formed: Option<bool>,
}
