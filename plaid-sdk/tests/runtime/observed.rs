//! What is told of calls by tracing and to observers, and what is not.

use std::fmt::{self, Write as _};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use plaid_sdk::accounts::AccountsGetRequest;
use plaid_sdk::serde_json::{Value, json};
use plaid_sdk::{Call, Error, Method, Observed, Observer, Operation};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::clock::TestClock;
use crate::server::{CLIENT_ID, SECRET, Server, plaid_error, replies};

const TOKEN: &str = "access-production-de3ce8ef-33f8-452c-a685-8671031fc0f6";
const READ: &Operation = &Operation::new("accountsGet", Method::Post, "/accounts/get").repeatable();

/// Writes down every field of every span and event, of all levels and libraries.
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
async fn spans_tell_how_a_call_went_and_no_secret() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let refusal = format!(
        r#"{{"error_type": "ITEM_ERROR", "error_code": "ITEM_LOGIN_REQUIRED", "error_message": "about {TOKEN}",
            "display_message": "personal data", "request_id": "r7"}}"#
    );
    let script = [
        replies("503 Service Unavailable", &[], "personal data"),
        replies("200 OK", &["plaid-request-id: r1"], r#"{"a": "personal data"}"#),
        replies("400 Bad Request", &[], refusal),
        replies("200 OK", &[], r#"{"accounts": "personal data"}"#),
    ];
    let server = Server::scripted(script.to_vec()).await;
    let client = server.builder().clock(TestClock::default()).build().unwrap();
    let _: Value =
        Call::new(&client, READ).json(&json!({"access_token": TOKEN})).header("x-key", SECRET).await.unwrap();
    client.accounts_get(AccountsGetRequest::new(TOKEN)).await.unwrap_err();
    client.accounts_get(AccountsGetRequest::new(TOKEN)).await.unwrap_err();
    let text = log.text();
    for secret in [CLIENT_ID, SECRET, TOKEN, "personal data"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    for told in [
        "plaid.call operation=\"accountsGet\"",
        "status=200",
        "attempts=2",
        "request_id=\"r1\"",
        "request_id=\"r7\"",
        "pause_ms=",
        "the call is sent again",
        "ITEM_LOGIN_REQUIRED",
        "the reply can't be read",
    ] {
        assert!(text.contains(told), "no {told} in {text}");
    }
}

#[derive(Clone, Default)]
struct Counts(Arc<Mutex<Vec<String>>>);

impl Observer for Counts {
    fn call(&self, call: &Observed<'_>) {
        let (status, failed) = (call.status.map_or(0, |status| status.as_u16()), call.error.is_some());
        self.0.lock().unwrap().push(format!("{} {status} {} {failed}", call.operation, call.attempts.count()));
    }

    fn retry(&self, operation: &'static Operation, error: &Error, _: Duration) {
        self.0.lock().unwrap().push(format!("{operation} again after {}", error.status().unwrap()));
    }

    fn unreadable(&self, error: &Error) {
        self.0.lock().unwrap().push(format!("unreadable at {}", error.path().unwrap()));
    }
}

#[tokio::test]
async fn an_observer_is_told_of_each_call() {
    let script = [
        replies("502 Bad Gateway", &[], ""),
        replies("200 OK", &[], "{}"),
        replies("400 Bad Request", &[], plaid_error("ITEM_ERROR", "ITEM_LOGIN_REQUIRED")),
        replies("200 OK", &[], r#"{"accounts": 7}"#),
    ];
    let server = Server::scripted(script.to_vec()).await;
    let counts = Counts::default();
    let client = server.builder().clock(TestClock::default()).observer(counts.clone()).build().unwrap();
    Call::<()>::new(&client, READ).await.unwrap();
    Call::<()>::new(&client, READ).await.unwrap_err();
    client.accounts_get(AccountsGetRequest::new(TOKEN)).await.unwrap_err();
    Call::<()>::new(&client, READ).header("a b", "").await.unwrap_err();
    let told = counts.0.lock().unwrap().clone();
    assert_eq!(
        told,
        [
            "accountsGet again after 502 Bad Gateway",
            "accountsGet 200 2 false",
            "accountsGet 400 1 true",
            "accountsGet 200 1 false",
            "unreadable at accounts",
            "accountsGet 0 0 true",
        ]
    );
}
