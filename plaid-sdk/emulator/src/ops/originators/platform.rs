//! How a platform brings an originator in: the terms, its people, and what Plaid asks for besides.

use serde_json::{Value, json};

use super::super::items::valid_url;
use super::super::{Call, Response, nothing, reading};
use super::{change, named};
use crate::error::ApiError;
use crate::state::{Diligence, OpenRequirement, Originator, Person, Tenant};

/// What Plaid asks every originator of a platform for.
const OF_BUSINESS: [&str; 5] =
    ["BUSINESS_ADDRESS", "BUSINESS_EIN", "BUSINESS_INDUSTRY", "BUSINESS_NAME", "BUSINESS_WEBSITE"];
/// What Plaid asks for about a person, with the field that answers it.
const OF_PERSON: [(&str, &str); 6] = [
    ("PERSON_ADDRESS", "address"),
    ("PERSON_DATE_OF_BIRTH", "date_of_birth"),
    ("PERSON_EMAIL", "email_address"),
    ("PERSON_ID_NUMBER", "id_number"),
    ("PERSON_NAME", "name"),
    ("PERSON_PHONE", "phone_number"),
];

/// `/transfer/platform/originator/create`: the originator has agreed to the terms. Plaid asks for more.
pub fn create(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let terms = request.object("tos_acceptance_metadata");
    if !terms.flag("agreement_accepted") {
        return Err(ApiError::invalid_field("tos_acceptance_metadata.agreement_accepted must be true"));
    }
    if terms.required("originator_ip_address")?.parse::<std::net::IpAddr>().is_err() {
        return Err(ApiError::invalid_field("tos_acceptance_metadata.originator_ip_address must be an IP address"));
    }
    let agreed = reading::moment(terms, "agreement_accepted_at")?;
    reading::moment(request, "originator_reviewed_at")?;
    if let Some(url) = request.text("webhook") {
        valid_url("webhook", url)?;
    }
    let one = named(call.tenant, request)?;
    one.webhook = request.text("webhook").map(str::to_owned).or(one.webhook.take());
    one.agreed = agreed;
    let id = one.id.clone();
    if one.status == Diligence::NotSubmitted {
        let told = |kind: &str| one.submitted.iter().any(|(asked, _)| asked.kind == kind);
        let asked = OF_BUSINESS.into_iter().filter(|kind| !told(kind));
        let asked: Vec<_> = asked.map(|kind| OpenRequirement { kind: kind.to_owned(), person: None }).collect();
        one.outstanding.splice(0..0, asked);
        change(call.tenant, &id, Diligence::MoreInformationRequired)?;
    }
    nothing()
}

/// `/transfer/platform/person/create`: someone who owns or controls the originator. Missing data is asked for.
pub fn person(call: &mut Call<'_>) -> Response {
    let request = call.request;
    request.date("date_of_birth")?;
    let is_phone = |text: &str| {
        let digits = text.strip_prefix('+').unwrap_or_default();
        (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    if request.text("phone_number").is_some_and(|text| !is_phone(text)) {
        return Err(ApiError::invalid_field("phone_number must be a number such as +14155550015"));
    }
    let is_address = |text: &str| {
        text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')) && text.trim() == text
    };
    if request.text("email_address").is_some_and(|text| !is_address(text)) {
        return Err(ApiError::invalid_field("email_address must be an address such as ann@example.com"));
    }
    named(call.tenant, request)?;
    let id = call.tenant.ids.uuid();
    let one = named(call.tenant, request)?;
    let names = ["name", "email_address", "phone_number", "address", "id_number", "date_of_birth"];
    let more = ["relationship_to_originator", "ownership_percentage", "title"];
    let told = names.into_iter().chain(more).filter_map(|name| Some((name.to_owned(), request.value(name)?.clone())));
    one.people.insert(id.clone(), Person(told.collect::<Value>()));
    if matches!(one.status, Diligence::NotSubmitted | Diligence::MoreInformationRequired) && !one.is_fixed {
        let asked = OF_PERSON.into_iter().filter(|(_, field)| request.value(field).is_none());
        let of = |(kind, _): (&str, &str)| OpenRequirement { kind: kind.to_owned(), person: Some(id.clone()) };
        one.outstanding.extend(asked.map(of));
    }
    Ok(json!({"person_id": id}))
}

/// `/transfer/platform/requirement/submit`: answers to what Plaid asks for. With the last one, Plaid looks at the originator.
pub fn submit(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let one = named(call.tenant, request)?;
    if matches!(one.status, Diligence::Approved | Diligence::Denied) && !one.is_fixed {
        let message = format!("originator_client_id must be an originator that is not {} yet", one.status.wire());
        return Err(ApiError::invalid_field(&message));
    }
    let mut told = Vec::new();
    for submission in request.objects("requirement_submissions") {
        let (kind, value) = (submission.required("requirement_type")?, submission.required("value")?);
        let person = submission.text("person_id");
        if kind.is_empty() || value.is_empty() {
            let message = "requirement_submissions must have a requirement_type and a value that are not empty";
            return Err(ApiError::invalid_field(message));
        }
        if person.is_some_and(|person| !one.people.contains_key(person)) {
            return Err(ApiError::invalid_field("person_id must be the id of a person of the originator"));
        }
        told.push((OpenRequirement { kind: kind.to_owned(), person: person.map(str::to_owned) }, value.to_owned()));
    }
    take(one, told);
    let id = one.id.clone();
    review(call.tenant, &id)?;
    nothing()
}

fn take(one: &mut Originator, told: Vec<(OpenRequirement, String)>) {
    for (asked, value) in told {
        if !one.is_fixed {
            one.outstanding.retain(|open| *open != asked);
        }
        one.submitted.retain(|(before, _)| *before != asked);
        one.submitted.push((asked, value));
    }
}

/// Plaid looks at an originator that has agreed to the terms and has nothing left to tell.
fn review(tenant: &mut Tenant, id: &str) -> Result<(), ApiError> {
    let is_ready = |one: &Originator| {
        one.status == Diligence::MoreInformationRequired && one.agreed.is_some() && one.outstanding.is_empty()
    };
    match tenant.originators.get(id).is_some_and(is_ready) {
        true => change(tenant, id, Diligence::UnderReview),
        false => Ok(()),
    }
}
