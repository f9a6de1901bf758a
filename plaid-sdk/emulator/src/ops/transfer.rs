//! `/transfer/*`: authorizations, transfers, refunds, sweeps and ledgers.

mod account;
mod authorization;
mod create;
mod days;
mod decision;

mod events;
mod ledgers;
mod magic;
mod originate;
mod parts;
mod progress;
#[cfg(test)]
mod property;
mod refunds;
mod repayments;
mod simulate;
mod sweeps;
mod view;

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;
use serde_json::json;

use super::{Class, Entry};
use crate::error::ApiError;
use crate::fields::{Fields, money};
use crate::state::{Announce, Diligence, Event, Tenant, TransferStep};

pub use self::account::supports_rtp;
pub use self::authorization::item_of;
pub use self::authorization::{authorize, user};
pub use self::originate::{Cause, originate};
pub use self::view::rationale;

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/sandbox/transfer/fire_webhook", Class::Computed, simulate::fire),
    Entry::json("/sandbox/transfer/ledger/deposit/simulate", Class::StateMachine, simulate::deposit),
    Entry::json("/sandbox/transfer/ledger/simulate_available", Class::StateMachine, simulate::available),
    Entry::json("/sandbox/transfer/ledger/withdraw/simulate", Class::StateMachine, simulate::withdrawal),
    Entry::json("/sandbox/transfer/refund/simulate", Class::StateMachine, simulate::refund),
    Entry::json("/sandbox/transfer/repayment/simulate", Class::StateMachine, repayments::simulate),
    Entry::json("/sandbox/transfer/simulate", Class::StateMachine, simulate::transfer),
    Entry::json("/sandbox/transfer/sweep/simulate", Class::StateMachine, sweeps::simulate),
    Entry::json("/transfer/authorization/cancel", Class::StateMachine, authorization::cancel),
    Entry::json("/transfer/authorization/create", Class::StateMachine, authorization::create),
    Entry::json("/transfer/balance/get", Class::Computed, ledgers::balance),
    Entry::json("/transfer/cancel", Class::StateMachine, create::cancel),
    Entry::json("/transfer/create", Class::StateMachine, create::create),
    Entry::json("/transfer/event/list", Class::StateMachine, events::list),
    Entry::json("/transfer/event/sync", Class::StateMachine, events::sync),
    Entry::json("/transfer/get", Class::StateMachine, create::get),
    Entry::json("/transfer/ledger/deposit", Class::StateMachine, ledgers::deposit),
    Entry::json("/transfer/ledger/distribute", Class::StateMachine, ledgers::distribute),
    Entry::json("/transfer/ledger/event/list", Class::StateMachine, ledgers::events),
    Entry::json("/transfer/ledger/get", Class::StateMachine, ledgers::get),
    Entry::json("/transfer/ledger/withdraw", Class::StateMachine, ledgers::withdraw),
    Entry::json("/transfer/list", Class::StateMachine, create::list),
    Entry::json("/transfer/refund/cancel", Class::StateMachine, refunds::cancel),
    Entry::json("/transfer/refund/create", Class::StateMachine, refunds::create),
    Entry::json("/transfer/refund/get", Class::StateMachine, refunds::get),
    Entry::json("/transfer/repayment/list", Class::StateMachine, repayments::list),
    Entry::json("/transfer/repayment/return/list", Class::StateMachine, repayments::returns),
    Entry::json("/transfer/sweep/get", Class::StateMachine, sweeps::get),
    Entry::json("/transfer/sweep/list", Class::StateMachine, sweeps::list),
];

/// How long after an announcement the next one comes at the earliest.
const PAUSE: TimeDelta = TimeDelta::minutes(1);

/// Something moves by itself.
pub fn step(tenant: &mut Tenant, step: &TransferStep) {
    match step {
        TransferStep::Announce => announce(tenant),
        step => magic::step(tenant, step),
    }
}

/// Announces events where the client has its webhook, at most once a minute.
fn announce(tenant: &mut Tenant) {
    let now = tenant.now();
    let next = tenant.transfers.announced.map_or(now, |last| last + PAUSE);
    if next > now {
        let event = Event::Transfer(TransferStep::Announce);
        if !tenant.schedule.has(&event) {
            tenant.schedule.at(next, event);
        }
        return;
    }
    tenant.transfers.announced = Some(now);
    let url = tenant.transfers.rules.webhook.clone();
    tenant.webhook(None, url, "TRANSFER", "TRANSFER_EVENTS_UPDATE", json!({}));
}

