//! Options for one call.

use plaid_sdk::call::{Call, Method, Operation};
use plaid_sdk::client::Credentials;
use plaid_sdk::response::RawResponse;
use plaid_sdk::retry::RetryPolicy;
use plaid_sdk::serde_json::{Value, json};

use crate::server::{CLIENT_ID, SECRET, Server, body, header, responses};

const READ: &Operation = &Operation::new("accountsGet", Method::Post, "/accounts/get").idempotent();
const PAY: &Operation = &Operation::new("transferLedgerDeposit", Method::Post, "/transfer/ledger/deposit")
    .idempotency_key("idempotency_key");
const PUBLIC: &Operation = &Operation::new("categoriesGet", Method::Post, "/categories/get").anonymous();

#[tokio::test]
async fn credentials_of_one_call_do_not_affect_other_calls() {
    let server = Server::responding("200 OK", &[], "{}").await;
    let client = server.client();
    let tenant = Credentials::new("tenant-id", "tenant-secret").unwrap();
    let theirs = client.with_credentials(&tenant);
    Call::<()>::new(&client, READ).credentials(&tenant).await.unwrap();
    Call::<()>::new(&client, READ).await.unwrap();
    Call::<()>::new(&theirs, READ).await.unwrap();
    Call::<()>::new(&client, PUBLIC).credentials(&tenant).await.unwrap();
    let seen = server.seen();
    let who = |at: usize| (header(&seen[at], "plaid-client-id"), header(&seen[at], "plaid-secret"));
    assert_eq!(who(0), (Some("tenant-id"), Some("tenant-secret")));
    assert_eq!(who(1), (Some(CLIENT_ID), Some(SECRET)));
    assert_eq!(who(2), (Some("tenant-id"), Some("tenant-secret")));
    assert_eq!(who(3), (None, None));
    assert_eq!(seen[0].matches("plaid-secret").count(), 1);
    let printed = format!("{tenant:?} {theirs:?} {:?}", Call::<()>::new(&client, READ).credentials(&tenant));
    assert!(!printed.contains("tenant-"), "{printed}");
}

#[tokio::test]
async fn a_key_given_for_one_call_goes_into_the_body() {
    let server = Server::responding("200 OK", &[], "{}").await;
    let client = server.client();
    let call = Call::<()>::new(&client, PAY).json(&json!({"amount": "1.00"}));
    call.idempotency_key("order-7").await.unwrap();
    assert_eq!(body(&server.seen()[0]), r#"{"idempotency_key":"order-7","amount":"1.00"}"#);
    // The order of options and body does not matter.
    let call = Call::<()>::new(&client, PAY).idempotency_key("order-8");
    call.json(&json!({"amount": "1.00"})).await.unwrap();
    assert_eq!(body(&server.seen()[1]), r#"{"idempotency_key":"order-8","amount":"1.00"}"#);
}

#[tokio::test]
async fn an_unusable_key_is_an_error_before_anything_is_sent() {
    let server = Server::responding("200 OK", &[], "{}").await;
    let client = server.client();
    for (operation, body, key) in
        [(READ, json!({}), "k1"), (PAY, json!({"idempotency_key": "k2"}), "k1"), (PAY, json!({}), "")]
    {
        let error = Call::<()>::new(&client, operation).json(&body).idempotency_key(key).await.unwrap_err();
        assert!(error.is_build() && error.to_string().contains("idempotency key"), "{error}");
        assert!(error.attempts().is_none());
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_raw_response_is_complete_and_can_be_decoded_later() {
    let server = Server::scripted(vec![
        responses("502 Bad Gateway", &[], ""),
        responses("200 OK", &["x-trace: t1"], r#"{"request_id": "r1", "n": 1.10}"#),
    ])
    .await;
    let response: RawResponse = Call::<()>::new(&server.client(), READ).raw().await.unwrap();
    assert_eq!((response.status().as_u16(), response.request_id().as_deref()), (200, Some("r1")));
    assert_eq!(response.headers()["x-trace"], "t1");
    assert_eq!(response.attempts().count(), 2);
    assert_eq!(response.attempts().failed()[0].status.unwrap().as_u16(), 502);
    let value: Value = response.read().unwrap();
    assert_eq!(value["request_id"], "r1");
}

#[tokio::test]
async fn details_come_with_the_response() {
    let server = Server::responding("201 Created", &["plaid-request-id: r2"], r#"{"a": 1}"#).await;
    let client = server.client();
    let response =
        Call::<Value>::new(&client, PAY).json(&json!({})).detailed().retry(RetryPolicy::none()).await.unwrap();
    assert_eq!((response.status.as_u16(), response.request_id.as_deref()), (201, Some("r2")));
    assert_eq!((&response.value["a"], response.attempts.count()), (&json!(1), 1));
    assert!(body(&server.seen()[0]).contains(response.attempts.idempotency_key().unwrap()));
    assert!(response.attempts.failed().is_empty());
}

crate::protocols::over_http2! {
    credentials_of_one_call_do_not_affect_other_calls,
    a_key_given_for_one_call_goes_into_the_body,
    an_unusable_key_is_an_error_before_anything_is_sent,
    a_raw_response_is_complete_and_can_be_decoded_later,
    details_come_with_the_response,
}
