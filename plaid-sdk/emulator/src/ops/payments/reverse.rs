//! `/payment_initiation/payment/reverse`: money of a payment goes back from the wallet.

use rust_decimal::Decimal;
use serde_json::json;

use super::super::{Call, Response};
use super::check::{self, transaction_error};
use super::keys::{self, Use};
use super::{money, payouts, recipients, requests, show};
use crate::error::ApiError;
use crate::state::{Amount, Payment, PaymentStatus, Payments, Sort, TransactionStatus};

const PATH: &str = "/payment_initiation/payment/reverse";
/// The least amount.
const CENT: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

impl Payments {
    /// How much of a payment has gone back, or is on its way.
    pub fn refunded(&self, payment: &Payment) -> Decimal {
        let refunds = payment.refunds.iter().filter_map(|id| self.transactions.get(id));
        let counts = |status| !matches!(status, TransactionStatus::Failed | TransactionStatus::Blocked);
        refunds.filter(|one| counts(one.status)).map(|one| one.amount.value).sum()
    }
}

/// `/payment_initiation/payment/reverse`: all that is left, or a part of it.
pub fn reverse(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let key = request.required("idempotency_key")?;
    if let Some(made) = keys::before(call.tenant, Use::Wallet, key, PATH, request.0)? {
        return payouts::again(payouts::named(call.tenant, &made)?, "refund_id");
    }
    let payment = requests::named(call.tenant, request.required("payment_id")?)?.clone();
    let reference = request.required("reference")?;
    check::wallet_reference(reference)?;
    recipients::address_in(request, "counterparty_address")?;
    request.date("counterparty_date_of_birth")?;
    let Some(wallet) = &payment.wallet else {
        return Err(ApiError::invalid_field("payment_id must be the id of a payment into a wallet"));
    };
    let wallet = money::named(call.tenant, wallet)?.clone();
    if !matches!(payment.status, PaymentStatus::Executed | PaymentStatus::Settled) {
        let message = format!("a payment that is {} can't be reversed", payment.status.name());
        return Err(ApiError::invalid_field(&message));
    }
    let amount = amount(call, &payment)?;
    money::check_debit(call.tenant, &wallet, amount)?;
    let payer = payment.payer.clone().unwrap_or_else(|| super::payer::account(amount.currency));
    let mut transaction = money::new(call.tenant, &wallet.id, Sort::Refund, amount, reference);
    let mut counterparty = show::counterparty(&payer.name, &payer.numbers);
    let details = [("address", "counterparty_address"), ("date_of_birth", "counterparty_date_of_birth")];
    for (name, field) in details {
        if let Some(value) = request.value(field) {
            counterparty[name] = value.clone();
        }
    }
    transaction.counterparty = counterparty;
    transaction.payment = Some(payment.id.clone());
    let id = transaction.id.clone();
    if let Some(payment) = call.tenant.payments.payments.get_mut(&payment.id) {
        payment.refunds.push(id.clone());
    }
    keys::keep(call.tenant, Use::Wallet, key, PATH, request.0, &id);
    let status = money::debit(call.tenant, transaction);
    Ok(json!({"refund_id": id, "status": status.name()}))
}

/// How much goes back.
fn amount(call: &Call<'_>, payment: &Payment) -> Result<Amount, ApiError> {
    let left = payment.amount.value - call.tenant.payments.refunded(payment);
    if left < Decimal::ONE {
        return Err(transaction_error("TRANSACTION_AMOUNT_EXCEEDED", "less than 1 of the payment is left"));
    }
    if call.request.value("amount").is_none() {
        return Ok(Amount { value: left, ..payment.amount });
    }
    let amount = check::amount(call.request, "amount", CENT)?;
    if amount.currency != payment.amount.currency {
        return Err(transaction_error("TRANSACTION_CURRENCY_MISMATCH", "the payment has another currency"));
    }
    match amount.value > left {
        true => Err(transaction_error("TRANSACTION_AMOUNT_EXCEEDED", "the amount is more than what is left")),
        false => Ok(amount),
    }
}
