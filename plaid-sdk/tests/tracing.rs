//! The `tracing` spans and events of calls, and that they contain no secrets. This is a test program of its own, since
//! the enabled spans are global to all threads.
#![cfg(feature = "accounts")]

use std::fmt::{self, Write as _};
use std::sync::{Arc, Mutex};

use plaid_sdk::accounts::AccountsGetRequest;
use plaid_sdk::call::{Call, Method, Operation};
use plaid_sdk::serde_json::{Value, json};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use self::support::clock::TestClock;
use self::support::encodings;
use self::support::server::{CLIENT_ID, PROTOCOL, Protocol, SECRET, Server, responses};

#[allow(dead_code, reason = "other tests use the rest")]
#[path = "runtime"]
mod support {
    pub(crate) mod clock;
    pub(crate) mod encodings;
    pub(crate) mod frames;
    pub(crate) mod hpack;
    pub(crate) mod http2;
    pub(crate) mod server;
}

const TOKEN: &str = "access-production-de3ce8ef-33f8-452c-a685-8671031fc0f6";
const READ: &Operation = &Operation::new("accountsGet", Method::Post, "/accounts/get").idempotent();

/// Records every field of every span and event, of all levels and libraries.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

struct Line<'a>(&'a mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        write!(self.0, " {field}={value:?}").unwrap();
    }
}

impl Log {
    fn line(&self, metadata: &Metadata<'_>, fill: impl FnOnce(&mut Line<'_>)) {
        let mut line = format!("{} {}", metadata.target(), metadata.name());
        fill(&mut Line(&mut line));
        *self.0.lock().unwrap() += &(line + "\n");
    }

    fn text(&self) -> String {
        self.0.lock().unwrap().clone()
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.line(span.metadata(), |line| span.record(line));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut line = "recorded".to_owned();
        values.record(&mut Line(&mut line));
        *self.0.lock().unwrap() += &(line + "\n");
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        self.line(event.metadata(), |line| event.record(line));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn spans_report_the_call_without_secrets() {
    spans_report_the_call(Protocol::Http1).await;
}

#[tokio::test]
async fn spans_report_the_call_over_http2_without_secrets() {
    spans_report_the_call(Protocol::Http2).await;
}

async fn spans_report_the_call(protocol: Protocol) {
    PROTOCOL.set(protocol);
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let refusal = format!(
        r#"{{"error_type": "ITEM_ERROR", "error_code": "ITEM_LOGIN_REQUIRED", "error_message": "about {TOKEN}",
            "display_message": "personal data", "request_id": "r7"}}"#
    );
    let deviating = r#"{"accounts": [null], "item": {"item_id": "i1", "webhook": null, "error": null, "available_products": null,
        "billed_products": [], "consent_expiration_time": "2026-03-01T09:30:00", "update_type": "personal data"}, "request_id": "r8"}"#;
    let script = [
        responses("503 Service Unavailable", &[], "personal data"),
        responses("200 OK", &["plaid-request-id: r1"], r#"{"a": "personal data"}"#),
        responses("400 Bad Request", &[], refusal),
        responses("200 OK", &[], r#"{"accounts": "personal data"}"#),
        responses("200 OK", &["plaid-request-id: r8"], deviating),
        responses("200 OK", &[&format!("plaid-request-id: {SECRET}")], r#"{"accounts": []}"#),
        responses("400 Bad Request", &[], r#"{"error_code": "CUT_OFF", "request_id": "r 8", "error_message": "m"#),
    ];
    let echoes = [CLIENT_ID, SECRET, TOKEN].into_iter().flat_map(encodings::written).map(|text| {
        let body = r#"{"error_code": "C", "error_message": "m @ m", "request_id": "@", "error_type": "@"}"#;
        responses("400 Bad Request", &[], body.replace('@', &text))
    });
    let script: Vec<_> = script.into_iter().chain(echoes).collect();
    let server = Server::scripted(script.clone()).await;
    let client = server.builder().clock(TestClock::default()).build().unwrap();
    let _: Value =
        Call::new(&client, READ).json(&json!({"access_token": TOKEN})).header("x-key", SECRET).await.unwrap();
    client.accounts_get(AccountsGetRequest::new(TOKEN)).await.unwrap_err();
    client.accounts_get(AccountsGetRequest::new(TOKEN)).await.unwrap_err();
    client.accounts_get(AccountsGetRequest::new(TOKEN)).await.unwrap();
    for _ in 5..script.len() {
        let _ = client.accounts_get(AccountsGetRequest::new(TOKEN)).await;
    }
    let text = log.text();
    encodings::check(&text, &[CLIENT_ID, SECRET, TOKEN, "personal data"]);
    for told in [
        "plaid.call operation=\"accountsGet\"",
        "status=200",
        "attempts=2",
        "request_id=\"r1\"",
        "request_id=\"r7\"",
        "backoff_ms=",
        "retrying the call",
        "ITEM_LOGIN_REQUIRED",
        "the response can't be decoded",
        "request_id=\"[redacted]\"",
        "CUT_OFF",
        "m [redacted] m",
        " message=the response differs from the API's description operation=\"accountsGet\" request_id=\"r8\" count=3 \
         deviations=accounts[0]: expected an object, found null; item.available_products: expected an array, found null; \
         item.consent_expiration_time: expected a timestamp such as 2026-03-01T09:30:00Z, found a timestamp without a time zone",
    ] {
        assert!(text.contains(told), "no {told} in {text}");
    }
}
