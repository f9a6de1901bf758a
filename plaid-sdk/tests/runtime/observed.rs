//! Observers of calls.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use plaid_sdk::Error;
use plaid_sdk::accounts::AccountsGetRequest;
use plaid_sdk::call::{Call, Method, Operation};
use plaid_sdk::observe::{Observed, Observer};

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

crate::protocols::over_http2! {
    an_observer_receives_each_call,
}
