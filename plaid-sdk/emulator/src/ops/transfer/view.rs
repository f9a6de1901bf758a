//! Transfers, refunds, sweeps and events as responses contain them.

use serde_json::{Value, json};

use super::days::{funds_day, settlement};
use super::shown;
use crate::calendar::banking_days_after;
use crate::fields::time;
use crate::json;
use crate::state::{
    Authorization, Failure, Movement, Named as _, Network, Proposal, Refund, SourceKind, Sweep, SweepTrigger, Transfer,
    TransferEvent, TransferKind, TransferStatus, Transfers,
};

/// How many banking days after its settlement a transfer can come back for lack of money.
const STANDARD_RETURNS: u32 = 3;
/// How many banking days after its settlement the user can say that they did not agree to it.
const UNAUTHORIZED_RETURNS: u32 = 61;

/// Why an authorization was decided so.
pub fn rationale(one: &Authorization) -> Option<Value> {
    let rationale = one.rationale?;
    Some(json!({"code": rationale.wire(), "description": one.description.clone().unwrap_or_default()}))
}

/// An authorization.
pub fn authorization(one: &Authorization) -> Value {
    let rationale = rationale(one);
    let mut proposed = proposal(&one.proposal);
    json::merge(&mut proposed, json!({"requested_amount": shown(one.proposal.amount)}));
    json!({
        "created": time(one.created),
        "decision": one.decision.wire(),
        "decision_rationale": rationale,
        "guarantee_decision": guarantee(&one.proposal),
        "guarantee_decision_rationale": guarantee_rationale(&one.proposal),
        "id": one.id,
        "payment_risk": null,
        "proposed_transfer": proposed,
    })
}

fn guarantee(proposal: &Proposal) -> Option<&'static str> {
    proposal.guaranteed.map(|is_guaranteed| if is_guaranteed { "GUARANTEED" } else { "NOT_GUARANTEED" })
}

fn guarantee_rationale(proposal: &Proposal) -> Option<Value> {
    let is_refused = proposal.guaranteed == Some(false);
    is_refused.then(|| json!({"code": "RISK_ESTIMATE_UNAVAILABLE", "description": "the risk can't be estimated"}))
}

/// What an authorization and its transfer both show.
fn proposal(one: &Proposal) -> Value {
    let source = (one.kind == TransferKind::Credit).then_some("sweep");
    let mut value = json!({
        "account_id": one.account,
        "amount": shown(one.amount),
        "credit_funds_source": source,
        "funding_account_id": one.funding_account,
        "iso_currency_code": "USD",
        "ledger_id": one.ledger,
        "network": one.network.wire(),
        "origination_account_id": "",
        "originator_client_id": one.originator,
        "type": one.kind.wire(),
        "user": one.user,
        "wire_details": one.wire_details,
    });
    if let Some(class) = one.ach_class {
        value["ach_class"] = class.wire().into();
    }
    value
}

fn failure(of: Option<&Failure>) -> Option<Value> {
    let failure = of?;
    let is_ach = failure.code.as_ref().is_some_and(|code| code.starts_with('R'));
    Some(json!({
        "ach_return_code": failure.code.as_ref().filter(|_| is_ach),
        "description": failure.description,
        "failure_code": failure.code,
    }))
}

/// A transfer with its refunds.
pub fn transfer(all: &Transfers, one: &Transfer) -> Value {
    let proposal = &one.proposal;
    let is_ach = proposal.network.is_ach();
    let is_debit = proposal.kind == TransferKind::Debit;
    let settles = settlement(one);
    let window = |days: u32| is_ach.then(|| banking_days_after(settles, days));
    let mut value = self::proposal(proposal);
    json::merge(
        &mut value,
        json!({
            "authorization_id": one.authorization,
            "cancellable": one.status == TransferStatus::Pending,
            "created": time(one.created),
            "description": one.description,
            "expected_funds_available_date": (is_debit && !one.status.is_undone()).then(|| funds_day(one)),
            "expected_settlement_date": settles,
            "failure_reason": failure(one.failure.as_ref()),
            "guarantee_decision": guarantee(proposal),
            "guarantee_decision_rationale": guarantee_rationale(proposal),
            "id": one.id,
            "metadata": one.metadata,
            "network_trace_id": one.trace,
            "recurring_transfer_id": one.recurring,
            "refunds": all.refunds_of(&one.id).map(refund).collect::<Vec<_>>(),
            "standard_return_window": window(STANDARD_RETURNS),
            "status": one.status.wire(),
            "sweep_status": one.sweep.map(crate::state::SweepState::wire),
            "unauthorized_return_window": window(UNAUTHORIZED_RETURNS),
        }),
    );
    if is_debit && is_ach {
        value["expected_sweep_settlement_schedule"] =
            json!([{"sweep_settlement_date": funds_day(one), "swept_settled_amount": shown(proposal.amount)}]);
    }
    if let Some(fee) = one.facilitator_fee {
        value["facilitator_fee"] = shown(fee).into();
    }
    value
}

