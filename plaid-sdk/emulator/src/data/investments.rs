//! The investments of `user_good`: 13 holdings, as measured, and trades that come back every 30 days.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::state::{BondTerms, OptionTerms, Security};

/// A holding: the mask of the account, the security, how many, the price, the value by the institution, and the cost.
pub type SeedHolding = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

const DOLLAR: &str = "d6ePmbPxgWCWmMVv66q9iPV94n91vMtov5Are";
const NETFLIX: &str = "8E4L9XLl6MudjEpwPAAgivmdZRdBPJuvMPlPb";
const BRAZIL: &str = "abJamDazkgfvBkVGgnnLUWXoxnomp5up8llg4";
const ACHILLION: &str = "KDwjlXj1Rqt58dVvmzRguxJybmyQL8FgeWWAy";
const DOUBLELINE: &str = "NDVQrXQoqzt5v3bAe8qRt4A7mK7wvZCLEBBJk";
const BITCOIN: &str = "9EWp9Xpqk1ua6DyXQb89ikMARWA6eyUzAbPMg";
const TRP: &str = "lngLy3Le7vflLnAzKqwZs19l6bl8P5H1jG9Zz";
const PRFDX: &str = "PDRMBVM8r3t5BA9NmJdKfPolGqlg8dtEGB37n";
const MATTHEWS: &str = "JDdP7XPMklt5vwPmDN45t3KAoWAPmjtpaW7DP";
const TREASURY: &str = "Lxe4yz4XQEtwb2YArO7RFMpPDvPxy7FALRyea";
const NH: &str = "nnmo8doZ4lfKNEDe3mPJipLGkaGw3jfPrpxoN";
const CAMBIAR: &str = "MD9eKXeplrt5yKRlzLqXiavwb6wrdxUb3wdnM";
const SOUTHSIDE: &str = "eW4jmnjd6AtjxXVrjmj6SX1dNEdZp3Cy8RnRQ";

/// The holdings, in the order of Plaid's responses.
pub const HOLDINGS: [SeedHolding; 13] = [
    ("5555", DOLLAR, "0.01", "1", "0.01", "1"),
    ("6666", ACHILLION, "1", "2.11", "2.11", "1.5"),
    ("6666", DOUBLELINE, "2", "10.42", "20.84", "10"),
    ("5555", NETFLIX, "10000", "0.011", "110", "0.01"),
    ("6666", BITCOIN, "0.00293644", "39358.09375", "115.57268", "120.03"),
    ("5555", BRAZIL, "5", "42.15", "210.75", "40"),
    ("6666", TRP, "21.5", "20", "430", "16"),
    ("6666", MATTHEWS, "23.567", "27", "636.309", "23"),
    ("6666", TREASURY, "10", "94.808", "948.08", "948.08"),
    ("6666", NH, "100.05", "13.73", "1373.6865", "15"),
    ("6666", CAMBIAR, "75.75", "24.5", "1855.875", "22"),
    ("6666", SOUTHSIDE, "213", "34.73", "7397.49", "30"),
    ("6666", DOLLAR, "12345.67", "1", "12345.67", "1"),
];

/// The day of all prices.
pub fn priced() -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2021, 5, 25)
}

/// A trade that comes back: the mask of the account, the security, the name, the quantity, the amount, the price, the fees,
/// the type and the subtype.
pub type SeedTrade = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

/// What happens in the 401k, in turn.
pub const RETIREMENT: [SeedTrade; 5] = [
    ("6666", SOUTHSIDE, "INCOME DIV DIVIDEND RECEIVED", "0", "-8.72", "0", "0", "cash", "dividend"),
    (
        "6666",
        MATTHEWS,
        "SELL Matthews Pacific Tiger Fund Insti Class",
        "-47.74104242992852",
        "-1289.01",
        "27.53",
        "7.99",
        "sell",
        "sell",
    ),
    (
        "6666",
        DOUBLELINE,
        "BUY DoubleLine Total Return Bond Fund",
        "0.7388014749727547",
        "7.7",
        "10.42",
        "7.99",
        "buy",
        "buy",
    ),
    (
        "6666",
        DOLLAR,
        "INVBANKTRAN DEP CO CONTR CURRENT YR EMPLOYER CU CO CONTR CURRENT YR EMPLOYER CUR YR",
        "0",
        "-1200",
        "0",
        "0",
        "cash",
        "contribution",
    ),
    ("6666", DOLLAR, "ACCOUNT FEE", "0", "2.5", "0", "0", "fee", "account fee"),
];

/// What happens in the IRA, in turn.
pub const IRA: [SeedTrade; 3] = [
    ("5555", NETFLIX, "BUY NFLX DERIVATIVE", "4211.152345617756", "46.32", "0.011", "0", "buy", "buy"),
    ("5555", BRAZIL, "SELL iShares Inc MSCI Brazil", "-0.5", "-21.08", "42.15", "0", "sell", "sell"),
    ("5555", DOLLAR, "ACCOUNT FEE", "0", "1", "0", "0", "fee", "account fee"),
];

