//! Which calls are retried, and when.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use plaid_sdk::call::{Call, Method, Operation};
use plaid_sdk::error::Retry;
use plaid_sdk::response::Detailed;
use plaid_sdk::retry::{RetryBudget, RetryPolicy};
use plaid_sdk::serde_json::{self, Value, json};
use plaid_sdk::{Client, Error, ErrorCode};

use crate::clock::{Draw, TestClock};
use crate::server::{CLIENT_ID, SECRET, Server, Step, body, plaid_error, responses};

const READ: &Operation = &Operation::new("accountsGet", Method::Post, "/accounts/get").idempotent();
const CREATE: &Operation = &Operation::new("processorTokenCreate", Method::Post, "/processor/token/create");
const PAY: &Operation = &Operation::new("walletTransactionExecute", Method::Post, "/wallet/transaction/execute")
    .idempotency_key("idempotency_key");

fn milliseconds(pauses: &[Duration]) -> Vec<u128> {
    pauses.iter().map(Duration::as_millis).collect()
}

fn fine() -> Vec<Step> {
    responses("200 OK", &[], "{}")
}

fn unavailable() -> Vec<Step> {
    responses("503 Service Unavailable", &[], "<html>")
}

/// Makes one call against the scripted responses: its result, the number of attempts, and the backoffs between them.
async fn outcome(operation: &'static Operation, script: Vec<Vec<Step>>) -> (Result<(), Error>, usize, Vec<Duration>) {
    let server = Server::scripted(script).await;
    let clock = TestClock::default();
    let client = server.builder().clock(clock.clone()).entropy(Draw::Most).build().unwrap();
    let result = Call::<()>::new(&client, operation).json(&json!({"a": 1})).await;
    (result, server.seen().len(), clock.pauses())
}

