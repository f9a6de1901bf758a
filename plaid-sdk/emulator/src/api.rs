//! What the emulator knows of Plaid's API as data: paths and checks, from the catalogue.

use std::sync::OnceLock;

use plaid_catalog::Catalog;
use plaid_catalog::model::Operation;
use plaid_catalog::tools::check::{Checker, Code, Policy, Problem, Rule, Severity};
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

/// Checks the body of a request as Plaid does: first unknown fields, then missing ones, then values.
pub fn check_request(operation: &Operation, body: &[u8], lenient: bool) -> Checked {
    // `null` counts as an absent field: Plaid accepts `cursor: null`, although the document does not.
    let strict = Policy::strict().with(Rule::Null, Severity::Warning);
    let policy = if lenient { Policy::lenient() } else { strict };
    let Ok(found) = checker().request(&operation.id, body, &policy) else { return Checked::default() };
    let of = |code: Code| found.iter().filter(move |one| one.severity == Severity::Error && one.code == code);
    let names = |code: Code| of(code).map(|problem| problem.path.as_str()).collect::<Vec<_>>().join(", ");
    let first = |code: Code| of(code).next().map(ToString::to_string).unwrap_or_default();
    let order = [Code::InvalidBody, Code::UnknownFields, Code::MissingFields, Code::InvalidField];
    let error = order.into_iter().find(|code| of(*code).next().is_some()).map(|code| match code {
        Code::InvalidBody => ApiError::invalid_body(&first(code)),
        Code::UnknownFields => ApiError::unknown_fields(&names(code)),
        Code::MissingFields => ApiError::missing_fields(&names(code)),
        Code::InvalidField => ApiError::invalid_field(&first(code)),
    });
    Checked { error, problems: found.iter().map(Problem::to_string).collect() }
}

/// Checks the body of a response and returns what is wrong with it. Properties that the document does not have are allowed.
pub fn check_response(operation: &Operation, body: &Value) -> Vec<String> {
    let found = checker().response(&operation.id, json::compact(body).as_bytes(), &Policy::strict());
    errors(found.unwrap_or_default())
}

/// Checks the payload of a webhook and returns what is wrong with it.
pub fn check_webhook(kind: &str, code: &str, body: &str) -> Vec<String> {
    // The Sandbox can fire one that the document does not describe.
    if (kind, code) == ("ITEM", "AUTHORIZATION_GRANTED") {
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
