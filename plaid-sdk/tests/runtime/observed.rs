//! Observers of calls.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use plaid_sdk::Error;
use plaid_sdk::accounts::{AccountsGetRequest, AccountsGetResponse};
use plaid_sdk::call::{Call, Method, Operation};
use plaid_sdk::observe::{DeviatingResponse, Observed, Observer};
use plaid_sdk::response::Detailed;
use plaid_sdk::serde_json::Value;

use crate::clock::TestClock;
use crate::server::{Server, plaid_error, responses};

const TOKEN: &str = "access-production-de3ce8ef-33f8-452c-a685-8671031fc0f6";
const READ: &Operation = &Operation::new("accountsGet", Method::Post, "/accounts/get").idempotent();

#[derive(Default)]
struct Counts(Mutex<Vec<String>>);

impl Observer for Counts {
    fn on_call(&self, call: &Observed<'_>) {
        let (status, failed) = (call.status.map_or(0, |status| status.as_u16()), call.error.is_some());
        self.0.lock().unwrap().push(format!("{} {status} {} {failed}", call.operation, call.attempts.count()));
    }

    fn on_retry(&self, operation: &'static Operation, error: &Error, _: Duration) {
        self.0.lock().unwrap().push(format!("{operation} again after {}", error.status().unwrap()));
    }

    fn on_decode_error(&self, error: &Error) {
        self.0.lock().unwrap().push(format!("unreadable at {}", error.path().unwrap()));
    }

    fn on_deviations(&self, response: &DeviatingResponse<'_>) {
        let DeviatingResponse { operation, request_id, deviations, .. } = response;
        self.0.lock().unwrap().push(format!("{operation} {}: {deviations}", request_id.unwrap()));
    }
}

