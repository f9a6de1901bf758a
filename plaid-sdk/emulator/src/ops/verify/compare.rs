//! How far two values match: `match`, `partial_match`, `no_match`, or `no_data` if one is missing.

use serde_json::{Map, Value, json};

/// The properties of users that are compared.
const COMPARED: [&str; 7] =
    ["address", "date_of_birth", "email_address", "id_number", "ip_address", "name", "phone_number"];

/// How each property of two users matches, with or without their accounts. Accounts have an entry for each one of the first user.
/// An account matches in part if the other user has one of the same number at another bank.
pub fn analysis(own: &Value, other: &Value, with_accounts: bool) -> Value {
    let of = |name: &str| compare(own.get(name), other.get(name));
    let mut made: Map<String, Value> = COMPARED.into_iter().map(|name| (name.to_owned(), of(name).into())).collect();
    if with_accounts {
        let name = "depository_accounts";
        made.insert(name.to_owned(), accounts(own.get(name), other.get(name)));
    }
    Value::Object(made)
}

fn accounts(own: Option<&Value>, other: Option<&Value>) -> Value {
    let others = other.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let own = own.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let all = own.iter().map(|one| {
        let has_number = |other: &Value| other["account_number"] == one["account_number"];
        let status = match others {
            [] => "no_data",
            others if others.contains(one) => "match",
            others if others.iter().any(has_number) => "partial_match",
            _ => "no_match",
        };
        let number = one["account_number"].as_str().unwrap_or_default();
        let mask: String = number.chars().skip(number.chars().count().saturating_sub(4)).collect();
        json!({"account_mask": mask, "match_status": status, "routing_number": one["routing_number"]})
    });
    all.collect()
}

/// How far two values match. Texts match in part if one contains the other, objects if more than half of what both have does.
pub fn compare(own: Option<&Value>, other: Option<&Value>) -> &'static str {
    match (own, other) {
        (None | Some(Value::Null), _) | (_, None | Some(Value::Null)) => "no_data",
        (Some(Value::Object(own)), Some(Value::Object(other))) => objects(own, other),
        (Some(Value::String(own)), Some(Value::String(other))) => texts(own, other),
        (own, other) if own == other => "match",
        _ => "no_match",
    }
}

fn objects(own: &Map<String, Value>, other: &Map<String, Value>) -> &'static str {
    let all: Vec<_> = own.iter().map(|(name, value)| compare(Some(value), other.get(name))).collect();
    let count = |code: &str| all.iter().filter(|one| **one == code).count();
    let known = all.len() - count("no_data");
    let close = count("match") + count("partial_match");
    match known {
        0 => "no_data",
        known if count("match") == known => "match",
        known if close * 2 > known => "partial_match",
        _ => "no_match",
    }
}

fn texts(own: &str, other: &str) -> &'static str {
    let (own, other) = (own.trim().to_lowercase(), other.trim().to_lowercase());
    match () {
        () if own.is_empty() || other.is_empty() => "no_data",
        () if own == other => "match",
        () if own.contains(&other) || other.contains(&own) => "partial_match",
        () => "no_match",
    }
}

#[cfg(test)]
mod tests {
    use super::compare;
    use serde_json::json;

    #[test]
    fn values_match_wholly_in_part_or_not() {
        let cases = [
            (json!("Knope"), json!(" knope"), "match"),
            (json!("Knope"), json!("Knope-Wyatt"), "partial_match"),
            (json!("Knope"), json!("Dwyer"), "no_match"),
            (json!("Knope"), json!(""), "no_data"),
            (json!(null), json!("Knope"), "no_data"),
            (json!({"given": "Leslie", "family": "Knope"}), json!({"given": "Leslie", "family": "Wyatt"}), "no_match"),
            (
                json!({"given": "Leslie", "family": "Knope"}),
                json!({"given": "Leslie", "family": "Knope-W"}),
                "partial_match",
            ),
            (json!({"value": "123", "type": "us_ssn"}), json!({"value": "456", "type": "us_ssn"}), "no_match"),
            (json!({"street": "1 A", "city": "B"}), json!({"street": "1 A", "city": "B", "region": "IN"}), "match"),
            (json!({}), json!({"city": "B"}), "no_data"),
            (json!(1), json!(1), "match"),
        ];
        for (own, other, expected) in cases {
            assert_eq!(compare(Some(&own), Some(&other)), expected, "{own} and {other}");
            assert_eq!(compare(Some(&other), Some(&own)), expected, "{other} and {own}");
        }
        assert_eq!(compare(None, Some(&json!("x"))), "no_data");
    }
}
