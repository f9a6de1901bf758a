//! `/identity_verification/*`: the attempts of users to verify their identity.

pub mod kyc;
#[cfg(test)]
mod property;
mod retry;
mod templates;
mod view;
pub mod walk;

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::super::users;
use super::{Call, Class, Entry, Response, announce, page, unknown};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::json;
use crate::state::verify::{Attempt, Documents, IdvStatus, IdvStep, IdvSteps, StepStatus, Template};
use crate::state::{LinkToken, Tenant};

pub use self::templates::{publish, template};
pub use self::view::attempt as shown;

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/identity_verification/autofill/create", Class::StateMachine, autofill),
    Entry::json("/identity_verification/create", Class::StateMachine, create),
    Entry::json("/identity_verification/get", Class::StateMachine, get),
    Entry::json("/identity_verification/list", Class::StateMachine, list),
    Entry::json("/identity_verification/retry", Class::StateMachine, retry::retry),
];

/// How long the address of an attempt's page works, in days.
const SHARED: i64 = 365;

/// What the fields of a request say of a user.
const USER: [&str; 6] = ["email_address", "phone_number", "date_of_birth", "name", "address", "id_number"];

/// `/identity_verification/create`. With `is_idempotent`, a user who has an attempt gets it again.
fn create(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let (client_user_id, user_id) = whose(call)?;
    let template_id = filled(request, "template_id")?;
    let user = request.value("user").map(Fields);
    if user.is_some() && request.text("user_id").is_some() {
        return Err(ApiError::invalid_field("user can't be set together with user_id; update the user instead"));
    }
    if let Some(last) = latest(call.tenant, &client_user_id, template_id) {
        return match request.flag("is_idempotent") {
            true => Ok(shown(last)),
            false => Err(ApiError::invalid_field(
                "the user has an identity verification with this template; set is_idempotent to get it, or retry it",
            )),
        };
    }
    let known = data(user)?;
    let attempt = begin(call.tenant, (client_user_id, user_id), template_id, request.flag("gave_consent"), known);
    let id = attempt.id.clone();
    let url = request.flag("is_shareable").then(|| shareable(call, &attempt));
    let attempt = Attempt { url, ..attempt };
    let response = shown(&attempt);
    call.tenant.verify.attempts.insert(id, attempt);
    Ok(response)
}

/// The address of an attempt's page: the hosted page of a Link token of its own, which names the attempt's user and template.
fn shareable(call: &mut Call<'_>, attempt: &Attempt) -> String {
    let (token, now) = (call.tenant.ids.token("link"), call.tenant.now());
    let url = format!("{}/_plaid/link/page/{token}?identity_verification_id={}", call.world.base_url, attempt.id);
    let request = json!({
        "client_name": "Identity Verification", "country_codes": ["US"], "language": "en",
        "identity_verification": {"template_id": attempt.template_id}, "products": ["identity_verification"],
        "user": {"client_user_id": attempt.client_user_id},
    });
    let link = LinkToken {
        token: token.clone(),
        created: now,
        expires: now + TimeDelta::days(SHARED),
        request,
        update: None,
        user: attempt.user_id.clone(),
        hosted: Some(url.clone()),
        sessions: Vec::new(),
    };
    call.tenant.links.insert(token, link);
    url
}

/// The two ids of the user whom a request names.
fn whose(call: &Call<'_>) -> Result<(String, Option<String>), ApiError> {
    match (call.request.text("client_user_id"), call.request.text("user_id")) {
        (None | Some(""), None) => Err(ApiError::invalid_field("client_user_id or user_id must be filled")),
        (own, Some(user_id)) => {
            let user = call.tenant.users.get(user_id).ok_or_else(ApiError::user_not_found)?;
            if own.is_some_and(|own| own != user.client_user_id) {
                return Err(ApiError::invalid_field("client_user_id and user_id name different users"));
            }
            Ok((user.client_user_id.clone(), Some(user_id.to_owned())))
        }
        (Some(own), None) => {
            let user = users::by_client_user_id(call.tenant, own).ok();
            Ok((own.to_owned(), user))
        }
    }
}

/// A text of the request that must not be empty.
fn filled<'a>(request: Fields<'a>, field: &str) -> Result<&'a str, ApiError> {
    let empty = || ApiError::invalid_field(&format!("{field} must be filled"));
    request.text(field).filter(|text| !text.is_empty()).ok_or_else(empty)
}

