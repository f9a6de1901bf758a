//! Ledgers: their balances, deposits, withdrawals, distributions, and what moved them.

use chrono::NaiveTime;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::super::{Call, Response, nothing, reading};
use super::days;
use super::progress::{self, About};
use super::{amount, in_range, magic, originator, page, shown, view};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::{
    DEFAULT_LEDGER, EventKind, FUNDING_ACCOUNT, Ledger, Movement, Network, Source, SourceKind, Stamp, Sweep,
    SweepStatus, SweepTrigger, Tenant,
};

/// The id of the ledger that a request names, of the one that its originator has, or of the default one.
///
/// # Errors
/// `INVALID_FIELD` for an unknown ledger, `TRANSFER_ORIGINATOR_NOT_FOUND` for an unknown originator.
pub fn chosen(tenant: &mut Tenant, request: Fields<'_>) -> Result<String, ApiError> {
    let owner = originator(tenant, request)?.filter(|id| *id != tenant.client_id).map(str::to_owned);
    if let Some(id) = request.text("ledger_id") {
        return known(tenant, id, "ledger_id");
    }
    let Some(owner) = owner else { return Ok(DEFAULT_LEDGER.to_owned()) };
    let ledgers = &mut tenant.transfers.ledgers;
    if let Some(own) = ledgers.all().iter().find(|ledger| ledger.originator.as_ref() == Some(&owner)) {
        return Ok(own.id.clone());
    }
    let id = tenant.ids.named(&format!("ledger of {owner}")).uuid();
    let mut ledger = Ledger::new(&id, "Default", true, Decimal::ZERO);
    ledger.originator = Some(owner);
    ledgers.add(ledger);
    Ok(id)
}

fn known(tenant: &Tenant, id: &str, name: &str) -> Result<String, ApiError> {
    let ledger = tenant.transfers.ledgers.get(id);
    ledger
        .map(|ledger| ledger.id.clone())
        .ok_or_else(|| ApiError::invalid_field(&format!("{name} must be the id of a ledger")))
}

/// `/transfer/ledger/get`.
pub fn get(call: &mut Call<'_>) -> Response {
    let id = chosen(call.tenant, call.request)?;
    let ledger = call.tenant.transfers.ledgers.get(&id);
    let ledger = ledger.ok_or_else(|| ApiError::invalid_field("ledger_id must be the id of a ledger"))?;
    Ok(json!({
        "balance": {"available": shown(ledger.available()), "pending": shown(ledger.pending())},
        "is_default": ledger.is_default,
        "ledger_id": ledger.id,
        "name": ledger.name,
    }))
}

/// `/transfer/balance/get`: the default ledger, as the older product names it.
pub fn balance(call: &mut Call<'_>) -> Response {
    originator(call.tenant, call.request)?;
    let kind = call.request.text("type").unwrap_or("prefunded_rtp_credits");
    let ledger = call.tenant.transfers.ledgers.get(DEFAULT_LEDGER);
    let (available, pending) = ledger.map(|ledger| (ledger.available(), ledger.pending())).unwrap_or_default();
    let current = available + pending;
    Ok(json!({"balance": {"available": shown(available), "current": shown(current), "type": kind}}))
}

/// `/transfer/ledger/deposit`: money from the client's account. It is pending at once.
pub fn deposit(call: &mut Call<'_>) -> Response {
    sweep(call, true)
}

/// `/transfer/ledger/withdraw`: money to the client's account. It is no longer available at once.
pub fn withdraw(call: &mut Call<'_>) -> Response {
    sweep(call, false)
}

