//! Amounts of the Sandbox that make an object move by itself.

use chrono::TimeDelta;
use rust_decimal::Decimal;

use super::{announce, progress};
use crate::state::{
    Event, Failure, Network, RefundStatus, SweepStatus, Tenant, TransferKind, TransferStatus, TransferStep,
};

/// The states that a transfer of an amount goes through, and the code that it comes back with.
fn of_transfer(amount: Decimal) -> Option<(&'static [TransferStatus], Option<&'static str>)> {
    use TransferStatus::{Failed, FundsAvailable, Posted, Returned, Settled};
    Some(match amount.to_string().as_str() {
        "11.11" => (&[Posted, Settled, FundsAvailable], None),
        "22.22" => (&[Failed], None),
        "33.33" => (&[Posted, Returned], Some("R01")),
        "44.44" => (&[Posted, Returned], Some("R02")),
        "55.55" => (&[Posted, Settled, FundsAvailable, Returned], Some("R16")),
        "66.66" => (&[Posted, Settled, Returned], Some("R01")),
        _ => return None,
    })
}

/// The states that a refund of an amount goes through, and the code that it comes back with.
fn of_refund(amount: Decimal) -> Option<(&'static [RefundStatus], Option<&'static str>)> {
    use RefundStatus::{Failed, Posted, Returned, Settled};
    Some(match amount.to_string().as_str() {
        "1.11" => (&[Posted, Settled], None),
        "2.22" => (&[Failed], None),
        "3.33" => (&[Posted, Returned], Some("R01")),
        _ => return None,
    })
}

/// The states that a deposit or a withdrawal of an amount goes through, and the code that it comes back with.
fn of_sweep(amount: Decimal) -> Option<(&'static [SweepStatus], Option<&'static str>)> {
    use SweepStatus::{Failed, FundsAvailable, Posted, Returned, Settled};
    Some(match amount.abs().to_string().as_str() {
        "111.11" => (&[Posted, Settled, FundsAvailable], None),
        "222.22" => (&[Failed], None),
        "333.33" => (&[Posted, Returned], Some("R01")),
        "444.44" => (&[Posted, Settled, Returned], Some("R01")),
        _ => return None,
    })
}

/// Lets a new transfer move by itself, if its amount says so.
pub fn plan_transfer(tenant: &mut Tenant, id: &str) {
    let Some(one) = tenant.transfers.transfers.get(id) else { return };
    let (kind, network) = (one.proposal.kind, one.proposal.network);
    let Some((states, code)) = of_transfer(one.proposal.amount) else { return };
    let is_held = kind == TransferKind::Debit && network != Network::Rtp;
    let states = states.iter().filter(|state| is_held || **state != TransferStatus::FundsAvailable);
    let steps = states.map(|state| TransferStep::Transfer(id.to_owned(), *state, code.map(str::to_owned)));
    plan(tenant, steps.collect());
}

/// Lets a new refund move by itself, if its amount says so.
pub fn plan_refund(tenant: &mut Tenant, id: &str) {
    let Some((states, code)) = tenant.transfers.refunds.get(id).and_then(|one| of_refund(one.amount)) else { return };
    let steps = states.iter().map(|state| TransferStep::Refund(id.to_owned(), *state, code.map(str::to_owned)));
    plan(tenant, steps.collect());
}

/// Lets a new deposit or withdrawal move by itself, if its amount says so.
pub fn plan_sweep(tenant: &mut Tenant, id: &str) {
    let Some(one) = tenant.transfers.sweeps.get(id) else { return };
    let is_deposit = one.is_deposit();
    let Some((states, code)) = of_sweep(one.amount) else { return };
    let states = states.iter().filter(|state| is_deposit || **state != SweepStatus::FundsAvailable);
    let steps = states.map(|state| TransferStep::Sweep(id.to_owned(), *state, code.map(str::to_owned)));
    plan(tenant, steps.collect());
}

/// Schedules steps, each as long after the one before as a bank takes.
fn plan(tenant: &mut Tenant, steps: Vec<TransferStep>) {
    let mut at = tenant.now();
    for step in steps {
        at += TimeDelta::milliseconds(tenant.pace.historical);
        tenant.schedule.at(at, Event::Transfer(step));
    }
}

/// A step that was planned. If something else has happened in between, it does not fit any more and is left out.
pub fn step(tenant: &mut Tenant, step: &TransferStep) {
    let at = tenant.now();
    let failure = |code: &Option<String>| {
        let code = code.clone()?;
        Some(Failure { code: Some(code), description: "it was returned".to_owned() })
    };
    let moved = match step {
        TransferStep::Transfer(id, to, code) => progress::transfer(tenant, id, *to, failure(code), at),
        TransferStep::Refund(id, to, code) => progress::refund(tenant, id, *to, failure(code), at),
        TransferStep::Sweep(id, to, code) => progress::sweep(tenant, id, *to, failure(code), at),
        TransferStep::Announce => return,
    };
    if moved.is_ok() {
        announce(tenant);
    }
}
