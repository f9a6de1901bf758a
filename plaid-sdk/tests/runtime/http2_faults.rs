//! Connections that fail in the ways of HTTP/2.

use std::time::{Duration, Instant};

use plaid_sdk::accounts::AccountsGetRequest;
use plaid_sdk::call::{Call, Method, Operation};
use plaid_sdk::retry::RetryPolicy;
use plaid_sdk::serde_json::{Value, json};
use plaid_sdk::transport::TransportErrorKind;
use plaid_sdk::{Client, Error};

use crate::clock::TestClock;
use crate::frames::{CANCEL, ENHANCE_YOUR_CALM, INTERNAL_ERROR, NO_ERROR, REFUSED_STREAM};
use crate::http2::Fault::{Close, End, GoAway, Reset, Stall};
use crate::http2::Last;
use crate::server::{Protocol, Server, Step, responses};

const READ: &Operation = &Operation::new("accountsGet", Method::Post, "/accounts/get").idempotent();
const CREATE: &Operation = &Operation::new("processorTokenCreate", Method::Post, "/processor/token/create");

async fn server(script: Vec<Vec<Step>>) -> Server {
    Server::speaking(Protocol::Http2, move |number, _| script[number.min(script.len() - 1)].clone()).await
}

fn client(server: &Server) -> Client {
    server.builder().http(crate::http2::trust).clock(TestClock::default()).build().unwrap()
}

async fn call(client: &Client, operation: &'static Operation) -> Result<Value, Error> {
    Call::new(client, operation).json(&json!({"a": 1})).await
}

fn kind(error: &Error) -> TransportErrorKind {
    error.transport_error().unwrap().kind()
}

fn text(text: &str) -> Step {
    Step::Send(text.as_bytes().to_vec())
}

