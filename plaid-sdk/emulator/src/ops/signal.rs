//! `/signal/*` and `/processor/signal/*`: how likely a payment by ACH is to come back.

mod attributes;
mod evaluate;
mod report;
mod rules;
mod schedule;

use rust_decimal::Decimal;

use super::{Call, Class, Entry, Response, nothing, processors};
use crate::error::ApiError;
use crate::state::{Account, AccountId, Item, ItemId, ItemState};

pub use self::rules::{read as read_ruleset, show as show_ruleset};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/processor/signal/decision/report", Class::StateMachine, report::decision_of_processor),
    Entry::json("/processor/signal/evaluate", Class::StateMachine, evaluate::evaluate_of_processor),
    Entry::json("/processor/signal/prepare", Class::StateMachine, prepare_of_processor),
    Entry::json("/processor/signal/return/report", Class::StateMachine, report::returned_of_processor),
    Entry::json("/signal/decision/report", Class::StateMachine, report::decision),
    Entry::json("/signal/evaluate", Class::StateMachine, evaluate::evaluate),
    Entry::json("/signal/prepare", Class::StateMachine, prepare),
    Entry::json("/signal/return/report", Class::StateMachine, report::returned),
    Entry::json("/signal/schedule", Class::StateMachine, schedule::schedule),
];

/// `/signal/prepare`: the Item's data is collected from now on.
pub fn prepare(call: &mut Call<'_>) -> Response {
    let item = call.tenant.item(call.request.required("access_token")?)?;
    item.supports("signal")?;
    item.products.insert("signal".to_owned());
    nothing()
}

/// `/processor/signal/prepare`.
pub fn prepare_of_processor(call: &mut Call<'_>) -> Response {
    processors::may_read(call, Some("signal"))?;
    nothing()
}

/// What a payment is about.
struct Payer {
    item: ItemId,
    account: Account,
    amount: Decimal,
}

/// The account that a request names by `access_token` and `account_id`. An Item that needs a login still has old data.
///
/// # Errors
/// Those of the Item, `INVALID_ACCOUNT_ID`, and `PRODUCTS_NOT_SUPPORTED` for an account that can't pay by ACH.
fn payer(call: &mut Call<'_>) -> Result<Payer, ApiError> {
    let amount = amount(call)?;
    let id = AccountId(call.request.required("account_id")?.to_owned());
    let item = call.tenant.any_item(call.request.required("access_token")?)?;
    if item.state == ItemState::Revoked {
        return Err(ApiError::permission_revoked());
    }
    item.supports("signal")?;
    let account = item.account(&id).cloned().ok_or_else(ApiError::invalid_account_id)?;
    can_pay(&account)?;
    Ok(Payer { item: item.id.clone(), account, amount })
}

/// The account of a processor's token.
///
/// # Errors
/// Those of the token, and `PRODUCTS_NOT_SUPPORTED` for an account that can't pay by ACH.
fn payer_of_processor(call: &mut Call<'_>) -> Result<Payer, ApiError> {
    let amount = amount(call)?;
    let (item, account) = processors::may_read(call, Some("signal"))?;
    can_pay(&account)?;
    Ok(Payer { item, account, amount })
}

fn amount(call: &Call<'_>) -> Result<Decimal, ApiError> {
    let amount = call.request.decimal("amount").filter(|amount| *amount > Decimal::ZERO);
    amount.ok_or_else(|| ApiError::invalid_field("amount must be greater than 0"))
}

fn can_pay(account: &Account) -> Result<(), ApiError> {
    let subtypes = ["cash management", "checking", "money market", "paypal", "prepaid", "savings"];
    match account.kind == "depository" && subtypes.contains(&account.subtype.as_str()) {
        true => Ok(()),
        false => Err(ApiError::products_not_supported("signal")),
    }
}

/// Whether a bank can say nothing of an Item's accounts, since the user entered their numbers.
fn is_manual(item: &Item) -> bool {
    item.auth_method.has_no_login()
}

fn error(code: &'static str, message: &str) -> ApiError {
    ApiError::new("SIGNAL_ERROR", code, message)
}

fn not_signed() -> ApiError {
    error("ADDENDUM_NOT_SIGNED", "the team has not signed the addendum for Signal")
}
