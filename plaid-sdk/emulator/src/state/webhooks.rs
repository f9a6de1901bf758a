//! The webhooks that a tenant got, delivered or not.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::ItemId;

/// A webhook.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Webhook {
    /// Its number, unique in the tenant.
    pub id: u64,
    /// The Item that it is about, if it is about one.
    pub item: Option<ItemId>,
    /// Where it goes. Without a URL it is only kept here.
    pub url: Option<String>,
    /// Its `webhook_type`.
    pub kind: String,
    /// Its `webhook_code`.
    pub code: String,
    /// When it was made.
    pub made: DateTime<Utc>,
    /// The bytes that are sent and signed.
    pub body: String,
    /// What became of it.
    pub state: Delivery,
    /// Each attempt to deliver it.
    pub attempts: Vec<Attempt>,
}

/// What became of a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// Nobody receives it.
    NoReceiver,
    /// It waits for its next attempt.
    Waiting,
    /// An attempt is under way.
    Sending,
    /// The receiver answered 200.
    Delivered,
    /// All attempts have failed.
    Failed,
}

/// An attempt to deliver a webhook.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    /// When it was made.
    pub at: DateTime<Utc>,
    /// The status that the receiver answered.
    pub status: Option<u16>,
    /// Why there was no answer.
    pub error: Option<String>,
}
