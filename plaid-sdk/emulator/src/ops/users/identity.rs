//! What an application says of a user's identity, in one form for both ways to say it.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use crate::error::ApiError;
use crate::fields::Fields;
use crate::state::{Tenant, UserApi};

/// What a report about a user needs to know of them.
const NEEDED: [&str; 5] = ["name", "date_of_birth", "emails", "phone_numbers", "addresses"];
/// The name of the older form.
const OLDER: &str = "consumer_report_user_identity";

/// Checks that a request says it in the way that its users have.
///
/// # Errors
/// `INVALID_FIELD` for the other way.
pub fn fits(request: Fields<'_>, api: UserApi) -> Result<(), ApiError> {
    let has = |name: &str| request.value(name).is_some();
    match api {
        UserApi::New if has(OLDER) => Err(ApiError::invalid_field(
            "consumer_report_user_identity can't be used for users without a user_token: use identity",
        )),
        UserApi::Legacy if has("identity") => Err(ApiError::invalid_field(
            "identity can only be used with with_upgraded_user: use consumer_report_user_identity",
        )),
        _ => Ok(()),
    }
}

/// Reads what a request says of the identity.
///
/// # Errors
/// `INVALID_USER_IDENTITY_DATA` for a number or an address that no person can have, and `INVALID_FIELD` for a wrong date.
pub fn read(request: Fields<'_>, today: NaiveDate) -> Result<Option<Value>, ApiError> {
    let identity = match (request.value("identity"), request.value(OLDER)) {
        (Some(identity), _) => identity.clone(),
        (None, Some(older)) => newer(Fields(older)),
        (None, None) => return Ok(None),
    };
    check(Fields(&identity), today)?;
    Ok(Some(identity))
}

/// The older form in the new one.
fn newer(older: Fields<'_>) -> Value {
    let marked = |name: &str| -> Vec<Value> {
        let all = older.texts(name).unwrap_or_default();
        all.into_iter().enumerate().map(|(index, data)| json!({"data": data, "primary": index == 0})).collect()
    };
    let address = older.object("primary_address");
    let mut shown = Map::from_iter([
        ("name".to_owned(), json!({"family_name": older.text("last_name"), "given_name": older.text("first_name")})),
        ("emails".to_owned(), marked("emails").into()),
        ("phone_numbers".to_owned(), marked("phone_numbers").into()),
        ("date_of_birth".to_owned(), json!(older.text("date_of_birth"))),
        (
            "addresses".to_owned(),
            json!([{
                "city": address.text("city"),
                "country": address.text("country").unwrap_or("US"),
                "postal_code": address.text("postal_code"),
                "primary": true,
                "region": address.text("region"),
                "street_1": address.text("street"),
                "street_2": null,
            }]),
        ),
    ]);
    let number = match (older.text("ssn_full"), older.text("ssn_last_4")) {
        (Some(full), _) => Some(("us_ssn", full)),
        (None, Some(last)) => Some(("us_ssn_last_4", last)),
        (None, None) => None,
    };
    if let Some((kind, value)) = number {
        shown.insert("id_numbers".to_owned(), json!([{"type": kind, "value": value.replace('-', "")}]));
    }
    Value::Object(shown)
}

fn check(identity: Fields<'_>, today: NaiveDate) -> Result<(), ApiError> {
    let refused = |what: String| Err(ApiError::new("INVALID_INPUT", "INVALID_USER_IDENTITY_DATA", what));
    for phone in identity.objects("phone_numbers").filter_map(|one| one.text("data")) {
        let digits = phone.bytes().filter(u8::is_ascii_digit).count();
        if !(7..=15).contains(&digits) || phone.chars().any(char::is_alphabetic) {
            return refused(format!("{phone} is not a phone number"));
        }
    }
    for email in identity.objects("emails").filter_map(|one| one.text("data")) {
        if !email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')) {
            return refused(format!("{email} is not an email address"));
        }
    }
    for number in identity.objects("id_numbers") {
        let value = number.text("value").unwrap_or_default();
        let has_digits = |count: usize| value.len() == count && value.bytes().all(|byte| byte.is_ascii_digit());
        let is_right = match number.text("type") {
            Some("us_ssn") => has_digits(9),
            Some("us_ssn_last_4") => has_digits(4),
            _ => !value.is_empty(),
        };
        if !is_right {
            return refused("an id number has not the form of its type".to_owned());
        }
    }
    match identity.date("date_of_birth")? {
        Some(date) if date >= today => refused("date_of_birth must be in the past".to_owned()),
        _ => Ok(()),
    }
}

/// Checks that enough is known of a user for a report about them.
///
/// # Errors
/// `INVALID_USER_IDENTITY_DATA` with the names of what is missing.
pub fn eligible(tenant: &Tenant, user: &str) -> Result<(), ApiError> {
    let user = tenant.users.get(user).ok_or_else(ApiError::user_not_found)?;
    let is_known = |name: &str| match &user.identity[name] {
        Value::Array(all) => !all.is_empty(),
        Value::Object(name) => ["given_name", "family_name"].iter().all(|part| name.get(*part).is_some_and(is_text)),
        other => is_text(other),
    };
    let missing: Vec<&str> = NEEDED.into_iter().filter(|name| !is_known(name)).collect();
    match missing.is_empty() {
        true => Ok(()),
        false => {
            let message = format!("a report needs more of the user's identity: {}", missing.join(", "));
            Err(ApiError::new("INVALID_INPUT", "INVALID_USER_IDENTITY_DATA", message))
        }
    }
}

fn is_text(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.is_empty())
}
