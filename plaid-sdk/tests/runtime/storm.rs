//! A thousand calls at once against a server that breaks half of its connections: each ends, and no payment is made twice.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use plaid_sdk::Error;
use plaid_sdk::call::{Call, Method, Operation};
use plaid_sdk::retry::{RetryBudget, RetryPolicy};
use plaid_sdk::serde_json::{self, Value, json};

use crate::server::{Server, Step, body, plaid_error, responses};

const READ: &Operation = &Operation::new("accountsGet", Method::Post, "/accounts/get").idempotent();
const PAY: &Operation = &Operation::new("transferLedgerDeposit", Method::Post, "/transfer/ledger/deposit")
    .idempotency_key("idempotency_key");
const PAY_WITHOUT_KEY: &Operation =
    &Operation::new("paymentInitiationPaymentCreate", Method::Post, "/payment_initiation/payment/create");

const CALLS: usize = 1000;
const DEADLINE: Duration = Duration::from_secs(8);

/// What the server received, by the number in each call.
#[derive(Default)]
struct Ledger {
    arrivals: HashMap<u64, usize>,
    keys: HashMap<u64, HashSet<String>>,
    paid: HashMap<u64, usize>,
}

/// Every way to fail in turn, some of them after the payment has been made.
fn fate(number: usize) -> (bool, Vec<Step>) {
    let text = |text: &str| Step::Send(text.as_bytes().to_vec());
    let whole = || responses("200 OK", &[], r#"{"ok": true, "request_id": "r1"}"#);
    match number % 16 {
        0 => (false, vec![]),
        1 => (true, vec![]),
        2 => (false, responses("500 Internal Server Error", &[], plaid_error("API_ERROR", "INTERNAL_SERVER_ERROR"))),
        3 => (true, responses("500 Internal Server Error", &[], plaid_error("API_ERROR", "INTERNAL_SERVER_ERROR"))),
        4 => (false, responses("429 Too Many Requests", &["retry-after: 0"], plaid_error("RATE_LIMIT_EXCEEDED", "X"))),
        5 => (true, vec![text("HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{\"ok\": ")]),
        6 => (true, vec![text("HTTP/1.1 200 O")]),
        7 => (true, responses("502 Bad Gateway", &["content-type: text/html"], "<html>")),
        8 => (true, vec![Step::Wait(Duration::from_secs(30))]),
        9 => (false, responses("400 Bad Request", &[], plaid_error("ITEM_ERROR", "ITEM_LOGIN_REQUIRED"))),
        10 => (false, responses("307 Temporary Redirect", &["location: http://127.0.0.1:9/"], "")),
        11 => (true, [vec![Step::Wait(Duration::from_millis(200))], whole()].concat()),
        _ => (true, whole()),
    }
}

fn check(error: &Error) {
    let told = error.is_transport() || error.is_status() || error.is_decode() || error.api().is_some();
    assert!(told && error.attempts().unwrap().count() >= 1 && error.to_string().len() > 20, "{error:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_calls_at_once_all_end_and_no_payment_is_made_twice() {
    let ledger = Arc::new(Mutex::new(Ledger::default()));
    let book = Arc::clone(&ledger);
    let server = Server::answering(move |number, request| {
        let asked: Value = serde_json::from_str(body(request)).unwrap();
        let call = asked["call"].as_u64().unwrap();
        let (carried_out, steps) = fate(number);
        let mut book = book.lock().unwrap();
        *book.arrivals.entry(call).or_default() += 1;
        let key = asked["idempotency_key"].as_str();
        // Like Plaid, the server executes a payment once for each key.
        let known = key.is_some_and(|key| book.keys.get(&call).is_some_and(|keys| keys.contains(key)));
        if carried_out && !known {
            *book.paid.entry(call).or_default() += 1;
            if let Some(key) = key {
                book.keys.entry(call).or_default().insert(key.to_owned());
            }
        }
        steps
    })
    .await;
    let policy = RetryPolicy::new(4).base_delay(Duration::from_millis(50)).attempt_timeout(Duration::from_secs(2));
    let builder = server.builder().timeout(DEADLINE).retry(policy).retry_budget(RetryBudget::new(5000, 1.0));
    let client = builder.build().unwrap();
    let start = Instant::now();
    let calls: Vec<_> = (0..CALLS)
        .map(|number| {
            let client = client.clone();
            tokio::spawn(async move {
                let operation = [READ, PAY, PAY_WITHOUT_KEY][number % 3];
                let call: Call<Value> = Call::new(&client, operation).json(&json!({ "call": number }));
                (number, call.detailed().await)
            })
        })
        .collect();
    let mut results = Vec::new();
    for call in calls {
        results.push(call.await.unwrap());
    }
    // If calls hung, it would take 30 seconds. The rest of the limit is for a busy machine.
    assert!(start.elapsed() < DEADLINE + Duration::from_secs(15), "{:?}", start.elapsed());
    drop(client);
    // The requests of calls that timed out may still arrive.
    tokio::time::sleep(Duration::from_millis(500)).await;

    let ledger = ledger.lock().unwrap();
    let (mut good, mut bad) = (0, 0);
    for (number, result) in results {
        let count = match &result {
            Ok(response) => {
                assert_eq!(response.value["ok"], true);
                good += 1;
                response.attempts.count()
            }
            Err(error) => {
                check(error);
                bad += 1;
                error.attempts().unwrap().count()
            }
        };
        let call = number as u64;
        // A call that timed out on a busy machine may never have arrived.
        let arrivals = ledger.arrivals.get(&call).copied().unwrap_or_default();
        let paid = ledger.paid.get(&call).copied();
        assert!(arrivals <= count as usize, "call {number} arrived {arrivals} times in {count} attempts");
        assert!(result.is_err() || arrivals > 0, "call {number} has a response, and never arrived");
        match number % 3 {
            // With a key, it may arrive several times with the same key, and is paid once.
            1 => assert!(paid.unwrap_or(0) <= 1 && ledger.keys.get(&call).is_none_or(|keys| keys.len() == 1)),
            // Without a key, it arrives once.
            2 => assert!(arrivals <= 1, "call {number} arrived {arrivals} times"),
            _ => {}
        }
        // No payment that was made is reported as a permanent failure.
        if let (1 | 2, Err(error), Some(1..)) = (number % 3, &result, paid) {
            assert!(error.may_have_been_carried_out(), "call {number}: {error}");
        }
    }
    assert!(ledger.arrivals.len() > CALLS * 9 / 10, "{} calls arrived", ledger.arrivals.len());
    assert!(good > CALLS / 3 && bad > CALLS / 10, "{good} good, {bad} bad");
}
