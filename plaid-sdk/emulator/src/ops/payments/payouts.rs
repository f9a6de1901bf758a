//! `/wallet/transaction/*`.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::super::{Call, Response};
use super::check::{self, transaction_error};
use super::keys::{self, Use};
use super::money;
use super::show::{self, Start};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::{Currency, PayerNumbers, Sort, Tenant, TransactionStatus, Wallet, WalletTransaction};

const PATH: &str = "/wallet/transaction/execute";
/// The bank that takes no instant payments. It is ours, as Plaid names none.
const SLOW_BANK: &str = "999999";
/// The least amount.
const CENT: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

/// A transaction by its id.
///
/// # Errors
/// `INVALID_FIELD` if there is none.
pub fn named<'a>(tenant: &'a Tenant, id: &str) -> Result<&'a WalletTransaction, ApiError> {
    let unknown = || ApiError::invalid_field("transaction_id must be the id of a transaction");
    tenant.payments.transactions.get(id).ok_or_else(unknown)
}

/// `/wallet/transaction/execute`: money goes to somebody.
pub fn execute(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let key = request.required("idempotency_key")?;
    if let Some(made) = keys::before(call.tenant, Use::Wallet, key, PATH, request.0)? {
        return again(named(call.tenant, &made)?, "transaction_id");
    }
    let wallet = money::named(call.tenant, request.required("wallet_id")?)?.clone();
    let amount = check::amount(request, "amount", CENT)?;
    let reference = request.required("reference")?;
    check::wallet_reference(reference)?;
    let counterparty = request.object("counterparty");
    let numbers = money::account_of(counterparty.object("numbers"))?;
    check::address(counterparty.object("address"))?;
    check_account(&wallet, &numbers)?;
    money::check_debit(call.tenant, &wallet, amount)?;
    let mut transaction = money::new(call.tenant, &wallet.id, Sort::Payout, amount, reference);
    transaction.counterparty = request.value("counterparty").cloned().unwrap_or_default();
    transaction.payee = payee(counterparty, amount.currency);
    let id = transaction.id.clone();
    keys::keep(call.tenant, Use::Wallet, key, PATH, request.0, &id);
    let status = money::debit(call.tenant, transaction);
    Ok(json!({"status": status.name(), "transaction_id": id}))
}

/// The response to a retried request.
///
/// # Errors
/// `REQUEST_CONFLICT` while the first one is still authorised.
pub fn again(made: &WalletTransaction, name: &str) -> Response {
    match made.status {
        TransactionStatus::Authorising => Err(keys::conflict()),
        status => Ok(json!({"status": status.name(), name: made.id})),
    }
}

/// Refuses an account that the wallet can't pay to.
fn check_account(wallet: &Wallet, numbers: &PayerNumbers) -> Result<(), ApiError> {
    let is_own = |own: &PayerNumbers| {
        (numbers.iban.is_some() && own.iban == numbers.iban) || (numbers.bacs.is_some() && own.bacs == numbers.bacs)
    };
    if is_own(&wallet.numbers) {
        return Err(transaction_error("TRANSACTION_ON_SAME_ACCOUNT", "the counterparty is the wallet itself"));
    }
    match &numbers.bacs {
        Some(_) if wallet.currency == Currency::Eur => {
            Err(ApiError::invalid_field("counterparty.numbers.international must be set for a payout in euros"))
        }
        Some((_, code)) if code == SLOW_BANK => {
            let message = "the bank of the counterparty takes no instant payments";
            Err(transaction_error("TRANSACTION_FAST_PAY_DISABLED", message))
        }
        _ => Ok(()),
    }
}

/// Whether the name is that of the account. It is checked in euros only. The emulator asks no bank, so the
/// name itself says what the check finds.
fn payee(counterparty: Fields<'_>, currency: Currency) -> Option<String> {
    let results = ["PARTIAL_MATCH", "NO_MATCH", "CHECK_NOT_POSSIBLE", "ERROR"];
    let name = counterparty.text("name").unwrap_or_default().trim().to_uppercase().replace(' ', "_");
    let found = results.into_iter().find(|result| *result == name).unwrap_or("FULL_MATCH");
    (currency == Currency::Eur).then(|| found.to_owned())
}

/// `/wallet/transaction/get`.
pub fn get(call: &mut Call<'_>) -> Response {
    named(call.tenant, call.request.required("transaction_id")?).map(show::transaction)
}

/// `/wallet/transaction/list`: the newest first.
pub fn list(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let wallet = money::named(call.tenant, request.required("wallet_id")?)?;
    let options = request.object("options");
    let (start, end) = (check::moment(options, "start_time")?, check::moment(options, "end_time")?);
    let is_meant = |one: &WalletTransaction| {
        one.wallet == wallet.id
            && start.is_none_or(|start| one.created >= start)
            && end.is_none_or(|end| one.created <= end)
    };
    let all = call.tenant.payments.transactions.iter().rev().filter(|(_, one)| is_meant(one));
    let all = all.map(|(id, one)| (id.as_str(), one)).collect();
    let size = request.within("count", 1..=200, 10)?;
    let (some, next) = show::page(all, request.text("cursor"), size, Start::At)?;
    let mut response = json!({"transactions": some.into_iter().map(show::transaction).collect::<Vec<Value>>()});
    if let Some(next) = next {
        response["next_cursor"] = next.into();
    }
    Ok(response)
}
