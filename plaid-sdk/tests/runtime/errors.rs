//! The predicates of errors.

use plaid_sdk::call::{Call, Method, Operation};
use plaid_sdk::error::Recovery;
use plaid_sdk::retry::RetryPolicy;
use plaid_sdk::{Error, ErrorCode};

use crate::server::{Server, plaid_error};

const ANY: &Operation = &Operation::new("any", Method::Post, "/any");

async fn error(status: &str, body: impl AsRef<[u8]>) -> Error {
    let server = Server::responding(status, &[], body).await;
    Call::<plaid_sdk::serde_json::Value>::new(&server.client(), ANY).retry(RetryPolicy::none()).await.unwrap_err()
}

async fn refused(kind: &str, code: &str) -> Error {
    error("400 Bad Request", plaid_error(kind, code)).await
}

#[tokio::test]
async fn predicates_match_the_code() {
    // Retryable, rate limited, not ready, update mode.
    for (kind, code, expected) in [
        ("ITEM_ERROR", "ITEM_LOGIN_REQUIRED", [false, false, false, true]),
        ("INVALID_INPUT", "ADDITIONAL_CONSENT_REQUIRED", [false, false, false, true]),
        ("ITEM_ERROR", "PRODUCT_NOT_READY", [true, false, true, false]),
        ("ASSET_REPORT_ERROR", "PRODUCT_NOT_READY", [true, false, true, false]),
        ("RATE_LIMIT_EXCEEDED", "BALANCE_LIMIT", [true, true, false, false]),
        ("RATE_LIMIT_EXCEEDED", "NEW_LIMIT", [true, true, false, false]),
        ("RATE_LIMIT_EXCEEDED", "CREDITS_EXHAUSTED", [false, true, false, false]),
        ("INSTITUTION_ERROR", "INSTITUTION_DOWN", [true, false, false, false]),
        ("TRANSACTIONS_ERROR", "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION", [true, false, false, false]),
        ("API_ERROR", "INTERNAL_SERVER_ERROR", [true, false, false, false]),
        ("API_ERROR", "PLANNED_MAINTENANCE", [true, false, false, false]),
        ("INVALID_REQUEST", "INVALID_FIELD", [false, false, false, false]),
        ("NEW_ERROR", "CODE_OF_TOMORROW", [false, false, false, false]),
    ] {
        let error = refused(kind, code).await;
        let found = [error.is_retryable(), error.is_rate_limited(), error.is_not_ready(), error.needs_update_mode()];
        assert_eq!(found, expected, "{code}");
        // A failure of Plaid's server, though with a status of the client's.
        assert_eq!(error.may_have_been_carried_out(), code == "INTERNAL_SERVER_ERROR", "{code}");
        assert_eq!(error.to_string(), format!("any: 400 Bad Request: {code} ({kind}): m (request id r1)"));
    }
}

