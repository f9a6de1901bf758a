//! What Transfer keeps: authorizations, transfers, refunds, sweeps, their events, and the ledgers that they move.

mod status;

use chrono::{DateTime, NaiveDate, Utc};
use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{AccountId, ItemId, Ledger, Ledgers};

pub use self::status::{
    AchClass, Decision, EventKind, Named, Network, Rationale, RefundStatus, SweepState, SweepStatus, SweepTrigger,
    TransferKind, TransferStatus,
};

/// The ledger that every client has.
pub const DEFAULT_LEDGER: &str = "0f2bbb5e-4a3c-4f3f-9a3e-6d9a70f1a001";
/// Another ledger that every client has, to distribute money to.
pub const SECOND_LEDGER: &str = "0f2bbb5e-4a3c-4f3f-9a3e-6d9a70f1a002";
/// The client's own bank account.
pub const FUNDING_ACCOUNT: &str = "0f2bbb5e-4a3c-4f3f-9a3e-6d9a70f1b001";

/// All that Transfer keeps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Transfers {
    /// The ledgers.
    pub ledgers: Ledgers,
    /// The authorizations, by id.
    pub authorizations: IndexMap<String, Authorization>,
    /// The transfers, by id.
    pub transfers: IndexMap<String, Transfer>,
    /// The refunds, by id.
    pub refunds: IndexMap<String, Refund>,
    /// The sweeps, by id.
    pub sweeps: IndexMap<String, Sweep>,
    /// The events, oldest first. The first one has the id 1.
    pub events: Vec<TransferEvent>,
    /// The repayments of guaranteed transfers that were returned, by id.
    #[serde(default)]
    pub repayments: IndexMap<String, Repayment>,
    /// What a request with an idempotency key made: the id, by kind and key.
    pub keys: IndexMap<String, String>,
    /// How the Sandbox behaves.
    pub rules: TransferRules,
    /// When events were last announced by themselves.
    pub announced: Option<DateTime<Utc>>,
}

impl Default for Transfers {
    fn default() -> Self {
        Self {
            ledgers: Ledgers::new(vec![
                Ledger::new(DEFAULT_LEDGER, "Default", true, Decimal::from(100)),
                Ledger::new(SECOND_LEDGER, "Second", false, Decimal::ZERO),
            ]),
            authorizations: IndexMap::new(),
            transfers: IndexMap::new(),
            refunds: IndexMap::new(),
            sweeps: IndexMap::new(),
            events: Vec::new(),
            repayments: IndexMap::new(),
            keys: IndexMap::new(),
            rules: TransferRules::default(),
            announced: None,
        }
    }
}

/// How Transfer behaves where Plaid's environments differ, or its sources disagree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferRules {
    /// When events are announced.
    pub announce: Announce,
    /// Where they are announced: the URL that the Dashboard has for the client.
    pub webhook: Option<String>,
    /// What is decided about a debit while the user has to log in.
    pub login_required: LoginRequired,
    /// How much the client may transfer.
    pub limits: Limits,
}

/// When `TRANSFER_EVENTS_UPDATE` is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Announce {
    /// If a request asks for it, and for objects that move by themselves.
    #[default]
    AsSandbox,
    /// After every event, at most once a minute.
    AsProduction,
}

/// What is decided about a debit while the user of the Item has to log in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoginRequired {
    /// The user has to act: `user_action_required`.
    #[default]
    UserActionRequired,
    /// It is approved, and the rationale says that the account was not looked at.
    Approved,
}

/// How much a client may transfer, for debits and credits each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// At once.
    pub single: Decimal,
    /// On a day.
    pub daily: Decimal,
    /// In a month.
    pub monthly: Decimal,
}

impl Default for Limits {
    fn default() -> Self {
        Self { single: Decimal::from(100_000), daily: Decimal::from(500_000), monthly: Decimal::from(5_000_000) }
    }
}

/// What a transfer does, as it is proposed and as it is made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// The user's Item.
    pub item: ItemId,
    /// The user's account.
    pub account: AccountId,
    /// Which way the money goes.
    pub kind: TransferKind,
    /// The network.
    pub network: Network,
    /// The use case, on an ACH network.
    pub ach_class: Option<AchClass>,
    /// The amount.
    pub amount: Decimal,
    /// The user, as responses contain them.
    pub user: Value,
    /// The client's ledger.
    pub ledger: String,
    /// The client's own account.
    pub funding_account: String,
    /// The client that the transfer is made for, if it is another one.
    pub originator: Option<String>,
    /// The details of a wire.
    pub wire_details: Option<Value>,
    /// Whether Plaid guarantees it. `None`: nobody asked.
    pub guaranteed: Option<bool>,
}

/// An authorization of a transfer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Authorization {
    /// Its id.
    pub id: String,
    /// When it was made.
    pub made: DateTime<Utc>,
    /// When it was made by the clock of its request, which may be a test clock.
    pub created: DateTime<Utc>,
    /// What is decided.
    pub decision: Decision,
    /// Why.
    pub rationale: Option<Rationale>,
    /// More about it, in words.
    pub description: Option<String>,
    /// What it is used for.
    pub usage: Usage,
    /// What is proposed.
    pub proposal: Proposal,
}

