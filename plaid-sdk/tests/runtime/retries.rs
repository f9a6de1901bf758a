//! What is sent again, what is not, and when.

use std::time::{Duration, Instant, SystemTime};

use plaid_sdk::serde_json::{Value, json};
use plaid_sdk::{Call, Client, Detailed, Error, Method, Operation, RetryBudget, RetryPolicy};

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

/// What comes of failures like these: how the call ends, how often it was sent, and after which pauses.
async fn outcome(operation: &'static Operation, script: Vec<Vec<Step>>) -> (Result<(), Error>, usize, Vec<Duration>) {
    let server = Server::scripted(script).await;
    let clock = TestClock::default();
    let client = server.builder().clock(clock.clone()).entropy(Draw::Most).build().unwrap();
    let result = Call::<()>::new(&client, operation).json(&json!({"a": 1})).await;
    (result, server.seen().len(), clock.pauses())
}

#[tokio::test]
async fn a_read_is_sent_again_after_what_may_pass() {
    let cut = vec![Step::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{".to_vec())];
    for failure in [
        responses("500 Internal Server Error", &[], plaid_error("API_ERROR", "INTERNAL_SERVER_ERROR")),
        responses("429 Too Many Requests", &[], plaid_error("RATE_LIMIT_EXCEEDED", "TRANSACTIONS_LIMIT")),
        // Older operations report it with another status.
        responses("400 Bad Request", &[], plaid_error("RATE_LIMIT_EXCEEDED", "RATE_LIMIT")),
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
async fn what_would_fail_again_is_not_sent_again() {
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
async fn what_must_not_happen_twice_is_sent_once() {
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
async fn what_was_never_sent_may_be_sent_again_whatever_it_is() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
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
    let call: Call<'_, Value> = Call::new(&client, PAY).json(&json!({"amount": 1}));
    let paid: Detailed<Value> = call.detailed().await.unwrap();
    let key = paid.attempts.idempotency_key().unwrap();
    assert_eq!((paid.attempts.count(), key.len()), (3, 36));
    assert!(paid.attempts.last_error().unwrap().is_transport());
    let expected = format!(r#"{{"idempotency_key":"{key}","amount":1}}"#);
    assert_eq!(server.seen().iter().map(|request| body(request)).collect::<Vec<_>>(), [expected.as_str(); 3]);
    // The next payment is another one.
    let next: Detailed<Value> = Call::new(&client, PAY).json(&json!({"amount": 1})).detailed().await.unwrap();
    assert_ne!(next.attempts.idempotency_key(), Some(key));
}

#[tokio::test]
async fn the_clients_own_methods_know_whether_they_may_be_repeated() {
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
async fn a_payment_that_wants_no_key_is_sent_once() {
    let server = Server::scripted(vec![unavailable(), fine()]).await;
    let call = Call::<()>::new(&server.client(), PAY).json(&json!({"idempotency_key": null})).await;
    let error = call.unwrap_err();
    assert_eq!((error.idempotency_key(), server.seen().len()), (None, 1));
}

#[tokio::test]
async fn a_payment_that_fails_in_the_end_tells_its_key() {
    let server = Server::start(unavailable()).await;
    let client = server.builder().clock(TestClock::default()).build().unwrap();
    let error = Call::<()>::new(&client, PAY).json(&json!({})).idempotency_key("order-7").await.unwrap_err();
    assert_eq!(error.idempotency_key(), Some("order-7"));
    let attempts = error.attempts().unwrap();
    assert_eq!((attempts.count(), attempts.last_error().unwrap().status().unwrap().as_u16()), (3, 503));
    assert!(error.to_string().ends_with("(3 attempts)"), "{error}");
}

#[tokio::test]
async fn the_server_may_say_how_long_to_wait() {
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
    // Maintenance has an end if one is told.
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
async fn a_pause_beyond_the_deadline_is_not_begun() {
    let failure = responses("429 Too Many Requests", &["retry-after: 3600"], "");
    let (result, sent, pauses) = outcome(READ, vec![failure, fine()]).await;
    assert_eq!(result.unwrap_err().status().unwrap().as_u16(), 429);
    assert_eq!((sent, pauses), (1, vec![]));
}

#[tokio::test]
async fn attempts_and_pauses_end_with_the_deadline() {
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
async fn one_attempt_can_have_a_timeout_of_its_own() {
    let server = Server::scripted(vec![vec![Step::Wait(Duration::from_secs(30))], fine()]).await;
    let policy = RetryPolicy::new(2).base_delay(Duration::ZERO).attempt_timeout(Duration::from_millis(200));
    let client = server.builder().retry(policy).build().unwrap();
    Call::<()>::new(&client, READ).await.unwrap();
    assert_eq!(server.seen().len(), 2);
    // What must not happen twice is given up then: it may have happened.
    let server = Server::scripted(vec![vec![Step::Wait(Duration::from_secs(30))], fine()]).await;
    let client = server.builder().retry(policy).build().unwrap();
    assert!(Call::<()>::new(&client, CREATE).await.unwrap_err().is_timeout());
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn pauses_grow_up_to_the_cap_and_chance_shortens_them() {
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
    // 40 calls, 5 attempts of the budget, and one more for each ten calls after that it was used up.
    let sent = server.seen().len();
    assert!((45..=49).contains(&sent), "{sent}");
    assert_eq!(budget.left(), Some(0));
}

#[tokio::test]
async fn a_call_that_is_dropped_is_not_sent_again() {
    let server = Server::start(vec![Step::Wait(Duration::from_secs(30))]).await;
    let client = server.client();
    let call = Call::<()>::new(&client, READ).into_future();
    tokio::time::timeout(Duration::from_millis(200), call).await.unwrap_err();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(server.seen().len(), 1);
    // The client is as good as before.
    assert!(Call::<()>::new(&client, READ).timeout(Duration::from_millis(100)).await.unwrap_err().is_timeout());
}
