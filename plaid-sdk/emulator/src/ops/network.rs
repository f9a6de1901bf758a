//! Whether Plaid knows a person by their phone number: `/network/status/get` and `/profile/network_status/get`.

use serde_json::{Value, json};

use super::{Call, Class, Entry, Response};
use crate::error::ApiError;
use crate::state::Tenant;

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/network/status/get", Class::Computed, network),
    Entry::json("/profile/network_status/get", Class::Computed, profile),
];

/// The Sandbox's returning users.
const RETURNING: [&str; 5] = ["+14155550011", "+14155550012", "+14155550013", "+14155550014", "+14155550015"];
/// The Sandbox's users of Layer. Those after the first two lack something of their identity.
const LAYER: [&str; 9] = [
    "+14155550011",
    "+14155551111",
    "+15155550013",
    "+15155550014",
    "+15155550015",
    "+15155550016",
    "+15155550017",
    "+15155550018",
    "+15155550019",
];

/// What the identity of a user of Layer lacks, by the phone number.
pub fn lacks(phone: &str) -> Option<&'static str> {
    match phone {
        "+15155550013" => Some("email"),
        "+15155550014" => Some("date_of_birth"),
        "+15155550015" => Some("ssn"),
        "+15155550016" => Some("address"),
        "+15155550017" => Some("name"),
        _ => None,
    }
}

/// Whether a person can go through Layer.
pub fn is_eligible(phone: &str) -> bool {
    LAYER.contains(&phone)
}

/// The phone number of a user, as the application has said it.
pub fn phone_of(identity: &Value) -> Option<&str> {
    identity["phone_numbers"][0]["data"].as_str().or_else(|| identity["phone_number"].as_str())
}

/// A phone number that is written as it is in responses.
fn number<'a>(call: &Call<'a>) -> Result<&'a str, ApiError> {
    let number = call.request.object("user").required("phone_number")?;
    let is_number = number
        .strip_prefix('+')
        .is_some_and(|digits| (8..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()));
    if is_number {
        return Ok(number);
    }
    Err(ApiError::invalid_field("user.phone_number must be a number in the format of E.164"))
}

/// A person is known if they are one of the Sandbox's, or if they have linked an Item here.
fn is_known(tenant: &Tenant, phone: &str) -> bool {
    let has_item = |id: &String| tenant.items.values().any(|item| item.user.as_ref() == Some(id));
    let mut users = tenant.users.values().filter(|user| phone_of(&user.identity) == Some(phone));
    RETURNING.contains(&phone) || LAYER.contains(&phone) || users.any(|user| has_item(&user.id))
}

fn status(tenant: &Tenant, phone: &str) -> &'static str {
    if is_known(tenant, phone) { "RETURNING_USER" } else { "UNKNOWN" }
}

/// `/profile/network_status/get`.
fn profile(call: &mut Call<'_>) -> Response {
    let phone = number(call)?;
    Ok(json!({"network_status": status(call.tenant, phone)}))
}

/// `/network/status/get`.
fn network(call: &mut Call<'_>) -> Response {
    let phone = number(call)?;
    Ok(json!({"layer": {"eligible": is_eligible(phone)}, "network_status": status(call.tenant, phone)}))
}