fn fine() -> Vec<Step> {
    responses("200 OK", &["content-type: application/json"], r#"{"b": 2}"#)
}

#[tokio::test]
async fn calls_share_a_connection() {
    let server = server(vec![fine()]).await;
    let client = client(&server);
    for _ in 0..5 {
        assert_eq!(call(&client, CREATE).await.unwrap()["b"], 2);
    }
    assert_eq!((server.connections(), server.arrivals()), (1, 5));
}

#[tokio::test]
async fn a_refused_request_is_sent_again_by_the_sdk_alone() {
    for refusal in [
        vec![Step::Fault(Reset(REFUSED_STREAM))],
        vec![Step::Fault(GoAway(Last::Before, NO_ERROR)), Step::Fault(Close)],
        vec![Step::Fault(GoAway(Last::Before, ENHANCE_YOUR_CALM)), Step::Fault(Close)],
    ] {
        let server = server(vec![refusal.clone()]).await;
        let call_once = Call::<Value>::new(&client(&server), CREATE).json(&json!({})).retry(RetryPolicy::none()).await;
        let error = call_once.unwrap_err();
        assert_eq!((kind(&error), server.arrivals()), (TransportErrorKind::Refused, 1), "{refusal:?}: {error:?}");
        assert!(error.is_retryable() && !error.may_have_been_carried_out() && !error.is_connect());

        let server = self::server(vec![refusal.clone(), refusal.clone(), fine()]).await;
        let clock = TestClock::default();
        let client = server.builder().clock(clock.clone()).build().unwrap();
        let response = Call::<Value>::new(&client, CREATE).json(&json!({})).detailed().await.unwrap();
        assert_eq!((response.attempts.count(), server.arrivals(), clock.pauses().len()), (3, 3, 2));
    }
}

#[tokio::test]
async fn what_may_have_been_processed_is_not_sent_again() {
    for fault in [
        vec![Step::Fault(Reset(NO_ERROR))],
        vec![Step::Fault(Reset(CANCEL))],
        vec![Step::Fault(Reset(INTERNAL_ERROR))],
        vec![Step::Fault(Close)],
        vec![Step::Fault(GoAway(Last::This, NO_ERROR)), Step::Fault(Close)],
        vec![Step::Fault(GoAway(Last::Largest, NO_ERROR)), Step::Fault(Close)],
        vec![Step::Fault(GoAway(Last::This, INTERNAL_ERROR)), Step::Fault(Close)],
        // Refused after the response began: a contradiction.
        vec![text("HTTP/1.1 200 OK\r\n\r\n{"), Step::Fault(Reset(REFUSED_STREAM))],
        vec![text("HTTP/1.1 200 OK\r\n\r\n{"), Step::Fault(GoAway(Last::Before, NO_ERROR)), Step::Fault(Close)],
    ] {
        let server = server(vec![fault.clone(), fine()]).await;
        let error = call(&client(&server), CREATE).await.unwrap_err();
        assert!(error.is_transport() && error.may_have_been_carried_out(), "{fault:?}: {error:?}");
        assert_eq!(server.arrivals(), 1, "{fault:?}");
        // A read is retried.
        let server = self::server(vec![fault.clone(), fine()]).await;
        assert_eq!(call(&client(&server), READ).await.unwrap()["b"], 2, "{fault:?}");
        assert_eq!(server.arrivals(), 2, "{fault:?}");
    }
}

#[tokio::test]
async fn a_response_goes_on_after_the_connection_is_to_be_closed() {
    let script = [vec![Step::Fault(GoAway(Last::This, NO_ERROR))], fine()].concat();
    let server = server(vec![script]).await;
    let client = client(&server);
    for _ in 0..2 {
        assert_eq!(call(&client, CREATE).await.unwrap()["b"], 2);
    }
    assert_eq!((server.connections(), server.arrivals()), (2, 2));
}

#[tokio::test]
async fn a_response_that_is_cut_off_never_passes_for_whole() {
    let known = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"accounts\": 1}";
    let unknown = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{\"accounts\": [], \"item\": {}";
    let untyped = "HTTP/1.1 200 OK\r\n\r\n{\"accounts\": []";
    let nothing = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n";
    let moment = Step::Wait(Duration::from_millis(20));
    for head in [known, unknown, untyped, nothing] {
        for end in [
            vec![Step::Fault(Reset(NO_ERROR))],
            vec![Step::Fault(Reset(CANCEL))],
            vec![Step::Fault(Close)],
            vec![Step::Fault(GoAway(Last::Largest, NO_ERROR)), Step::Fault(Close)],
            vec![Step::Fault(GoAway(Last::This, NO_ERROR)), Step::Fault(Close)],
            vec![Step::Fault(GoAway(Last::Before, NO_ERROR)), Step::Fault(Close)],
            vec![Step::Fault(End)],
        ] {
            let cut = [vec![text(head), moment.clone()], end.clone()].concat();
            let server = server(vec![cut, fine()]).await;
            let client = client(&server);
            let error = client.accounts_get(AccountsGetRequest::new("access-sandbox-1"));
            let error = error.retry(RetryPolicy::none()).await.unwrap_err();
            assert_eq!(kind(&error), TransportErrorKind::Body, "{head} {end:?}: {error:?}");
            assert_eq!(error.status().unwrap().as_u16(), 200);
            assert!(error.may_have_been_carried_out() && error.is_retryable());
            assert_eq!(call(&client, READ).await.unwrap()["b"], 2);
        }
    }
}

#[tokio::test]
async fn a_file_of_known_length_is_whole_or_an_error() {
    use plaid_sdk::asset_report::AssetReportPdfGetRequest;
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/pdf\r\ncontent-length: 100\r\n\r\n%PDF";
    for end in [Reset(NO_ERROR), End] {
        let server = server(vec![vec![text(head), Step::Fault(end)]]).await;
        let client = client(&server);
        let error = client.asset_report_pdf_get(AssetReportPdfGetRequest::new("assets-1")).await.unwrap_err();
        assert_eq!((kind(&error), error.raw_body().unwrap().as_ref()), (TransportErrorKind::Body, &b"%PDF"[..]));
    }
}

/// The length of a compressed body is not known after decompression, but the format has an end of its own.
#[tokio::test]
async fn a_compressed_response_that_is_cut_off_never_passes_for_whole() {
    // 5,000 times the letter x, without the end.
    const PACKED: [u8; 30] = [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 237, 193, 49, 1, 0, 0, 0, 194, 160, 218, 139, 111, 10, 63, 160, 0, 0, 0, 0,
        128,
    ];
    for length in ["", "content-length: 40\r\n"] {
        for end in [Reset(NO_ERROR), End] {
            let head = format!("HTTP/1.1 200 OK\r\n{length}content-encoding: gzip\r\n\r\n");
            let cut = Step::Send([head.as_bytes(), &PACKED].concat());
            let server = server(vec![vec![cut, Step::Wait(Duration::from_millis(20)), Step::Fault(end)]]).await;
            let error = call(&client(&server), CREATE).await.unwrap_err();
            assert_eq!(kind(&error), TransportErrorKind::Body, "{length} {end:?}: {error:?}");
        }
    }
}

#[tokio::test]
async fn the_attempt_after_a_timeout_uses_a_new_connection() {
    for pings in [true, false] {
        let server = server(vec![vec![Step::Fault(Stall { pings })], fine()]).await;
        let policy = RetryPolicy::new(2).base_delay(Duration::ZERO).attempt_timeout(Duration::from_millis(300));
        let client = server.builder().http(crate::http2::trust).retry(policy).build().unwrap();
        let response = Call::<Value>::new(&client, READ).json(&json!({})).detailed().await.unwrap();
        assert_eq!((response.attempts.count(), server.connections()), (2, 2));
        // And so does the next call, after one that was not retried.
        let server = self::server(vec![vec![Step::Fault(Stall { pings })], fine()]).await;
        let client = server.builder().http(crate::http2::trust).retry(RetryPolicy::none()).build().unwrap();
        let stalled = Call::<Value>::new(&client, CREATE).json(&json!({})).timeout(Duration::from_millis(300)).await;
        assert!(stalled.unwrap_err().is_timeout());
        assert_eq!(call(&client, CREATE).await.unwrap()["b"], 2);
        assert_eq!(server.connections(), 2);
    }
}

#[tokio::test]
async fn a_timeout_does_not_disturb_the_requests_in_flight() {
    let slow = [vec![Step::Wait(Duration::from_millis(900))], fine()].concat();
    let server = server(vec![fine(), slow, vec![Step::Wait(Duration::from_secs(9))], fine()]).await;
    let client = server.builder().http(crate::http2::trust).retry(RetryPolicy::none()).build().unwrap();
    call(&client, CREATE).await.unwrap();
    let other = client.clone();
    let waiting = tokio::spawn(async move { call(&other, CREATE).await });
    tokio::time::sleep(Duration::from_millis(200)).await;
    let error = Call::<Value>::new(&client, CREATE).timeout(Duration::from_millis(200)).await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(waiting.await.unwrap().unwrap()["b"], 2);
    call(&client, CREATE).await.unwrap();
    assert_eq!(server.connections(), 2);
}

/// A connection that is dead is noticed by pings, while a call still has time.
#[tokio::test]
async fn a_connection_without_an_answer_to_pings_is_given_up() {
    let server = server(vec![vec![Step::Fault(Stall { pings: false })], fine()]).await;
    let quick = |http: plaid_sdk::reqwest::ClientBuilder| {
        let interval = Duration::from_millis(200);
        crate::http2::trust(http).http2_keep_alive_interval(interval).http2_keep_alive_timeout(interval)
    };
    let client = server.builder().http(quick).clock(TestClock::default()).build().unwrap();
    let start = Instant::now();
    assert_eq!(call(&client, READ).await.unwrap()["b"], 2);
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    assert_eq!(server.connections(), 2);
}
