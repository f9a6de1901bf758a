//! Money into wallets and out of them: each movement is a transaction, and the balance is their sum.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::check::{self, transaction_error};
use super::show;
use crate::error::ApiError;
use crate::fields::{Fields, time};
use crate::state::{
    Amount, Direction, Event, FailureReason, Payer, PayerNumbers, PaymentsEvent, Sort, Tenant, TransactionStatus,
    Wallet, WalletStatus, WalletTransaction,
};

/// A wallet by its id.
///
/// # Errors
/// `INVALID_FIELD` if there is none.
pub fn named<'a>(tenant: &'a Tenant, id: &str) -> Result<&'a Wallet, ApiError> {
    let unknown = || ApiError::invalid_field("wallet_id must be the id of a wallet");
    tenant.payments.wallets.get(id).ok_or_else(unknown)
}

/// The most that a transaction can be.
const MOST: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);

/// Refuses money that can't leave a wallet: too much, another currency, or more than is there.
///
/// # Errors
/// The error of the first reason.
pub fn check_debit(tenant: &Tenant, wallet: &Wallet, amount: Amount) -> Result<(), ApiError> {
    if wallet.status == WalletStatus::Closed {
        return Err(transaction_error("TRANSACTION_EXECUTION_FAILED", "the wallet is closed"));
    }
    if amount.currency != wallet.currency {
        return Err(transaction_error("TRANSACTION_CURRENCY_MISMATCH", "the wallet has another currency"));
    }
    if amount.value > MOST {
        return Err(transaction_error("TRANSACTION_AMOUNT_EXCEEDED", "the amount is over the limit of this client"));
    }
    if amount.value > tenant.payments.balance(&wallet.id).1 {
        let message = "the wallet does not have enough funds for the transaction";
        return Err(transaction_error("TRANSACTION_INSUFFICIENT_FUNDS", message));
    }
    Ok(())
}

/// A transaction that is being authorised.
pub fn new(tenant: &mut Tenant, wallet: &str, sort: Sort, amount: Amount, reference: &str) -> WalletTransaction {
    let now = tenant.now();
    WalletTransaction {
        id: tenant.ids.token("wallet-transaction-id"),
        wallet: wallet.to_owned(),
        sort,
        reference: reference.to_owned(),
        amount,
        counterparty: Value::Null,
        status: TransactionStatus::Authorising,
        created: now,
        updated: now,
        payment: None,
        reason: None,
        payee: None,
        related: Vec::new(),
    }
}

/// Money starts to leave a wallet. Where nothing takes time, it is on its way at once.
pub fn debit(tenant: &mut Tenant, transaction: WalletTransaction) -> TransactionStatus {
    let id = transaction.id.clone();
    tenant.payments.transactions.insert(id.clone(), transaction);
    match tenant.pace.initial {
        0 => go_on(tenant, &id),
        wait => later(tenant, &id, wait),
    }
    tenant.payments.transactions.get(&id).map_or(TransactionStatus::Authorising, |one| one.status)
}

fn later(tenant: &mut Tenant, id: &str, milliseconds: i64) {
    let time = tenant.after(milliseconds);
    tenant.schedule.at(time, Event::Payments(PaymentsEvent::Transaction(id.to_owned())));
}

/// Lets money that leaves a wallet take its next step.
pub fn go_on(tenant: &mut Tenant, id: &str) {
    match tenant.payments.transactions.get(id).map(|one| one.status) {
        Some(TransactionStatus::Authorising) => {
            change(tenant, id, TransactionStatus::Initiated, None);
            later(tenant, id, tenant.pace.historical);
        }
        Some(TransactionStatus::Initiated) => {
            change(tenant, id, TransactionStatus::Executed, None);
        }
        _ => {}
    }
}

/// Lets a transaction change to a status that its own leads to. Returns whether it did.
pub fn change(tenant: &mut Tenant, id: &str, to: TransactionStatus, reason: Option<FailureReason>) -> bool {
    let now = tenant.now();
    let Some(one) = tenant.payments.transactions.get_mut(id) else { return false };
    let old = one.status;
    if !old.leads_to(one.sort.direction()).contains(&to) {
        return false;
    }
    let failed = to == TransactionStatus::Failed;
    (one.status, one.updated, one.reason) = (to, now, reason.filter(|_| failed));
    let body = json!({
        "error": show::failure(one).as_ref().map(ApiError::in_webhook),
        "failure_reason": one.reason.map(FailureReason::name),
        "new_status": to.name(),
        "old_status": old.name(),
        "payment_id": one.payment,
        "timestamp": time(now),
        "transaction_id": one.id,
        "wallet_id": one.wallet,
    });
    let payment = one.payment.as_ref().and_then(|id| tenant.payments.payments.get(id));
    let url = tenant.payments.wallet_webhook.clone().or_else(|| payment.and_then(|one| one.webhook.clone()));
    tenant.webhook(None, url, "WALLET", "WALLET_TRANSACTION_STATUS_UPDATE", body);
    true
}

/// A payment into a wallet is on its way.
pub fn pay_in(tenant: &mut Tenant, payment: &str) {
    let Some(one) = tenant.payments.payments.get(payment) else { return };
    let Some(wallet) = one.wallet.clone() else { return };
    let (amount, reference) = (one.amount, one.adjusted_reference.clone().unwrap_or_else(|| one.reference.clone()));
    let payer = one.payer.clone().unwrap_or_else(|| super::payer::account(amount.currency));
    let mut transaction = new(tenant, &wallet, Sort::PisPayIn, amount, &reference);
    transaction.counterparty = show::counterparty(&payer.name, &payer.numbers);
    transaction.payment = Some(payment.to_owned());
    let id = transaction.id.clone();
    tenant.payments.transactions.insert(id.clone(), transaction);
    if let Some(one) = tenant.payments.payments.get_mut(payment) {
        one.transaction = Some(id.clone());
    }
    change(tenant, &id, TransactionStatus::Initiated, None);
}

