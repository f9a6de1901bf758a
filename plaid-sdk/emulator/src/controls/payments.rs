//! The controls of payments: `/_plaid/consents/…`, `/_plaid/wallets/…`, `/_plaid/wallet_transactions/…`.

use serde_json::json;

use super::{Answer, required};
use crate::commands::Refused;
use crate::due::run_due;
use crate::error::ApiError;
use crate::fields::{Fields, money};
use crate::ops::{self, Incoming};
use crate::state::{ConsentStatus, FailureReason, Tenant, TransactionStatus, WalletStatus};

/// Sets what new wallets contain, and where the webhooks of wallets go.
pub fn options(tenant: &mut Tenant, fields: Fields<'_>) -> Answer {
    if let Some(text) = fields.text("start_balance") {
        let is_nothing = text.parse::<rust_decimal::Decimal>().is_ok_and(|amount| amount.is_zero());
        let start = if is_nothing { Some(rust_decimal::Decimal::ZERO) } else { money(text) };
        tenant.payments.wallet_start = start.ok_or_else(no_money)?;
    }
    if let Some(url) = fields.text("webhook") {
        tenant.payments.wallet_webhook = Some(url.to_owned()).filter(|url| !url.is_empty());
    }
    let payments = &tenant.payments;
    Ok(json!({"start_balance": format!("{:.2}", payments.wallet_start), "webhook": payments.wallet_webhook}))
}

fn no_money() -> Refused {
    Refused::new("the amount is not one of money", "send a text such as \"12.34\"")
}

fn amount(fields: Fields<'_>) -> Result<rust_decimal::Decimal, Refused> {
    money(required(fields, "amount")?).ok_or_else(no_money)
}

fn refused(error: &ApiError) -> Refused {
    Refused::new(error.to_string(), "look at the object with its get operation")
}

/// Changes a consent, a wallet or a transaction. `None` if there is no such control.
pub fn control(tenant: &mut Tenant, (of, id, verb): (&str, &str, &str), fields: Fields<'_>) -> Option<Answer> {
    let answer = match (of, verb) {
        ("consents", "status") => consent(tenant, id, fields),
        ("wallets", "close") => close(tenant, id),
        ("wallets", "fund") => fund(tenant, id, fields),
        ("wallets", "sweep") => amount(fields).and_then(|value| moved(ops::sweep_wallet(tenant, id, value))),
        ("wallet_transactions", "return") => moved(ops::send_back_transaction(tenant, id)),
        ("wallet_transactions", "status") => transaction(tenant, id, fields),
        _ => return None,
    };
    run_due(tenant);
    Some(answer)
}

fn moved(made: Result<String, ApiError>) -> Answer {
    made.map(|id| json!({"transaction_id": id})).map_err(|error| refused(&error))
}

fn consent(tenant: &mut Tenant, id: &str, fields: Fields<'_>) -> Answer {
    let wanted = required(fields, "status")?;
    let to = ConsentStatus::ALL.into_iter().find(|status| status.name() == wanted);
    match to.is_some_and(|to| ops::change_consent(tenant, id, to)) {
        true => Ok(json!({"consent_id": id, "status": wanted})),
        false => {
            let known = tenant.payments.consents.get(id).map(|consent| consent.status);
            let leads = known.map(ConsentStatus::leads_to).unwrap_or_default();
            let leads: Vec<&str> = leads.iter().map(|status| status.name()).collect();
            let message = format!("the consent {id:?} can't become {wanted}");
            Err(Refused::new(message, format!("it can become one of: {}", leads.join(", "))))
        }
    }
}

fn close(tenant: &mut Tenant, id: &str) -> Answer {
    ops::named_wallet(tenant, id).map_err(|error| refused(&error))?;
    if let Some(wallet) = tenant.payments.wallets.get_mut(id) {
        wallet.status = WalletStatus::Closed;
    }
    Ok(json!({"wallet_id": id}))
}

fn fund(tenant: &mut Tenant, id: &str, fields: Fields<'_>) -> Answer {
    let incoming = Incoming {
        value: amount(fields)?,
        name: fields.text("name").unwrap_or("Alberta Bobbeth Charleson"),
        reference: fields.text("reference").unwrap_or("BANKTRANSFER"),
        is_own: fields.flag("own"),
    };
    moved(ops::fund_wallet(tenant, id, &incoming))
}

fn transaction(tenant: &mut Tenant, id: &str, fields: Fields<'_>) -> Answer {
    let wanted = required(fields, "status")?;
    let to = TransactionStatus::ALL.into_iter().find(|status| status.name() == wanted);
    let reason = match fields.text("failure_reason") {
        None => FailureReason::Unknown,
        Some(text) => FailureReason::ALL.into_iter().find(|reason| reason.name() == text).ok_or_else(|| {
            let all = FailureReason::ALL.map(FailureReason::name).join(", ");
            Refused::new(format!("no transaction fails for the reason {text:?}"), format!("the reasons are {all}"))
        })?,
    };
    match to.is_some_and(|to| ops::change_transaction(tenant, id, to, Some(reason))) {
        true => Ok(json!({"status": wanted, "transaction_id": id})),
        false => {
            let one = tenant.payments.transactions.get(id);
            let leads = one.map(|one| one.status.leads_to(one.sort.direction())).unwrap_or_default();
            let leads: Vec<&str> = leads.iter().map(|status| status.name()).collect();
            let message = format!("the transaction {id:?} can't become {wanted}");
            Err(Refused::new(message, format!("it can become one of: {}", leads.join(", "))))
        }
    }
}
