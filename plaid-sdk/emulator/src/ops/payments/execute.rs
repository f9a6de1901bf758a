//! `/payment_initiation/consent/payment/execute`: a payment without the user, within the limits of a consent.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde_json::json;

use super::super::{Call, Response};
use super::check::{self, payment_error};
use super::keys::{self, Use};
use super::{consents, flow, recipients, requests};
use crate::error::ApiError;
use crate::state::{Amount, Consent, ConsentStatus, Payment, PaymentStatus, Payments};

const PATH: &str = "/payment_initiation/consent/payment/execute";

/// `/payment_initiation/consent/payment/execute`: the payment is initiated when the response is there, or later where nobody waits.
pub fn execute(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let key = request.required("idempotency_key")?;
    if let Some(made) = keys::before(call.tenant, Use::Consent, key, PATH, request.0)? {
        let payment = requests::named(call.tenant, &made)?;
        return match payment.status {
            PaymentStatus::Authorising => Err(keys::conflict()),
            _ => Ok(shown(payment)),
        };
    }
    let consent = consents::named(call.tenant, request.required("consent_id")?)?.clone();
    match consent.status {
        ConsentStatus::Authorised => {}
        ConsentStatus::Revoked => {
            return Err(payment_error("PAYMENT_CONSENT_CANCELLED", "the consent was revoked"));
        }
        status => {
            let message = format!("no payment can be made with a consent that is {}", status.name());
            return Err(ApiError::invalid_field(&message));
        }
    }
    if request.text("scope").is_some_and(|scope| scope != consent.kind.names().1) {
        return Err(ApiError::invalid_field("scope must be one of the consent"));
    }
    let amount = requests::payable(request)?;
    let reference = request.text("reference").unwrap_or(&consent.reference);
    check::payment_reference(reference)?;
    within(&call.tenant.payments, &consent, amount, call.tenant.now())?;
    let recipient = recipients::named(call.tenant, &consent.recipient)?.clone();
    let mut payment = requests::new(call.tenant, recipient.id, reference, amount);
    payment.status = PaymentStatus::Authorising;
    payment.wallet = recipient.wallet;
    payment.payer = consent.payer;
    payment.wants_refund_details = consent.wants_refund_details;
    payment.consent = Some(consent.id);
    payment.webhook = consent.webhook;
    let id = payment.id.clone();
    call.tenant.payments.payments.insert(id.clone(), payment);
    keys::keep(call.tenant, Use::Consent, key, PATH, request.0, &id);
    flow::begin(call.tenant, &id, request.text("processing_mode") != Some("ASYNC"));
    requests::named(call.tenant, &id).map(shown)
}

fn shown(payment: &Payment) -> serde_json::Value {
    let error = payment.error.as_ref().map(ApiError::in_webhook);
    json!({"error": error, "payment_id": payment.id, "status": payment.status.name()})
}

/// Refuses an amount that the consent does not allow now.
fn within(payments: &Payments, consent: &Consent, amount: Amount, now: DateTime<Utc>) -> Result<(), ApiError> {
    if amount.currency != consent.most.currency {
        return Err(consents::invalid("the consent has another currency"));
    }
    if amount.value > consent.most.value {
        return Err(consents::invalid("the amount is more than max_payment_amount of the consent"));
    }
    if consent.from.is_some_and(|from| now < from) || consent.to.is_some_and(|to| now >= to) {
        return Err(consents::invalid("the consent is not valid at this time"));
    }
    for period in &consent.periods {
        let begin = period.begin(consent.created.date_naive(), now.date_naive());
        let own = payments.payments.values().filter(|one| one.consent.as_ref() == Some(&consent.id));
        let counted = own.filter(|one| !one.status.is_failure() && one.created.date_naive() >= begin);
        let spent: Decimal = counted.map(|one| one.amount.value).sum();
        if spent + amount.value > period.most.value {
            let message =
                format!("the payments since {begin} would be more than the limit of a {}", period.interval.name());
            return Err(consents::invalid(&message));
        }
    }
    Ok(())
}
