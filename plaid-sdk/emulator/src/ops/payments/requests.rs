//! `/payment_initiation/payment/*`: created, read, listed. `reverse` is in a module of its own.

use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, TimeDelta, Timelike, Utc, Weekday};
use rust_decimal::Decimal;
use serde_json::json;

use super::super::{Call, Response};
use super::check::{self, payment_error};
use super::{consents, recipients, show};
use crate::error::ApiError;
use crate::fields::{Fields, time};
use crate::state::{Amount, Currency, PayerNumbers, Payment, PaymentStatus, StandingOrder, Tenant};

/// The most that a payment can be.
const MOST: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);
/// How long a token of the older Link lives, in minutes.
const TOKEN_LIFE: i64 = 15;

/// A payment by its id.
///
/// # Errors
/// `INVALID_FIELD` if there is none.
pub fn named<'a>(tenant: &'a Tenant, id: &str) -> Result<&'a Payment, ApiError> {
    let unknown = || ApiError::invalid_field("payment_id must be the id of a payment");
    tenant.payments.payments.get(id).ok_or_else(unknown)
}

/// `/payment_initiation/payment/create`: a payment that waits for the user in Link.
pub fn create(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let amount = payable(request)?;
    let reference = request.required("reference")?;
    check::payment_reference(reference)?;
    let recipient = recipients::named(call.tenant, request.required("recipient_id")?)?.clone();
    recipients::takes(&recipient, amount.currency.code())?;
    let schedule = match request.value("schedule").map(Fields) {
        None => None,
        Some(_) if amount.currency != Currency::Gbp || !recipients::is_in_uk(&recipient) => {
            let message = "a standing order must be in GBP, to a recipient in the UK";
            return Err(payment_error("PAYMENT_INVALID_RECIPIENT", message));
        }
        Some(schedule) => Some(standing_order(schedule, call.tenant.now().date_naive())?),
    };
    let options = request.object("options");
    let mut payment = new(call.tenant, recipient.id, reference, amount);
    payment.wallet = recipient.wallet;
    payment.schedule = schedule;
    payment.wants_refund_details = options.flag("request_refund_details");
    payment.from = check::numbers(options)?;
    payment.scheme = options.text("scheme").map(str::to_owned);
    let response = json!({"payment_id": payment.id, "status": payment.status.name()});
    call.tenant.payments.payments.insert(payment.id.clone(), payment);
    Ok(response)
}

/// The amount of a payment.
///
/// # Errors
/// `INVALID_FIELD` for less than 1, `PAYMENT_BLOCKED` for too much.
pub fn payable(request: Fields<'_>) -> Result<Amount, ApiError> {
    let amount = check::amount(request, "amount", Decimal::ONE)?;
    match amount.value > MOST {
        true => Err(payment_error("PAYMENT_BLOCKED", "the amount is too high, so the payment was blocked")),
        false => Ok(amount),
    }
}

/// A payment with an id and a time of its own.
pub fn new(tenant: &mut Tenant, recipient: String, reference: &str, amount: Amount) -> Payment {
    let now = tenant.now();
    let last = tenant.payments.payments.values().last().map(|last| last.created + TimeDelta::microseconds(1));
    let now_in_micros = now.with_nanosecond(now.nanosecond() / 1_000 * 1_000).unwrap_or(now);
    let id = tenant.ids.token("payment-id");
    let end_to_end = tenant.ids.uuid().replace('-', "");
    Payment {
        id,
        recipient,
        reference: reference.to_owned(),
        adjusted_reference: None,
        amount,
        status: PaymentStatus::InputNeeded,
        created: last.map_or(now_in_micros, |last| last.max(now_in_micros)),
        updated: now,
        schedule: None,
        wants_refund_details: false,
        from: PayerNumbers::default(),
        scheme: None,
        payer: None,
        wallet: None,
        transaction: None,
        refunds: Vec::new(),
        consent: None,
        end_to_end: format!("emul{}", end_to_end.get(..18).unwrap_or_default()),
        error: None,
        webhook: None,
    }
}

