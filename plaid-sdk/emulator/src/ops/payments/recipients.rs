//! `/payment_initiation/recipient/*`.

use serde_json::{Value, json};

use super::super::{Call, Response};
use super::check;
use super::show::{self, Start};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::{Recipient, Tenant};

/// A recipient by its id.
///
/// # Errors
/// `INVALID_FIELD` if there is none.
pub fn named<'a>(tenant: &'a Tenant, id: &str) -> Result<&'a Recipient, ApiError> {
    let unknown = || ApiError::invalid_field("recipient_id must be the id of a recipient");
    tenant.payments.recipients.get(id).ok_or_else(unknown)
}

/// `/payment_initiation/recipient/create`: the same details are the same recipient.
pub fn create(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let numbers = check::numbers(request)?;
    if numbers.iban.is_none() && numbers.bacs.is_none() {
        return Err(ApiError::invalid_field("iban or bacs must be set"));
    }
    check::address(request.object("address"))?;
    let (name, address) = (request.required("name")?, request.value("address"));
    let is_same = |one: &&Recipient| {
        one.wallet.is_none() && one.name == name && one.numbers == numbers && one.address.as_ref() == address
    };
    if let Some(known) = call.tenant.payments.recipients.values().find(is_same) {
        return Ok(json!({"recipient_id": known.id}));
    }
    let id = call.tenant.ids.token("recipient-id");
    let new = Recipient { id: id.clone(), name: name.to_owned(), numbers, address: address.cloned(), wallet: None };
    call.tenant.payments.recipients.insert(id.clone(), new);
    Ok(json!({"recipient_id": id}))
}

/// `/payment_initiation/recipient/get`.
pub fn get(call: &mut Call<'_>) -> Response {
    named(call.tenant, call.request.required("recipient_id")?).map(show::recipient)
}

/// `/payment_initiation/recipient/list`: the newest first.
pub fn list(call: &mut Call<'_>) -> Response {
    let all = call.tenant.payments.recipients.iter().rev().map(|(id, one)| (id.as_str(), one)).collect();
    let size = call.request.within("count", 1..=100, 100)?;
    let (some, next) = show::page(all, call.request.text("cursor"), size, Start::At)?;
    let mut response = json!({"recipients": some.into_iter().map(show::recipient).collect::<Vec<_>>()});
    if let Some(next) = next {
        response["next_cursor"] = next.into();
    }
    Ok(response)
}

/// Whether a currency can be paid to an account: euros need an IBAN, and countries with a currency of their own take that one.
///
/// # Errors
/// `PAYMENT_INVALID_RECIPIENT` if it can't.
pub fn takes(recipient: &Recipient, currency: &str) -> Result<(), ApiError> {
    let wrong = |message: &str| Err(check::payment_error("PAYMENT_INVALID_RECIPIENT", message));
    let country = recipient.numbers.iban.as_deref().and_then(|iban| iban.get(..2));
    let local = match country {
        Some("PL") => Some("PLN"),
        Some("DK") => Some("DKK"),
        Some("SE") => Some("SEK"),
        Some("NO") => Some("NOK"),
        _ => None,
    };
    match (local, currency) {
        (Some(local), currency) if local != currency => wrong("the recipient's bank takes its own currency only"),
        (None, "PLN" | "DKK" | "SEK" | "NOK") => wrong("the recipient's account is not in the country of the currency"),
        (_, "EUR") if country.is_none() => wrong("a payment in euros needs a recipient with an IBAN"),
        _ => Ok(()),
    }
}

/// Whether an account is in the UK.
pub fn is_in_uk(recipient: &Recipient) -> bool {
    recipient.numbers.bacs.is_some() || recipient.numbers.iban.as_deref().is_some_and(|iban| iban.starts_with("GB"))
}

/// The address of a request that may have one.
pub fn address_in(of: Fields<'_>, name: &str) -> Result<Option<Value>, ApiError> {
    check::address(of.object(name))?;
    Ok(of.value(name).cloned())
}