/// The last attempt of a user with a template.
pub fn latest<'a>(tenant: &'a Tenant, client_user_id: &str, template_id: &str) -> Option<&'a Attempt> {
    let is_meant = |one: &&Attempt| one.client_user_id == client_user_id && one.template_id == template_id;
    tenant.verify.attempts.values().rfind(is_meant)
}

/// What a request says of a user.
fn data(user: Option<Fields<'_>>) -> Result<Value, ApiError> {
    let Some(user) = user else { return Ok(json!({})) };
    user.date("date_of_birth")?;
    let all = USER.into_iter().filter_map(|name| Some((name.to_owned(), user.value(name)?.clone())));
    Ok(all.collect())
}

/// A new attempt at its first step. It isn't kept yet.
pub fn begin(
    tenant: &mut Tenant,
    (client_user_id, user_id): (String, Option<String>),
    template_id: &str,
    gave_consent: bool,
    user: Value,
) -> Attempt {
    let template = template(tenant, template_id);
    let mut attempt = Attempt {
        id: tenant.ids.short("idv_"),
        client_user_id,
        user_id,
        template_id: template_id.to_owned(),
        steps: first_steps(&template, gave_consent),
        template,
        created: tenant.now(),
        completed: None,
        previous: None,
        url: None,
        gave_consent,
        user,
        status: IdvStatus::Active,
        sms: Vec::new(),
        documents: Vec::new(),
        kyc: None,
        screening: None,
        beacon_user: None,
    };
    walk::next(&mut attempt);
    attempt
}

/// The steps of a template before the user has taken any. The Sandbox has no selfies.
fn first_steps(template: &Template, gave_consent: bool) -> IdvSteps {
    let mut steps = IdvSteps::waiting();
    let mut leave_out = |step: IdvStep, is_part: bool| {
        if !is_part {
            steps.set(step, StepStatus::NotApplicable);
        }
    };
    leave_out(IdvStep::VerifySms, template.sms);
    leave_out(IdvStep::KycCheck, template.kyc);
    leave_out(IdvStep::DocumentaryVerification, template.documents != Documents::Off);
    leave_out(IdvStep::SelfieCheck, false);
    leave_out(IdvStep::WatchlistScreening, template.watchlist.is_some());
    if gave_consent {
        steps.set(IdvStep::AcceptTos, StepStatus::Skipped);
    }
    steps
}

/// `/identity_verification/get`.
fn get(call: &mut Call<'_>) -> Response {
    let id = filled(call.request, "identity_verification_id")?;
    call.tenant.verify.attempts.get(id).map(shown).ok_or_else(|| unknown("identity_verification_id"))
}

/// `/identity_verification/list`: the attempts with a template, the newest first.
fn list(call: &mut Call<'_>) -> Response {
    let template = filled(call.request, "template_id")?;
    let fits = |wanted: Option<&str>, value: Option<&str>| wanted.is_none() || wanted == value;
    let is_meant = |one: &Attempt| {
        one.template_id == template
            && fits(call.request.text("client_user_id"), Some(&one.client_user_id))
            && fits(call.request.text("user_id"), one.user_id.as_deref())
    };
    let all: Vec<_> = call.tenant.verify.attempts.values().enumerate().filter(|(_, one)| is_meant(one)).collect();
    page(call.request, "identity_verifications", &all, |attempt| shown(attempt))
}

/// `/identity_verification/autofill/create`: what is known of a person with the user's phone number and date of birth becomes the
/// user's data.
fn autofill(call: &mut Call<'_>) -> Response {
    let id = filled(call.request, "identity_verification_id")?;
    let mut attempt = walk::attempt(call.tenant, id)?;
    if attempt.status != IdvStatus::Active {
        return Err(ApiError::invalid_field("identity_verification_id must name a verification that is active"));
    }
    let Some(person) = kyc::by_phone(call.tenant, &attempt.user) else {
        return Ok(json!({"status": "failed", "user": null}));
    };
    let of = |name: &str| person.get(name).cloned().unwrap_or_default();
    let found = json!({"address": of("address"), "id_number": of("id_number"), "name": of("name")});
    json::merge(&mut attempt.user, found.clone());
    walk::keep(call.tenant, attempt);
    let mut user = found;
    user["address"] = view::address(Fields(&user["address"]));
    json::merge(&mut user["address"], json!({"po_box": "no", "type": "residential"}));
    Ok(json!({"status": "success", "user": user}))
}

/// Makes a webhook about an attempt.
fn tell(tenant: &mut Tenant, code: &str, id: &str) {
    announce(tenant, "IDENTITY_VERIFICATION", code, json!({"identity_verification_id": id}));
}
