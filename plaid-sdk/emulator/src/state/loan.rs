//! Loans that an application has reported to Plaid Check.

use chrono::NaiveDate;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The loans of a tenant's users, and their applications for loans.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Loans {
    /// The applications, by the application's own ids.
    pub applications: IndexMap<String, LoanApplication>,
    /// The loans, by the application's own ids.
    pub all: IndexMap<String, Loan>,
}

/// An application for a loan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LoanApplication {
    /// The user.
    pub user: String,
    /// Plaid's `type`: `AUTO`.
    pub kind: String,
    /// `APPROVED`, `DECLINED` or `OTHER`.
    pub decision: String,
}

/// A loan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Loan {
    /// The user.
    pub user: String,
    /// Plaid's `type`: `AUTO`.
    pub kind: String,
    /// When it was opened.
    pub opened: NaiveDate,
    /// What it was registered with.
    pub registered: Value,
    /// Its statuses with their days, oldest first.
    pub statuses: Vec<(NaiveDate, LoanStatus)>,
    /// Its payments by period, as they were sent.
    pub payments: IndexMap<i64, Value>,
    /// Whether it is closed.
    pub is_closed: bool,
}

impl Loan {
    /// Its present status.
    pub fn status(&self) -> Option<LoanStatus> {
        self.statuses.last().map(|(_, status)| *status)
    }
}

/// The status of a loan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LoanStatus {
    /// It was granted.
    Approved,
    /// It was not granted.
    Declined,
    /// It is in the books, and nothing was paid out yet.
    Booked,
    /// It is paid back as agreed.
    Current,
    /// A payment is late.
    Delinquent,
    /// It is not paid back.
    Default,
    /// The lender has written it off.
    ChargedOff,
    /// Another lender has it.
    Transferred,
    /// It is paid back.
    PaidOff,
    /// Something else.
    Other,
}

impl LoanStatus {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Approved,
        Self::Declined,
        Self::Booked,
        Self::Current,
        Self::Delinquent,
        Self::Default,
        Self::ChargedOff,
        Self::Transferred,
        Self::PaidOff,
        Self::Other,
    ];

    /// The status of a name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.wire() == name)
    }

    /// Its name.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Approved => "APPROVED",
            Self::Declined => "DECLINED",
            Self::Booked => "BOOKED",
            Self::Current => "CURRENT",
            Self::Delinquent => "DELINQUENT",
            Self::Default => "DEFAULT",
            Self::ChargedOff => "CHARGED_OFF",
            Self::Transferred => "TRANSFERRED",
            Self::PaidOff => "PAID_OFF",
            Self::Other => "OTHER",
        }
    }
}