/// A refund.
pub fn refund(one: &Refund) -> Value {
    json!({
        "amount": shown(one.amount),
        "created": time(one.created),
        "failure_reason": failure(one.failure.as_ref()),
        "id": one.id,
        "ledger_id": one.ledger,
        "network_trace_id": one.trace,
        "status": one.status.wire(),
        "transfer_id": one.transfer,
    })
}

/// A sweep.
pub fn sweep(one: &Sweep) -> Value {
    let failure = one.failure.as_ref();
    let failure = failure.map(|failure| json!({"description": failure.description, "failure_code": failure.code}));
    let mut value = json!({
        "amount": shown(one.amount),
        "created": time(one.created),
        "expected_funds_available_date": one.funds_due,
        "failure_reason": failure,
        "funding_account_id": one.funding_account,
        "id": one.id,
        "iso_currency_code": "USD",
        "ledger_id": one.ledger,
        "network_trace_id": one.trace,
        "settled": one.settled,
        "status": one.status.map(crate::state::SweepStatus::wire),
        "trigger": one.trigger.wire(),
    });
    let plain = (one.trigger == SweepTrigger::Manual).then_some(if one.is_deposit() { "deposit" } else { "withdraw" });
    if let Some(description) = one.description.as_deref().or(plain) {
        value["description"] = description.into();
    }
    value
}

/// An event.
pub fn event(all: &Transfers, one: &TransferEvent) -> Value {
    let of = one.transfer.as_ref().and_then(|id| all.transfers.get(id));
    let sweep = one.sweep.as_ref().and_then(|id| all.sweeps.get(id));
    let originator = of.map_or_else(
        || sweep.and_then(|sweep| sweep.originator.as_ref()),
        |transfer| transfer.proposal.originator.as_ref(),
    );
    // Networks other than RTP have no requests for payment, and only these show the intent.
    let is_request = |of: &&Transfer| (of.proposal.kind, of.proposal.network) == (TransferKind::Debit, Network::Rtp);
    let intent = of.filter(is_request).and_then(|of| of.intent.as_ref());
    let mut value = json!({
        "event_id": one.id,
        "event_type": one.kind.wire(),
        "failure_reason": failure(one.failure.as_ref()),
        "funding_account_id": of.map(|of| &of.proposal.funding_account).or(sweep.map(|sweep| &sweep.funding_account)),
        "intent_id": intent,
        "ledger_id": of.map(|of| &of.proposal.ledger).or(sweep.and_then(|sweep| sweep.ledger.as_ref())),
        "origination_account_id": "",
        "originator_client_id": originator,
        "refund_id": one.refund,
        "sweep_amount": one.sweep_amount.map(shown),
        "sweep_id": one.sweep,
        "timestamp": time(one.at),
        // An event of a ledger's sweep has no transfer, and an empty id in its place.
        "transfer_id": one.transfer.as_deref().unwrap_or_default(),
    });
    if let Some(of) = of {
        let about = json!({
            "account_id": of.proposal.account,
            "transfer_amount": shown(of.proposal.amount),
            "transfer_type": of.proposal.kind.wire(),
        });
        json::merge(&mut value, about);
    }
    value
}

/// A movement of a ledger.
pub fn movement(one: &Movement) -> Value {
    let mut value = json!({
        "amount": shown(one.amount),
        "available_balance": shown(one.available),
        "description": one.description,
        "ledger_event_id": one.id,
        "ledger_id": one.ledger,
        "pending_balance": shown(one.pending),
        "timestamp": time(one.at),
        "type": one.balance.wire(),
    });
    let name = match one.source.kind {
        SourceKind::Transfer => "transfer_id",
        SourceKind::Sweep => "sweep_id",
        SourceKind::Refund => "refund_id",
        SourceKind::Distribution => return value,
    };
    value[name] = one.source.id.as_str().into();
    value
}
