//! The data sources of the Sandbox: whom they know, and how a user's data fits.

use serde_json::{Value, json};

use crate::fields::Fields;
use crate::names::words;
use crate::state::Tenant;

/// The Sandbox's test user.
pub fn leslie() -> Value {
    json!({
        "address": {
            "city": "Pawnee", "country": "US", "postal_code": "46001", "region": "IN", "street": "123 Main St.",
        },
        "date_of_birth": "1975-01-18",
        "id_number": {"type": "us_ssn", "value": "123456789"},
        "name": {"family_name": "Knope", "given_name": "Leslie"},
        "phone_number": "+12345678909",
    })
}

/// The people whom data sources know.
fn people(tenant: &Tenant) -> impl Iterator<Item = Value> {
    std::iter::once(leslie()).chain(tenant.verify.people.iter().cloned())
}

/// The person with a user's phone number and date of birth.
pub fn by_phone(tenant: &Tenant, user: &Value) -> Option<Value> {
    let user = Fields(user);
    let (phone, born) = (user.text("phone_number")?, user.text("date_of_birth")?);
    people(tenant).find(|one| {
        let one = Fields(one);
        one.text("phone_number") == Some(phone) && one.text("date_of_birth") == Some(born)
    })
}

/// How a user's data fits the person whom it fits best, as `kyc_check` contains it without its status.
pub fn check(tenant: &Tenant, user: &Value) -> Value {
    let checks = people(tenant).map(|person| compare(Fields(user), Fields(&person)));
    let fitting = |check: &Value| {
        let all = check.as_object().into_iter().flatten();
        all.filter(|(_, part)| part["summary"] == "match").count()
    };
    // Of two people that fit as well, the first counts.
    checks.reduce(|best, next| if fitting(&next) > fitting(&best) { next } else { best }).unwrap_or_default()
}

/// How a user's data fits the Sandbox's test user.
pub fn fit_leslie(user: &Value) -> Value {
    compare(Fields(user), Fields(&leslie()))
}

/// Whether a check passes: the required fields match, and none of what the user left out is a name or a date of birth.
pub fn passes(check: &Value, required: &[String]) -> bool {
    required.iter().all(|field| match check[field.as_str()]["summary"].as_str() {
        Some("match" | "partial_match") => true,
        Some("no_input") => !matches!(field.as_str(), "name" | "date_of_birth"),
        _ => false,
    })
}

fn compare(user: Fields<'_>, person: Fields<'_>) -> Value {
    let pair = |object: &str, name: &str| text(user.object(object).text(name), person.object(object).text(name));
    let name = ["given_name", "family_name"].map(|part| pair("name", part));
    let address = ["street", "city", "region", "postal_code"].map(|part| pair("address", part));
    let (own, other) = (user.text("date_of_birth"), person.text("date_of_birth"));
    let date = [0, 1, 2].map(|part| text(part_of(own, part), part_of(other, part)));
    let is_home = matches!(whole(&address), "match" | "partial_match");
    json!({
        "address": {
            "city": address[1],
            "po_box": if is_home { "no" } else { "no_data" },
            "postal_code": address[3],
            "region": address[2],
            "street": address[0],
            "summary": whole(&address),
            "type": if is_home { "residential" } else { "no_data" },
        },
        "date_of_birth": {"day": date[2], "month": date[1], "summary": whole(&date), "year": date[0]},
        "id_number": {
            // Newer clients require it; the document lacks it.
            "ssa_verification": {"is_deceased": null, "match": "no_data"},
            "summary": number(user, person),
        },
        "name": {"family_name": name[1], "given_name": name[0], "summary": whole(&name)},
        "phone_number": {
            "area_code": text(area(user), area(person)),
            "summary": text(user.text("phone_number"), person.text("phone_number")),
        },
    })
}

/// The Sandbox's user has two numbers.
fn number(user: Fields<'_>, person: Fields<'_>) -> &'static str {
    let digits = |fields: Fields<'_>| {
        let value = fields.object("id_number").text("value");
        value.map(|value| value.chars().filter(char::is_ascii_alphanumeric).collect::<String>())
    };
    match (digits(user), digits(person)) {
        (Some(own), Some(other)) if own == "123456788" && other == "123456789" => "match",
        (own, other) => text(own.as_deref(), other.as_deref()),
    }
}

/// The area code of a number of North America.
fn area(fields: Fields<'_>) -> Option<&str> {
    fields.text("phone_number").map(|number| number.strip_prefix("+1").and_then(|rest| rest.get(..3)).unwrap_or(number))
}

fn part_of(date: Option<&str>, part: usize) -> Option<&str> {
    date?.split('-').nth(part)
}

/// How two texts fit. Capitals and punctuation don't matter.
fn text(own: Option<&str>, other: Option<&str>) -> &'static str {
    let plain = |text: &str| match words(text).join(" ") {
        state if state == "indiana" => "in".to_owned(),
        other => other,
    };
    match (own.map(plain).filter(|text| !text.is_empty()), other.map(plain)) {
        (None, _) => "no_input",
        (Some(_), None) => "no_data",
        (Some(own), Some(other)) if own == other => "match",
        (Some(own), Some(other)) if own.contains(&other) || other.contains(&own) => "partial_match",
        _ => "no_match",
    }
}

/// How a whole fits whose parts fit so.
fn whole(parts: &[&'static str]) -> &'static str {
    let count = |code: &str| parts.iter().filter(|part| **part == code).count();
    let known = parts.len() - count("no_input") - count("no_data");
    match known {
        0 if count("no_input") > 0 => "no_input",
        0 => "no_data",
        known if count("match") == known => "match",
        known if (count("match") + count("partial_match")) * 2 > known => "partial_match",
        _ => "no_match",
    }
}

#[cfg(test)]
mod tests {
    use super::{compare, leslie, passes, whole};
    use crate::fields::Fields;
    use serde_json::{Value, json};

    fn summaries(user: &Value) -> Vec<Value> {
        let check = compare(Fields(user), Fields(&leslie()));
        let names = ["address", "date_of_birth", "id_number", "name", "phone_number"];
        names.iter().map(|name| check[*name]["summary"].clone()).collect()
    }

    #[test]
    fn each_field_fits_for_itself() {
        assert_eq!(summaries(&leslie()), ["match"; 5]);
        assert_eq!(summaries(&json!({})), ["no_input"; 5]);
        let other = json!({
            "address": {"street": "9 Elm Road", "city": "Pawnee", "region": "Indiana", "postal_code": "46001"},
            "date_of_birth": "1975-01-19", "id_number": {"value": "123-45-6788"},
            "name": {"given_name": "Leslie", "family_name": "Knope-Wyatt"}, "phone_number": "+12345678900",
        });
        assert_eq!(summaries(&other), ["partial_match", "partial_match", "match", "partial_match", "no_match"]);
        assert_eq!(whole(&["no_input", "no_data"]), "no_input");
    }

    #[test]
    fn what_a_template_does_not_require_may_differ() {
        let mut user = leslie();
        user["phone_number"] = "+15555550100".into();
        let check = compare(Fields(&user), Fields(&leslie()));
        let required = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert!(!passes(&check, &required(&["name", "phone_number"])));
        assert!(passes(&check, &required(&["name", "id_number"])));
        assert!(!passes(&compare(Fields(&json!({})), Fields(&leslie())), &required(&["name"])));
    }
}