#[tokio::test]
async fn an_observer_receives_each_call() {
    let script = [
        responses("502 Bad Gateway", &[], ""),
        responses("200 OK", &[], "{}"),
        responses("400 Bad Request", &[], plaid_error("ITEM_ERROR", "ITEM_LOGIN_REQUIRED")),
        responses("200 OK", &[], r#"{"accounts": 7}"#),
    ];
    let server = Server::scripted(script.to_vec()).await;
    let counts = Arc::new(Counts::default());
    let client = server.builder().clock(TestClock::default()).observer(Arc::clone(&counts)).build().unwrap();
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

/// A response whose account has no name, whose list has a null, and which begins with a byte order mark.
const DEVIATING: &str = "\u{feff}{\"accounts\": [null, {\"account_id\": \"a1\", \"balances\": {}, \"name\": null,
    \"mask\": \"keep-me-out\", \"official_name\": null, \"type\": \"depository\", \"subtype\": 5}],
    \"item\": {\"item_id\": 12, \"update_type\": \"background\"}, \"request_id\": \"r1\"}";

#[tokio::test]
async fn deviations_are_reported_once_per_call() {
    let body = DEVIATING.replace("\"subtype\": 5", "\"subtype\": \"checking\"");
    let script = [responses("200 OK", &[], &body), responses("200 OK", &[], &body)];
    let server = Server::scripted(script.to_vec()).await;
    let counts = Arc::new(Counts::default());
    let client = server.builder().observer(Arc::clone(&counts)).build().unwrap();
    let accounts = client.accounts_get(AccountsGetRequest::new(TOKEN)).detailed().await.unwrap();
    assert_eq!(accounts.value.accounts.len(), 1);
    assert_eq!((accounts.value.accounts[0].name.as_str(), accounts.value.item.item_id.as_str()), ("", "12"));
    let paths: Vec<&str> = accounts.deviations().iter().map(|deviation| deviation.path()).collect();
    assert_eq!(
        paths,
        [
            "",
            "accounts[0]",
            "accounts[1].balances.available",
            "accounts[1].balances.current",
            "accounts[1].balances.limit",
            "accounts[1].balances.iso_currency_code",
            "accounts[1].balances.unofficial_currency_code",
            "accounts[1].name",
            "item.item_id",
            "item.webhook",
            "item.error",
            "item.available_products",
            "item.billed_products",
            "item.consent_expiration_time",
        ]
    );
    let name = accounts.deviations().iter().nth(7).unwrap();
    assert_eq!((name.expected(), name.found()), ("a string", "null"));
    client.accounts_get(AccountsGetRequest::new(TOKEN)).await.unwrap();
    let observed = counts.0.lock().unwrap().clone();
    assert_eq!(observed.len(), 4);
    for (call, report) in [(&observed[0], &observed[1]), (&observed[2], &observed[3])] {
        assert_eq!(call, "accountsGet 200 1 false");
        assert!(
            report.starts_with("accountsGet r1: expected JSON, found a byte order mark; accounts[0]: "),
            "{report}"
        );
        assert!(!report.contains("keep-me-out"), "{report}");
    }
}

#[tokio::test]
async fn strict_responses_make_deviations_errors() {
    let body = DEVIATING.replace("\"subtype\": 5", "\"subtype\": \"checking\"").replace('\u{feff}', "");
    let script = [responses("200 OK", &[], &body), responses("200 OK", &[], r#"{"any": null}"#)];
    let server = Server::scripted(script.to_vec()).await;
    let counts = Arc::new(Counts::default());
    let client = server.builder().observer(Arc::clone(&counts)).strict_responses(true).build().unwrap();
    let error = client.accounts_get(AccountsGetRequest::new(TOKEN)).detailed().await.unwrap_err();
    assert!(error.is_decode());
    assert_eq!((error.path(), error.request_id().as_deref()), (Some("accounts[0]"), Some("r1")));
    let text = error.to_string();
    assert!(text.contains("accounts[0]: expected an object, found null; and 12 more"), "{text}");
    assert_eq!(counts.0.lock().unwrap().clone(), ["accountsGet 200 1 false", "unreadable at accounts[0]"]);
    Call::<()>::new(&client, READ).await.unwrap();
}

#[tokio::test]
async fn a_raw_response_is_read_as_its_client_reads_responses() {
    let body = DEVIATING.replace("\"subtype\": 5", "\"subtype\": \"checking\"");
    let undecodable = r#"{"accounts": 7, "request_id": "r2"}"#;
    for is_strict in [false, true] {
        let script = [responses("200 OK", &[], &body), responses("200 OK", &[], undecodable)];
        let server = Server::scripted(script.to_vec()).await;
        let counts = Arc::new(Counts::default());
        let observer: Arc<dyn Observer> = Arc::clone(&counts) as Arc<dyn Observer>;
        let client = server.builder().observer(observer).strict_responses(is_strict).build().unwrap();
        let told = || std::mem::take(&mut *counts.0.lock().unwrap());
        let raw = client.accounts_get(AccountsGetRequest::new(TOKEN)).raw().await.unwrap();
        assert_eq!(told(), ["accountsGet 200 1 false"]);
        let results: [Result<AccountsGetResponse, Error>; 3] = [
            raw.clone().read::<Detailed<AccountsGetResponse>>().map(|detailed| {
                assert_eq!(detailed.deviations().len(), 14);
                detailed.value
            }),
            raw.clone().read(),
            raw.clone().json(),
        ];
        for result in results {
            match result {
                Ok(accounts) => assert!(!is_strict && accounts.item.item_id == "12"),
                Err(error) => assert!(is_strict && error.path() == Some("") && error.is_decode(), "{error}"),
            }
        }
        let reports = told();
        assert_eq!(reports.len(), 3);
        for report in reports {
            let expected = if is_strict { "unreadable at " } else { "accountsGet r1: expected JSON, found a byte " };
            assert!(report.starts_with(expected), "{report}");
        }
        // A type without a description has no deviations, but the byte order mark is one.
        assert_eq!(raw.json::<Value>().is_err(), is_strict);
        told();

        let raw = client.accounts_get(AccountsGetRequest::new(TOKEN)).raw().await.unwrap();
        let error = raw.clone().read::<AccountsGetResponse>().unwrap_err();
        assert_eq!((error.path(), error.request_id().as_deref()), (Some("accounts"), Some("r2")));
        assert_eq!(raw.clone().json::<AccountsGetResponse>().unwrap_err().path(), Some("accounts"));
        assert_eq!(raw.json::<Vec<String>>().unwrap_err().path(), Some(""));
        let expected =
            ["accountsGet 200 1 false", "unreadable at accounts", "unreadable at accounts", "unreadable at "];
        assert_eq!(told(), expected);
    }
}

#[tokio::test]
async fn a_shared_observer_is_told_everything() {
    let counts = Arc::new(Counts::default());
    // In each form that an application has: in an `Arc`, of a concrete type or not, and in two.
    let forms: [Arc<dyn Observer>; 3] =
        [Arc::clone(&counts) as _, Arc::new(Arc::clone(&counts)), Arc::new(Arc::clone(&counts) as Arc<dyn Observer>)];
    for form in forms {
        let script = [
            responses("502 Bad Gateway", &[], ""),
            responses("200 OK", &[], r#"{"accounts": 7}"#),
            responses("200 OK", &[], DEVIATING.replace("\"subtype\": 5", "\"subtype\": \"checking\"")),
        ];
        let server = Server::scripted(script.to_vec()).await;
        let client = server.builder().clock(TestClock::default()).observer(form).build().unwrap();
        client.accounts_get(AccountsGetRequest::new(TOKEN)).await.unwrap_err();
        client.accounts_get(AccountsGetRequest::new(TOKEN)).await.unwrap();
        let told = std::mem::take(&mut *counts.0.lock().unwrap());
        let kinds =
            ["accountsGet again after", "accountsGet 200 2", "unreadable", "accountsGet 200 1", "accountsGet r1"];
        assert_eq!(told.len(), kinds.len(), "{told:?}");
        for (told, kind) in told.iter().zip(kinds) {
            assert!(told.starts_with(kind), "{told}");
        }
    }
}

crate::protocols::over_http2! {
    an_observer_receives_each_call,
    a_raw_response_is_read_as_its_client_reads_responses,
    a_shared_observer_is_told_everything,
    deviations_are_reported_once_per_call,
    strict_responses_make_deviations_errors,
}
