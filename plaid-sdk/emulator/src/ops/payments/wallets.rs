//! `/wallet/create`, `/wallet/get` and `/wallet/list`.

use serde_json::json;

use super::super::{Call, Response};
use super::check;
use super::money::{self, Incoming};
use super::show::{self, Start};
use crate::error::ApiError;
use crate::state::{Currency, PayerNumbers, Recipient, Wallet, WalletStatus};

/// `/wallet/create`: a wallet with numbers of its own, and the recipient whose payments go into it.
pub fn create(call: &mut Call<'_>) -> Response {
    let currency = match call.request.required("iso_currency_code")? {
        "GBP" => Currency::Gbp,
        "EUR" => Currency::Eur,
        _ => return Err(ApiError::invalid_field("iso_currency_code must be GBP or EUR")),
    };
    let tenant = &mut *call.tenant;
    let (id, recipient) = (tenant.ids.token("wallet-id"), tenant.ids.token("recipient-id"));
    let number = tenant.ids.below(100_000_000);
    let (numbers, bic) = match currency {
        Currency::Gbp => {
            let (account, code) = (format!("{number:08}"), "040004".to_owned());
            let iban = check::make_iban("GB", &format!("EMUL{code}{account}"));
            (PayerNumbers { iban: Some(iban), bacs: Some((account, code)) }, "EMULGB2L")
        }
        _ => {
            let iban = check::make_iban("NL", &format!("EMUL{number:010}"));
            (PayerNumbers { iban: Some(iban), bacs: None }, "EMULNL2A")
        }
    };
    let name = "Plaid Emulator Wallet".to_owned();
    let paid =
        Recipient { id: recipient.clone(), name, numbers: numbers.clone(), address: None, wallet: Some(id.clone()) };
    tenant.payments.recipients.insert(recipient.clone(), paid);
    let bic = bic.to_owned();
    let wallet = Wallet { id: id.clone(), currency, numbers, bic, recipient, status: WalletStatus::Active };
    tenant.payments.wallets.insert(id.clone(), wallet);
    let value = tenant.payments.wallet_start;
    if !value.is_zero() {
        money::fund(tenant, &id, &Incoming { value, name: "Client", reference: "STARTBALANCE", is_own: true })?;
    }
    Ok(show::wallet(&tenant.payments, money::named(tenant, &id)?))
}

/// `/wallet/get`.
pub fn get(call: &mut Call<'_>) -> Response {
    let wallet = money::named(call.tenant, call.request.required("wallet_id")?)?;
    Ok(show::wallet(&call.tenant.payments, wallet))
}

/// `/wallet/list`: the newest first.
pub fn list(call: &mut Call<'_>) -> Response {
    let currency = call.request.text("iso_currency_code");
    let payments = &call.tenant.payments;
    let is_meant = |one: &Wallet| currency.is_none_or(|code| one.currency.code() == code);
    let all = payments.wallets.iter().rev().filter(|(_, one)| is_meant(one)).map(|(id, one)| (id.as_str(), one));
    let size = call.request.within("count", 1..=20, 10)?;
    let (some, next) = show::page(all.collect(), call.request.text("cursor"), size, Start::After)?;
    let mut response = json!({"wallets": some.into_iter().map(|one| show::wallet(payments, one)).collect::<Vec<_>>()});
    if let Some(next) = next {
        response["next_cursor"] = next.into();
    }
    Ok(response)
}
