//! What Bank Transfer keeps: transfers, their events, and the sweeps to the client's own account.

use chrono::{DateTime, Utc};
use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{AccountId, ItemId, Ledger, Ledgers};

/// The client's own account, which is also the name of its ledger.
pub const ORIGINATION_ACCOUNT: &str = "0f2bbb5e-4a3c-4f3f-9a3e-6d9a70f1c001";

/// All that Bank Transfer keeps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BankTransfers {
    /// The balance of the client's account.
    pub ledgers: Ledgers,
    /// The transfers, by id.
    pub transfers: IndexMap<String, BankTransfer>,
    /// The events, oldest first. The first one has the id 1.
    pub events: Vec<BankTransferEvent>,
    /// The sweeps, by id.
    pub sweeps: IndexMap<String, BankTransferSweep>,
    /// The transfer that each idempotency key made.
    pub keys: IndexMap<String, String>,
}

impl Default for BankTransfers {
    fn default() -> Self {
        let ledger = Ledger::new(ORIGINATION_ACCOUNT, "Default", true, Decimal::new(10_000, 2));
        Self {
            ledgers: Ledgers::new(vec![ledger]),
            transfers: IndexMap::new(),
            events: Vec::new(),
            sweeps: IndexMap::new(),
            keys: IndexMap::new(),
        }
    }
}

/// The state of a bank transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BankTransferStatus {
    /// It was made.
    Pending,
    /// The network has it.
    Posted,
    /// The client cancelled it.
    Cancelled,
    /// It failed, and no money moved.
    Failed,
    /// It came back.
    Reversed,
}

impl BankTransferStatus {
    /// Plaid's name.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Posted => "posted",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
            Self::Reversed => "reversed",
        }
    }

    /// The states that may follow.
    pub fn next(self) -> &'static [Self] {
        match self {
            Self::Pending => &[Self::Posted, Self::Cancelled, Self::Failed],
            Self::Posted => &[Self::Reversed],
            Self::Cancelled | Self::Failed | Self::Reversed => &[],
        }
    }
}

/// A bank transfer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BankTransfer {
    /// Its id.
    pub id: String,
    /// The user's Item.
    pub item: ItemId,
    /// The user's account.
    pub account: AccountId,
    /// Whether the money goes from the user to the client. If not, it goes the other way.
    pub is_debit: bool,
    /// The network: `ach`, `same-day-ach` or `wire`.
    pub network: String,
    /// The use case of an ACH transfer.
    pub ach_class: Option<String>,
    /// How much.
    pub amount: Decimal,
    /// The user, as responses contain them.
    pub user: Value,
    /// What the user's bank shows.
    pub description: String,
    /// A text of the client's.
    pub custom_tag: Option<String>,
    /// The client's notes.
    pub metadata: Option<Value>,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// How far it is.
    pub status: BankTransferStatus,
    /// Why it failed or came back.
    pub failure: Option<BankTransferFailure>,
}

impl BankTransfer {
    /// Plaid's name of the direction of the money.
    pub fn kind(&self) -> &'static str {
        if self.is_debit { "debit" } else { "credit" }
    }
}

/// Why a bank transfer failed or came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankTransferFailure {
    /// The code of the network. Only what came back has one.
    pub code: Option<String>,
    /// In words.
    pub description: String,
}

/// Something that happened to a bank transfer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankTransferEvent {
    /// Its number, from 1.
    pub id: u64,
    /// When.
    pub at: DateTime<Utc>,
    /// The state that the transfer got to.
    pub status: BankTransferStatus,
    /// The transfer.
    pub transfer: String,
    /// Why it failed or came back.
    pub failure: Option<BankTransferFailure>,
}

/// Money that moves between the client's account and Plaid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankTransferSweep {
    /// Its id.
    pub id: String,
    /// When it happened.
    pub created: DateTime<Utc>,
    /// What the client's account gets: negative if it pays.
    pub amount: Decimal,
}
