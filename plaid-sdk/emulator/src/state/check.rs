//! Plaid Check: the reports about users.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Account, CashflowReport, ItemId, Loans, Portfolio, Subscription, ThirdParty, Transaction};
use crate::error::ApiError;

/// What Plaid Check keeps for a tenant, and what belongs to its users.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Checks {
    /// The last report about each user, by the user's id.
    pub reports: IndexMap<String, CheckReport>,
    /// The subscriptions to insights, by id.
    pub subscriptions: IndexMap<String, Subscription>,
    /// The loans and the applications for loans.
    pub loans: Loans,
    /// The cash flow reports, by Item.
    pub cashflows: IndexMap<ItemId, CashflowReport>,
    /// The tokens by which other clients read the data of users.
    pub third_parties: IndexMap<String, ThirdParty>,
}

/// A part of a report that can be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckProduct {
    /// Accounts, balances, owners and transactions. Each report has it.
    Base,
    /// Streams of income.
    Income,
    /// Scores of Prism and FICO.
    Partner,
    /// Connections within Plaid's network.
    Network,
    /// Attributes of the cash flow.
    Cashflow,
    /// Plaid's score.
    LendScore,
}

impl CheckProduct {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Base, Self::Income, Self::Partner, Self::Network, Self::Cashflow, Self::LendScore];

    /// Its name among Plaid's products.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Base => "cra_base_report",
            Self::Income => "cra_income_insights",
            Self::Partner => "cra_partner_insights",
            Self::Network => "cra_network_insights",
            Self::Cashflow => "cra_cashflow_insights",
            Self::LendScore => "cra_lend_score",
        }
    }

    /// The product of a name.
    pub fn of(name: &str) -> Option<Self> {
        // The score had another name before.
        let name = if name == "cra_plaid_credit_score" { "cra_lend_score" } else { name };
        Self::ALL.into_iter().find(|product| product.wire() == name)
    }
}

/// A part of a report for a mortgage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HomeLending {
    /// Assets.
    Voa,
    /// Deposits without amounts, which show that an employment goes on.
    EmploymentRefresh,
    /// Income.
    Income,
}

impl HomeLending {
    /// The part of a name, in capital letters or small ones.
    pub fn of(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "voa" => Some(Self::Voa),
            "employment_refresh" => Some(Self::EmploymentRefresh),
            "income" => Some(Self::Income),
            _ => None,
        }
    }
}

/// What was ordered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckOrder {
    /// The user.
    pub user: String,
    /// Whether the user was named by the older token. Their webhooks have the older names.
    pub is_legacy: bool,
    /// Where the webhooks go.
    pub webhook: Option<String>,
    /// Why the report may be made.
    pub purpose: String,
    /// How many days it has.
    pub days: i64,
    /// How many days the oldest transaction has to be away.
    pub days_required: i64,
    /// The application's own id of the report.
    pub client_report_id: Option<String>,
    /// The parts that are made before the report is announced.
    pub products: BTreeSet<CheckProduct>,
    /// Whether it fails without owners.
    pub needs_identity: bool,
    /// Whether it has investments.
    pub has_investments: bool,
    /// The parts for a mortgage.
    pub home_lending: BTreeSet<HomeLending>,
    /// The options of the parts, as they were sent. A later read may set them anew.
    pub options: Value,
}

/// How far a report is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckState {
    /// Its data is being read.
    Generating,
    /// It can be read.
    Ready(Box<CheckContent>),
    /// There is none.
    Failed(ApiError),
}

/// How far a report is at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckStage {
    /// Its data is being read.
    Generating,
    /// It can be read.
    Ready,
    /// There is none.
    Failed,
    /// It can't be read any more.
    Expired,
}

#[cfg(test)]
impl CheckStage {
    /// The stages that may follow. A new order starts again.
    pub fn next(self) -> &'static [Self] {
        match self {
            Self::Generating => &[Self::Ready, Self::Failed],
            Self::Ready => &[Self::Expired],
            Self::Failed | Self::Expired => &[],
        }
    }
}

/// A report about a user. Once it is ready, it does not change, whatever happens to the user's Items.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckReport {
    /// Its id.
    pub id: String,
    /// What was ordered.
    pub order: CheckOrder,
    /// How far it is.
    pub state: CheckState,
}

impl CheckReport {
    /// How long a report can be read, in hours.
    pub const LIFE: i64 = 24;

    /// How far it is at a time.
    pub fn stage(&self, now: DateTime<Utc>) -> CheckStage {
        match &self.state {
            CheckState::Generating => CheckStage::Generating,
            CheckState::Failed(_) => CheckStage::Failed,
            CheckState::Ready(content) if now >= content.generated + TimeDelta::hours(Self::LIFE) => {
                CheckStage::Expired
            }
            CheckState::Ready(_) => CheckStage::Ready,
        }
    }
}

/// What a report contains. All its parts are computed from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckContent {
    /// When it was generated.
    pub generated: DateTime<Utc>,
    /// The Items.
    pub items: Vec<CheckItem>,
    /// The parts that could not be made.
    pub failed: BTreeSet<CheckProduct>,
    /// The Items that could not be read, with their errors as warnings contain them.
    pub unread: Vec<Value>,
    /// How many loans and applications the tenant has registered for the user, by their types.
    pub loans: Vec<String>,
}

/// An Item in a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckItem {
    /// Its id.
    pub id: ItemId,
    /// The id of its institution.
    pub institution: String,
    /// The name of its institution.
    pub institution_name: String,
    /// When it was last read.
    pub updated: DateTime<Utc>,
    /// Its accounts.
    pub accounts: Vec<CheckAccount>,
}

/// An account in a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckAccount {
    /// The account.
    pub account: Account,
    /// Its owners, as responses contain them.
    pub owners: Vec<Value>,
    /// Its transactions, newest first.
    pub rows: Vec<Transaction>,
    /// Its investments, if they were ordered.
    pub portfolio: Option<Portfolio>,
}

#[cfg(test)]
mod tests {
    use super::{CheckProduct, CheckStage, HomeLending};

    #[test]
    fn names_lead_to_products_and_back() {
        for product in CheckProduct::ALL {
            assert_eq!(CheckProduct::of(product.wire()), Some(product));
        }
        assert_eq!(CheckProduct::of("cra_plaid_credit_score"), Some(CheckProduct::LendScore));
        assert_eq!(CheckProduct::of("auth"), None);
        assert_eq!(HomeLending::of("EMPLOYMENT_REFRESH"), HomeLending::of("employment_refresh"));
    }

    #[test]
    fn a_report_that_is_over_stays_so() {
        for end in [CheckStage::Failed, CheckStage::Expired] {
            assert!(end.next().is_empty());
        }
        assert!(!CheckStage::Ready.next().contains(&CheckStage::Generating));
    }
}
