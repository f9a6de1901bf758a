//! Investments as responses contain them.

use serde_json::{Value, json};

use super::super::account_view::{self, number};
use crate::json::merge;
use crate::state::{Account, Holding, Portfolio, Security, Trade};

/// An account. Each has a margin loan here, most of them an unknown one.
pub fn account(of: &Account) -> Value {
    let mut shown = account_view::account(of);
    shown["balances"]["margin_loan_amount"] = of.balances.margin_loan.map_or(Value::Null, number);
    shown
}

/// A holding.
pub fn holding(holding: &Holding) -> Value {
    json!({
        "account_id": holding.account,
        "cost_basis": holding.cost.map(number),
        "institution_price": number(holding.price),
        "institution_price_as_of": holding.priced,
        "institution_price_datetime": null,
        "institution_value": number(holding.value),
        "iso_currency_code": holding.currency,
        "quantity": number(holding.quantity),
        "security_id": holding.security,
        "unofficial_currency_code": null,
        "vested_quantity": null,
        "vested_value": null,
    })
}

/// A trade.
pub fn trade(row: &Trade) -> Value {
    let mut shown = trade_figures(row);
    merge(&mut shown, json!({"cancel_transaction_id": null, "transaction_datetime": null}));
    shown
}

/// What reports and `/investments/transactions/get` both say of a trade.
pub fn trade_figures(row: &Trade) -> Value {
    json!({
        "account_id": row.account,
        "amount": number(row.amount),
        "date": row.date,
        "fees": row.fees.map(number),
        "investment_transaction_id": row.id,
        "iso_currency_code": row.currency,
        "name": row.name,
        "price": number(row.price),
        "quantity": number(row.quantity),
        "security_id": row.security,
        "subtype": row.subtype,
        "type": row.kind,
        "unofficial_currency_code": null,
    })
}

/// The securities that are named, and those that have about the same price.
pub fn securities(portfolio: &Portfolio, named: &[&str]) -> Vec<Value> {
    let is_named = |security: &&Security| named.contains(&security.id.as_str());
    let proxies: Vec<&str> =
        portfolio.securities.iter().filter(is_named).filter_map(|security| security.proxy.as_deref()).collect();
    let is_meant = |security: &&Security| is_named(security) || proxies.contains(&security.id.as_str());
    portfolio.securities.iter().filter(is_meant).map(security).collect()
}

fn security(security: &Security) -> Value {
    let institution = security.institution.as_ref();
    json!({
        "cfi_code": security.cfi,
        "close_price": null,
        "close_price_as_of": null,
        "cusip": security.cusip,
        // Newer clients require it; the document lacks it.
        "figi": null,
        "fixed_income": security.bond.as_ref().map(|bond| json!({
            "face_value": number(bond.face),
            "issue_date": bond.issued,
            "maturity_date": bond.matures,
            "yield_rate": {"percentage": number(bond.rate.0), "type": bond.rate.1},
        })),
        "industry": security.industry,
        "institution_id": institution.map(|(id, _)| id),
        "institution_security_id": institution.map(|(_, id)| id),
        "is_cash_equivalent": security.is_cash,
        "isin": security.isin,
        "iso_currency_code": security.currency,
        "market_identifier_code": security.market,
        "name": security.name,
        "option_contract": security.option.as_ref().map(|option| json!({
            "contract_type": option.kind,
            "expiration_date": option.expires,
            "strike_price": number(option.strike),
            "underlying_security_ticker": option.underlying,
        })),
        "proxy_security_id": security.proxy,
        "sector": security.sector,
        "security_id": security.id,
        "sedol": null,
        "subtype": security.subtype,
        "ticker_symbol": security.ticker,
        "type": security.kind,
        "unofficial_currency_code": null,
        "update_datetime": null,
    })
}
