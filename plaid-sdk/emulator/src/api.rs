//! What the emulator knows of Plaid's API as data: paths and checks, from the catalogue.

use std::sync::OnceLock;

use plaid_catalog::Catalog;
use plaid_catalog::model::Operation;
use plaid_catalog::tools::check::{Checker, Code, JsonType, Kind, Policy, Problem, Severity};
use serde_json::Value;

use crate::error::ApiError;
use crate::json;

/// What the check found in a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Why the request is refused.
    pub error: Option<ApiError>,
    /// What is wrong, in words, whether or not the request is refused for it.
    pub problems: Vec<String>,
}

/// The operation of a method and a path. A segment of the document's path in braces matches any segment.
pub fn find(method: &str, path: &str) -> Option<&'static Operation> {
    let catalog = Catalog::plaid();
    let exact = catalog.at_path(path).into_iter().find(|operation| operation.method == method);
    exact.or_else(|| catalog.api().operations.iter().find(|one| one.method == method && matches(&one.path, path)))
}

/// The parameters of a request's path and query, as texts.
pub fn parameters(operation: &Operation, path: &str, query: Option<&str>) -> Value {
    let segments = operation.path.split('/').zip(path.split('/'));
    let name = |segment: &str| Some(segment.strip_prefix('{')?.strip_suffix('}')?.to_owned());
    let of_path = segments.filter_map(|(pattern, segment)| Some((name(pattern)?, decoded(segment))));
    let pairs = query.into_iter().flat_map(|query| query.split('&')).filter(|pair| !pair.is_empty());
    let of_query = pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(&value.replace('+', " ")))
    });
    of_path.chain(of_query).map(|(name, value)| (name, Value::String(value))).collect()
}

/// The fields of a form, as an object of texts.
pub fn form(body: &[u8]) -> Value {
    let text = String::from_utf8_lossy(body);
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .map(|(name, value)| (decoded(&name.replace('+', " ")), Value::String(decoded(&value.replace('+', " ")))))
        .collect()
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn matches(pattern: &str, path: &str) -> bool {
    let is_same = |(pattern, segment): (&str, &str)| match pattern.starts_with('{') {
        true => !segment.is_empty(),
        false => pattern == segment,
    };
    pattern.contains('{')
        && pattern.split('/').count() == path.split('/').count()
        && pattern.split('/').zip(path.split('/')).all(is_same)
}

/// Checks the body of a request as Plaid does: first unknown fields, then missing ones, then values. A property that is
/// `null` counts as absent: Plaid accepts `cursor: null`, although the document does not.
pub fn check_request(operation: &Operation, body: &[u8], lenient: bool) -> Checked {
    let policy = if lenient { Policy::lenient() } else { Policy::strict() };
    let Ok(mut found) = checker().request(&operation.id, body, &policy) else { return Checked::default() };
    let nulls: Vec<&str> = found.iter().filter(|one| is_null(one)).map(|one| one.path.as_str()).collect();
    if let (false, Ok(mut value)) = (nulls.is_empty(), serde_json::from_slice::<Value>(body)) {
        nulls.iter().for_each(|path| remove(&mut value, path));
        let text = json::compact(&value);
        found = checker().request(&operation.id, text.as_bytes(), &policy).unwrap_or_default();
    }
    let of = |code: Code| found.iter().filter(move |one| one.severity == Severity::Error && one.code == code);
    let names = |code: Code| of(code).map(|problem| problem.path.as_str()).collect::<Vec<_>>().join(", ");
    let said = |problem: &Problem| match problem.path.as_str() {
        "" => problem.to_string(),
        path => format!("`{path}` {}", problem.kind),
    };
    let first = |code: Code| of(code).next().map(said).unwrap_or_default();
    let order = [Code::InvalidBody, Code::UnknownFields, Code::MissingFields, Code::InvalidField];
    let error = order.into_iter().find(|code| of(*code).next().is_some()).map(|code| match code {
        Code::InvalidBody => ApiError::invalid_body(&first(code)),
        Code::UnknownFields => ApiError::unknown_fields(&names(code)),
        // The products of identity call a missing field invalid.
        Code::MissingFields if operation.path.starts_with("/identity_verification/") => {
            ApiError::invalid_field(&format!("{} must be filled", names(code)))
        }
        Code::MissingFields => ApiError::missing_fields(&names(code)),
        Code::InvalidField => match of(code).next().and_then(|problem| unknown_product(operation, body, problem)) {
            Some(name) => ApiError::invalid_product(&name),
            None => ApiError::invalid_field(&first(code)),
        },
    });
    let problems = found.iter().map(Problem::to_string).collect();
    let empty = || serde_json::from_slice::<Value>(body).ok().and_then(|value| empty_line(&value, ""));
    let error = error.or_else(|| {
        let path = empty().filter(|_| !lenient)?;
        Some(ApiError::invalid_field(&format!("`{path}` must have at least 1 character, and has 0")))
    });
    Checked { error, problems }
}

/// The text of a list of products that is none, where Plaid has an error of its own for it.
fn unknown_product(operation: &Operation, body: &[u8], problem: &Problem) -> Option<String> {
    let is_meant = matches!(operation.path.as_str(), "/institutions/search" | "/institutions/get");
    let path = problem.path.strip_prefix("options.").unwrap_or(&problem.path);
    let index: usize = path.strip_prefix("products[")?.strip_suffix(']')?.parse().ok()?;
    let body: Value = serde_json::from_slice(body).ok().filter(|_| is_meant)?;
    let products = body.get("products").or_else(|| body.get("options")?.get("products"))?;
    products.get(index)?.as_str().map(|name| format!("{name:?}"))
}

/// An empty line of an address. The document gives the elements of `street` a least length, which the catalogue does not have:
/// it has limits of properties and named types only.
fn empty_line(value: &Value, path: &str) -> Option<String> {
    let inside = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Object(object) => object.iter().find_map(|(name, value)| {
            let lines = value.as_array().filter(|_| name == "street");
            let empty = lines.and_then(|lines| lines.iter().position(|line| line.as_str() == Some("")));
            empty.map(|index| format!("{}[{index}]", inside(name))).or_else(|| empty_line(value, &inside(name)))
        }),
        Value::Array(all) => {
            all.iter().enumerate().find_map(|(index, value)| empty_line(value, &format!("{path}[{index}]")))
        }
        _ => None,
    }
}

