//! Makes transfers of authorizations.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde_json::Value;

use super::authorization::{LIFE, unknown};
use super::days;
use super::parts::parts;
use super::progress::{self, About};
use super::{magic, onboarded, read_amount};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::{
    AccountId, Authorization, Decision, EventKind, Network, Source, SourceKind, Stamp, SweepState, Tenant, Transfer,
    TransferKind, TransferStatus, Usage,
};

/// What a transfer is made for.
#[derive(Clone, Copy, Debug)]
pub enum Cause<'a> {
    /// A request of the client.
    Request,
    /// The recurring transfer with this id.
    Recurring(&'a str),
    /// The intent with this id, to which a user agreed in Link.
    Intent(&'a str),
}

impl Cause<'_> {
    fn recurring(&self) -> Option<&str> {
        if let Self::Recurring(id) = self { Some(id) } else { None }
    }

    fn intent(&self) -> Option<&str> {
        if let Self::Intent(id) = self { Some(id) } else { None }
    }
}

/// Makes the transfer of an authorization, or finds the one that was made of it. `request` is that of `/transfer/create`, `at` the
/// time that the transfer shows. Returns its id.
///
/// # Errors
/// `INVALID_FIELD` for an authorization that can't be used, and for an amount over the authorized one.
pub fn originate(
    tenant: &mut Tenant,
    request: Fields<'_>,
    at: DateTime<Utc>,
    cause: Cause<'_>,
) -> Result<String, ApiError> {
    let account = AccountId(request.required("account_id")?.to_owned());
    let item = tenant.any_item(request.required("access_token")?)?;
    item.account(&account).ok_or_else(ApiError::invalid_account_id)?;
    let item = item.id.clone();
    onboarded(tenant, request)?;
    let authorization = tenant.transfers.authorizations.get(request.required("authorization_id")?);
    let authorization = authorization.ok_or_else(unknown)?;
    if (&authorization.proposal.item, &authorization.proposal.account) != (&item, &account) {
        return Err(ApiError::invalid_field("authorization_id must be an authorization of this account"));
    }
    if let Usage::Used(transfer) = &authorization.usage {
        return Ok(transfer.clone());
    }
    check_usable(authorization, tenant.now())?;
    let authorization = authorization.clone();
    let mut proposal = authorization.proposal.clone();
    if let Some(text) = request.text("amount") {
        proposal.amount = read_amount(text, "amount")?;
        if proposal.amount > authorization.proposal.amount {
            return Err(ApiError::invalid_field("amount must not be more than the authorized amount"));
        }
    }
    let fee = fee(request, proposal.amount)?;
    let description = description(request, proposal.network)?;
    let metadata = metadata(request)?;
    let id = tenant.ids.uuid();
    let transfer = Transfer {
        id: id.clone(),
        authorization: authorization.id.clone(),
        proposal,
        description,
        created: at,
        status: TransferStatus::Pending,
        sweep: Some(SweepState::Unswept),
        swept_by: None,
        failure: None,
        metadata,
        settled: None,
        trace: None,
        recurring: cause.recurring().map(str::to_owned),
        intent: cause.intent().map(str::to_owned),
        facilitator_fee: fee,
        repaid: false,
    };
    book(tenant, &transfer, at)?;
    if let Some(authorization) = tenant.transfers.authorizations.get_mut(&authorization.id) {
        authorization.usage = Usage::Used(id.clone());
    }
    tenant.transfers.transfers.insert(id.clone(), transfer);
    progress::record(tenant, EventKind::Pending, About::transfer(&id), at);
    magic::plan_transfer(tenant, &id);
    Ok(id)
}

fn check_usable(authorization: &Authorization, now: DateTime<Utc>) -> Result<(), ApiError> {
    let message = match (&authorization.usage, authorization.decision) {
        (Usage::Cancelled, _) => "authorization_id must not be a cancelled authorization",
        (_, Decision::Declined | Decision::UserActionRequired) => "authorization_id must be an approved authorization",
        _ if now >= authorization.made + LIFE => "authorization_id must be an authorization of the last hour",
        _ => return Ok(()),
    };
    Err(ApiError::invalid_field(message))
}

/// Moves the ledgers: a debit is under way to them, a credit is paid from them.
fn book(tenant: &mut Tenant, transfer: &Transfer, at: DateTime<Utc>) -> Result<(), ApiError> {
    let source = Source::new(SourceKind::Transfer, &transfer.id);
    let due = days::funds_expected(transfer);
    let Tenant { transfers, ids, .. } = tenant;
    let mut stamp = Stamp { ids, at };
    match transfer.proposal.kind {
        TransferKind::Debit => {
            for (ledger, amount) in parts(transfer) {
                transfers.ledgers.hold(&mut stamp, &ledger, amount, &source, due);
            }
        }
        TransferKind::Credit => {
            let (ledger, amount) = (&transfer.proposal.ledger, transfer.proposal.amount);
            let paid = transfers.ledgers.pay(&mut stamp, ledger, amount, &source);
            paid.map_err(|_| ApiError::invalid_field("amount must not be more than the available balance"))?;
        }
    }
    Ok(())
}

fn fee(request: Fields<'_>, amount: Decimal) -> Result<Option<Decimal>, ApiError> {
    let Some(text) = request.text("facilitator_fee") else { return Ok(None) };
    match read_amount(text, "facilitator_fee")? {
        fee if fee > amount => Err(ApiError::invalid_field("facilitator_fee must not be more than the amount")),
        fee => Ok(Some(fee)),
    }
}

/// What the user's bank shows. ACH has less room for it.
fn description(request: Fields<'_>, network: Network) -> Result<String, ApiError> {
    let most = if network.is_ach() { 10 } else { 15 };
    let text = request.required("description")?;
    match text.chars().count() {
        1.. if text.chars().count() <= most => Ok(text.to_owned()),
        _ => Err(ApiError::invalid_field(&format!("description must have 1 to {most} characters"))),
    }
}

/// Notes of the client: up to 50 short texts of ASCII.
fn metadata(request: Fields<'_>) -> Result<Option<Value>, ApiError> {
    let Some(value) = request.value("metadata") else { return Ok(None) };
    let fits = |(key, value): (&String, &Value)| {
        let text = value.as_str().unwrap_or("\u{e9}");
        key.is_ascii() && key.len() <= 40 && text.is_ascii() && text.len() <= 500
    };
    match value.as_object() {
        Some(all) if all.len() <= 50 && all.iter().all(fits) => Ok(Some(value.clone())),
        _ => {
            let message = "metadata must have at most 50 texts of ASCII, with keys of 40 and values of 500 characters";
            Err(ApiError::invalid_field(message))
        }
    }
}
