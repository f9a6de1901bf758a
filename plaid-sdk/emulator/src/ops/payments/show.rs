//! Payments, wallets and their parts as responses contain them, and pages of them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use super::super::account_view::number;
use crate::error::ApiError;
use crate::fields::time;
use crate::state::{
    Amount, Consent, FailureReason, Payer, PayerNumbers, Payment, Payments, Recipient, Sort, StandingOrder,
    TransactionStatus, Wallet, WalletTransaction,
};

/// An amount of a payment.
pub fn amount(amount: Amount) -> Value {
    json!({"currency": amount.currency.code(), "value": number(amount.value)})
}

fn bacs(numbers: &PayerNumbers) -> Value {
    numbers.bacs.as_ref().map_or(Value::Null, |(account, code)| json!({"account": account, "sort_code": code}))
}

/// A recipient.
pub fn recipient(one: &Recipient) -> Value {
    json!({
        "address": one.address, "bacs": bacs(&one.numbers), "iban": one.numbers.iban, "name": one.name,
        "recipient_id": one.id,
    })
}

/// The account that a payment came from.
fn payer(one: &Payer) -> Value {
    json!({"bacs": bacs(&one.numbers), "iban": one.numbers.iban, "name": one.name})
}

fn schedule(one: &StandingOrder) -> Value {
    json!({
        "adjusted_start_date": one.adjusted_start, "end_date": one.end, "interval": one.interval,
        "interval_execution_day": one.day, "start_date": one.start,
    })
}

/// A payment.
pub fn payment(payments: &Payments, one: &Payment) -> Value {
    let mut shown = json!({
        "adjusted_reference": one.adjusted_reference,
        "adjusted_scheme": null,
        "amount": amount(one.amount),
        "bacs": bacs(&one.from),
        "consent_id": one.consent,
        "end_to_end_id": one.end_to_end,
        "error": one.error.as_ref().map(ApiError::in_webhook),
        "iban": one.from.iban,
        "last_status_update": time(one.updated),
        "payment_id": one.id,
        "recipient_id": one.recipient,
        "reference": one.reference,
        "refund_details": one.payer.as_ref().filter(|_| one.wants_refund_details).map(payer),
        "refund_ids": one.refunds,
        "schedule": one.schedule.as_ref().map(schedule),
        "scheme": one.scheme,
        "status": one.status.name(),
        "transaction_id": one.transaction,
        "wallet_id": one.wallet,
    });
    let refunded = payments.refunded(one);
    if !refunded.is_zero() {
        shown["amount_refunded"] = amount(Amount { value: refunded, ..one.amount });
    }
    shown
}

/// A consent.
pub fn consent(one: &Consent) -> Value {
    let (kind, scope) = one.kind.names();
    let periods = one.periods.iter().map(|period| {
        json!({
            "alignment": period.alignment.name(), "amount": amount(period.most), "interval": period.interval.name(),
        })
    });
    let valid = json!({"from": one.from.map(time), "to": one.to.map(time)});
    let is_limited = one.from.is_some() || one.to.is_some();
    let mut shown = json!({
        "consent_id": one.id,
        "constraints": {
            "max_payment_amount": amount(one.most),
            "periodic_amounts": periods.collect::<Vec<_>>(),
            "valid_date_time": if is_limited { valid } else { Value::Null },
        },
        "created_at": time(one.created),
        "payer_details": one.payer.as_ref().map(payer),
        "recipient_id": one.recipient,
        "reference": one.reference,
        "status": one.status.name(),
        "type": kind,
    });
    if one.has_scopes {
        shown["scopes"] = json!([scope]);
    }
    shown
}

/// A wallet.
pub fn wallet(payments: &Payments, one: &Wallet) -> Value {
    let (current, available) = payments.balance(&one.id);
    let mut numbers = Map::new();
    if one.numbers.bacs.is_some() {
        numbers.insert("bacs".to_owned(), bacs(&one.numbers));
    }
    numbers.insert("international".to_owned(), json!({"bic": one.bic, "iban": one.numbers.iban}));
    json!({
        "balance": {
            "available": number(available), "current": number(current), "iso_currency_code": one.currency.code(),
        },
        "numbers": numbers,
        "recipient_id": one.recipient,
        "status": one.status.name(),
        "wallet_id": one.id,
    })
}

