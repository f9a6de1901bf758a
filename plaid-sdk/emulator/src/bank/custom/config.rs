//! Reads a configuration.

use serde_json::Value;

use super::schema::{CONFIGURATION, check};
use crate::error::ApiError;
use crate::fields::Fields;

/// The most that a configuration may contain.
const BYTES: usize = 55_000;
const ACCOUNTS: usize = 10;
const TRANSACTIONS: usize = 250;

/// A configuration that has passed the checks.
#[derive(Clone, Debug)]
pub struct Config(pub Value);

/// Reads the password of a custom user.
///
/// # Errors
/// `INVALID_FIELD` that names the place of a mistake.
pub fn read(password: &str) -> Result<Config, ApiError> {
    let wrong = |what: &str| ApiError::invalid_field(&format!("the password of user_custom: {what}"));
    if password.len() > BYTES {
        return Err(wrong(&format!("it has {} bytes, the most are {BYTES}", password.len())));
    }
    let value: Value = serde_json::from_str(password).map_err(|error| wrong(&format!("it must be JSON: {error}")))?;
    if !value.is_object() {
        return Err(wrong("it must be an object"));
    }
    check(&value, &CONFIGURATION, "").map_err(|what| wrong(&what))?;
    rules(Fields(&value)).map_err(|what| wrong(&what))?;
    Ok(Config(value))
}

/// The rules between fields.
fn rules(config: Fields<'_>) -> Result<(), String> {
    let accounts: Vec<Fields<'_>> = config.objects("override_accounts").collect();
    if accounts.len() > ACCOUNTS {
        return Err(format!("override_accounts has {} accounts, the most are {ACCOUNTS}", accounts.len()));
    }
    let count: usize = accounts.iter().map(|account| account.objects("transactions").count()).sum();
    if count > TRANSACTIONS {
        return Err(format!("override_accounts has {count} transactions, the most are {TRANSACTIONS}"));
    }
    accounts.iter().enumerate().try_for_each(|(index, one)| account(*one, &format!("override_accounts[{index}]")))
}

fn account(account: Fields<'_>, place: &str) -> Result<(), String> {
    let kind = account.text("type").ok_or_else(|| format!("{place}.type is missing"))?;
    if let Some(subtype) = account.text("subtype").filter(|subtype| !fits(kind, subtype)) {
        return Err(format!("{place}.subtype {subtype:?} does not belong to the type {kind}"));
    }
    if account.flag("has_null_available_balance") && account.value("force_available_balance").is_some() {
        return Err(format!("{place} must not have both force_available_balance and has_null_available_balance"));
    }
    let mask = account.object("meta").text("mask").unwrap_or_default();
    let is_mask = (2..=4).contains(&mask.len()) && mask.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !mask.is_empty() && !is_mask {
        return Err(format!("{place}.meta.mask must have 2 to 4 letters and digits"));
    }
    for (index, row) in account.objects("transactions").enumerate() {
        // The template that Plaid publishes has rows without any value.
        let is_empty = row.0.as_object().is_some_and(|row| row.values().all(Value::is_null));
        let needed = ["date_transacted", "date_posted", "amount", "description"];
        if let Some(name) = needed.iter().find(|name| row.value(name).is_none()).filter(|_| !is_empty) {
            return Err(format!("{place}.transactions[{index}].{name} is missing"));
        }
    }
    inflow(account.object("inflow_model"), &format!("{place}.inflow_model"))
}

fn inflow(model: Fields<'_>, place: &str) -> Result<(), String> {
    let needed: &[&str] = match model.text("type") {
        Some("monthly-income") => &["income_amount", "payment_day_of_month", "transaction_name"],
        Some("monthly-balance-payment" | "monthly-interest-only-payment") => {
            &["payment_day_of_month", "transaction_name", "statement_day_of_month"]
        }
        _ => &[],
    };
    match needed.iter().find(|name| model.value(name).is_none()) {
        Some(name) => Err(format!("{place}.{name} is missing")),
        None => Ok(()),
    }
}

