//! An account of an Item.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{AccountId, Numbers, Verification};

/// An account of an Item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
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
    /// Its numbers for payments.
    #[serde(default)]
    pub numbers: Numbers,
    /// How its numbers were verified, if the bank did not give them.
    #[serde(default)]
    pub verification: Option<Verification>,
    /// Its owners, as responses contain them. `None`: the owner of `user_good`.
    #[serde(default)]
    pub owners: Option<Vec<Value>>,
    /// The owners that the bank has now, if they are others. A refresh of Identity reads them.
    #[serde(default)]
    pub owners_at_bank: Option<Vec<Value>>,
}

/// The balances of an account.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
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

impl Account {
    /// The name of its state of verification, if it has one.
    pub fn verification_status(&self) -> Option<&'static str> {
        self.verification.as_ref().map(|verification| verification.status.wire())
    }
}
