//! Recipients and payments.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::ApiError;

/// A currency of payments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    /// Pound sterling.
    Gbp,
    /// Euro.
    Eur,
    /// Polish zloty.
    Pln,
    /// Swedish krona.
    Sek,
    /// Danish krone.
    Dkk,
    /// Norwegian krone.
    Nok,
}

impl Currency {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Gbp, Self::Eur, Self::Pln, Self::Sek, Self::Dkk, Self::Nok];

    /// Its code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Gbp => "GBP",
            Self::Eur => "EUR",
            Self::Pln => "PLN",
            Self::Sek => "SEK",
            Self::Dkk => "DKK",
            Self::Nok => "NOK",
        }
    }

    /// A currency by its code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// An amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// How much.
    pub value: Decimal,
    /// Of what.
    pub currency: Currency,
}

/// The numbers of an account: an IBAN, or a sort code with an account number, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayerNumbers {
    /// The IBAN.
    pub iban: Option<String>,
    /// The account number and the sort code of an account in the UK.
    pub bacs: Option<(String, String)>,
}

/// Who pays, or who is paid by a wallet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payer {
    /// The name.
    pub name: String,
    /// The account.
    pub numbers: PayerNumbers,
}

/// Who is paid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recipient {
    /// Its id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The account.
    pub numbers: PayerNumbers,
    /// The address, as it was sent.
    pub address: Option<Value>,
    /// The wallet that the account belongs to.
    pub wallet: Option<String>,
}

/// A payment that is made again and again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingOrder {
    /// `WEEKLY` or `MONTHLY`.
    pub interval: String,
    /// The day of the week or of the month.
    pub day: i64,
    /// When it begins.
    pub start: NaiveDate,
    /// When it ends.
    pub end: Option<NaiveDate>,
    /// When the bank begins, if its banking days make it another day.
    pub adjusted_start: Option<NaiveDate>,
}

/// A payment, or a standing order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Payment {
    /// Its id.
    pub id: String,
    /// Who is paid.
    pub recipient: String,
    /// The reference that was sent.
    pub reference: String,
    /// The reference that the bank got, if it is another one.
    pub adjusted_reference: Option<String>,
    /// How much.
    pub amount: Amount,
    /// How far it is.
    pub status: PaymentStatus,
    /// When it was created. No two payments have the same time, so that it is a place in the list.
    pub created: DateTime<Utc>,
    /// When the status changed last.
    pub updated: DateTime<Utc>,
    /// Whether it is a standing order.
    pub schedule: Option<StandingOrder>,
    /// Whether the payer's account is requested for refunds.
    pub wants_refund_details: bool,
    /// The only account that it may be paid from.
    pub from: PayerNumbers,
    /// The payment scheme that was asked for.
    pub scheme: Option<String>,
    /// Who pays, once the bank has said so.
    pub payer: Option<Payer>,
    /// The wallet that is paid into.
    pub wallet: Option<String>,
    /// The transaction of that wallet.
    pub transaction: Option<String>,
    /// The transactions that refund it.
    pub refunds: Vec<String>,
    /// The consent that it was made with.
    pub consent: Option<String>,
    /// The id that goes from bank to bank.
    pub end_to_end: String,
    /// Why it failed.
    pub error: Option<ApiError>,
    /// Where its webhooks go.
    pub webhook: Option<String>,
}

/// How far a payment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PaymentStatus {
    /// It waits for the user in Link.
    InputNeeded,
    /// The bank authorises it.
    Authorising,
    /// The bank has accepted it.
    Initiated,
    /// The money has left the payer's account.
    Executed,
    /// The money is in the wallet.
    Settled,
    /// The standing order is set up.
    Established,
    /// The payer has too little money.
    InsufficientFunds,
    /// Something broke.
    Failed,
    /// It was too risky.
    Blocked,
    /// The bank does not want it.
    Rejected,
    /// The user does not want it.
    Cancelled,
}

use PaymentStatus as P;

impl PaymentStatus {
    /// All of them.
    #[cfg(test)]
    pub const ALL: [Self; 11] = [
        P::InputNeeded,
        P::Authorising,
        P::Initiated,
        P::Executed,
        P::Settled,
        P::Established,
        P::InsufficientFunds,
        P::Failed,
        P::Blocked,
        P::Rejected,
        P::Cancelled,
    ];
    /// Those that the Sandbox can set.
    pub const SIMULATED: [Self; 7] =
        [P::Initiated, P::InsufficientFunds, P::Failed, P::Executed, P::Settled, P::Cancelled, P::Rejected];

    /// Its name in responses.
    pub fn name(self) -> &'static str {
        match self {
            P::InputNeeded => "PAYMENT_STATUS_INPUT_NEEDED",
            P::Authorising => "PAYMENT_STATUS_AUTHORISING",
            P::Initiated => "PAYMENT_STATUS_INITIATED",
            P::Executed => "PAYMENT_STATUS_EXECUTED",
            P::Settled => "PAYMENT_STATUS_SETTLED",
            P::Established => "PAYMENT_STATUS_ESTABLISHED",
            P::InsufficientFunds => "PAYMENT_STATUS_INSUFFICIENT_FUNDS",
            P::Failed => "PAYMENT_STATUS_FAILED",
            P::Blocked => "PAYMENT_STATUS_BLOCKED",
            P::Rejected => "PAYMENT_STATUS_REJECTED",
            P::Cancelled => "PAYMENT_STATUS_CANCELLED",
        }
    }

    /// What it can change to.
    pub fn leads_to(self) -> &'static [Self] {
        match self {
            P::InputNeeded => &[P::Authorising],
            P::Authorising => {
                &[P::Initiated, P::InputNeeded, P::InsufficientFunds, P::Failed, P::Blocked, P::Rejected, P::Cancelled]
            }
            P::Initiated => &[P::Executed, P::Settled, P::Established, P::InsufficientFunds, P::Failed, P::Rejected],
            P::Executed => &[P::Settled, P::Failed, P::Rejected],
            P::Settled
            | P::Established
            | P::InsufficientFunds
            | P::Failed
            | P::Blocked
            | P::Rejected
            | P::Cancelled => &[],
        }
    }

    /// Whether it can change to another one over any number of steps, always further and never round in a circle.
    pub fn reaches(self, to: Self) -> bool {
        let onward = self.leads_to().iter().filter(|next| **next != P::InputNeeded);
        self.leads_to().contains(&to) || onward.into_iter().any(|next| next.reaches(to))
    }

    /// Whether no money moves any more.
    pub fn is_failure(self) -> bool {
        matches!(self, P::InsufficientFunds | P::Failed | P::Blocked | P::Rejected | P::Cancelled)
    }
}

#[cfg(test)]
mod tests {
    use super::PaymentStatus as P;

    #[test]
    fn ends_lead_nowhere_and_every_status_is_reached() {
        for status in P::ALL {
            let is_end = status.leads_to().is_empty();
            assert_eq!(is_end, status.is_failure() || matches!(status, P::Settled | P::Established), "{status:?}");
            assert!(status == P::InputNeeded || P::InputNeeded.reaches(status), "{status:?}");
        }
        assert!(!P::Settled.reaches(P::Executed) && !P::Executed.reaches(P::Initiated));
        assert!(P::SIMULATED.iter().all(|status| P::InputNeeded.reaches(*status)));
    }
}