/// The other side of a transaction.
pub fn counterparty(name: &str, numbers: &PayerNumbers) -> Value {
    let mut shown = Map::new();
    if numbers.bacs.is_some() {
        shown.insert("bacs".to_owned(), bacs(numbers));
    }
    if let Some(iban) = &numbers.iban {
        shown.insert("international".to_owned(), json!({"iban": iban}));
    }
    json!({"name": name, "numbers": shown})
}

/// A transaction of a wallet.
pub fn transaction(one: &WalletTransaction) -> Value {
    let amount = json!({"iso_currency_code": one.amount.currency.code(), "value": number(one.amount.value)});
    let is_paid_out = matches!(one.sort, Sort::Payout | Sort::Refund);
    let scheme = match one.amount.currency.code() {
        "GBP" => "FASTER_PAYMENTS",
        _ => "SEPA_CREDIT_TRANSFER",
    };
    // The document has a type for some of them only.
    let is_shown = |sort: &Sort| matches!(sort, Sort::Payout | Sort::Return | Sort::Refund | Sort::FundsSweep);
    let related =
        one.related.iter().filter(|(_, sort)| is_shown(sort)).map(|(id, sort)| json!({"id": id, "type": sort.name()}));
    json!({
        "amount": amount,
        "counterparty": one.counterparty,
        "created_at": time(one.created),
        "error": failure(one).as_ref().map(ApiError::in_webhook),
        "failure_reason": one.reason.map(FailureReason::name),
        "last_status_update": time(one.updated),
        "payee_verification_status": one.payee,
        "payment_id": one.payment,
        "reference": one.reference,
        "related_transactions": related.collect::<Vec<_>>(),
        "scheme": is_paid_out.then_some(scheme),
        "status": one.status.name(),
        "transaction_id": one.id,
        "type": one.sort.name(),
        "wallet_id": one.wallet,
    })
}

/// Why a transaction failed, as an error.
pub fn failure(one: &WalletTransaction) -> Option<ApiError> {
    let has_failed = one.status == TransactionStatus::Failed;
    has_failed.then(|| super::check::transaction_error("TRANSACTION_EXECUTION_FAILED", "the transaction has failed"))
}

/// Where a page begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// At the one that the cursor names.
    At,
    /// After it.
    After,
}

/// A page of what is listed newest first, and the cursor of the next one.
///
/// # Errors
/// `INVALID_FIELD` for a cursor that is none of this list.
pub fn page<'a, T>(
    all: Vec<(&'a str, &'a T)>,
    cursor: Option<&str>,
    size: usize,
    start: Start,
) -> Result<(Vec<&'a T>, Option<String>), ApiError> {
    let first = match cursor.filter(|text| !text.is_empty()) {
        None => 0,
        Some(text) => {
            let wrong = || ApiError::invalid_field("cursor must be one that this list has returned");
            let id = URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| String::from_utf8(bytes).ok());
            let id = id.ok_or_else(wrong)?;
            let place = all.iter().position(|(one, _)| *one == id).ok_or_else(wrong)?;
            place + usize::from(start == Start::After)
        }
    };
    let named = match start {
        Start::At => all.get(first + size),
        Start::After => all.get(first + size).and_then(|_| all.get((first + size).saturating_sub(1))),
    };
    let next = named.map(|(id, _)| URL_SAFE_NO_PAD.encode(id));
    Ok((all.into_iter().skip(first).take(size).map(|(_, one)| one).collect(), next))
}

#[cfg(test)]
mod tests {
    use super::{Start, page};

    #[test]
    fn pages_name_each_once() {
        for start in [Start::At, Start::After] {
            for size in 1..=4 {
                let all = [("a", 1), ("b", 2), ("c", 3)];
                let list = || all.iter().map(|(id, one)| (*id, one)).collect();
                let (mut seen, mut cursor) = (Vec::new(), None);
                loop {
                    let (some, next) = page(list(), cursor.as_deref(), size, start).expect("a page");
                    seen.extend(some.into_iter().copied());
                    cursor = next;
                    if cursor.is_none() {
                        break;
                    }
                }
                assert_eq!(seen, [1, 2, 3], "{start:?} {size}");
            }
            assert!(page(vec![("a", &1)], Some("nonsense"), 1, start).is_err());
        }
    }
}
