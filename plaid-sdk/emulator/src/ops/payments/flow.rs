//! How a payment goes on, by itself and by `/sandbox/payment/simulate`.

use serde_json::{Value, json};

use super::super::items::valid_url;
use super::super::{Call, Response};
use super::{money, requests};
use crate::error::ApiError;
use crate::fields::time;
use crate::state::{Currency, Event, FailureReason, Payment, PaymentStatus, PaymentsEvent, Tenant, TransactionStatus};

/// `/sandbox/payment/simulate`: the payment has another status, and a webhook says so.
pub fn simulate(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let payment = requests::named(call.tenant, request.required("payment_id")?)?;
    let (id, old) = (payment.id.clone(), payment.status);
    let url = request.text("webhook").filter(|url| !url.is_empty());
    if let Some(url) = url {
        valid_url("webhook", url)?;
    }
    let wanted = request.required("status")?;
    let new = PaymentStatus::SIMULATED.into_iter().find(|status| status.name() == wanted);
    let new = new.ok_or_else(|| {
        let all = PaymentStatus::SIMULATED.map(PaymentStatus::name).join(", ");
        ApiError::invalid_field(&format!("status must be one of {all}"))
    })?;
    if !old.reaches(new) {
        let message = format!("a payment that is {} can't become {}", old.name(), new.name());
        return Err(ApiError::invalid_field(&message));
    }
    // What the Sandbox has set stays until it sets something else.
    let pending = Event::Payments(PaymentsEvent::Payment(id.clone()));
    call.tenant.schedule.drop_if(|event| *event == pending);
    set(call.tenant, &id, new, url.map(str::to_owned));
    Ok(json!({"new_status": new.name(), "old_status": old.name()}))
}

/// Lets a payment change to a status that its own leads to. Returns whether it did.
pub fn change(tenant: &mut Tenant, id: &str, to: PaymentStatus) -> bool {
    let leads = tenant.payments.payments.get(id).is_some_and(|one| one.status.leads_to().contains(&to));
    if leads {
        set(tenant, id, to, None);
    }
    leads
}

/// The bank takes a payment over: it is authorising, and goes on by itself.
pub fn start(tenant: &mut Tenant, id: &str) {
    if !change(tenant, id, PaymentStatus::Authorising) {
        return;
    }
    let unfit = tenant.payments.payments.get(id).is_some_and(has_unfit_scheme);
    if unfit {
        let error = ApiError::new("PAYMENT_ERROR", "PAYMENT_SCHEME_NOT_SUPPORTED", "the bank does not have the scheme");
        fail(tenant, id, PaymentStatus::Failed, error);
    } else {
        later(tenant, id, tenant.pace.initial);
    }
}

/// A payment of a consent is on its way without the user. Where somebody waits for it, the bank has answered at once.
pub fn begin(tenant: &mut Tenant, id: &str, is_waited_for: bool) {
    adjust(tenant, id);
    match is_waited_for {
        true => go_on(tenant, id),
        false => later(tenant, id, tenant.pace.initial),
    }
}

/// Whether the scheme does not fit the currency.
fn has_unfit_scheme(payment: &Payment) -> bool {
    payment.scheme.as_deref().is_some_and(|scheme| scheme.starts_with("SEPA"))
        && payment.amount.currency != Currency::Eur
}

/// Ends a payment with an error.
pub fn fail(tenant: &mut Tenant, id: &str, to: PaymentStatus, error: ApiError) {
    let Some(payment) = tenant.payments.payments.get_mut(id) else { return };
    if payment.status.leads_to().contains(&to) {
        payment.error = Some(error);
        set(tenant, id, to, None);
    }
}

fn later(tenant: &mut Tenant, id: &str, milliseconds: i64) {
    let time = tenant.after(milliseconds);
    tenant.schedule.at(time, Event::Payments(PaymentsEvent::Payment(id.to_owned())));
}

/// Lets a payment take its next step, and schedules the one after it.
pub fn go_on(tenant: &mut Tenant, id: &str) {
    let Some(next) = tenant.payments.payments.get(id).and_then(next) else { return };
    set(tenant, id, next, None);
    later(tenant, id, tenant.pace.historical);
}