#[tokio::test]
async fn a_read_is_retried_after_a_temporary_failure() {
    let cut = vec![Step::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{".to_vec())];
    for failure in [
        responses("500 Internal Server Error", &[], plaid_error("API_ERROR", "INTERNAL_SERVER_ERROR")),
        responses("502 Bad Gateway", &[], "<html>"),
        unavailable(),
        responses("504 Gateway Timeout", &[], ""),
        // Closed without a response, in the middle of its head, in the middle of its body.
        vec![],
        vec![Step::Send(b"HTTP/1.1 200 O".to_vec())],
        cut,
    ] {
        let (result, sent, pauses) = outcome(READ, vec![failure, fine()]).await;
        result.unwrap();
        assert_eq!((sent, milliseconds(&pauses)), (2, vec![500]));
    }
}

#[tokio::test]
async fn a_rate_limit_is_retried_after_a_longer_backoff() {
    for failure in [
        responses("429 Too Many Requests", &[], plaid_error("RATE_LIMIT_EXCEEDED", "RATE_LIMIT")),
        // Older operations report it with another status.
        responses("400 Bad Request", &[], plaid_error("RATE_LIMIT_EXCEEDED", "TRANSACTIONS_LIMIT")),
        // The error type decides where the code is unknown, and the status where there is neither.
        responses("400 Bad Request", &[], plaid_error("RATE_LIMIT_EXCEEDED", "LIMIT_OF_TOMORROW")),
        responses("429 Too Many Requests", &[], "<html>"),
    ] {
        for (draw, expected) in [(Draw::Most, [4_000, 8_000]), (Draw::Least, [2_000, 4_000])] {
            let server = Server::scripted(vec![failure.clone(), failure.clone(), fine()]).await;
            let clock = TestClock::default();
            let client = server.builder().clock(clock.clone()).entropy(draw).build().unwrap();
            Call::<()>::new(&client, READ).await.unwrap();
            assert_eq!(milliseconds(&clock.pauses()), expected);
        }
    }
}

#[tokio::test]
async fn a_listed_code_overrides_type_and_status() {
    // Each of these statuses alone would be retried, and so would the types.
    for (status, kind, code, expected) in [
        ("429 Too Many Requests", "RATE_LIMIT_EXCEEDED", "INSTITUTION_RATE_LIMIT", Retry::Later),
        ("429 Too Many Requests", "RATE_LIMIT_EXCEEDED", "CREDITS_EXHAUSTED", Retry::Never),
        ("500 Internal Server Error", "TRANSACTION_ERROR", "TRANSACTION_EXECUTION_FAILED", Retry::WithNewKey),
        ("503 Service Unavailable", "API_ERROR", "PLANNED_MAINTENANCE", Retry::AfterMaintenance),
        ("500 Internal Server Error", "ITEM_ERROR", "ITEM_LOGIN_REQUIRED", Retry::Never),
    ] {
        for operation in [READ, PAY] {
            let failure = responses(status, &[], plaid_error(kind, code));
            let (result, sent, _) = outcome(operation, vec![failure, fine()]).await;
            let error = result.unwrap_err();
            assert_eq!((error.retry(), sent), (expected, 1), "{code}");
            assert_eq!(error.code().unwrap().retry(), Some(expected), "{code}");
        }
    }
    // A new key is a new payment, so even `Retry-After` does not make the client retry.
    for code in ["TRANSACTION_EXECUTION_FAILED", "INSTITUTION_RATE_LIMIT"] {
        let failure = responses("500 Internal Server Error", &["retry-after: 1"], plaid_error("ANY", code));
        let (result, sent, _) = outcome(PAY, vec![failure, fine()]).await;
        assert_eq!((result.unwrap_err().code().map(ErrorCode::as_str), sent), (Some(code), 1));
    }
}

#[tokio::test]
async fn a_conflict_with_an_earlier_attempt_is_retried_with_the_same_key() {
    let conflict = responses("400 Bad Request", &[], plaid_error("TRANSACTION_ERROR", "REQUEST_CONFLICT"));
    let server = Server::scripted(vec![vec![], conflict.clone(), fine()]).await;
    let client = server.builder().clock(TestClock::default()).build().unwrap();
    Call::<()>::new(&client, PAY).json(&json!({})).idempotency_key("order-8").await.unwrap();
    let sent = server.seen();
    assert_eq!(sent.len(), 3);
    assert!(sent.iter().all(|request| body(request) == r#"{"idempotency_key":"order-8"}"#), "{sent:?}");
    // Without a key, the request would be a new one.
    let (result, sent, _) = outcome(CREATE, vec![conflict, fine()]).await;
    assert_eq!((result.unwrap_err().retry(), sent), (Retry::Soon, 1));
}

#[tokio::test]
async fn the_client_follows_the_retry_of_every_listed_code() {
    let arrivals = Arc::new(Mutex::new(HashMap::<String, u32>::new()));
    let counted = Arc::clone(&arrivals);
    // The first request that names a code fails with it.
    let server = Server::answering(move |_, request| {
        let asked: Value = serde_json::from_str(body(request)).unwrap();
        let [kind, code] = ["type", "code"].map(|name| asked[name].as_str().unwrap());
        let mut counted = counted.lock().unwrap();
        let count = counted.entry(code.to_owned()).or_default();
        *count += 1;
        if *count == 1 { responses("400 Bad Request", &[], plaid_error(kind, code)) } else { fine() }
    })
    .await;
    let builder = server.builder().clock(TestClock::default()).retry_budget(RetryBudget::new(10_000, 1.0));
    let client = builder.build().unwrap();
    for code in ErrorCode::listed() {
        let kind = code.error_types().first().copied().unwrap_or_default();
        let asked = json!({"type": kind, "code": code.as_str()});
        let result = Call::<()>::new(&client, READ).json(&asked).await;
        let retried = matches!(code.retry(), Some(Retry::Soon | Retry::AfterWindow));
        let sent = arrivals.lock().unwrap()[code.as_str()];
        assert_eq!((result.is_ok(), sent), (retried, 1 + u32::from(retried)), "{code}");
    }
    assert!(arrivals.lock().unwrap().len() > 100);
}

#[tokio::test]
async fn permanent_failures_are_not_retried() {
    for failure in [
        responses("400 Bad Request", &[], plaid_error("ITEM_ERROR", "ITEM_LOGIN_REQUIRED")),
        responses("400 Bad Request", &[], plaid_error("ITEM_ERROR", "PRODUCT_NOT_READY")),
        responses("400 Bad Request", &[], plaid_error("INSTITUTION_ERROR", "INSTITUTION_DOWN")),
        responses(
            "429 Too Many Requests",
            &["retry-after: 1"],
            plaid_error("RATE_LIMIT_EXCEEDED", "CREDITS_EXHAUSTED"),
        ),
        responses("503 Service Unavailable", &[], plaid_error("API_ERROR", "PLANNED_MAINTENANCE")),
        responses("401 Unauthorized", &[], ""),
        responses("404 Not Found", &[], "<html>"),
        responses("307 Temporary Redirect", &["location: https://plaid.invalid/"], ""),
    ] {
        let (result, sent, pauses) = outcome(READ, vec![failure, fine()]).await;
        assert_eq!(result.unwrap_err().attempts().unwrap().count(), 1);
        assert_eq!((sent, pauses), (1, vec![]));
    }
}

#[tokio::test]
async fn an_operation_that_is_not_idempotent_is_sent_once() {
    for failure in [
        responses("500 Internal Server Error", &[], plaid_error("API_ERROR", "INTERNAL_SERVER_ERROR")),
        responses("429 Too Many Requests", &["retry-after: 0"], plaid_error("RATE_LIMIT_EXCEEDED", "RATE_LIMIT")),
        unavailable(),
        vec![],
        vec![Step::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{".to_vec())],
    ] {
        let (result, sent, _) = outcome(CREATE, vec![failure, fine()]).await;
        assert_eq!((result.unwrap_err().attempts().unwrap().count(), sent), (1, 1));
    }
}

#[tokio::test]
async fn a_request_that_was_never_sent_is_retried_for_any_operation() {
    let (url, _port) = crate::faults::refusing();
    let clock = TestClock::default();
    let builder = Client::builder().base_url(&url).credentials(CLIENT_ID, SECRET);
    let client = builder.clock(clock.clone()).entropy(Draw::Most).build().unwrap();
    let error = Call::<()>::new(&client, CREATE).await.unwrap_err();
    assert!(error.is_connect() && error.to_string().ends_with("(3 attempts)"), "{error}");
    assert_eq!(milliseconds(&clock.pauses()), [500, 1000]);
}

#[tokio::test]
async fn a_payment_keeps_its_key_over_all_attempts() {
    let server = Server::scripted(vec![unavailable(), vec![], fine()]).await;
    let client = server.builder().clock(TestClock::default()).build().unwrap();
    let call: Call<Value> = Call::new(&client, PAY).json(&json!({"amount": 1}));
    let paid: Detailed<Value> = call.detailed().await.unwrap();
    let key = paid.attempts.idempotency_key().unwrap();
    assert_eq!((paid.attempts.count(), key.len()), (3, 36));
    assert!(paid.attempts.failed().last().unwrap().transport.is_some());
    let expected = format!(r#"{{"idempotency_key":"{key}","amount":1}}"#);
    assert_eq!(server.seen().iter().map(|request| body(request)).collect::<Vec<_>>(), [expected.as_str(); 3]);
    // Another call is another payment.
    let next: Detailed<Value> = Call::new(&client, PAY).json(&json!({"amount": 1})).detailed().await.unwrap();
    assert_ne!(next.attempts.idempotency_key(), Some(key));
}

#[tokio::test]
async fn the_clients_own_methods_know_whether_they_may_be_retried() {
    use plaid_sdk::accounts::AccountsGetRequest;
    use plaid_sdk::transfer::{TransferCancelRequest, TransferRefundCreateRequest};

    let start = || async {
        let server = Server::start(unavailable()).await;
        let client = server.builder().clock(TestClock::default()).build().unwrap();
        (server, client)
    };
    let (server, client) = start().await;
    client.accounts_get(AccountsGetRequest::new("access-sandbox-1")).await.unwrap_err();
    assert_eq!(server.seen().len(), 3, "a read");

    let (server, client) = start().await;
    client.transfer_cancel(TransferCancelRequest::new("t1")).await.unwrap_err();
    assert_eq!(server.seen().len(), 1, "a second request would be refused and hide what the first did");

    let (server, client) = start().await;
    let refund = TransferRefundCreateRequest::new("t1", plaid_sdk::Decimal::new(1050, 2));
    let error = client.transfer_refund_create(refund).await.unwrap_err();
    let key = error.idempotency_key().unwrap();
    let sent = server.seen();
    assert_eq!(sent.len(), 3);
    assert!(sent.iter().all(|request| body(request).contains(&format!(r#""idempotency_key":"{key}""#))), "{sent:?}");
}

#[tokio::test]
async fn a_payment_without_a_key_is_sent_once() {
    let server = Server::scripted(vec![unavailable(), fine()]).await;
    let call = Call::<()>::new(&server.client(), PAY).json(&json!({"idempotency_key": null})).await;
    let error = call.unwrap_err();
    assert_eq!((error.idempotency_key(), server.seen().len()), (None, 1));
}

#[tokio::test]
async fn a_payment_that_fails_in_the_end_reports_its_key() {
    let server = Server::start(unavailable()).await;
    let client = server.builder().clock(TestClock::default()).build().unwrap();
    let error = Call::<()>::new(&client, PAY).json(&json!({})).idempotency_key("order-7").await.unwrap_err();
    assert_eq!(error.idempotency_key(), Some("order-7"));
    let attempts = error.attempts().unwrap();
    assert_eq!((attempts.count(), attempts.failed()[1].status.unwrap().as_u16()), (3, 503));
    assert!(error.to_string().ends_with("(3 attempts)"), "{error}");
}

#[tokio::test]
async fn the_server_may_set_the_backoff() {
    let date = |ahead: u64| {
        let moment = chrono_date(SystemTime::now() + Duration::from_secs(ahead));
        format!("retry-after: {moment}")
    };
    for (header, from, to) in [("retry-after: 7".to_owned(), 7_500, 7_500), (date(9), 8_000, 9_500), (date(0), 0, 500)]
    {
        let failure = responses("429 Too Many Requests", &[&header], plaid_error("RATE_LIMIT_EXCEEDED", "RATE_LIMIT"));
        let (result, sent, pauses) = outcome(READ, vec![failure, fine()]).await;
        result.unwrap();
        let pause = milliseconds(&pauses)[0];
        assert!(sent == 2 && (from..=to).contains(&pause), "{header}: {pause}");
    }
    // After maintenance, the client retries only if the server says when.
    let failure = plaid_error("API_ERROR", "PLANNED_MAINTENANCE");
    let failure = responses("503 Service Unavailable", &["retry-after: 3"], failure);
    let (result, _, pauses) = outcome(READ, vec![failure, fine()]).await;
    result.unwrap();
    assert_eq!(milliseconds(&pauses), [3_500]);
}

fn chrono_date(moment: SystemTime) -> String {
    plaid_sdk::chrono::DateTime::<plaid_sdk::chrono::Utc>::from(moment).format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

#[tokio::test]
async fn a_backoff_beyond_the_deadline_is_not_started() {
    let failure = responses("429 Too Many Requests", &["retry-after: 3600"], "");
    let (result, sent, pauses) = outcome(READ, vec![failure, fine()]).await;
    assert_eq!(result.unwrap_err().status().unwrap().as_u16(), 429);
    assert_eq!((sent, pauses), (1, vec![]));
}

#[tokio::test]
async fn attempts_and_backoffs_end_with_the_deadline() {
    let slow = vec![Step::Wait(Duration::from_millis(150)), unavailable().remove(0)];
    let server = Server::start(slow).await;
    let policy = RetryPolicy::new(100).base_delay(Duration::from_millis(20));
    let start = Instant::now();
    let client = server.client();
    let call = Call::<()>::new(&client, READ).timeout(Duration::from_secs(1)).retry(policy);
    let error = call.await.unwrap_err();
    assert!(start.elapsed() < Duration::from_millis(1_500), "{:?}", start.elapsed());
    let attempts = error.attempts().unwrap();
    assert!(attempts.count() >= 3 && attempts.elapsed() <= start.elapsed(), "{attempts:?}");
    assert_eq!(attempts.count() as usize, server.seen().len());
}

#[tokio::test]
async fn one_attempt_can_have_its_own_timeout() {
    let server = Server::scripted(vec![vec![Step::Wait(Duration::from_secs(30))], fine()]).await;
    let policy = RetryPolicy::new(2).base_delay(Duration::ZERO).attempt_timeout(Duration::from_millis(200));
    let client = server.builder().retry(policy).build().unwrap();
    Call::<()>::new(&client, READ).await.unwrap();
    assert_eq!(server.seen().len(), 2);
    // An operation that is not idempotent is not retried: the first attempt may have been carried out.
    let server = Server::scripted(vec![vec![Step::Wait(Duration::from_secs(30))], fine()]).await;
    let client = server.builder().retry(policy).build().unwrap();
    assert!(Call::<()>::new(&client, CREATE).await.unwrap_err().is_timeout());
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn backoffs_grow_up_to_the_cap_and_jitter_shortens_them() {
    let policy = RetryPolicy::new(6).base_delay(Duration::from_secs(1)).max_delay(Duration::from_secs(5));
    for (draw, expected) in [(Draw::Most, [1_000, 2_000, 4_000, 5_000, 5_000]), (Draw::Least, [0; 5])] {
        let server = Server::start(unavailable()).await;
        let clock = TestClock::default();
        let client = server.builder().retry(policy).clock(clock.clone()).entropy(draw).build().unwrap();
        assert_eq!(Call::<()>::new(&client, READ).await.unwrap_err().attempts().unwrap().count(), 6);
        assert_eq!(milliseconds(&clock.pauses()), expected);
    }
}

#[tokio::test]
async fn an_outage_uses_up_the_budget_of_all_calls() {
    let server = Server::start(unavailable()).await;
    let budget = RetryBudget::new(5, 0.1);
    let client = server.builder().clock(TestClock::default()).retry_budget(budget.clone()).build().unwrap();
    for _ in 0..40 {
        Call::<()>::new(&client, READ).await.unwrap_err();
    }
    // 40 calls, 5 retries of the budget, and one more retry for each ten calls.
    let sent = server.seen().len();
    assert!((45..=49).contains(&sent), "{sent}");
    assert_eq!(budget.left(), Some(0));
}

#[tokio::test]
async fn a_dropped_call_is_not_retried() {
    let server = Server::start(vec![Step::Wait(Duration::from_secs(30))]).await;
    let client = server.client();
    let call = Call::<()>::new(&client, READ).into_future();
    tokio::time::timeout(Duration::from_millis(200), call).await.unwrap_err();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(server.seen().len(), 1);
    // The client still works.
    assert!(Call::<()>::new(&client, READ).timeout(Duration::from_millis(100)).await.unwrap_err().is_timeout());
}

crate::protocols::over_http2! {
    a_read_is_retried_after_a_temporary_failure,
    a_rate_limit_is_retried_after_a_longer_backoff,
    a_listed_code_overrides_type_and_status,
    a_conflict_with_an_earlier_attempt_is_retried_with_the_same_key,
    permanent_failures_are_not_retried,
    an_operation_that_is_not_idempotent_is_sent_once,
    a_request_that_was_never_sent_is_retried_for_any_operation,
    a_payment_keeps_its_key_over_all_attempts,
    the_clients_own_methods_know_whether_they_may_be_retried,
    a_payment_without_a_key_is_sent_once,
    a_payment_that_fails_in_the_end_reports_its_key,
    the_server_may_set_the_backoff,
    a_backoff_beyond_the_deadline_is_not_started,
    attempts_and_backoffs_end_with_the_deadline,
    one_attempt_can_have_its_own_timeout,
    backoffs_grow_up_to_the_cap_and_jitter_shortens_them,
    an_outage_uses_up_the_budget_of_all_calls,
    a_dropped_call_is_not_retried,
}