fn sweep(call: &mut Call<'_>, is_deposit: bool) -> Response {
    let request = call.request;
    let verb = if is_deposit { "deposit" } else { "withdraw" };
    let key = format!("{verb}/{}", request.required("idempotency_key")?);
    let amount = amount(request, "amount")?;
    let network = reading::named::<Network>(request, "network")?;
    if is_deposit && !network.is_ach() {
        return Err(ApiError::invalid_field("network must be ach or same-day-ach for a deposit"));
    }
    let tenant = &mut *call.tenant;
    let ledger = chosen(tenant, request)?;
    if let Some(earlier) = tenant.transfers.keys.get(&key).and_then(|id| tenant.transfers.sweeps.get(id)) {
        return Ok(json!({"sweep": view::sweep(earlier)}));
    }
    let (id, now) = (tenant.ids.uuid(), tenant.now());
    let due = days::deposit_day(now.date_naive());
    let Tenant { transfers, ids, .. } = tenant;
    let (mut stamp, source) = (Stamp { ids, at: now }, Source::new(SourceKind::Sweep, &id));
    match is_deposit {
        true => {
            let at = due.and_time(NaiveTime::MIN).and_utc();
            transfers.ledgers.hold(&mut stamp, &ledger, amount, &source, at);
        }
        false => transfers
            .ledgers
            .pay(&mut stamp, &ledger, amount, &source)
            .map_err(|_| ApiError::invalid_field("amount must not be more than the available balance"))?,
    }
    let originator = transfers.ledgers.get(&ledger).and_then(|ledger| ledger.originator.clone());
    let sweep = Sweep {
        id: id.clone(),
        amount: if is_deposit { -amount } else { amount },
        ledger: Some(ledger),
        funding_account: request.text("funding_account_id").unwrap_or(FUNDING_ACCOUNT).to_owned(),
        created: now,
        settled: None,
        funds_due: is_deposit.then_some(due),
        status: Some(SweepStatus::Pending),
        trigger: SweepTrigger::Manual,
        description: request.text("description").map(str::to_owned),
        trace: None,
        failure: None,
        transfers: Vec::new(),
        originator,
    };
    let (shown, amount) = (view::sweep(&sweep), sweep.amount);
    transfers.keys.insert(key, id.clone());
    transfers.sweeps.insert(id.clone(), sweep);
    let about = About { sweep: Some(id.clone()), amount: Some(amount), ..About::default() };
    progress::record(tenant, EventKind::SweepPending, about, now);
    magic::plan_sweep(tenant, &id);
    Ok(json!({"sweep": shown}))
}

/// `/transfer/ledger/distribute`: available money moves to another ledger. The same key moves it once.
pub fn distribute(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let key = format!("distribute/{}", request.required("idempotency_key")?);
    let amount = amount(request, "amount")?;
    let from = known(call.tenant, request.required("from_ledger_id")?, "from_ledger_id")?;
    let to = known(call.tenant, request.required("to_ledger_id")?, "to_ledger_id")?;
    if call.tenant.transfers.keys.contains_key(&key) {
        return nothing();
    }
    if from == to {
        return Err(ApiError::invalid_field("from_ledger_id and to_ledger_id must be different ledgers"));
    }
    let at = call.tenant.now();
    let id = call.tenant.ids.uuid();
    let Tenant { transfers, ids, .. } = &mut *call.tenant;
    let (mut stamp, source) = (Stamp { ids, at }, Source::new(SourceKind::Distribution, &id));
    let paid = transfers.ledgers.pay(&mut stamp, &from, amount, &source);
    paid.map_err(|_| ApiError::invalid_field("amount must not be more than the available balance"))?;
    transfers.ledgers.credit(&mut stamp, &to, amount, &source);
    transfers.keys.insert(key, id);
    nothing()
}

/// `/transfer/ledger/event/list`: what moved the ledgers, newest first.
pub fn events(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let owner = originator(call.tenant, request)?.map(str::to_owned);
    let ledgers = &call.tenant.transfers.ledgers;
    let in_range = in_range(request)?;
    let is = |name: &str, value: &str| request.text(name).is_none_or(|wanted| wanted == value);
    let is_owned = |movement: &Movement| {
        owner.is_none() || ledgers.get(&movement.ledger).is_some_and(|ledger| ledger.originator == owner)
    };
    let fits = |movement: &&Movement| {
        in_range(movement.at)
            && is("ledger_id", &movement.ledger)
            && is("ledger_event_id", &movement.id)
            && is("source_type", movement.source.kind.wire())
            && is("source_id", &movement.source.id)
            && is_owned(movement)
    };
    let found: Vec<&Movement> = ledgers.movements().iter().rev().filter(fits).collect();
    let (found, has_more) = page(request, found)?;
    Ok(json!({"has_more": has_more, "ledger_events": found.into_iter().map(view::movement).collect::<Vec<Value>>()}))
}
