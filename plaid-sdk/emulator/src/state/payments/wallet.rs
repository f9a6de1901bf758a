//! Wallets and their transactions.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Amount, Currency, PayerNumbers, Payments};

/// A wallet: an account that Plaid keeps for the client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wallet {
    /// Its id.
    pub id: String,
    /// What it contains.
    pub currency: Currency,
    /// Its account.
    pub numbers: PayerNumbers,
    /// The bank of the IBAN.
    pub bic: String,
    /// The recipient whose payments go into it.
    pub recipient: String,
    /// Whether it can be used.
    pub status: WalletStatus,
}

/// Whether a wallet can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum WalletStatus {
    /// It can.
    Active,
    /// It can't any more.
    Closed,
}

impl WalletStatus {
    /// Its name in responses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Closed => "CLOSED",
        }
    }
}

/// Money into a wallet, or out of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WalletTransaction {
    /// Its id.
    pub id: String,
    /// The wallet.
    pub wallet: String,
    /// What it is.
    pub sort: Sort,
    /// The reference.
    pub reference: String,
    /// How much.
    pub amount: Amount,
    /// The other side, as responses contain it.
    pub counterparty: Value,
    /// How far it is.
    pub status: TransactionStatus,
    /// When it was created.
    pub created: DateTime<Utc>,
    /// When the status changed last.
    pub updated: DateTime<Utc>,
    /// The payment that it belongs to.
    pub payment: Option<String>,
    /// Why it failed.
    pub reason: Option<FailureReason>,
    /// Whether the name of the other side is that of its account. `None` where it is not checked.
    pub payee: Option<String>,
    /// The transactions that it belongs to, with what they are.
    pub related: Vec<(String, Sort)>,
}

/// What a transaction of a wallet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Sort {
    /// Money from somebody else's account.
    BankTransfer,
    /// Money to somebody.
    Payout,
    /// A payment into the wallet.
    PisPayIn,
    /// Money back to the payer of a payment.
    Refund,
    /// Money to an account of the client.
    FundsSweep,
    /// Money that comes back.
    Return,
    /// Money that the payer's bank took back.
    Recall,
    /// Money from an account of the client.
    AccountFunding,
    /// An unexpected transfer that is sent back.
    AutoRefund,
}

/// Whether money comes or goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// It comes.
    In,
    /// It goes.
    Out,
}

impl Sort {
    /// Its name in responses.
    pub fn name(self) -> &'static str {
        match self {
            Self::BankTransfer => "BANK_TRANSFER",
            Self::Payout => "PAYOUT",
            Self::PisPayIn => "PIS_PAY_IN",
            Self::Refund => "REFUND",
            Self::FundsSweep => "FUNDS_SWEEP",
            Self::Return => "RETURN",
            Self::Recall => "RECALL",
            Self::AccountFunding => "ACCOUNT_FUNDING",
            Self::AutoRefund => "AUTO_REFUND",
        }
    }

    /// Whether money comes or goes.
    pub fn direction(self) -> Direction {
        match self {
            Self::BankTransfer | Self::PisPayIn | Self::Return | Self::AccountFunding => Direction::In,
            Self::Payout | Self::Refund | Self::FundsSweep | Self::Recall | Self::AutoRefund => Direction::Out,
        }
    }
}

/// How far a transaction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TransactionStatus {
    /// It is checked.
    Authorising,
    /// It is on its way.
    Initiated,
    /// The money has gone.
    Executed,
    /// The money has come.
    Settled,
    /// It was too risky.
    Blocked,
    /// Something broke.
    Failed,
}

use TransactionStatus as T;

impl TransactionStatus {
    /// All of them.
    pub const ALL: [Self; 6] = [T::Authorising, T::Initiated, T::Executed, T::Settled, T::Blocked, T::Failed];

    /// Its name in responses.
    pub fn name(self) -> &'static str {
        match self {
            T::Authorising => "AUTHORISING",
            T::Initiated => "INITIATED",
            T::Executed => "EXECUTED",
            T::Settled => "SETTLED",
            T::Blocked => "BLOCKED",
            T::Failed => "FAILED",
        }
    }

    /// What it can change to. Money that goes is executed, money that comes settles.
    pub fn leads_to(self, direction: Direction) -> &'static [Self] {
        match (self, direction) {
            (T::Authorising, _) => &[T::Initiated, T::Blocked, T::Failed],
            (T::Initiated, Direction::Out) => &[T::Executed, T::Blocked, T::Failed],
            (T::Initiated, Direction::In) => &[T::Settled, T::Blocked, T::Failed],
            (T::Executed | T::Settled | T::Blocked | T::Failed, _) => &[],
        }
    }
}

/// Why a transaction failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FailureReason {
    /// Somebody else declined it.
    ExternalSystem,
    /// It took too long.
    Expired,
    /// It was taken back.
    Cancelled,
    /// It can't be done.
    Invalid,
    /// The wallet can't be used.
    AccountInvalid,
    /// The keeper of the wallet did not let it in.
    AuthenticationFailed,
    /// Nobody knows.
    Unknown,
}

impl FailureReason {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::ExternalSystem,
        Self::Expired,
        Self::Cancelled,
        Self::Invalid,
        Self::AccountInvalid,
        Self::AuthenticationFailed,
        Self::Unknown,
    ];

    /// Its name in responses.
    pub fn name(self) -> &'static str {
        match self {
            Self::ExternalSystem => "EXTERNAL_SYSTEM",
            Self::Expired => "EXPIRED",
            Self::Cancelled => "CANCELLED",
            Self::Invalid => "INVALID",
            Self::AccountInvalid => "ACCOUNT_INVALID",
            Self::AuthenticationFailed => "AUTHENTICATION_FAILED",
            Self::Unknown => "UNKNOWN",
        }
    }
}

impl Payments {
    /// What a wallet contains, and what of it is not on its way out.
    pub fn balance(&self, wallet: &str) -> (Decimal, Decimal) {
        let (mut current, mut available) = (Decimal::ZERO, Decimal::ZERO);
        for one in self.transactions.values().filter(|one| one.wallet == wallet) {
            let amount = one.amount.value;
            match (one.status, one.sort.direction()) {
                (T::Settled, Direction::In) => {
                    current += amount;
                    available += amount;
                }
                (T::Executed, Direction::Out) => {
                    current -= amount;
                    available -= amount;
                }
                (T::Authorising | T::Initiated, Direction::Out) => available -= amount,
                _ => {}
            }
        }
        (current, available)
    }
}