#[tokio::test]
async fn codes_are_an_open_enum_with_advice() {
    let error = refused("ITEM_ERROR", "ITEM_LOGIN_REQUIRED").await;
    assert_eq!(error.code(), Some(&ErrorCode::ItemLoginRequired));
    assert_eq!(error.recovery(), Some(Recovery::UpdateMode));
    assert!(error.code().unwrap().advice().unwrap().contains("update mode"));
    let error = refused("ITEM_ERROR", "CODE_OF_TOMORROW").await;
    assert_eq!(error.code().unwrap().as_str(), "CODE_OF_TOMORROW");
    assert_eq!(error.recovery(), None);
    // The operations under /oauth have other codes.
    let error = self::error("400 Bad Request", r#"{"error": "invalid_grant"}"#).await;
    assert_eq!(error.code(), Some(&ErrorCode::OauthInvalidGrant));
    assert_eq!(error.recovery(), Some(Recovery::StartOver));
}

#[tokio::test]
async fn errors_report_whether_the_call_may_have_been_carried_out() {
    assert!(error("502 Bad Gateway", "<html>").await.may_have_been_carried_out());
    assert!(error("500 Internal Server Error", plaid_error("API_ERROR", "X")).await.may_have_been_carried_out());
    assert!(error("200 OK", "<html>").await.may_have_been_carried_out());
    for status in ["101 Switching Protocols", "303 See Other", "408 Request Timeout", "499 Client Closed", "600 New"] {
        assert!(error(status, "").await.may_have_been_carried_out(), "{status}");
    }
    for status in ["307 Temporary Redirect", "308 Permanent Redirect", "413 Content Too Large", "425 Too Early"] {
        assert!(!error(status, "").await.may_have_been_carried_out(), "{status}");
    }
    assert!(!error("404 Not Found", "<html>").await.may_have_been_carried_out());
    assert!(!error("429 Too Many Requests", "").await.may_have_been_carried_out());
    // An error after an attempt that may have been executed does not change that.
    let refusal = crate::server::responses("400 Bad Request", &[], plaid_error("ITEM_ERROR", "ITEM_LOGIN_REQUIRED"));
    let server = Server::scripted(vec![vec![], refusal]).await;
    const READ: &Operation = &Operation::new("read", Method::Post, "/read").idempotent();
    let error = Call::<()>::new(&server.client(), READ).await.unwrap_err();
    assert!(error.needs_update_mode() && error.may_have_been_carried_out());
    let client =
        plaid_sdk::Client::builder().base_url("http://127.0.0.1:1").credentials("id", "secret").build().unwrap();
    let error = Call::<()>::new(&client, ANY).retry(RetryPolicy::none()).await.unwrap_err();
    assert!(error.is_connect() && error.is_retryable() && !error.may_have_been_carried_out());
    let error = Call::<()>::new(&client, ANY).header("a b", "c").await.unwrap_err();
    assert!(error.is_build() && !error.is_retryable() && !error.may_have_been_carried_out());
}

crate::protocols::over_http2! {
    predicates_match_the_code,
    codes_are_an_open_enum_with_advice,
    errors_report_whether_the_call_may_have_been_carried_out,
}

#[tokio::test]
async fn a_damaged_error_body_is_still_an_error_of_plaid() {
    let whole = plaid_error("RATE_LIMIT_EXCEEDED", "BALANCE_LIMIT");
    let latin = [&whole.as_bytes()[..whole.len() - 1], b", \"note\": \"caf\xe9\n\"}"].concat();
    for body in [
        [b"\xef\xbb\xbf", whole.as_bytes()].concat(),
        latin,
        whole.replace('}', r#", "n": 1e400}"#).into_bytes(),
        format!("{whole}, and more").into_bytes(),
        whole[..whole.len() - 1].to_owned().into_bytes(),
        format!("[{whole}]").into_bytes(),
        format!(r#"{{"error": {whole}}}"#).into_bytes(),
    ] {
        let error = error("429 Too Many Requests", &body).await;
        let shown = String::from_utf8_lossy(&body);
        assert_eq!(error.code(), Some(&ErrorCode::BalanceLimit), "{shown}");
        assert_eq!(error.request_id().as_deref(), Some("r1"), "{shown}");
        assert!(error.is_rate_limited() && error.is_retryable() && !error.is_status(), "{shown}");
    }
}

#[tokio::test]
async fn an_error_response_that_is_cut_off_after_its_code_is_not_retried_for_nothing() {
    let body = plaid_error("ITEM_ERROR", "ITEM_LOGIN_REQUIRED");
    let whole = crate::server::response("400 Bad Request", &[], body.as_bytes());
    const READ: &Operation = &Operation::new("read", Method::Post, "/read").idempotent();
    for (missing, is_found) in [(1, true), (20, true), (body.len() - 10, false)] {
        let part = crate::server::Step::Send(whole[..whole.len() - missing].to_vec());
        let server = Server::start(vec![part]).await;
        let clock = crate::clock::TestClock::default();
        let client = server.builder().clock(clock).build().unwrap();
        let error = Call::<()>::new(&client, READ).await.unwrap_err();
        assert_eq!(error.needs_update_mode(), is_found, "{error}");
        assert_eq!(error.is_body(), !is_found, "{error}");
        assert_eq!(error.attempts().unwrap().count() == 1, is_found, "{error}");
        assert_eq!(error.to_string().contains("; the response is incomplete"), is_found, "{error}");
    }
}