/// What comes next without anybody's doing. Where money is not in pounds, banks do not tell that it has left.
fn next(payment: &Payment) -> Option<PaymentStatus> {
    let is_in_wallet = payment.wallet.is_some();
    match payment.status {
        PaymentStatus::Authorising => Some(PaymentStatus::Initiated),
        PaymentStatus::Initiated if payment.schedule.is_some() => Some(PaymentStatus::Established),
        PaymentStatus::Initiated if payment.amount.currency == Currency::Gbp => Some(PaymentStatus::Executed),
        PaymentStatus::Initiated | PaymentStatus::Executed if is_in_wallet => Some(PaymentStatus::Settled),
        _ => None,
    }
}

/// Sets a status, moves the money of the wallet with it, and announces it.
fn set(tenant: &mut Tenant, id: &str, to: PaymentStatus, url: Option<String>) {
    let Some(payment) = tenant.payments.payments.get(id) else { return };
    let old = payment.status;
    let sends = matches!(to, PaymentStatus::Initiated | PaymentStatus::Executed | PaymentStatus::Settled);
    if payment.wallet.is_some() && payment.transaction.is_none() && payment.schedule.is_none() && sends {
        money::pay_in(tenant, id);
    }
    let transaction = tenant.payments.payments.get(id).and_then(|one| one.transaction.clone());
    if let Some(transaction) = transaction {
        match to {
            PaymentStatus::Settled => drop(money::change(tenant, &transaction, TransactionStatus::Settled, None)),
            to if to.is_failure() => {
                let reason = Some(FailureReason::ExternalSystem);
                money::change(tenant, &transaction, TransactionStatus::Failed, reason);
            }
            _ => {}
        }
    }
    if old == PaymentStatus::InputNeeded {
        adjust(tenant, id);
    }
    let now = tenant.now();
    let Some(payment) = tenant.payments.payments.get_mut(id) else { return };
    (payment.status, payment.updated) = (to, now);
    let body = announced(payment, old, &time(now));
    let url = url.or_else(|| payment.webhook.clone());
    tenant.webhook(None, url, "PAYMENT_INITIATION", "PAYMENT_STATUS_UPDATE", body);
}

/// What the bank gets in place of a reference that was used before, and of a day on which banks do not work.
fn adjust(tenant: &mut Tenant, id: &str) {
    let Some(payment) = tenant.payments.payments.get(id) else { return };
    let others =
        || tenant.payments.payments.values().filter(|one| one.id != id && one.status != PaymentStatus::InputNeeded);
    let is_used = |text: &str| others().any(|one| one.adjusted_reference.as_deref().unwrap_or(&one.reference) == text);
    let numbered = |number: u64| {
        let number = number.to_string();
        let kept: String = payment.reference.chars().take(18 - number.len().min(18)).collect();
        format!("{kept}{number}")
    };
    let adjusted = match is_used(&payment.reference) {
        true => (2..).map(numbered).find(|text| !is_used(text)),
        false => None,
    };
    if let Some(payment) = tenant.payments.payments.get_mut(id) {
        payment.adjusted_reference = adjusted;
        if let Some(order) = &mut payment.schedule {
            let day = requests::banking_day(order.start);
            order.adjusted_start = (day != order.start).then_some(day);
        }
    }
}

fn announced(payment: &Payment, old: PaymentStatus, at: &str) -> Value {
    let order = payment.schedule.as_ref();
    json!({
        "adjusted_reference": payment.adjusted_reference,
        "adjusted_start_date": order.and_then(|order| order.adjusted_start),
        "error": payment.error.as_ref().map(ApiError::in_webhook),
        "new_payment_status": payment.status.name(),
        "old_payment_status": old.name(),
        "original_reference": payment.reference,
        "original_start_date": order.map(|order| order.start),
        "payment_id": payment.id,
        "timestamp": at,
        "transaction_id": payment.transaction,
    })
}
