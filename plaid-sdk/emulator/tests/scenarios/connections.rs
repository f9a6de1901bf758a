//! Clients that stop halfway: nobody waits for them, and they are disconnected.

use std::time::Duration;

use plaid_emulator::{Emulator, Timeouts};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::support::CLIENT_ID;

/// So short that tests don't take long.
const SHORT: Duration = Duration::from_secs(1);
/// So long that only a hanging test reaches it.
const LONG: Duration = Duration::from_secs(60);

/// An emulator without patience.
async fn impatient(timeouts: Timeouts) -> Emulator {
    Emulator::builder().timeouts(timeouts).start().await.expect("the emulator starts")
}

async fn connect(emulator: &Emulator) -> TcpStream {
    let address = emulator.base_url().strip_prefix("http://").expect("a plain address");
    TcpStream::connect(address).await.expect("a connection")
}

/// The bytes of a call.
fn call(path: &str, body: &Value) -> String {
    let body = body.to_string();
    format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nPLAID-CLIENT-ID: {CLIENT_ID}\r\nPLAID-SECRET: secret\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// The bytes of a call that needs nothing made before.
fn institution() -> String {
    call("/institutions/get_by_id", &json!({"institution_id": "ins_109508", "country_codes": ["US"]}))
}

/// Lets a patient client call. Its connection is its own: one that was idle could just have been closed.
async fn succeeds(emulator: &Emulator) {
    let mut stream = connect(emulator).await;
    let closing = institution().replacen("\r\n", "\r\nConnection: close\r\n", 1);
    stream.write_all(closing.as_bytes()).await.expect("it is sent");
    let answer = rest(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.contains("ins_109508"), "{answer}");
}

/// What comes until the server closes the connection.
async fn rest(stream: &mut TcpStream) -> String {
    let mut text = Vec::new();
    // A reset is an end, too.
    let _read = timeout(LONG, stream.read_to_end(&mut text)).await.expect("the server closes the connection");
    String::from_utf8(text).expect("UTF-8")
}

#[tokio::test]
async fn clients_that_never_finish_a_request_are_disconnected() {
    let emulator = impatient(Timeouts { headers: SHORT, body: SHORT, ..Timeouts::default() }).await;
    let institution = institution();
    let (headers, _) = institution.split_once("{").expect("a body");
    // Nothing, a part of the greeting of HTTP/2, and a part of the headers; a body without its end; and a whole request.
    let starts =
        ["", "PRI * HTTP/2.0\r\n", "POST /item/get HTTP/1.1\r\nHost: localhost\r\nContent-T", headers, &institution];
    let mut streams = Vec::new();
    for start in starts.iter().cycle().take(100) {
        let mut stream = connect(&emulator).await;
        stream.write_all(start.as_bytes()).await.expect("it is sent");
        streams.push(stream);
    }
    succeeds(&emulator).await;
    for (stream, start) in streams.iter_mut().zip(starts.iter().cycle()) {
        let answer = rest(stream).await;
        let status = answer.lines().next().unwrap_or_default();
        match *start == institution {
            true => assert_eq!(status, "HTTP/1.1 200 OK", "the connection is closed after its first response"),
            false if *start == headers => assert_eq!(status, "HTTP/1.1 400 Bad Request"),
            false => assert_eq!(status, "", "{start:?}"),
        }
    }
    succeeds(&emulator).await;
}

#[tokio::test]
async fn clients_that_never_read_are_disconnected() {
    let emulator = impatient(Timeouts { stall: SHORT, ..Timeouts::default() }).await;
    let tenant = emulator.open_tenant(CLIENT_ID, "secret").expect("a tenant");
    let made = tenant.seed_with(&json!({"items": [{}]})).expect("an Item");
    let access = made["items"][0]["access_token"].as_str().expect("an access token");
    let row = json!({"amount": 1.5, "date": tenant.now().date_naive(), "description": "x".repeat(1_000)});
    let rows = json!({"account": "0000", "transactions": vec![row; 400]});
    tenant.at_bank(access, "append_transactions", &rows).expect("400 transactions");
    // Responses of 400 kB and more, together more than the system's buffers take.
    let calls = call("/transactions/sync", &json!({"access_token": access, "count": 500})).repeat(160);
    let mut streams = Vec::new();
    for _ in 0..4 {
        let mut stream = connect(&emulator).await;
        stream.write_all(calls.as_bytes()).await.expect("it is sent");
        streams.push(stream);
    }
    succeeds(&emulator).await;
    for mut stream in streams {
        // A client that reads nothing sees the end of its connection when it writes.
        let is_closed = async {
            while stream.write_all(b"\r\n").await.is_ok() {
                sleep(SHORT).await
            }
        };
        timeout(LONG, is_closed).await.expect("the server closes the connection");
    }
    succeeds(&emulator).await;
}

#[tokio::test]
async fn a_response_that_takes_long_is_nobodys_fault() {
    let emulator = impatient(Timeouts { headers: SHORT, body: SHORT, stall: SHORT }).await;
    let delay = json!({"operation": "/institutions/get_by_id", "delay_ms": 2 * SHORT.as_millis() as u64, "count": 1});
    emulator.open_tenant(CLIENT_ID, "secret").expect("a tenant").control("POST", "faults", delay).expect("a fault");
    succeeds(&emulator).await;
}
