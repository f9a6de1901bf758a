//! Payrolls: the documents of a provider, or those that a user uploaded.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A payroll: the documents of a provider, or those that the user uploaded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Payroll {
    /// The user.
    pub user: Option<String>,
    /// The verification that it belongs to, if the application created one.
    pub verification: Option<String>,
    /// Where its webhooks go.
    pub webhook: Option<String>,
    /// Where the documents come from.
    pub flow: Flow,
    /// How far it has come.
    pub status: Status,
    /// The id of the account at the provider.
    pub account: String,
    /// The documents. There are none before they were read.
    pub documents: Documents,
    /// What is looked for in uploaded documents.
    pub signals: Signals,
    /// When it was last changed.
    pub updated: DateTime<Utc>,
}

/// Where documents come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flow {
    /// A provider of payrolls.
    Digital,
    /// The user uploaded them.
    Document,
}

/// How far a payroll has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Its documents are being read.
    Processing,
    /// The user has to agree.
    PendingApproval,
    /// Its documents are there.
    Complete,
    /// Something went wrong.
    Failed,
    /// The files that were uploaded can't be read.
    Unreadable,
}

impl Status {
    /// Its name in `processing_status`.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Processing => "PROCESSING",
            Self::PendingApproval => "APPROVAL_STATUS_PENDING",
            Self::Complete => "PROCESSING_COMPLETE",
            Self::Failed | Self::Unreadable => "FAILED",
        }
    }

    /// Its name in webhooks. What is still under way is not announced.
    pub fn announced(self) -> Option<&'static str> {
        match self {
            Self::Processing => None,
            Self::PendingApproval => Some("VERIFICATION_STATUS_PENDING_APPROVAL"),
            Self::Complete => Some("VERIFICATION_STATUS_PROCESSING_COMPLETE"),
            Self::Failed | Self::Unreadable => Some("VERIFICATION_STATUS_PROCESSING_FAILED"),
        }
    }

    /// Whether it can become another one. A payroll that failed is linked again.
    pub fn can_become(self, next: Self) -> bool {
        match self {
            Self::Processing => next != Self::Processing,
            Self::PendingApproval => matches!(next, Self::Complete | Self::Failed),
            Self::Complete => next == Self::Processing,
            Self::Failed | Self::Unreadable => false,
        }
    }
}

/// Documents as `/credit/payroll_income/get` contains them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Documents {
    /// Pay stubs, the newest first.
    pub stubs: Vec<Value>,
    /// The forms W-2.
    pub w2s: Vec<Value>,
    /// The forms 1099.
    pub forms_1099: Vec<Value>,
    /// Bank statements, as `/credit/bank_statements/uploads/get` contains them.
    pub statements: Vec<Value>,
    /// Employments, as `/credit/employment/get` contains them.
    pub employments: Vec<Value>,
}

/// Whether signs of fraud are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signals {
    /// Nobody asked for them.
    Unwanted,
    /// They are being looked for.
    Processing,
    /// They are there.
    Ready,
}

impl Documents {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        [&self.stubs, &self.w2s, &self.forms_1099, &self.statements].iter().all(|list| list.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::Status;

    const ALL: [Status; 5] =
        [Status::Processing, Status::PendingApproval, Status::Complete, Status::Failed, Status::Unreadable];

    #[test]
    fn a_payroll_that_failed_stays_so_and_a_complete_one_can_be_read_again() {
        let ways = ALL.map(|from| ALL.into_iter().filter(|to| from.can_become(*to)).count());
        assert_eq!(ways, [4, 2, 1, 0, 0]);
        assert!(ALL.iter().all(|status| !status.can_become(*status)));
        assert_eq!(ALL.iter().filter(|status| status.announced().is_none()).count(), 1);
    }
}