/// Whether a subtype belongs to a type, as far as the types are distinct.
fn fits(kind: &str, subtype: &str) -> bool {
    const DEPOSITORY: [&str; 8] =
        ["checking", "savings", "hsa", "cd", "money market", "paypal", "prepaid", "cash management"];
    const CREDIT: [&str; 2] = ["credit card", "paypal"];
    const LOAN: [&str; 12] = [
        "auto",
        "business",
        "commercial",
        "construction",
        "consumer",
        "home equity",
        "line of credit",
        "loan",
        "mortgage",
        "overdraft",
        "student",
        "other",
    ];
    match kind {
        "depository" => DEPOSITORY.contains(&subtype) || matches!(subtype, "ebt" | "limited purpose checking"),
        // `credit` is the older name of a credit card's subtype.
        "credit" => CREDIT.contains(&subtype) || subtype == "credit",
        "loan" => LOAN.contains(&subtype),
        "payroll" => subtype == "payroll",
        "investment" => !DEPOSITORY[..2].contains(&subtype) && !CREDIT.contains(&subtype),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    fn refused(password: &str) -> String {
        read(password).expect_err("a refusal").message.replace("the password of user_custom: ", "")
    }

    #[test]
    fn a_mistake_is_named_with_its_place() {
        for (password, message) in [
            ("[]", "it must be an object"),
            (r#"{"sed": "x"}"#, "sed is not a field of a custom user"),
            (r#"{"seed": 1}"#, "seed must be a text"),
            (r#"{"version": "3"}"#, "version must be one of 1, 2"),
            (r#"{"override_accounts": {}}"#, "override_accounts must be a list"),
            (r#"{"override_accounts": [{}]}"#, "override_accounts[0].type is missing"),
            (
                r#"{"override_accounts": [{"type": "depository", "meta": {"mask": "12345"}}]}"#,
                "override_accounts[0].meta.mask must have 2 to 4 letters and digits",
            ),
            (
                r#"{"override_accounts": [{"type": "depository", "transactions": [{"amount": "1"}]}]}"#,
                "override_accounts[0].transactions[0].amount must be a number",
            ),
            (
                r#"{"override_accounts": [{"type": "loan", "subtype": "checking"}]}"#,
                "override_accounts[0].subtype \"checking\" does not belong to the type loan",
            ),
            (
                r#"{"override_accounts": [{"type": "depository", "inflow_model": {"type": "monthly-income"}}]}"#,
                "override_accounts[0].inflow_model.income_amount is missing",
            ),
            (
                r#"{"override_accounts": [{"type": "loan", "inflow_model": {"payment_day_of_month": 29}}]}"#,
                "override_accounts[0].inflow_model.payment_day_of_month must be a number from 1 to 28, or \"last\"",
            ),
        ] {
            assert_eq!(refused(password), message);
        }
        assert!(refused("{").starts_with("it must be JSON: "));
    }

    #[test]
    fn too_much_is_refused() {
        let accounts = [r#"{"type": "depository"}"#; 11].join(",");
        assert!(refused(&format!(r#"{{"override_accounts": [{accounts}]}}"#)).contains("11 accounts"));
        let row = r#"{"date_transacted": "2026-01-01", "date_posted": "2026-01-01", "amount": 1, "description": "x"}"#;
        let rows = vec![row; 251].join(",");
        let many = format!(r#"{{"override_accounts": [{{"type": "depository", "transactions": [{rows}]}}]}}"#);
        assert!(refused(&many).contains("251 transactions"));
        assert!(refused(&format!(r#"{{"seed": "{}"}}"#, "x".repeat(55_000))).contains("bytes"));
    }

    #[test]
    fn nulls_and_empty_rows_of_a_template_are_allowed() {
        let template = r#"{"version": null, "override_accounts": [{"type": "depository", "subtype": null, "meta":
            {"name": null}, "transactions": [{"date_transacted": null, "amount": null}], "holdings": []}], "mfa": null}"#;
        assert!(read(template).is_ok());
    }
}
