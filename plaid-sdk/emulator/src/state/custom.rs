//! What a user's data was set to by the password of `user_custom`.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::AccountId;

/// The data of a user that was set by a password of JSON, and what new days make of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Custom {
    /// What generated data is made from. The same seed gives the same data, relative to the Item's first day.
    pub seed: String,
    /// How the user answers when the bank asks for more than a password: `mfa` of the configuration.
    pub mfa: Option<Value>,
    /// Whether a refresh sometimes finds a new transaction.
    pub is_lively: bool,
    /// The accounts.
    pub accounts: Vec<CustomAccount>,
}

/// What an account's data was set to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CustomAccount {
    /// The account.
    pub account: AccountId,
    /// Its transactions. `None`: they are generated.
    pub rows: Option<Vec<CustomRow>>,
    /// Money that comes every month.
    pub inflow: Option<Inflow>,
    /// `holdings` of the configuration.
    pub holdings: Value,
    /// `investment_transactions` of the configuration.
    pub investment_transactions: Value,
    /// `liability` of the configuration.
    pub liability: Value,
    /// `income` of the configuration.
    pub income: Value,
}

/// A transaction as it was set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomRow {
    /// When it happened.
    pub transacted: NaiveDate,
    /// When it is posted.
    pub posted: NaiveDate,
    /// The amount. A positive amount leaves the account.
    pub amount: Decimal,
    /// The bank's text.
    pub description: String,
    /// The ISO 4217 code of the currency, if it is not that of the account.
    pub currency: Option<String>,
}

/// Money that comes every month: income, or a payment to a loan or a card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inflow {
    /// What it is.
    pub kind: InflowKind,
    /// On which day of the month it comes.
    pub day: MonthDay,
    /// The name of its transactions.
    pub name: String,
}

/// What comes every month.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InflowKind {
    /// Income of an amount.
    Income(Decimal),
    /// A payment of what was spent up to the day of the statement.
    Balance(MonthDay),
    /// A payment of the interest on a balance, for a month.
    Interest(Decimal),
}

/// A day of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MonthDay {
    /// A day from 1 to 28.
    Day(u32),
    /// The last day.
    Last,
}
