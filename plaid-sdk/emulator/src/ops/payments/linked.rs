//! What Link does with a payment, a consent or a payment profile.

use serde_json::Value;

use super::payer::account;
use super::{consents, flow, profiles, recipients, requests};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::{ConsentStatus, PayerNumbers, PaymentStatus, ProfileStatus, Tenant};

/// What a Link token is for, of what this module knows.
enum Purpose<'a> {
    Payment(&'a str),
    Consent(&'a str),
}

fn of(request: Fields<'_>) -> Option<Purpose<'_>> {
    let pays = request.texts("products").is_some_and(|products| products.contains(&"payment_initiation"));
    let asked = request.object("payment_initiation");
    match (asked.text("payment_id"), asked.text("consent_id")) {
        (Some(id), None) if pays => Some(Purpose::Payment(id)),
        (None, Some(id)) if pays => Some(Purpose::Consent(id)),
        _ => None,
    }
}

/// Refuses a Link token for a payment, a consent or a profile that does not wait for the user.
///
/// # Errors
/// `MISSING_FIELDS` without one, `INVALID_FIELD` for one that is unknown or has been in Link.
pub fn check(tenant: &mut Tenant, request: Fields<'_>) -> Result<(), ApiError> {
    if let Some(token) = request.object("transfer").text("payment_profile_token") {
        profiles::present(tenant, token)?;
    }
    if !request.texts("products").is_some_and(|products| products.contains(&"payment_initiation")) {
        return Ok(());
    }
    if request.value("payment_initiation").is_none() {
        return Err(ApiError::missing_fields("payment_initiation"));
    }
    match of(request) {
        None => Err(ApiError::invalid_field("payment_initiation must have either payment_id or consent_id")),
        Some(Purpose::Payment(id)) => requests::waits(requests::named(tenant, id)?),
        Some(Purpose::Consent(id)) => match consents::named(tenant, id)?.status {
            ConsentStatus::Unauthorised => Ok(()),
            status => {
                let message = format!("the consent does not wait for the user: it is {}", status.name());
                Err(ApiError::invalid_field(&message))
            }
        },
    }
}

/// What the user is asked to agree to, in words. `None` if it is neither a payment nor a consent.
pub fn purpose(tenant: &Tenant, request: &Value) -> Option<String> {
    let name = |id: &str| recipients::named(tenant, id).map(|one| one.name.clone()).unwrap_or_default();
    match of(Fields(request))? {
        Purpose::Payment(id) => {
            let payment = requests::named(tenant, id).ok()?;
            let amount = payment.amount;
            Some(format!("Pay {:.2} {} to {}", amount.value, amount.currency.code(), name(&payment.recipient)))
        }
        Purpose::Consent(id) => {
            let consent = consents::named(tenant, id).ok()?;
            let (most, code) = (consent.most.value, consent.most.currency.code());
            Some(format!("Allow payments of up to {most:.2} {code} to {}", name(&consent.recipient)))
        }
    }
}

/// The user has agreed in Link.
pub fn authorised(tenant: &mut Tenant, request: &Value) {
    let request = Fields(request);
    let url = request.text("webhook").map(str::to_owned);
    match of(request) {
        Some(Purpose::Payment(id)) => {
            let Some(payment) = tenant.payments.payments.get_mut(id) else { return };
            if payment.status == PaymentStatus::InputNeeded {
                payment.webhook = url;
                let mut payer = account(payment.amount.currency);
                if payment.from != PayerNumbers::default() {
                    payer.numbers = payment.from.clone();
                }
                payment.payer = Some(payer);
                flow::start(tenant, id);
            }
        }
        Some(Purpose::Consent(id)) => {
            if let Some(consent) = tenant.payments.consents.get_mut(id) {
                consent.webhook = url.or(consent.webhook.take());
                consents::change(tenant, id, ConsentStatus::Authorised);
            }
        }
        None => {}
    }
    let now = tenant.now();
    let token = request.object("transfer").text("payment_profile_token").unwrap_or_default();
    let profile = tenant.payments.profiles.get_mut(token);
    if let Some(profile) = profile.filter(|profile| profile.status != ProfileStatus::Removed) {
        (profile.status, profile.needs_login, profile.updated) = (ProfileStatus::Ready, false, now);
    }
}

/// The bank or the user has refused in Link. A user who leaves, or who does not agree to a consent, changes nothing.
pub fn refused(tenant: &mut Tenant, request: &Value, error: &ApiError) {
    if error.kind != "PAYMENT_ERROR" {
        return;
    }
    let request = Fields(request);
    let url = request.text("webhook").map(str::to_owned);
    match of(request) {
        Some(Purpose::Payment(id)) => {
            let to = match &*error.code {
                "PAYMENT_BLOCKED" => PaymentStatus::Blocked,
                "PAYMENT_CANCELLED" => PaymentStatus::Cancelled,
                "PAYMENT_INSUFFICIENT_FUNDS" => PaymentStatus::InsufficientFunds,
                "PAYMENT_REJECTED" => PaymentStatus::Rejected,
                _ => PaymentStatus::Failed,
            };
            let waiting = tenant.payments.payments.get_mut(id).filter(|one| one.status == PaymentStatus::InputNeeded);
            if let Some(payment) = waiting {
                payment.webhook = url;
                flow::change(tenant, id, PaymentStatus::Authorising);
                flow::fail(tenant, id, to, error.clone());
            }
        }
        Some(Purpose::Consent(id))
            if matches!(&*error.code, "PAYMENT_REJECTED" | "PAYMENT_CONSENT_INVALID_CONSTRAINTS") =>
        {
            if let Some(consent) = tenant.payments.consents.get_mut(id) {
                consent.webhook = url.or(consent.webhook.take());
                consents::change(tenant, id, ConsentStatus::Rejected);
            }
        }
        _ => {}
    }
}
