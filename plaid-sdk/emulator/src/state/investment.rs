//! Investments of an Item: securities, holdings and trades.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::AccountId;

/// The investments of an Item, and how far they were read from the bank.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Investments {
    /// What the user has. `None` means what `user_good` has in accounts of the same masks.
    pub portfolio: Option<Portfolio>,
    /// Whether the first read is scheduled or done.
    pub started: bool,
    /// When they were last read.
    pub updated: Option<DateTime<Utc>>,
}

/// Securities, holdings of them, and trades.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Portfolio {
    /// The securities that holdings and trades name.
    pub securities: Vec<Security>,
    /// The holdings.
    pub holdings: Vec<Holding>,
    /// The trades: Plaid's investment transactions.
    pub trades: Vec<Trade>,
}

/// A security.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Security {
    /// Its id, the same for all Items.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// Its ticker symbol.
    pub ticker: Option<String>,
    /// Its ISIN.
    pub isin: Option<String>,
    /// Its CUSIP.
    pub cusip: Option<String>,
    /// Plaid's `type`: `equity`.
    pub kind: String,
    /// Plaid's `subtype`: `common stock`.
    pub subtype: Option<String>,
    /// Whether it counts as cash.
    pub is_cash: bool,
    /// The security that has about the same price.
    pub proxy: Option<String>,
    /// The institution that the security is specific to, and its id there.
    pub institution: Option<(String, String)>,
    /// The ISO 4217 code of its currency.
    pub currency: String,
    /// The market, the sector, the industry, and the CFI code.
    pub market: Option<String>,
    /// The sector.
    pub sector: Option<String>,
    /// The industry.
    pub industry: Option<String>,
    /// The CFI code.
    pub cfi: Option<String>,
    /// The terms, for an option.
    pub option: Option<OptionTerms>,
    /// The terms, for a bond.
    pub bond: Option<BondTerms>,
}

/// The terms of an option.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OptionTerms {
    /// `call` or `put`.
    pub kind: String,
    /// When it expires.
    pub expires: NaiveDate,
    /// The strike price.
    pub strike: Decimal,
    /// The ticker symbol of the security under it.
    pub underlying: String,
}

/// The terms of a bond.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BondTerms {
    /// When it was issued.
    pub issued: NaiveDate,
    /// When it is paid back.
    pub matures: NaiveDate,
    /// What is paid back.
    pub face: Decimal,
    /// The yield in percent, and how it is computed: `coupon_equivalent`.
    pub rate: (Decimal, String),
}

/// A holding of a security.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Holding {
    /// The account.
    pub account: AccountId,
    /// The id of the security.
    pub security: String,
    /// How many.
    pub quantity: Decimal,
    /// The price by the institution.
    pub price: Decimal,
    /// The day of the price.
    pub priced: Option<NaiveDate>,
    /// What the institution says that it is worth.
    pub value: Decimal,
    /// What was paid for it.
    pub cost: Option<Decimal>,
    /// The ISO 4217 code of the currency.
    pub currency: String,
}

/// A trade, or another event of an investment account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trade {
    /// Its id.
    pub id: String,
    /// The account.
    pub account: AccountId,
    /// The id of the security.
    pub security: Option<String>,
    /// The day.
    pub date: NaiveDate,
    /// Its name.
    pub name: String,
    /// How many. A sale has a negative number.
    pub quantity: Decimal,
    /// The amount. A positive amount leaves the cash of the account.
    pub amount: Decimal,
    /// The price of one.
    pub price: Decimal,
    /// The fees.
    pub fees: Option<Decimal>,
    /// Plaid's `type`: `buy`.
    pub kind: String,
    /// Plaid's `subtype`: `dividend`.
    pub subtype: String,
    /// The ISO 4217 code of the currency.
    pub currency: String,
}
