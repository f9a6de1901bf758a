//! Liabilities: what the owner of an account has to pay, and when.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::AccountId;

/// A liability.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Liability {
    /// The account.
    pub account: AccountId,
    /// Its kind.
    pub kind: LiabilityKind,
    /// Its figures, as the response contains them, without the account.
    pub details: Value,
}

/// The kind of a liability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LiabilityKind {
    /// A credit card.
    Credit,
    /// A mortgage.
    Mortgage,
    /// A student loan.
    Student,
}