/// The days of a cycle, counted from 1970-01-01 modulo 30, on which the 401k has a second trade. On each day it has one.
pub const SECOND: [i32; 9] = [0, 3, 7, 10, 14, 16, 21, 23, 28];
/// The days of a cycle on which the IRA has a trade.
pub const IRA_DAYS: [i32; 9] = [1, 4, 7, 11, 14, 17, 21, 24, 27];

/// The securities that holdings and trades name.
pub fn securities() -> Vec<Security> {
    let mutual = |id, name, ticker| security(id, name, Some(ticker), ("mutual fund", "mutual fund"));
    let text = |text: &str| Some(text.to_owned());
    vec![
        Security {
            market: text("XNAS"),
            sector: text("Technology Services"),
            industry: text("Internet Software or Services"),
            cfi: text("OCASPS"),
            option: option(),
            ..security(NETFLIX, "Nflx Feb 01'18 $355 Call", Some("NFLX180201C00355000"), ("derivative", "option"))
        },
        Security { is_cash: true, ..security(BITCOIN, "Bitcoin", Some("BTC"), ("cryptocurrency", "cryptocurrency")) },
        mutual(MATTHEWS, "Matthews Pacific Tiger Fund Insti Class", "MIPTX"),
        security(ACHILLION, "Achillion Pharmaceuticals Inc.", Some("ACHN"), ("equity", "common stock")),
        Security {
            sector: text("Government"),
            industry: text("Sovereign Government"),
            cfi: text("DYZTXR"),
            bond: bond(),
            ..security(TREASURY, "US Treasury Bill - 5.43% 31/10/2024 USD 100", None, ("fixed income", "bill"))
        },
        mutual(CAMBIAR, "Cambiar International Equity Institutional", "CAMYX"),
        mutual(DOUBLELINE, "DoubleLine Total Return Bond Fund", "DBLTX"),
        mutual(PRFDX, "T. Rowe Price Equity Income", "PRFDX"),
        security(BRAZIL, "iShares Inc MSCI Brazil", Some("EWZ"), ("etf", "etf")),
        Security { is_cash: true, ..security(DOLLAR, "U S Dollar", None, ("cash", "cash")) },
        security(SOUTHSIDE, "Southside Bancshares Inc.", Some("SBSI"), ("equity", "common stock")),
        Security { proxy: text(PRFDX), ..security(TRP, "Trp Equity Income", None, ("mutual fund", "mutual fund")) },
        Security {
            institution: Some(("ins_12".to_owned(), "NHX105509".to_owned())),
            ..security(NH, "NH PORTFOLIO 1055 (FIDELITY INDEX)", Some("NHX105509"), ("etf", "etf"))
        },
    ]
}

fn security(id: &str, name: &str, ticker: Option<&str>, (kind, subtype): (&str, &str)) -> Security {
    Security {
        id: id.to_owned(),
        name: Some(name.to_owned()),
        ticker: ticker.map(str::to_owned),
        kind: kind.to_owned(),
        subtype: Some(subtype.to_owned()),
        currency: "USD".to_owned(),
        ..Security::default()
    }
}

fn option() -> Option<OptionTerms> {
    Some(OptionTerms {
        kind: "call".to_owned(),
        expires: NaiveDate::from_ymd_opt(2018, 2, 1)?,
        strike: Decimal::from(355),
        underlying: "NFLX".to_owned(),
    })
}

fn bond() -> Option<BondTerms> {
    Some(BondTerms {
        issued: NaiveDate::from_ymd_opt(2023, 11, 2)?,
        matures: NaiveDate::from_ymd_opt(2024, 10, 31)?,
        face: Decimal::from(100),
        rate: (Decimal::new(543, 2), "coupon_equivalent".to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::{HOLDINGS, IRA, RETIREMENT, securities};
    use rust_decimal::Decimal;
    use std::collections::BTreeSet;

    #[test]
    fn the_holdings_add_up_to_the_measured_sums() {
        let sum = |mask: &str| -> Decimal {
            HOLDINGS.iter().filter(|row| row.0 == mask).map(|row| row.4.parse::<Decimal>().unwrap_or_default()).sum()
        };
        assert_eq!([sum("5555"), sum("6666")].map(|sum| sum.to_string()), ["320.76", "25125.63318"]);
    }

    #[test]
    fn each_holding_and_trade_names_a_security_and_there_are_seven_types() {
        let all = securities();
        let named = HOLDINGS.iter().map(|row| row.1).chain(RETIREMENT.iter().chain(&IRA).map(|row| row.1));
        assert!(named.into_iter().all(|id| all.iter().any(|security| security.id == id)));
        assert_eq!(all.iter().map(|security| &security.kind).collect::<BTreeSet<_>>().len(), 7);
    }
}
