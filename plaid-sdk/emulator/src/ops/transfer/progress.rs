//! How transfers, refunds and sweeps get from one state to the next, and what that does to ledgers.

use chrono::{DateTime, NaiveTime, Utc};
use rust_decimal::Decimal;

use super::announce_event;
use super::days::{HOLD, funds_expected};
use super::parts::parts;
use crate::calendar::banking_days_after;
use crate::state::{
    EventKind, Failure, RefundStatus, Source, SourceKind, Stamp, SweepState, SweepStatus, Tenant, TransferEvent,
    TransferKind, TransferStatus,
};

/// A state does not follow the present one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotNow;

/// What an event is about.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// A transfer.
    pub transfer: Option<String>,
    /// A refund.
    pub refund: Option<String>,
    /// A sweep.
    pub sweep: Option<String>,
    /// The amount of the sweep, or what a transfer adds to it.
    pub amount: Option<Decimal>,
    /// Why it failed or came back.
    pub failure: Option<Failure>,
}

impl About {
    /// About a transfer.
    pub fn transfer(id: &str) -> Self {
        Self { transfer: Some(id.to_owned()), ..Self::default() }
    }
}

/// Records an event.
pub fn record(tenant: &mut Tenant, kind: EventKind, about: About, at: DateTime<Utc>) {
    let events = &mut tenant.transfers.events;
    events.push(TransferEvent {
        id: events.last().map_or(1, |last| last.id + 1),
        at,
        kind,
        transfer: about.transfer,
        refund: about.refund,
        sweep: about.sweep,
        sweep_amount: about.amount,
        failure: about.failure,
    });
    announce_event(tenant);
}

/// Why something failed or came back, for a state that says so.
fn reason(is_failed: bool, is_returned: bool, given: Option<Failure>) -> Option<Failure> {
    let plain =
        |code: Option<&str>, text: &str| Failure { code: code.map(str::to_owned), description: text.to_owned() };
    match (is_failed, is_returned) {
        // Only what comes back has a code.
        (true, _) => Some(Failure { code: None, ..given.unwrap_or_else(|| plain(None, "it failed")) }),
        (_, true) => {
            let given = given.unwrap_or_else(|| plain(None, "it was returned"));
            Some(Failure { code: given.code.or_else(|| Some("R01".to_owned())), ..given })
        }
        _ => None,
    }
}

/// A transfer gets to a state.
///
/// # Errors
/// If the state does not follow the present one. Then nothing changes.
pub fn transfer(
    tenant: &mut Tenant,
    id: &str,
    to: TransferStatus,
    failure: Option<Failure>,
    at: DateTime<Utc>,
) -> Result<(), NotNow> {
    let Tenant { transfers, ids, .. } = tenant;
    let one = transfers.transfers.get_mut(id).ok_or(NotNow)?;
    let (kind, network) = (one.proposal.kind, one.proposal.network);
    if !to.follows(one.status, kind, network) {
        return Err(NotNow);
    }
    one.status = to;
    one.failure = reason(to == TransferStatus::Failed, to == TransferStatus::Returned, failure);
    if to.is_undone() && one.sweep == Some(SweepState::Unswept) {
        one.sweep = None;
    }
    let source = Source::new(SourceKind::Transfer, id);
    let mut stamp = Stamp { ids, at };
    match to {
        TransferStatus::Posted => one.trace = Some(trace(&mut stamp)),
        TransferStatus::Settled => {
            one.settled = Some(at.date_naive());
            // What is paid at once is not held.
            if network.is_ach() {
                transfers.ledgers.set_due(&source, funds_expected(one));
            } else {
                transfers.ledgers.release(&mut stamp, &source);
            }
        }
        TransferStatus::FundsAvailable => {
            transfers.ledgers.release(&mut stamp, &source);
        }
        TransferStatus::Failed | TransferStatus::Cancelled | TransferStatus::Returned => match kind {
            TransferKind::Debit => {
                for (ledger, amount) in parts(one) {
                    transfers.ledgers.take_back(&mut stamp, &ledger, amount, &source);
                }
            }
            TransferKind::Credit => {
                transfers.ledgers.credit(&mut stamp, &one.proposal.ledger, one.proposal.amount, &source);
            }
        },
        TransferStatus::Pending => {}
    }
    let about = About { failure: one.failure.clone(), ..About::transfer(id) };
    record(tenant, EventKind::of_transfer(to), about, at);
    Ok(())
}

