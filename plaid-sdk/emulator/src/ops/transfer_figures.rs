//! Figures of Transfer: `/transfer/metrics/get`, `/transfer/configuration/get`, `/transfer/capabilities/get`.

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{Call, Class, Entry, Response, transfer};
use crate::error::ApiError;
use crate::state::{AccountId, Limits, Transfer, TransferKind, TransferStatus};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/transfer/capabilities/get", Class::Computed, capabilities),
    Entry::json("/transfer/configuration/get", Class::Computed, configuration),
    Entry::json("/transfer/metrics/get", Class::Computed, metrics),
];

/// The codes of returns that say that the user did not agree to a transfer.
const UNAUTHORIZED: [&str; 6] = ["R05", "R07", "R10", "R11", "R29", "R51"];
/// The codes of returns that say that the account can't be used.
const ADMINISTRATIVE: [&str; 3] = ["R02", "R03", "R04"];

fn shown(amount: Decimal) -> String {
    format!("{amount:.2}")
}

/// A share with four digits. Of nothing, it is zero.
fn share(part: Decimal, all: Decimal) -> String {
    let share = part.checked_div(all).unwrap_or_default();
    format!("{:.4}", share.round_dp(4))
}

/// Refuses an unknown originator.
fn check_originator(call: &Call<'_>) -> Result<(), ApiError> {
    match call.request.text("originator_client_id") {
        Some(id) if call.tenant.originators.get(id).is_none() && id != call.tenant.client_id => {
            let message = "no originator has this client id";
            Err(ApiError::new("TRANSFER_ERROR", "TRANSFER_ORIGINATOR_NOT_FOUND", message))
        }
        _ => Ok(()),
    }
}

/// `/transfer/capabilities/get`: whether an account takes part in instant payments.
pub fn capabilities(call: &mut Call<'_>) -> Response {
    let id = AccountId(call.request.required("account_id")?.to_owned());
    let item = call.tenant.item(call.request.required("access_token")?)?;
    item.supports("transfer")?;
    let account = item.account(&id).ok_or_else(ApiError::invalid_account_id)?;
    let is_instant = transfer::supports_rtp(item, account);
    let (most, currency) = if is_instant { (Some("3500.00"), Some("USD")) } else { (None, None) };
    Ok(json!({"institution_supported_networks": {
        "rfp": {"debit": is_instant, "iso_currency_code": currency, "max_amount": most},
        "rtp": {"credit": is_instant},
    }}))
}

/// `/transfer/configuration/get`: the limits that authorizations keep to.
pub fn configuration(call: &mut Call<'_>) -> Response {
    check_originator(call)?;
    let Limits { single, daily, monthly } = call.tenant.transfers.rules.limits;
    Ok(json!({
        "iso_currency_code": "USD",
        "max_daily_credit_amount": shown(daily),
        "max_daily_debit_amount": shown(daily),
        "max_monthly_amount": shown(monthly + monthly),
        "max_monthly_credit_amount": shown(monthly),
        "max_monthly_debit_amount": shown(monthly),
        "max_single_transfer_amount": shown(single),
        "max_single_transfer_credit_amount": shown(single),
        "max_single_transfer_debit_amount": shown(single),
    }))
}

/// `/transfer/metrics/get`: sums of the client's transfers, and how many came back.
pub fn metrics(call: &mut Call<'_>) -> Response {
    check_originator(call)?;
    let (now, limits) = (call.tenant.now(), call.tenant.transfers.rules.limits);
    let originator = call.request.text("originator_client_id");
    let all = call.tenant.transfers.transfers.values();
    let own: Vec<&Transfer> =
        all.filter(|one| originator.is_none() || one.proposal.originator.as_deref() == originator).collect();
    let sum = |kind: TransferKind, is_meant: &dyn Fn(DateTime<Utc>) -> bool| -> Decimal {
        let counts = |one: &&&Transfer| {
            let moves = !matches!(one.status, TransferStatus::Cancelled | TransferStatus::Failed);
            moves && one.proposal.kind == kind && is_meant(one.created)
        };
        own.iter().filter(counts).map(|one| one.proposal.amount).sum()
    };
    let today = |at: DateTime<Utc>| at <= now && at > now - TimeDelta::hours(24);
    let this_month = |at: DateTime<Utc>| at <= now && (at.year(), at.month()) == (now.year(), now.month());
    let (debits, credits) = (sum(TransferKind::Debit, &today), sum(TransferKind::Credit, &today));
    let (of_month, credits_of_month) = (sum(TransferKind::Debit, &this_month), sum(TransferKind::Credit, &this_month));
    Ok(json!({
        "authorization_usage": {
            "daily_credit_utilization": share(credits, limits.daily),
            "daily_debit_utilization": share(debits, limits.daily),
            "monthly_credit_utilization": share(credits_of_month, limits.monthly),
            "monthly_debit_utilization": share(of_month, limits.monthly),
        },
        "daily_credit_transfer_volume": shown(credits),
        "daily_debit_transfer_volume": shown(debits),
        "iso_currency_code": "USD",
        "monthly_credit_transfer_volume": shown(credits_of_month),
        "monthly_debit_transfer_volume": shown(of_month),
        "monthly_transfer_volume": shown(of_month + credits_of_month),
        "return_rates": {"last_60d": returns(&own, now)},
    }))
}

/// Which shares of the debits of the last 60 days came back.
fn returns(own: &[&Transfer], now: DateTime<Utc>) -> Value {
    let has_gone = |one: &&&Transfer| {
        let is_recent = one.created <= now && one.created > now - TimeDelta::days(60);
        let is_out =
            !matches!(one.status, TransferStatus::Pending | TransferStatus::Cancelled | TransferStatus::Failed);
        is_recent && is_out && one.proposal.kind == TransferKind::Debit
    };
    let sent: Vec<&&Transfer> = own.iter().filter(has_gone).collect();
    let code = |one: &Transfer| {
        let is_back = one.status == TransferStatus::Returned;
        one.failure.as_ref().filter(|_| is_back).map(|failure| failure.code.clone().unwrap_or_default())
    };
    let rate = |is_meant: &dyn Fn(&str) -> bool| {
        let back = sent.iter().filter(|one| code(one).is_some_and(|code| is_meant(&code))).count();
        share(Decimal::from(back), Decimal::from(sent.len()))
    };
    json!({
        "administrative_return_rate": rate(&|code| ADMINISTRATIVE.contains(&code)),
        "overall_return_rate": rate(&|_| true),
        "unauthorized_return_rate": rate(&|code| UNAUTHORIZED.contains(&code)),
    })
}
