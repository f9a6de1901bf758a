//! The investments and liabilities of a configuration.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::accounts::amount;
use crate::data::liabilities::details;
use crate::fields::Fields;
use crate::ids::Ids;
use crate::state::{Account, Custom, CustomAccount, Holding, Liability, LiabilityKind, Portfolio, Security, Trade};

/// The holdings and trades of all accounts.
pub fn portfolio(accounts: &[Account], custom: &Custom, today: NaiveDate, ids: &mut Ids) -> Portfolio {
    let mut securities: BTreeMap<String, Security> = BTreeMap::new();
    let mut all = Portfolio::default();
    for (account, set) in accounts.iter().zip(&custom.accounts) {
        for one in entries(&set.holdings) {
            let Some(security) = security(one) else { continue };
            let (price, quantity) = (amount(one, "institution_price"), amount(one, "quantity"));
            let (price, quantity) = (price.unwrap_or_default(), quantity.unwrap_or_default());
            all.holdings.push(Holding {
                account: account.id.clone(),
                security: security.id.clone(),
                quantity,
                price,
                priced: one.date("institution_price_as_of").ok().flatten().or(Some(today)),
                value: price * quantity,
                cost: amount(one, "cost_basis"),
                currency: currency(one, account),
            });
            securities.insert(security.id.clone(), security);
        }
        for one in entries(&set.investment_transactions) {
            let Some(date) = one.date("date").ok().flatten() else { continue };
            let security = security(one);
            all.trades.push(trade(one, date, security.as_ref(), account, ids));
            securities.extend(security.map(|security| (security.id.clone(), security)));
        }
    }
    all.securities = securities.into_values().collect();
    all
}

/// The entries of a list, or the one entry.
fn entries(value: &Value) -> Vec<Fields<'_>> {
    match value {
        Value::Array(all) => all.iter().filter(|one| one.is_object()).map(Fields).collect(),
        Value::Object(_) => vec![Fields(value)],
        _ => Vec::new(),
    }
}

fn currency(one: Fields<'_>, account: &Account) -> String {
    one.text("currency").map_or_else(|| account.balances.currency.clone(), str::to_owned)
}

/// The security that an entry names. Its id is made from what it is known by, so it is the same for all Items.
fn security(one: Fields<'_>) -> Option<Security> {
    let set = one.object("security");
    let text = |name: &str| set.text(name).filter(|text| !text.is_empty()).map(str::to_owned);
    let ticker = text("ticker_symbol");
    let known_by = ticker.clone().or_else(|| text("isin")).or_else(|| text("cusip")).or_else(|| text("name"))?;
    let (kind, subtype) = match ticker.as_deref().unwrap_or_default() {
        "CUR:BTC" | "CUR:ETH" | "BTC" | "ETH" => ("cryptocurrency", "cryptocurrency"),
        cash if cash.starts_with("CUR:") => ("cash", "cash"),
        // A symbol with a date and a strike price.
        long if long.len() > 12 => ("derivative", "option"),
        _ => ("equity", "common stock"),
    };
    Some(Security {
        id: Ids::new(0, &format!("security/{known_by}")).long(),
        name: text("name").or_else(|| ticker.clone()),
        ticker,
        isin: text("isin"),
        cusip: text("cusip"),
        kind: kind.to_owned(),
        subtype: Some(subtype.to_owned()),
        is_cash: kind == "cash",
        currency: set.text("currency").or(one.text("currency")).unwrap_or("USD").to_owned(),
        ..Security::default()
    })
}

fn trade(one: Fields<'_>, date: NaiveDate, security: Option<&Security>, account: &Account, ids: &mut Ids) -> Trade {
    let number = |name: &str| amount(one, name).unwrap_or_default();
    let (quantity, price, fees) = (number("quantity"), number("price"), amount(one, "fees"));
    let kind = one.text("type").unwrap_or("buy");
    let worth = quantity.abs() * price;
    let (subtype, quantity, paid) = match kind {
        "sell" => ("sell", -quantity.abs(), fees.unwrap_or_default() - worth),
        "cash" => ("deposit", quantity, worth),
        "fee" => ("account fee", quantity, fees.unwrap_or(worth)),
        "transfer" => ("transfer", quantity, worth),
        "cancel" => ("adjustment", quantity, -worth),
        _ => ("buy", quantity, worth + fees.unwrap_or_default()),
    };
    Trade {
        id: ids.long(),
        account: account.id.clone(),
        security: security.map(|security| security.id.clone()),
        date,
        name: one.text("name").unwrap_or(kind).to_owned(),
        quantity,
        amount: paid,
        price,
        fees,
        kind: kind.to_owned(),
        subtype: subtype.to_owned(),
        currency: currency(one, account),
    }
}

