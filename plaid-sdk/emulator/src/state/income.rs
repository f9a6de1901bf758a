//! Incomes: reports that are computed from bank accounts, and payrolls.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ItemId;
use super::payroll::Payroll;

/// The incomes of a tenant.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Incomes {
    /// The reports from bank accounts, by id, oldest first.
    pub reports: IndexMap<String, BankReport>,
    /// The users whose changes are announced.
    pub subscribed: BTreeSet<String>,
    /// The payrolls, by Item.
    pub payrolls: IndexMap<ItemId, Payroll>,
    /// The verifications that the application created, by id: where their webhooks go.
    pub verifications: IndexMap<String, String>,
    /// The ids of prechecks.
    pub prechecks: BTreeSet<String>,
    /// The sources that the application knows of, by Item: by reports and by webhooks.
    pub known: IndexMap<ItemId, BTreeSet<String>>,
}

/// Something that happens to an income later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IncomeEvent {
    /// A report is generated.
    Report(String),
    /// The documents of a payroll have been read.
    Documents(ItemId),
    /// The documents of a payroll have been searched for signs of fraud.
    Signals(ItemId),
}

/// A report about the income of a user, from the transactions of Items. Once it is made, it does not change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BankReport {
    /// Its id.
    pub id: String,
    /// The user.
    pub user: String,
    /// The Items, each with the name of its institution.
    pub items: Vec<(ItemId, String)>,
    /// How many days it looks back.
    pub days: i64,
    /// Where its webhooks go.
    pub webhook: Option<String>,
    /// Whether it was made again from the Items of an earlier one.
    pub is_refresh: bool,
    /// What became of it.
    pub state: ReportState,
}

/// What became of a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportState {
    /// It is not made yet.
    Pending,
    /// It is there: the report on income and the one on employment, as responses contain them.
    Ready {
        /// The income.
        income: Value,
        /// The employment.
        employment: Value,
    },
    /// No Item could be read.
    Failed,
}
