//! What an originator tells about itself, by its client or on a page of Plaid's.

use serde_json::{Value, json};

use super::super::items::valid_url;
use super::super::{Call, Response, nothing, reading};
use super::{change, funding, named};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::{Diligence, Onboarding, Originator, Tenant};

/// How large a document is at the most, in bytes.
const MOST: usize = 20 * 1024 * 1024;

/// Refuses what comes after the decision about an originator.
fn check_open(one: &Originator) -> Result<(), ApiError> {
    match one.status {
        Diligence::Approved | Diligence::Denied if !one.is_fixed => {
            let message = format!("originator_client_id must be an originator that is not {} yet", one.status.wire());
            Err(ApiError::invalid_field(&message))
        }
        _ => Ok(()),
    }
}

/// `/transfer/questionnaire/create`: the page where the originator answers questions.
pub fn questionnaire(call: &mut Call<'_>) -> Response {
    valid_url("redirect_uri", call.request.required("redirect_uri")?)?;
    let one = named(call.tenant, call.request)?;
    check_open(one)?;
    let id = one.id.clone();
    let session = call.tenant.ids.uuid();
    let url = format!("{}/_plaid/onboarding/{id}?session={session}", call.world.base_url);
    let redirect = call.request.required("redirect_uri")?.to_owned();
    named(call.tenant, call.request)?.questionnaire = Some(Onboarding { session, redirect });
    Ok(json!({"onboarding_url": url}))
}

/// An originator has answered the questions on the page. Returns the address that the page leads to.
///
/// # Errors
/// `INVALID_FIELD` for answers that can't be right, without a questionnaire, and for an originator about which Plaid has decided.
pub fn answered(tenant: &mut Tenant, id: &str, told: Value) -> Result<String, ApiError> {
    let none = || ApiError::invalid_field("the originator has no questionnaire to answer");
    let one = tenant.originators.get_mut(id).ok_or_else(none)?;
    check_open(one)?;
    check_business(Fields(&told))?;
    let questionnaire = one.questionnaire.take().ok_or_else(none)?;
    let next = match one.status {
        Diligence::NotSubmitted => Some(Diligence::Submitted),
        // Plaid has asked for more, and goes on with it.
        Diligence::MoreInformationRequired => Some(Diligence::UnderReview),
        _ => None,
    };
    one.diligence = Some(told);
    if let Some(next) = next {
        change(tenant, id, next)?;
    }
    Ok(questionnaire.redirect)
}

/// Refuses a website or a code that can't be one.
fn check_business(told: Fields<'_>) -> Result<(), ApiError> {
    valid_url("originator_diligence.website", told.required("website")?)?;
    let code = told.required("naics_code")?;
    match code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()) {
        true => Ok(()),
        false => Err(ApiError::invalid_field("originator_diligence.naics_code must have 6 digits")),
    }
}

/// `/transfer/diligence/submit`: Plaid looks at the originator.
pub fn submit(call: &mut Call<'_>) -> Response {
    let one = named(call.tenant, call.request)?;
    check_open(one)?;
    let id = one.id.clone();
    let told = call.request.object("originator_diligence");
    check_usage(told)?;
    check_business(told)?;
    let account = funding(call.tenant, told.object("funding_account"))?;
    let fresh = call.tenant.ids.uuid();
    if let Some(one) = call.tenant.originators.get_mut(&id) {
        let mut kept = told.0.clone();
        if let Some(kept) = kept.as_object_mut() {
            kept.remove("funding_account");
        }
        one.diligence = Some(kept);
        let account_id = one.accounts.keys().last().cloned().unwrap_or(fresh);
        one.accounts.insert(account_id, account);
        // While Plaid looks at it, it can be told anew.
        if one.status == Diligence::UnderReview {
            return nothing();
        }
    }
    change(call.tenant, &id, Diligence::UnderReview)?;
    nothing()
}

/// An originator makes debits, credits or both, and says how much.
fn check_usage(told: Fields<'_>) -> Result<(), ApiError> {
    let names = ["credit_usage_configuration", "debit_usage_configuration"];
    let given: Vec<&str> = names.into_iter().filter(|name| told.value(name).is_some()).collect();
    if given.is_empty() {
        let message = "originator_diligence must have a credit_usage_configuration or a debit_usage_configuration";
        return Err(ApiError::invalid_field(message));
    }
    for name in given {
        let usage = told.object(name);
        for amount in ["expected_average_amount", "expected_highest_amount", "expected_monthly_amount"] {
            reading::amount(usage, amount)?;
        }
    }
    Ok(())
}

/// `/transfer/diligence/document/upload`.
pub fn upload(call: &mut Call<'_>) -> Response {
    let file = call.request.required("file")?;
    if file.is_empty() || file.len() > MOST {
        return Err(ApiError::invalid_field("file must have 1 byte to 20 MB"));
    }
    let one = named(call.tenant, call.request)?;
    check_open(one)?;
    one.documents += 1;
    nothing()
}
