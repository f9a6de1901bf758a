//! The errors by which Plaid refuses bodies.

use plaid_catalog::tools::check::Policy;
use plaid_catalog::{Catalog, Refusal};

fn refused(operation: &str, body: &str) -> Option<(&'static str, String)> {
    let problems =
        Catalog::plaid().checker().request(operation, body.as_bytes(), &Policy::strict()).expect("an operation");
    let refusal = Refusal::of(&problems)?;
    assert_eq!(refusal.error_type, "INVALID_REQUEST");
    Some((refusal.error_code, refusal.error_message))
}

#[test]
fn one_code_is_reported_at_a_time() {
    let sync = |body: &str| refused("transactionsSync", body);
    assert_eq!(sync(r#"{"access_token": "access-sandbox-1"}"#), None);
    assert_eq!(sync("{"), Some(("INVALID_BODY", "body could not be parsed as JSON".to_owned())));
    let unknown = "the following fields are not recognized by this endpoint: cursr, options.x".to_owned();
    assert_eq!(sync(r#"{"cursr": "", "options": {"x": 1}}"#), Some(("UNKNOWN_FIELDS", unknown)));
    let missing = "the following required fields are missing: access_token".to_owned();
    assert_eq!(sync(r#"{"count": "many"}"#), Some(("MISSING_FIELDS", missing)));
    let wrong = "count must be an integer".to_owned();
    assert_eq!(sync(r#"{"access_token": "a", "count": "many"}"#), Some(("INVALID_FIELD", wrong)));
    let large = "count must be at most 500".to_owned();
    assert_eq!(sync(r#"{"access_token": "a", "count": 501}"#), Some(("INVALID_FIELD", large)));
}

#[test]
fn a_warning_is_not_refused() {
    let checker = Catalog::plaid().checker();
    let body = br#"{"access_token": "a", "options": {"x": 1}}"#;
    let problems = checker.request("transactionsSync", body, &Policy::gateway()).expect("an operation");
    assert!(!problems.is_empty() && Refusal::of(&problems).is_none(), "{problems:?}");
}
