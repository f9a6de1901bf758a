//! `/business_verification/*`: whether a business is what it says.

use serde_json::{Value, json};

use super::{Call, Class, Entry, Response, unknown};
use crate::error::ApiError;
use crate::fields::{Fields, time};
use crate::state::verify::{Business, BusinessStatus};
use crate::state::{Event, Tenant};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/business_verification/create", Class::StateMachine, create),
    Entry::json("/business_verification/get", Class::StateMachine, get),
];

/// The longest name.
const LONGEST: usize = 500;

/// `/business_verification/create`. With the data of a business it is checked by itself; without, somebody of the business has to
/// enter it.
fn create(call: &mut Call<'_>) -> Response {
    let client_user_id = call.request.required("client_user_id")?;
    if client_user_id.is_empty() {
        return Err(ApiError::invalid_field("client_user_id must be filled"));
    }
    let business = call.request.value("business").cloned();
    check_data(call.request.object("business"))?;
    let id = call.tenant.ids.short("busver_");
    let key = call.tenant.ids.request();
    let one = Business {
        id: id.clone(),
        client_user_id: client_user_id.to_owned(),
        created: call.tenant.now(),
        completed: None,
        status: BusinessStatus::Active,
        url: format!("{}/_plaid/verify/{id}?key={key}", call.world.base_url),
        business: business.unwrap_or(Value::Null),
    };
    let response = view(&one);
    if one.business.is_object() {
        let at = call.tenant.after(call.tenant.pace.initial);
        call.tenant.schedule.at(at, Event::Business(id.clone()));
    }
    call.tenant.verify.businesses.insert(id, one);
    Ok(response)
}

/// Refuses names and addresses of a business that can't be any.
fn check_data(business: Fields<'_>) -> Result<(), ApiError> {
    for name in ["name", "alternative_name"] {
        if business.text(name).is_some_and(|text| text.is_empty() || text.chars().count() > LONGEST) {
            return Err(ApiError::invalid_field(&format!("business.{name} must have 1 to {LONGEST} characters")));
        }
    }
    match business.text("website") {
        Some(url) if !url.starts_with("http://") && !url.starts_with("https://") => {
            Err(ApiError::invalid_field("business.website must begin with http:// or https://"))
        }
        _ => Ok(()),
    }
}

/// Somebody of a business has entered its data on the page. It is checked by itself then.
///
/// # Errors
/// `INVALID_FIELD` for data that can't be right, for an unknown verification, and for one that does not wait for data.
pub fn told(tenant: &mut Tenant, id: &str, business: Value) -> Result<(), ApiError> {
    check_data(Fields(&business))?;
    let at = tenant.after(tenant.pace.initial);
    let one = tenant.verify.businesses.get_mut(id).ok_or_else(|| unknown("business_verification_id"))?;
    if !one.waits() {
        return Err(ApiError::invalid_field("the verification does not wait for the data of the business"));
    }
    one.business = business;
    tenant.schedule.at(at, Event::Business(id.to_owned()));
    Ok(())
}

/// `/business_verification/get`.
fn get(call: &mut Call<'_>) -> Response {
    let id = call.request.required("business_verification_id")?;
    call.tenant.verify.businesses.get(id).map(view).ok_or_else(|| unknown("business_verification_id"))
}

/// Checks a business: one with a name and an address is found.
pub fn check(tenant: &mut Tenant, id: &str) {
    let Some(one) = tenant.verify.businesses.get(id) else { return };
    let business = Fields(&one.business);
    let is_found = business.text("name").is_some() && business.value("address").is_some();
    // Somebody in the dashboard may have been faster.
    drop(decide(tenant, id, if is_found { BusinessStatus::Success } else { BusinessStatus::Failed }));
}

