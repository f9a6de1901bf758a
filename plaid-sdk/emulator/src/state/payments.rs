//! Payments in Europe: recipients, payments, consents and wallets.

mod consent;
mod payment;
mod wallet;

use chrono::{DateTime, Utc};
use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use self::consent::{Alignment, Consent, ConsentKind, ConsentStatus, Interval, Period};
pub use self::payment::{Amount, Currency, Payer, PayerNumbers, Payment, PaymentStatus, Recipient, StandingOrder};
pub use self::wallet::{Direction, FailureReason, Sort, TransactionStatus, Wallet, WalletStatus, WalletTransaction};

/// What a client has of payments, wallets, and profiles.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Payments {
    /// The recipients, those of wallets too.
    pub recipients: IndexMap<String, Recipient>,
    /// The payments, oldest first.
    pub payments: IndexMap<String, Payment>,
    /// The tokens of the older Link, with the payment and when they expire.
    pub tokens: IndexMap<String, (String, DateTime<Utc>)>,
    /// The consents.
    pub consents: IndexMap<String, Consent>,
    /// The wallets, oldest first.
    pub wallets: IndexMap<String, Wallet>,
    /// The transactions of all wallets, oldest first.
    pub transactions: IndexMap<String, WalletTransaction>,
    /// The payment profiles.
    pub profiles: IndexMap<String, Profile>,
    /// The idempotency keys that were used, by what they are for.
    pub keys: IndexMap<String, UsedKey>,
    /// What a new wallet contains.
    pub wallet_start: Decimal,
    /// Where the webhooks of wallets go. At Plaid, the Dashboard sets it.
    pub wallet_webhook: Option<String>,
}

/// The use of an idempotency key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UsedKey {
    /// The request, without credentials.
    pub request: Value,
    /// What it made.
    pub made: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// An account that a user linked to be debited by transfers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// How far it is.
    pub status: ProfileStatus,
    /// Whether its login no longer works, so that a transfer is not authorized.
    pub needs_login: bool,
    /// When it was created.
    pub created: DateTime<Utc>,
    /// When it changed last.
    pub updated: DateTime<Utc>,
    /// When it was removed.
    pub removed: Option<DateTime<Utc>>,
}

/// The status of a payment profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ProfileStatus {
    /// It waits for Link.
    Pending,
    /// It can be used.
    Ready,
    /// It was removed.
    Removed,
}

/// What happens later to one of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentsEvent {
    /// A payment goes on.
    Payment(String),
    /// A transaction of a wallet goes on.
    Transaction(String),
    /// A consent expires.
    Consent(String),
}
