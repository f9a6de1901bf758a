//! An Item: a login at an institution.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    Account, AccountId, Application, AuthMethod, Custom, Feed, Investments, ItemId, Liability, Persona, Statement,
};
use crate::error::ApiError;

/// An Item: a login at an institution.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Its id.
    pub id: ItemId,
    /// The institution.
    pub institution: String,
    /// The country of the institution: `US`.
    #[serde(default)]
    pub country: String,
    /// The name of the Sandbox user that logged in.
    pub username: String,
    /// Whose data it has.
    pub persona: Persona,
    /// What its user's data was set to, for a user that is not one of the Sandbox's fixed ones.
    #[serde(default)]
    pub custom: Option<Custom>,
    /// How the numbers of its accounts came about.
    #[serde(default)]
    pub auth_method: AuthMethod,
    /// What it can do.
    pub state: ItemState,
    /// The products that it was linked for, or that were used since.
    pub products: BTreeSet<String>,
    /// The products that the user agreed to, if Link asked for consent.
    pub consented: Option<BTreeSet<String>>,
    /// Where its webhooks go.
    pub webhook: Option<String>,
    /// Its accounts.
    pub accounts: Vec<Account>,
    /// The accounts that the bank has and the user has not shared.
    #[serde(default)]
    pub unshared: Vec<Account>,
    /// The other applications that are connected to its login.
    #[serde(default)]
    pub applications: Vec<Application>,
    /// Whether it was made from credentials that the application had.
    #[serde(default)]
    pub imported: bool,
    /// Whether it was made from numbers that the application had.
    #[serde(default)]
    pub migrated: bool,
    /// Its transactions.
    pub feed: Feed,
    /// Its recurring streams when they were last looked at: per stream its account, and what a change is seen by. `None`: the
    /// application does not use them.
    #[serde(default)]
    pub streams: Option<BTreeMap<String, (AccountId, String)>>,
    /// How many days of transactions it was linked for.
    pub days_requested: i64,
    /// When it was created.
    pub created: DateTime<Utc>,
    /// When its transactions were last read from the bank.
    pub updated: Option<DateTime<Utc>>,
    /// The first day of which transactions were read.
    #[serde(default)]
    pub read_from: Option<NaiveDate>,
    /// The last day of which transactions were read.
    pub read_up_to: Option<NaiveDate>,
    /// The last webhook that was sent: when, and its code.
    pub last_webhook: Option<(DateTime<Utc>, String)>,
    /// When the user's consent ends.
    pub consent_ends: Option<DateTime<Utc>>,
    /// The user that it belongs to.
    pub user: Option<String>,
    /// Its investments.
    #[serde(default)]
    pub investments: Investments,
    /// Its liabilities. `None` means those that `user_good` has in accounts of the same masks.
    #[serde(default)]
    pub liabilities: Option<Vec<Liability>>,
    /// Its bank statements, newest first. `None` until they were read.
    #[serde(default)]
    pub statements: Option<Vec<Statement>>,
}

/// What an Item can do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// Its data can be read.
    Good,
    /// Its data can't be read until the user repairs it in Link's update mode.
    Broken(ApiError),
    /// The user took back their permission.
    Revoked,
    /// The application removed it.
    Removed,
}

impl Item {
    /// An Item without products and accounts.
    pub fn new(id: ItemId, institution: &str, username: &str, persona: Persona, created: DateTime<Utc>) -> Self {
        Self {
            id,
            institution: institution.to_owned(),
            country: "US".to_owned(),
            username: username.to_owned(),
            persona,
            custom: None,
            auth_method: AuthMethod::default(),
            state: ItemState::Good,
            products: BTreeSet::new(),
            consented: None,
            webhook: None,
            accounts: Vec::new(),
            unshared: Vec::new(),
            applications: Vec::new(),
            imported: false,
            migrated: false,
            feed: Feed::default(),
            streams: None,
            days_requested: 90,
            created,
            updated: None,
            read_from: None,
            read_up_to: None,
            last_webhook: None,
            consent_ends: None,
            user: None,
            investments: Investments::default(),
            liabilities: None,
            statements: None,
        }
    }

    /// Checks that the Item has a login to read a product's data with, and the user's consent.
    ///
    /// # Errors
    /// `PRODUCTS_NOT_SUPPORTED` for an Item whose user only entered numbers, unless the product works with numbers, and
    /// `ADDITIONAL_CONSENT_REQUIRED` if Link asked for consent to other products. Balances need none of their own.
    pub fn supports(&self, product: &str) -> Result<(), ApiError> {
        let is_in = |all: &BTreeSet<String>| product == "balance" || all.contains(product);
        if !self.consented.as_ref().is_none_or(is_in) {
            return Err(ApiError::additional_consent_required(product));
        }
        match self.auth_method.has_no_login() && !matches!(product, "auth" | "transfer" | "signal" | "identity_match") {
            true => Err(ApiError::products_not_supported(product)),
            false => Ok(()),
        }
    }

    /// Whether asset reports can contain the Item: Link asked for the product, or for consent to it.
    pub fn has_assets(&self) -> bool {
        self.products.contains("assets") || self.consented.as_ref().is_some_and(|all| all.contains("assets"))
    }

    /// The error that the Item shows and that reads of its data answer with.
    pub fn error(&self) -> Option<ApiError> {
        match &self.state {
            ItemState::Good => None,
            ItemState::Broken(error) => Some(error.clone()),
            ItemState::Revoked => Some(ApiError::permission_revoked()),
            ItemState::Removed => Some(ApiError::item_not_found()),
        }
    }

    /// An account by its id.
    pub fn account(&self, id: &AccountId) -> Option<&Account> {
        self.accounts.iter().find(|account| account.id == *id)
    }
}