/// The liabilities of the accounts that can have one. Figures that are not set are those of `user_good`.
pub fn liabilities(accounts: &[Account], custom: &Custom) -> Vec<Liability> {
    let of = |(account, set): (&Account, &CustomAccount)| {
        let kind = match (Fields(&set.liability).text("type"), account.kind.as_str(), account.subtype.as_str()) {
            (Some("credit"), ..) | (None, "credit", _) => LiabilityKind::Credit,
            (Some("student"), ..) | (None, "loan", "student") => LiabilityKind::Student,
            (None, "loan", "mortgage") => LiabilityKind::Mortgage,
            _ => return None,
        };
        let set = Fields(&set.liability);
        let mut shown = details(kind);
        match kind {
            LiabilityKind::Credit => credit(&mut shown, set, account),
            LiabilityKind::Student => student(&mut shown, set),
            LiabilityKind::Mortgage => {}
        }
        Some(Liability { account: account.id.clone(), kind, details: shown })
    };
    accounts.iter().zip(&custom.accounts).filter_map(of).collect()
}

/// Copies what is set, under the name that responses have.
fn copy(shown: &mut Value, set: Fields<'_>, names: &[(&str, &str)]) {
    for (from, to) in names {
        if let Some(value) = set.value(from) {
            shown[*to] = value.clone();
        }
    }
}

fn credit(shown: &mut Value, set: Fields<'_>, account: &Account) {
    let same = ["is_overdue", "last_payment_amount", "minimum_payment_amount"].map(|name| (name, name));
    copy(shown, set, &same);
    let balance = account.balances.current.unwrap_or_default();
    shown["last_statement_balance"] = number(balance);
    let rates = [
        ("balance_transfer_apr", "balance_transfer_apr"),
        ("cash_apr", "cash_apr"),
        ("purchase_apr", "purchase_apr"),
        ("special_apr", "special"),
    ];
    let rate = |(name, kind): (&str, &str)| {
        let percentage = set.value(name)?;
        Some(json!({
            "apr_percentage": percentage,
            "apr_type": kind,
            "balance_subject_to_apr": null,
            "interest_charge_amount": null,
        }))
    };
    let rates: Vec<Value> = rates.into_iter().filter_map(rate).collect();
    if !rates.is_empty() {
        shown["aprs"] = rates.into();
    }
}

fn number(amount: Decimal) -> Value {
    amount.normalize().to_string().parse::<serde_json::Number>().map_or(Value::Null, Value::Number)
}

fn student(shown: &mut Value, set: Fields<'_>) {
    let names = [
        ("expected_payoff_date", "expected_payoff_date"),
        ("guarantor", "guarantor"),
        ("is_overdue", "is_overdue"),
        ("last_payment_amount", "last_payment_amount"),
        ("loan_name", "loan_name"),
        ("minimum_payment_amount", "minimum_payment_amount"),
        ("nominal_apr", "interest_rate_percentage"),
        ("origination_date", "origination_date"),
        ("payment_reference_number", "payment_reference_number"),
        ("principal", "origination_principal_amount"),
        ("sequence_number", "sequence_number"),
    ];
    copy(shown, set, &names);
    copy(&mut shown["loan_status"], set.object("loan_status"), &[("end_date", "end_date"), ("type", "type")]);
    let plan = [("repayment_plan_description", "description"), ("repayment_plan_type", "type")];
    copy(&mut shown["repayment_plan"], set, &plan);
    let address = ["city", "country", "postal_code", "region", "street"].map(|name| (name, name));
    copy(&mut shown["servicer_address"], set.object("servicer_address").object("data"), &address);
    let pslf = ["estimated_eligibility_date", "payments_made", "payments_remaining"].map(|name| (name, name));
    copy(&mut shown["pslf_status"], set.object("pslf_status"), &pslf);
}