/// A refund gets to a state. What does not reach the user comes back to the ledger.
///
/// # Errors
/// If the state does not follow the present one, or the network would get a refund before its transfer has settled.
pub fn refund(
    tenant: &mut Tenant,
    id: &str,
    to: RefundStatus,
    failure: Option<Failure>,
    at: DateTime<Utc>,
) -> Result<(), NotNow> {
    let Tenant { transfers, ids, .. } = tenant;
    let one = transfers.refunds.get_mut(id).ok_or(NotNow)?;
    let of = transfers.transfers.get(&one.transfer).map(|of| of.status);
    let is_settled = matches!(of, Some(TransferStatus::Settled | TransferStatus::FundsAvailable));
    if !one.status.next().contains(&to) || to == RefundStatus::Posted && !is_settled {
        return Err(NotNow);
    }
    one.status = to;
    one.failure = reason(to == RefundStatus::Failed, to == RefundStatus::Returned, failure);
    if to.is_undone() && one.sweep == Some(SweepState::Unswept) {
        one.sweep = None;
    }
    let mut stamp = Stamp { ids, at };
    if to == RefundStatus::Posted {
        one.trace = Some(trace(&mut stamp));
    }
    if to.is_undone() {
        let source = Source::new(SourceKind::Refund, id);
        transfers.ledgers.credit(&mut stamp, &one.ledger, one.amount, &source);
    }
    let about = About {
        transfer: Some(one.transfer.clone()),
        refund: Some(id.to_owned()),
        failure: one.failure.clone(),
        ..About::default()
    };
    record(tenant, EventKind::of_refund(to), about, at);
    Ok(())
}

/// A deposit or a withdrawal gets to a state.
///
/// # Errors
/// If the state does not follow the present one.
pub fn sweep(
    tenant: &mut Tenant,
    id: &str,
    to: SweepStatus,
    failure: Option<Failure>,
    at: DateTime<Utc>,
) -> Result<(), NotNow> {
    let Tenant { transfers, ids, .. } = tenant;
    let one = transfers.sweeps.get_mut(id).ok_or(NotNow)?;
    let is_deposit = one.is_deposit();
    let (Some(status), Some(ledger)) = (one.status, one.ledger.clone()) else { return Err(NotNow) };
    if !status.next(is_deposit).contains(&to) {
        return Err(NotNow);
    }
    one.status = Some(to);
    one.failure = reason(to == SweepStatus::Failed, to == SweepStatus::Returned, failure);
    let source = Source::new(SourceKind::Sweep, id);
    let mut stamp = Stamp { ids, at };
    match to {
        SweepStatus::Posted => one.trace = Some(trace(&mut stamp)),
        SweepStatus::Settled => {
            let today = at.date_naive();
            one.settled = Some(today);
            if is_deposit {
                let due = banking_days_after(today, HOLD);
                one.funds_due = Some(due);
                transfers.ledgers.set_due(&source, due.and_time(NaiveTime::MIN).and_utc());
            }
        }
        SweepStatus::FundsAvailable => {
            transfers.ledgers.release(&mut stamp, &source);
        }
        SweepStatus::Failed | SweepStatus::Returned => {
            one.funds_due = None;
            match is_deposit {
                true => transfers.ledgers.take_back(&mut stamp, &ledger, -one.amount, &source),
                false => transfers.ledgers.credit(&mut stamp, &ledger, one.amount, &source),
            }
        }
        SweepStatus::Pending => {}
    }
    let about = About {
        sweep: Some(id.to_owned()),
        amount: Some(one.amount),
        failure: one.failure.clone(),
        ..About::default()
    };
    record(tenant, EventKind::of_sweep(to), about, at);
    Ok(())
}

/// The number that a network gives what it moves: 15 digits.
fn trace(stamp: &mut Stamp<'_>) -> String {
    format!("{:015}", stamp.ids.below(1_000_000_000_000_000))
}
