//! Asset reports, the copies of them that auditors read, and relays to other clients.

use chrono::{DateTime, Utc};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ItemId;
use crate::error::ApiError;

/// The asset reports of a tenant.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reports {
    /// The reports, by token. Removed ones have no entry.
    pub all: IndexMap<String, Report>,
    /// The audit copies, by token: the tokens of their reports.
    pub copies: IndexMap<String, Vec<String>>,
    /// The relays, by token.
    pub relays: IndexMap<String, Relay>,
}

/// An asset report. Once it is ready, it does not change, whatever happens to its Items.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Its id.
    pub id: String,
    /// Its token.
    pub token: String,
    /// What was ordered.
    pub order: Order,
    /// The report without transactions, if it was ordered and is there.
    pub fast: Option<Content>,
    /// The report, once it is there.
    pub full: Option<Content>,
    /// Why there is none.
    pub error: Option<ApiError>,
}

/// What was ordered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// The Items, each with the name of its institution.
    pub items: Vec<(ItemId, String)>,
    /// How many days of transactions and balances it has.
    pub days: i64,
    /// The application's own id of the report.
    pub client_report_id: Option<String>,
    /// Who the report is about, as the response contains it.
    pub user: Value,
    /// Where its webhooks go.
    pub webhook: Option<String>,
    /// Whether it has investments.
    pub has_investments: bool,
    /// Whether there is a report without transactions first.
    pub has_fast: bool,
    /// Whether it fails if one of several Items can't be read.
    pub needs_all: bool,
    /// The user of the Items, if all have the same one.
    pub user_id: Option<String>,
    /// What it is made of, for a report that leaves out accounts of another one.
    pub filtered: Option<Content>,
}

/// What a report contains.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Content {
    /// When it was generated.
    pub generated: DateTime<Utc>,
    /// The Items with their accounts, as the response contains them, with all that is known of transactions.
    pub items: Vec<Value>,
    /// What could not be read.
    pub warnings: Vec<Value>,
}

/// A relay: another client may read the reports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relay {
    /// The tokens of the reports.
    pub reports: Vec<String>,
    /// The other client.
    pub client: String,
    /// Where webhooks about refreshed reports go.
    pub webhook: Option<String>,
}
