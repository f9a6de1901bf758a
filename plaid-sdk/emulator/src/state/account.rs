//! An account of an Item.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::AccountId;

/// An account of an Item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// Its id, new for each Item.
    pub id: AccountId,
    /// The id that stays the same over new links, at some institutions.
    pub persistent: Option<String>,
    /// The last digits of its number.
    pub mask: String,
    /// Its name.
    pub name: String,
    /// The bank's name of the product.
    pub official_name: Option<String>,
    /// Plaid's `type`: `depository`.
    pub kind: String,
    /// Plaid's `subtype`: `checking`.
    pub subtype: String,
    /// `personal` or `business`, if known.
    pub holder: Option<String>,
    /// Its balances.
    pub balances: Balances,
    /// Its number for ACH.
    pub ach: Option<String>,
    /// How the account was verified, for accounts that were verified by micro-deposits or a database.
    pub verification: Option<String>,
}

/// The balances of an account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Balances {
    /// What can be withdrawn.
    pub available: Option<Decimal>,
    /// The total.
    pub current: Option<Decimal>,
    /// The credit limit.
    pub limit: Option<Decimal>,
    /// The margin loan, for the investment account that has one.
    pub margin_loan: Option<Decimal>,
    /// The ISO 4217 code of the currency.
    pub currency: String,
}
