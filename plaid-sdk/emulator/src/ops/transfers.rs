//! Whether a transfer is authorized: limits of networks, kinds of accounts, and the balance.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::Call;
use crate::error::ApiError;
use crate::fields::money;
use crate::state::{Account, AccountId, Item};

/// The most that a network transfers at once, in cents.
fn limit(network: &str, kind: &str) -> Decimal {
    let cents = match (network, kind) {
        ("same-day-ach", _) | ("rtp", "credit") => 100_000_000,
        // Money is requested by RfP.
        ("rtp", _) => 350_000,
        ("wire", _) => 99_999_999,
        _ => 1_000_000_000,
    };
    Decimal::new(cents, 2)
}

/// What is decided about a transfer that a request proposes: the properties of its authorization.
///
/// # Errors
/// The errors of a network, a class or an account that can't be used for it.
pub fn decide(call: &mut Call<'_>) -> Result<Map<String, Value>, ApiError> {
    let request = call.request;
    let (kind, network) = (request.required("type")?, request.required("network")?);
    let amount =
        money(request.required("amount")?).ok_or_else(|| ApiError::invalid_field("amount must be positive"))?;
    if amount > limit(network, kind) {
        return Err(refused("TRANSFER_NETWORK_LIMIT_EXCEEDED", "the amount is over the limit of the network"));
    }
    let is_ach = matches!(network, "ach" | "same-day-ach");
    if is_ach && kind == "credit" && matches!(request.text("ach_class"), Some("web" | "tel")) {
        return Err(refused("TRANSFER_FORBIDDEN_ACH_CLASS", "the ach_class can't be used for a credit"));
    }
    let id = AccountId(request.required("account_id")?.to_owned());
    let item = call.tenant.item(request.required("access_token")?)?;
    let account = item.account(&id).ok_or_else(ApiError::invalid_account_id)?;
    if account.kind != "depository" || !matches!(&*account.subtype, "checking" | "savings" | "cash management") {
        return Err(refused(
            "TRANSFER_UNSUPPORTED_ACCOUNT_TYPE",
            "the account is not one that can be used for transfers",
        ));
    }
    let (decision, code) = decision(item, account, kind, amount);
    // What is said of the code is in words of ours.
    let rationale = code.map(|(code, description)| json!({"code": code, "description": description}));
    let use_of = if decision == "approved" { "open" } else { "declined" };
    let decided = [
        ("decision", decision.into()),
        ("decision_rationale", rationale.unwrap_or_default()),
        ("use", Value::from(use_of)),
    ];
    Ok(decided.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

type Rationale = Option<(&'static str, &'static str)>;

fn decision(item: &Item, account: &Account, kind: &str, amount: Decimal) -> (&'static str, Rationale) {
    let balance = account.balances.available.or(account.balances.current);
    match (account.verification_status(), balance) {
        _ if item.migrated => ("approved", Some(("MIGRATED_ACCOUNT_ITEM", "the account was migrated"))),
        (
            Some(
                "database_insights_fail"
                | "pending_automatic_verification"
                | "pending_manual_verification"
                | "unsent"
                | "verification_expired"
                | "verification_failed",
            ),
            _,
        ) => ("declined", Some(("RISK", "the account is not verified"))),
        (Some(_), _) => ("approved", Some(("MANUALLY_VERIFIED_ITEM", "the account was verified by its numbers"))),
        (None, Some(balance)) if kind == "debit" && balance <= Decimal::ZERO => {
            ("declined", Some(("RISK", "the account has no money")))
        }
        (None, Some(balance)) if kind == "debit" && amount > balance => {
            ("declined", Some(("NSF", "the account has less money than the amount")))
        }
        (None, _) => ("approved", None),
    }
}

fn refused(code: &'static str, message: &'static str) -> ApiError {
    ApiError::new("TRANSFER_ERROR", code, message)
}