/// What an authorization is used for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Usage {
    /// Nothing yet.
    Open,
    /// A transfer was made with it.
    Used(String),
    /// It was cancelled.
    Cancelled,
}

/// Why something failed or came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The code of the network, for what came back.
    pub code: Option<String>,
    /// In words.
    pub description: String,
}

/// A transfer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Transfer {
    /// Its id.
    pub id: String,
    /// Its authorization.
    pub authorization: String,
    /// What it does.
    pub proposal: Proposal,
    /// What the user's bank shows.
    pub description: String,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// How far it is.
    pub status: TransferStatus,
    /// How far its sweep is. `None`: it is never swept.
    pub sweep: Option<SweepState>,
    /// The sweep that it is part of.
    pub swept_by: Option<String>,
    /// Why it failed or came back.
    pub failure: Option<Failure>,
    /// What the client noted.
    pub metadata: Option<Value>,
    /// When it settled.
    pub settled: Option<NaiveDate>,
    /// The number that the network gave it.
    pub trace: Option<String>,
    /// The recurring transfer that it belongs to.
    pub recurring: Option<String>,
    /// The intent that the user agreed to in Link.
    #[serde(default)]
    pub intent: Option<String>,
    /// The part of the amount that goes to the platform.
    pub facilitator_fee: Option<Decimal>,
    /// Whether its return was repaid.
    #[serde(default)]
    pub repaid: bool,
}

/// A refund of a transfer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refund {
    /// Its id.
    pub id: String,
    /// The transfer.
    pub transfer: String,
    /// How much.
    pub amount: Decimal,
    /// How far it is.
    pub status: RefundStatus,
    /// Why it failed or came back.
    pub failure: Option<Failure>,
    /// The ledger that pays it.
    pub ledger: String,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// The number that the network gave it.
    pub trace: Option<String>,
    /// How far its sweep is.
    pub sweep: Option<SweepState>,
}

/// A sweep: money that moves between the client's account and Plaid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sweep {
    /// Its id.
    pub id: String,
    /// What the client's account gets: negative if the client pays.
    pub amount: Decimal,
    /// The ledger. `None`: it is one of transfers that go past ledgers.
    pub ledger: Option<String>,
    /// The client's account.
    pub funding_account: String,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// When it settled.
    pub settled: Option<NaiveDate>,
    /// When the money of a deposit is expected to be available.
    pub funds_due: Option<NaiveDate>,
    /// How far it is. `None` for one of transfers.
    pub status: Option<SweepStatus>,
    /// What made it.
    pub trigger: SweepTrigger,
    /// What the bank shows.
    pub description: Option<String>,
    /// The number that the network gave it.
    pub trace: Option<String>,
    /// Why it failed or came back.
    pub failure: Option<Failure>,
    /// The transfers that it was made of.
    pub transfers: Vec<String>,
    /// The client that it belongs to, if it is another one.
    pub originator: Option<String>,
}

impl Sweep {
    /// Whether it brings money to a ledger.
    pub fn is_deposit(&self) -> bool {
        self.ledger.is_some() && self.amount < Decimal::ZERO
    }
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TransferEvent {
    /// Its number, from 1.
    pub id: u64,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub kind: EventKind,
    /// The transfer that it is about.
    pub transfer: Option<String>,
    /// The refund that it is about.
    pub refund: Option<String>,
    /// The sweep that it is about.
    pub sweep: Option<String>,
    /// The amount of that sweep, or what the transfer adds to it.
    pub sweep_amount: Option<Decimal>,
    /// Why it failed or came back.
    pub failure: Option<Failure>,
}

/// A repayment of what was returned although it was guaranteed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Repayment {
    /// Its id.
    pub id: String,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// The sum.
    pub amount: Decimal,
    /// The transfers, with the events of their returns.
    pub returns: Vec<(String, u64)>,
}

/// Something of Transfer that happens later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransferStep {
    /// A transfer gets to a state, with the code of its return.
    Transfer(String, TransferStatus, Option<String>),
    /// A refund gets to a state.
    Refund(String, RefundStatus, Option<String>),
    /// A sweep gets to a state.
    Sweep(String, SweepStatus, Option<String>),
    /// The events of the last minute are announced.
    Announce,
}

impl Transfers {
    /// The refunds of a transfer, oldest first.
    pub fn refunds_of<'a>(&'a self, transfer: &'a str) -> impl Iterator<Item = &'a Refund> {
        self.refunds.values().filter(move |refund| refund.transfer == transfer)
    }

    /// A sweep by its id, or by the first 8 characters of it.
    pub fn sweep(&self, id: &str) -> Option<&Sweep> {
        let is_short = id.len() == 8;
        self.sweeps.get(id).or_else(|| self.sweeps.values().find(|sweep| is_short && sweep.id.starts_with(id)))
    }
}