fn standing_order(of: Fields<'_>, today: NaiveDate) -> Result<StandingOrder, ApiError> {
    let interval = of.required("interval")?;
    let day = of.integer("interval_execution_day").ok_or_else(|| ApiError::missing_fields("interval_execution_day"))?;
    let fits = match interval {
        "WEEKLY" => (1..=7).contains(&day),
        _ => (1..=28).contains(&day) || (-5..=-1).contains(&day),
    };
    if !fits {
        let message = "schedule.interval_execution_day must be 1 to 7 by the week; 1 to 28 or -5 to -1 by the month";
        return Err(ApiError::invalid_field(message));
    }
    let start = of.date("start_date")?.ok_or_else(|| ApiError::missing_fields("schedule.start_date"))?;
    let end = of.date("end_date")?;
    let wrong = |message: &str| Err(payment_error("PAYMENT_INVALID_SCHEDULE", message));
    if start < today {
        return wrong("the standing order must not begin in the past");
    }
    if end.is_some_and(|end| end < start) {
        return wrong("the standing order must not end before it begins");
    }
    Ok(StandingOrder { interval: interval.to_owned(), day, start, end, adjusted_start: None })
}

/// The first banking day from a day on. Of the holidays, those are known that have a fixed date.
pub fn banking_day(day: NaiveDate) -> NaiveDate {
    let is_free = |day: &NaiveDate| {
        matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
            || matches!((day.month(), day.day()), (1, 1) | (12, 25 | 26))
    };
    day.iter_days().find(|day| !is_free(day)).unwrap_or(day)
}

/// `/payment_initiation/payment/get`.
pub fn get(call: &mut Call<'_>) -> Response {
    let payment = named(call.tenant, call.request.required("payment_id")?)?;
    Ok(show::payment(&call.tenant.payments, payment))
}

/// `/payment_initiation/payment/list`: the newest first. The cursor is a time: what was created before it comes.
pub fn list(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let before = check::moment(request, "cursor")?;
    let consent = match request.text("consent_id") {
        Some(id) => Some(consents::named(call.tenant, id)?.id.as_str()),
        None => None,
    };
    let size = request.within("count", 1..=200, 10)?;
    let payments = &call.tenant.payments;
    let is_meant = |one: &&Payment| {
        before.is_none_or(|before| one.created < before) && (consent.is_none() || one.consent.as_deref() == consent)
    };
    let mut some: Vec<&Payment> = payments.payments.values().rev().filter(is_meant).take(size + 1).collect();
    let has_more = some.len() > size;
    some.truncate(size);
    let next = some.last().filter(|_| has_more).map(|last| cursor(last.created));
    let shown: Vec<_> = some.into_iter().map(|one| show::payment(payments, one)).collect();
    Ok(json!({"next_cursor": next, "payments": shown}))
}

fn cursor(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// `/payment_initiation/payment/token/create`: what the older Link starts with.
pub fn token(call: &mut Call<'_>) -> Response {
    let payment = named(call.tenant, call.request.required("payment_id")?)?;
    waits(payment)?;
    let id = payment.id.clone();
    let expires = call.tenant.now() + TimeDelta::minutes(TOKEN_LIFE);
    let token = call.tenant.ids.token("payment-token");
    call.tenant.payments.tokens.insert(token.clone(), (id, expires));
    Ok(json!({"payment_token": token, "payment_token_expiration_time": time(expires)}))
}

/// Refuses a payment that has been in Link already.
///
/// # Errors
/// `INVALID_FIELD` for such a payment.
pub fn waits(payment: &Payment) -> Result<(), ApiError> {
    match payment.status {
        PaymentStatus::InputNeeded => Ok(()),
        status => {
            Err(ApiError::invalid_field(&format!("the payment does not wait for the user: it is {}", status.name())))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::banking_day;

    #[test]
    fn a_bank_works_on_other_days_than_weekends_and_holidays() {
        let day = |text: &str| banking_day(text.parse().expect("a date")).to_string();
        assert_eq!(day("2026-11-27"), "2026-11-27");
        assert_eq!(day("2026-11-28"), "2026-11-30");
        assert_eq!(day("2026-12-25"), "2026-12-28");
        assert_eq!(day("2027-01-01"), "2027-01-04");
    }
}