/// Announces an event, if every event is announced.
fn announce_event(tenant: &mut Tenant) {
    if tenant.transfers.rules.announce == Announce::AsProduction {
        announce(tenant);
    }
}

/// Sends the webhook that a request for a simulation asks for.
fn announce_to(tenant: &mut Tenant, request: Fields<'_>) {
    if let Some(url) = request.text("webhook") {
        let url = Some(url.to_owned());
        tenant.webhook(None, url, "TRANSFER", "TRANSFER_EVENTS_UPDATE", json!({}));
    }
}

/// An amount of a request: a positive number with two digits after the point.
fn amount(request: Fields<'_>, name: &str) -> Result<Decimal, ApiError> {
    read_amount(request.required(name)?, name)
}

fn read_amount(text: &str, name: &str) -> Result<Decimal, ApiError> {
    let has_cents = text.split_once('.').is_some_and(|(whole, cents)| !whole.is_empty() && cents.len() == 2);
    let message = format!("{name} must be a positive amount with two digits after the point, such as 12.34");
    money(text).filter(|_| has_cents).ok_or_else(|| ApiError::invalid_field(&message))
}

/// An amount as responses contain it.
fn shown(amount: Decimal) -> String {
    format!("{amount:.2}")
}

/// The present, or the time of the test clock that a request names.
fn time_of(tenant: &Tenant, request: Fields<'_>) -> Result<DateTime<Utc>, ApiError> {
    let Some(id) = request.text("test_clock_id") else { return Ok(tenant.now()) };
    super::virtual_time::time(tenant, id)
}

fn moment(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text).ok().map(|time| time.to_utc())
}

/// Whether a time is in the range that `start_date` and `end_date` of a request name.
///
/// # Errors
/// `INVALID_FIELD` for a text that is not a time.
fn in_range(request: Fields<'_>) -> Result<impl Fn(DateTime<Utc>) -> bool, ApiError> {
    let bound = |name: &str| {
        let wrong = || ApiError::invalid_field(&format!("{name} must be a time, such as 2026-01-31T12:00:00Z"));
        request.text(name).map(|text| moment(text).ok_or_else(wrong)).transpose()
    };
    let (start, end) = (bound("start_date")?, bound("end_date")?);
    Ok(move |at: DateTime<Utc>| start.is_none_or(|start| at >= start) && end.is_none_or(|end| at <= end))
}

/// A page of a list: what is left of it after an offset, and whether there is more.
///
/// # Errors
/// `INVALID_FIELD` for a size or an offset out of range.
fn page<T>(request: Fields<'_>, all: Vec<T>) -> Result<(Vec<T>, bool), ApiError> {
    let (count, offset) = (request.within("count", 1..=25, 25)?, request.within("offset", 0..=i64::MAX, 0)?);
    let has_more = all.len() > offset.saturating_add(count);
    Ok((all.into_iter().skip(offset).take(count).collect(), has_more))
}

/// An error of Transfer.
fn refused(code: &'static str, message: &'static str) -> ApiError {
    ApiError::new("TRANSFER_ERROR", code, message)
}

/// The originator that a request names, if it is known.
///
/// # Errors
/// `TRANSFER_ORIGINATOR_NOT_FOUND`.
fn originator<'a>(tenant: &Tenant, request: Fields<'a>) -> Result<Option<&'a str>, ApiError> {
    let Some(id) = request.text("originator_client_id") else { return Ok(None) };
    match tenant.originators.get(id).is_some() || id == tenant.client_id {
        true => Ok(Some(id)),
        false => Err(refused("TRANSFER_ORIGINATOR_NOT_FOUND", "no originator has this client id")),
    }
}

/// The originator that a request moves money for. The client itself has no onboarding here.
///
/// # Errors
/// `TRANSFER_ORIGINATOR_NOT_FOUND`, and `INCOMPLETE_CUSTOMER_ONBOARDING` for one that Plaid has not approved.
fn onboarded<'a>(tenant: &Tenant, request: Fields<'a>) -> Result<Option<&'a str>, ApiError> {
    let Some(id) = originator(tenant, request)? else { return Ok(None) };
    match tenant.originators.get(id).map(|one| one.status) {
        None | Some(Diligence::Approved) => Ok(Some(id)),
        Some(status) => {
            let message = format!("the originator must be approved before money moves; it is {}", status.wire());
            Err(ApiError::new("TRANSFER_ERROR", "INCOMPLETE_CUSTOMER_ONBOARDING", message))
        }
    }
}
