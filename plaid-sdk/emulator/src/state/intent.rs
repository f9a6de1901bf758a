//! Transfers that users are asked for in Link: intents.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A transfer that a user is asked for in Link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Intent {
    /// Its id.
    pub id: String,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// Whether the user pays. If not, they are paid.
    pub is_payment: bool,
    /// The network.
    pub network: String,
    /// The use case of an ACH transfer.
    pub ach_class: Option<String>,
    /// How much.
    pub amount: Decimal,
    /// What it is for.
    pub description: String,
    /// The user, as the request has them.
    pub user: Value,
    /// The user's account, if the client has chosen it.
    pub account: Option<String>,
    /// The client's own account.
    pub funding_account: String,
    /// The client's notes.
    pub metadata: Option<Value>,
    /// Whether Plaid has to guarantee the transfer.
    pub require_guarantee: bool,
    /// What became of it. `None`: no session has ended with it.
    pub outcome: Option<IntentOutcome>,
}

impl Intent {
    /// Plaid's name of its state.
    pub fn status(&self) -> &'static str {
        match &self.outcome {
            None => "PENDING",
            Some(IntentOutcome { transfer: Some(_), .. }) => "SUCCEEDED",
            Some(IntentOutcome { transfer: None, .. }) => "FAILED",
        }
    }
}

/// What became of an intent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct IntentOutcome {
    /// The transfer that was made.
    pub transfer: Option<String>,
    /// What was decided, by Plaid's name: `APPROVED` or `DECLINED`.
    pub decision: Option<String>,
    /// Why, as responses contain it.
    pub rationale: Option<Value>,
    /// Whether the transfer is guaranteed. `None`: nobody asked.
    pub guaranteed: Option<bool>,
    /// Why it failed: the type, the code and the text of an error.
    pub failure: Option<(String, String, String)>,
}