/// Money that comes from outside.
pub struct Incoming<'a> {
    /// How much.
    pub value: Decimal,
    /// From whom.
    pub name: &'a str,
    /// The reference.
    pub reference: &'a str,
    /// Whether the account is one of the client's own.
    pub is_own: bool,
}

/// Money comes into a wallet, and is there at once.
///
/// # Errors
/// `TRANSACTION_EXECUTION_FAILED` for a closed wallet.
pub fn fund(tenant: &mut Tenant, wallet: &str, incoming: &Incoming<'_>) -> Result<String, ApiError> {
    let one = named(tenant, wallet)?;
    if one.status == WalletStatus::Closed {
        return Err(transaction_error("TRANSACTION_EXECUTION_FAILED", "the wallet is closed"));
    }
    let amount = Amount { value: incoming.value, currency: one.currency };
    let sort = if incoming.is_own { Sort::AccountFunding } else { Sort::BankTransfer };
    let payer = Payer { name: incoming.name.to_owned(), ..super::payer::account(amount.currency) };
    let mut transaction = new(tenant, wallet, sort, amount, incoming.reference);
    transaction.counterparty = show::counterparty(&payer.name, &payer.numbers);
    Ok(settle(tenant, transaction))
}

/// Lets a transaction happen at once, with the webhooks of all its steps.
fn settle(tenant: &mut Tenant, transaction: WalletTransaction) -> String {
    let (id, direction) = (transaction.id.clone(), transaction.sort.direction());
    tenant.payments.transactions.insert(id.clone(), transaction);
    let last = match direction {
        Direction::In => TransactionStatus::Settled,
        Direction::Out => TransactionStatus::Executed,
    };
    for status in [TransactionStatus::Initiated, last] {
        change(tenant, &id, status, None);
    }
    id
}

/// Money goes to an account of the client.
///
/// # Errors
/// As of any debit.
pub fn sweep(tenant: &mut Tenant, wallet: &str, value: Decimal) -> Result<String, ApiError> {
    let one = named(tenant, wallet)?.clone();
    let amount = Amount { value, currency: one.currency };
    check_debit(tenant, &one, amount)?;
    let mut transaction = new(tenant, wallet, Sort::FundsSweep, amount, "FUNDSSWEEP");
    transaction.counterparty = show::counterparty("Client", &super::payer::account(amount.currency).numbers);
    Ok(settle(tenant, transaction))
}

/// Sends the money of a transaction back: a payout is returned, an unexpected transfer is refunded, and a payment is recalled.
///
/// # Errors
/// `INVALID_FIELD` for a transaction that is not done or has come back already, and those of a debit.
pub fn send_back(tenant: &mut Tenant, id: &str) -> Result<String, ApiError> {
    let unknown = || ApiError::invalid_field("transaction_id must be the id of a transaction");
    let one = tenant.payments.transactions.get(id).ok_or_else(unknown)?.clone();
    let (done, sort) = match one.sort {
        Sort::Payout | Sort::Refund | Sort::FundsSweep => (TransactionStatus::Executed, Sort::Return),
        Sort::BankTransfer => (TransactionStatus::Settled, Sort::AutoRefund),
        Sort::PisPayIn => (TransactionStatus::Settled, Sort::Recall),
        Sort::Return | Sort::Recall | Sort::AccountFunding | Sort::AutoRefund => {
            return Err(ApiError::invalid_field(&format!("a {} does not come back", one.sort.name())));
        }
    };
    let back = |other: &WalletTransaction| other.sort == sort && other.related.iter().any(|(other, _)| other == id);
    if one.status != done || tenant.payments.transactions.values().any(back) {
        return Err(ApiError::invalid_field("the transaction is not done, or has come back already"));
    }
    if sort.direction() == Direction::Out {
        check_debit(tenant, named(tenant, &one.wallet)?, one.amount)?;
    }
    let mut transaction = new(tenant, &one.wallet, sort, one.amount, &one.reference);
    transaction.counterparty = one.counterparty.clone();
    transaction.related.push((one.id.clone(), one.sort));
    let back = transaction.id.clone();
    if let Some(one) = tenant.payments.transactions.get_mut(id).filter(|_| sort == Sort::Return) {
        one.related.push((back, sort));
    }
    Ok(settle(tenant, transaction))
}

/// The account that a counterparty names: exactly one of `bacs` and `international`.
///
/// # Errors
/// `INVALID_FIELD` for none or both, `TRANSACTION_BACS_INVALID` and `TRANSACTION_IBAN_INVALID` for numbers that are none.
pub fn account_of(numbers: Fields<'_>) -> Result<PayerNumbers, ApiError> {
    let bacs = numbers.value("bacs").map(Fields);
    let iban = numbers.object("international").text("iban");
    match (bacs, iban) {
        (Some(bacs), None) => match (bacs.text("account"), bacs.text("sort_code")) {
            (Some(account), Some(code)) if check::is_bacs(account, code) => {
                let bacs = Some((account.to_owned(), code.to_owned()));
                Ok(PayerNumbers { iban: None, bacs })
            }
            _ => Err(transaction_error("TRANSACTION_BACS_INVALID", "the account or the sort code is not valid")),
        },
        (None, Some(iban)) if check::is_iban(iban) => Ok(PayerNumbers { iban: Some(iban.to_owned()), bacs: None }),
        (None, Some(_)) => Err(transaction_error("TRANSACTION_IBAN_INVALID", "the IBAN is not valid")),
        _ => Err(ApiError::invalid_field("counterparty.numbers must have either bacs or international")),
    }
}