/// Ends a verification.
///
/// # Errors
/// `INVALID_FIELD` for an unknown one, and for one that has ended.
pub fn decide(tenant: &mut Tenant, id: &str, status: BusinessStatus) -> Response {
    let now = tenant.now();
    let one = tenant.verify.businesses.get_mut(id).ok_or_else(|| unknown("business_verification_id"))?;
    if !one.status.may_become(status) {
        let message = format!("the verification is {} and can't become {}", one.status.name(), status.name());
        return Err(ApiError::invalid_field(&message));
    }
    (one.status, one.completed) = (status, Some(now));
    Ok(view(one))
}

/// A verification as responses contain it. Before its end, no check has a result.
fn view(one: &Business) -> Value {
    let business = Fields(&one.business);
    let address = business.object("address");
    let lines = json!({
        "city": address.text("city"),
        "country": address.text("country").unwrap_or("US"),
        "postal_code": address.text("postal_code"),
        "region": address.text("region"),
        "street": address.text("street"),
        "street2": address.text("street2"),
    });
    let is_over = one.status != BusinessStatus::Active;
    json!({
        "client_user_id": one.client_user_id,
        "completed_at": one.completed.map(time),
        "created_at": time(one.created),
        "digital_presence_check": is_over.then(|| presence(one, business)),
        "id": one.id,
        "kyb_check": is_over.then(|| known(one, business, &lines)),
        "redacted_at": null,
        "risk_check": is_over.then(|| {
            let is_good = one.status == BusinessStatus::Success;
            json!({"industry_prediction": null, "score": if is_good { 90 } else { 10 }, "status": one.status.name()})
        }),
        "search_terms": {
            "address": lines,
            "alternative_names": business.text("alternative_name").into_iter().collect::<Vec<_>>(),
            "email_address": business.text("email_address"),
            "name": business.text("name"),
            "phone_number": business.text("phone_number"),
            "website": business.text("website"),
        },
        "shareable_url": one.url,
        "status": one.status.name(),
    })
}

/// How a field fits what is known of the business.
fn fits(one: &Business, business: Fields<'_>, name: &str) -> Value {
    let summary = match (business.value(name), one.status) {
        (None, _) => "no_input",
        (Some(_), BusinessStatus::Success) => "match",
        (Some(_), _) => "no_match",
    };
    json!({"summary": summary})
}

fn known(one: &Business, business: Fields<'_>, lines: &Value) -> Value {
    let is_good = one.status == BusinessStatus::Success;
    let mut place = lines.clone();
    place["is_primary"] = true.into();
    let names = [("name", true), ("alternative_name", false)];
    let names = names
        .into_iter()
        .filter_map(|(name, is_primary)| Some(json!({"is_primary": is_primary, "name": business.text(name)?})));
    let of = |field: &str, name: &str| -> Vec<Value> {
        business.text(field).into_iter().map(|text| json!({name: text})).collect()
    };
    let details = is_good.then(|| {
        json!({
            "addresses": [place],
            "email_addresses": of("email_address", "email_address"),
            "entity_type": null,
            "formation_date": null,
            "names": names.collect::<Vec<_>>(),
            "phone_numbers": of("phone_number", "number"),
            "websites": of("website", "url"),
        })
    });
    json!({
        "address": fits(one, business, "address"),
        "match_details": details,
        "name": fits(one, business, "name"),
        "score": if is_good { 85 } else { 15 },
        "status": one.status.name(),
        "website": fits(one, business, "website"),
    })
}

/// What the network says of a business. Without a website there is nothing to look at.
fn presence(one: &Business, business: Fields<'_>) -> Value {
    let has_site = business.value("website").is_some();
    let is_good = one.status == BusinessStatus::Success;
    json!({
        "address": fits(one, business, "address"),
        "email_address": fits(one, business, "email_address"),
        "phone_number": fits(one, business, "phone_number"),
        "score": if has_site && is_good { 55 } else { 0 },
        "status": if has_site { one.status.name() } else { "not_applicable" },
        "website": fits(one, business, "website"),
        "website_analysis": null,
    })
}