fn is_null(problem: &Problem) -> bool {
    matches!(problem.kind, Kind::Type { found: JsonType::Null, .. })
}

/// Removes the property at a path such as `user.name` or `accounts[2].id`. An element of a list stays: a list can't have a
/// hole.
fn remove(value: &mut Value, path: &str) {
    let Some((parent, name)) = path.rsplit_once('.').map_or(Some(("", path)), Some).filter(|_| !path.ends_with(']'))
    else {
        return;
    };
    let mut inner = value;
    for step in parent.split(['.', '[']).filter(|step| !step.is_empty()) {
        let next = match step.strip_suffix(']') {
            Some(index) => index.parse::<usize>().ok().and_then(|index| inner.get_mut(index)),
            None => inner.get_mut(step),
        };
        let Some(next) = next else { return };
        inner = next;
    }
    if let Some(object) = inner.as_object_mut() {
        object.remove(name);
    }
}

/// Checks the body of a response and returns what is wrong with it. Properties that the document does not have are allowed.
pub fn check_response(operation: &Operation, body: &Value) -> Vec<String> {
    let found = checker().response(&operation.id, json::compact(body).as_bytes(), &Policy::strict());
    errors(found.unwrap_or_default())
}

/// Checks the payload of a webhook and returns what is wrong with it.
pub fn check_webhook(kind: &str, code: &str, body: &str) -> Vec<String> {
    // The Sandbox can fire one that the document does not describe. Those of sessions that were sent to people are described
    // without their type.
    if (kind, code) == ("ITEM", "AUTHORIZATION_GRANTED") || kind == "LINK_DELIVERY" {
        return Vec::new();
    }
    match checker().webhook(kind, code, body.as_bytes(), &Policy::strict()) {
        Ok(found) => errors(found),
        Err(unknown) => vec![unknown.to_string()],
    }
}

fn errors(found: Vec<Problem>) -> Vec<String> {
    found.iter().filter(|problem| problem.severity == Severity::Error).map(Problem::to_string).collect()
}

fn checker() -> &'static Checker {
    static CHECKER: OnceLock<Checker> = OnceLock::new();
    CHECKER.get_or_init(|| Checker::new(Catalog::plaid().api()))
}

#[cfg(test)]
mod tests {
    use super::{check_request, find};

    fn refused(path: &str, body: &str) -> Option<String> {
        let operation = find("POST", path).expect("an operation");
        check_request(operation, body.as_bytes(), false).error.map(|error| format!("{}: {}", error.code, error.message))
    }

    #[test]
    fn a_null_property_counts_as_absent_and_a_null_element_is_wrong() {
        assert_eq!(refused("/transactions/sync", r#"{"access_token": "a", "cursor": null}"#), None);
        let missing = refused("/transactions/sync", r#"{"access_token": null}"#).expect("a refusal");
        assert!(missing.starts_with("MISSING_FIELDS") && missing.ends_with("access_token"), "{missing}");
        let nested =
            r#"{"name": "A", "address": {"street": ["x"], "city": null, "postal_code": "1", "country": "GB"}}"#;
        let nested = refused("/payment_initiation/recipient/create", nested).expect("a refusal");
        assert!(nested.starts_with("MISSING_FIELDS") && nested.ends_with("address.city"), "{nested}");
        let hole = r#"{"name": "A", "address": {"street": [null], "city": "x", "postal_code": "1", "country": "GB"}}"#;
        let hole = refused("/payment_initiation/recipient/create", hole).expect("a refusal");
        assert!(hole.starts_with("INVALID_FIELD: `address.street[0]` "), "{hole}");
        let empty =
            r#"{"name": "A", "address": {"street": ["x", ""], "city": "x", "postal_code": "1", "country": "GB"}}"#;
        let empty = refused("/payment_initiation/recipient/create", empty).expect("a refusal");
        assert!(empty.starts_with("INVALID_FIELD: `address.street[1]` must have at least 1 character"), "{empty}");
    }
}
