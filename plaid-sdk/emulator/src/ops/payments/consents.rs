//! `/payment_initiation/consent/*`: created, read, revoked. `execute` is in a module of its own.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde_json::json;

use super::super::{Call, Response, nothing};
use super::check::{self, payment_error};
use super::{recipients, show};
use crate::error::ApiError;
use crate::fields::{Fields, time};
use crate::state::{
    Alignment, Amount, Consent, ConsentKind, ConsentStatus, Currency, Event, Interval, Payer, PaymentsEvent, Period,
    Tenant,
};

/// A consent by its id.
///
/// # Errors
/// `INVALID_FIELD` if there is none.
pub fn named<'a>(tenant: &'a Tenant, id: &str) -> Result<&'a Consent, ApiError> {
    let unknown = || ApiError::invalid_field("consent_id must be the id of a consent");
    tenant.payments.consents.get(id).ok_or_else(unknown)
}

/// `/payment_initiation/consent/create`: a consent that waits for the user in Link.
pub fn create(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let recipient = recipients::named(call.tenant, request.required("recipient_id")?)?.id.clone();
    let reference = request.required("reference")?;
    check::payment_reference(reference)?;
    let kind = kind(request)?;
    let constraints = request.object("constraints");
    let now = call.tenant.now();
    let (from, to) = validity(constraints.object("valid_date_time"), now)?;
    let (most, periods) = limits(constraints)?;
    let only = match request.value("payer_details").map(Fields) {
        Some(payer) => Some(only(payer)?),
        None => None,
    };
    check::numbers(request.object("options"))?;
    let consent = Consent {
        id: call.tenant.ids.token("consent-id"),
        recipient,
        reference: reference.to_owned(),
        kind,
        has_scopes: request.value("scopes").is_some(),
        from,
        to,
        most,
        periods,
        wants_refund_details: request.object("options").flag("request_refund_details"),
        only,
        payer: None,
        status: ConsentStatus::Unauthorised,
        created: now,
        webhook: None,
    };
    let response = json!({"consent_id": consent.id, "status": consent.status.name()});
    if let Some(to) = to {
        call.tenant.schedule.at(to, Event::Payments(PaymentsEvent::Consent(consent.id.clone())));
    }
    call.tenant.payments.consents.insert(consent.id.clone(), consent);
    Ok(response)
}

/// What a consent is for, by its type or by its older scope. There is one of them.
fn kind(request: Fields<'_>) -> Result<ConsentKind, ApiError> {
    let by_type = match request.text("type") {
        Some("COMMERCIAL") => Some(ConsentKind::Commercial),
        Some(_) => Some(ConsentKind::Sweeping),
        None => None,
    };
    let by_scope = match request.texts("scopes").as_deref() {
        None => None,
        Some(["EXTERNAL"]) => Some(ConsentKind::Commercial),
        Some(["ME_TO_ME"]) => Some(ConsentKind::Sweeping),
        Some(_) => return Err(ApiError::invalid_field("scopes must have one scope")),
    };
    match (by_type, by_scope) {
        (Some(one), Some(other)) if one != other => Err(ApiError::invalid_field("type and scopes must mean the same")),
        (one, other) => Ok(one.or(other).unwrap_or(ConsentKind::Sweeping)),
    }
}

type Validity = (Option<DateTime<Utc>>, Option<DateTime<Utc>>);

fn validity(of: Fields<'_>, now: DateTime<Utc>) -> Result<Validity, ApiError> {
    let (from, to) = (check::moment(of, "from")?, check::moment(of, "to")?);
    match (from, to) {
        (_, Some(to)) if to <= now => Err(invalid("the consent must not end in the past")),
        (Some(from), Some(to)) if to <= from => Err(invalid("the consent must not end before it begins")),
        both => Ok(both),
    }
}

/// The error of limits, and of a payment that is over them.
pub fn invalid(message: &str) -> ApiError {
    payment_error("PAYMENT_CONSENT_INVALID_CONSTRAINTS", message)
}

fn limits(constraints: Fields<'_>) -> Result<(Amount, Vec<Period>), ApiError> {
    let most = check::amount(constraints, "max_payment_amount", Decimal::ONE)?;
    let mut periods = Vec::new();
    for of in constraints.objects("periodic_amounts") {
        let most = check::amount(of, "amount", Decimal::ONE)?;
        let interval = of.required("interval")?;
        let interval = Interval::ALL.into_iter().find(|one| one.name() == interval);
        let interval = interval.ok_or_else(|| ApiError::invalid_field("interval must be DAY, WEEK, MONTH or YEAR"))?;
        let alignment = match of.required("alignment")? {
            "CONSENT" => Alignment::Consent,
            _ => Alignment::Calendar,
        };
        if periods.iter().any(|one: &Period| one.interval == interval && one.alignment == alignment) {
            return Err(invalid("a period must have one limit"));
        }
        periods.push(Period { most, interval, alignment });
    }
    let mut currencies = periods.iter().map(|period| period.most.currency).chain([most.currency]);
    if currencies.any(|currency| currency != Currency::Gbp) {
        return Err(invalid("the limits of a consent must be in GBP"));
    }
    if periods.iter().any(|period| period.most.value < most.value) {
        return Err(invalid("a payment must not be allowed to be more than all payments of a period"));
    }
    Ok((most, periods))
}

/// The only account that may pay.
fn only(payer: Fields<'_>) -> Result<Payer, ApiError> {
    check::address(payer.object("address"))?;
    payer.date("date_of_birth")?;
    let numbers = check::numbers(payer.object("numbers"))?;
    match numbers.iban.is_some() == numbers.bacs.is_some() {
        true => Err(ApiError::invalid_field("payer_details.numbers must have either iban or bacs")),
        false => Ok(Payer { name: payer.required("name")?.to_owned(), numbers }),
    }
}

/// `/payment_initiation/consent/get`.
pub fn get(call: &mut Call<'_>) -> Response {
    named(call.tenant, call.request.required("consent_id")?).map(show::consent)
}

/// `/payment_initiation/consent/revoke`: no payment can be made with it any more.
pub fn revoke(call: &mut Call<'_>) -> Response {
    let consent = named(call.tenant, call.request.required("consent_id")?)?;
    let (id, status) = (consent.id.clone(), consent.status);
    match change(call.tenant, &id, ConsentStatus::Revoked) {
        true => nothing(),
        false => {
            let message = format!("a consent that is {} can't be revoked", status.name());
            Err(ApiError::invalid_field(&message))
        }
    }
}

/// The end of a consent has come.
pub fn expire(tenant: &mut Tenant, id: &str) {
    change(tenant, id, ConsentStatus::Expired);
}

/// Lets a consent change to a status that its own leads to, and announces it. Returns whether it did.
pub fn change(tenant: &mut Tenant, id: &str, to: ConsentStatus) -> bool {
    let now = tenant.now();
    let Some(consent) = tenant.payments.consents.get_mut(id) else { return false };
    let old = consent.status;
    if !old.leads_to().contains(&to) {
        return false;
    }
    consent.status = to;
    if to == ConsentStatus::Authorised {
        consent.payer = Some(consent.only.clone().unwrap_or_else(|| super::payer::account(Currency::Gbp)));
    }
    let body = json!({
        "consent_id": id, "error": null, "new_status": to.name(), "old_status": old.name(), "timestamp": time(now),
    });
    let url = consent.webhook.clone();
    tenant.webhook(None, url, "PAYMENT_INITIATION", "CONSENT_STATUS_UPDATE", body);
    true
}
