//! A thousand calls at once against a server that breaks half of its connections: each ends, and no payment is made twice.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use plaid_sdk::Error;
use plaid_sdk::call::{Call, Method, Operation};
use plaid_sdk::retry::{RetryBudget, RetryPolicy};
use plaid_sdk::serde_json::{self, Value, json};
use tokio::sync::Semaphore;

use crate::frames::{CANCEL, ENHANCE_YOUR_CALM, INTERNAL_ERROR, NO_ERROR, REFUSED_STREAM};
use crate::http2::Fault::{self, Close, End, GoAway, Reset, Stall};
use crate::http2::Last;
use crate::server::{Protocol, Server, Step, body, plaid_error, responses};

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
    /// How often the server said that it did not process it.
    refusals: HashMap<u64, usize>,
    keys: HashMap<u64, HashSet<String>>,
    paid: HashMap<u64, usize>,
}

/// What an HTTP/2 server does to a stream, and whether the payment has been made then.
const STREAM_FAULTS: [(bool, &[Fault]); 5] = [
    (false, &[Reset(REFUSED_STREAM)]),
    (true, &[Reset(NO_ERROR)]),
    (true, &[Reset(CANCEL)]),
    (true, &[Reset(INTERNAL_ERROR)]),
    (false, &[Reset(ENHANCE_YOUR_CALM)]),
];

/// What it does to a connection with all its streams.
const CONNECTION_FAULTS: [(bool, &[Fault]); 8] = [
    (false, &[GoAway(Last::Before, NO_ERROR), Close]),
    (false, &[GoAway(Last::Before, ENHANCE_YOUR_CALM), Close]),
    (true, &[GoAway(Last::This, NO_ERROR), Close]),
    (true, &[GoAway(Last::Largest, NO_ERROR), Close]),
    (true, &[GoAway(Last::This, INTERNAL_ERROR)]),
    (true, &[Close]),
    (true, &[Stall { pings: true }]),
    (true, &[Stall { pings: false }]),
];

/// The beginnings of responses that an HTTP/2 server breaks off.
const BEGINNINGS: [&str; 4] = [
    "",
    "HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n",
    "HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{\"ok\": true}",
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{\"ok\": [true]",
];

/// The faults of frames in turn, at each moment of a response, in between those of HTTP itself.
fn fate_over_http2(number: usize) -> (bool, Vec<Step>) {
    // A connection takes all its requests down, so that is rare.
    let (round, (carried_out, faults)) = if number % 89 == 88 {
        let round = number / 89;
        (round / CONNECTION_FAULTS.len(), CONNECTION_FAULTS[round % CONNECTION_FAULTS.len()])
    } else if number.is_multiple_of(8) {
        let round = number / 8;
        (round / STREAM_FAULTS.len(), STREAM_FAULTS[round % STREAM_FAULTS.len()])
    } else {
        // Those of HTTP in turn, without gaps.
        return fate(number - number / 8);
    };
    let beginning = BEGINNINGS[round % BEGINNINGS.len()];
    // What began to respond has processed the request.
    let carried_out = carried_out || !beginning.is_empty();
    if round % 9 == 8 && !beginning.is_empty() {
        return (true, vec![Step::Send(beginning.into()), Step::Fault(End)]);
    }
    let faults = faults.iter().map(|fault| Step::Fault(*fault));
    (carried_out, [Step::Send(beginning.into())].into_iter().chain(faults).collect())
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

fn is_refusal(steps: &[Step]) -> bool {
    let mut faults = steps.iter().filter(|step| !matches!(step, Step::Send(bytes) if bytes.is_empty()));
    matches!(faults.next(), Some(Step::Fault(Reset(REFUSED_STREAM) | GoAway(Last::Before, _))))
}

fn check(error: &Error) {
    let told = error.is_transport() || error.is_status() || error.is_decode() || error.api().is_some();
    assert!(told && error.attempts().unwrap().count() >= 1 && error.to_string().len() > 20, "{error:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_calls_at_once_all_end_and_no_payment_is_made_twice() {
    storm(Protocol::Http1, fate).await;
}

/// The same over HTTP/2 and TLS. With another start in the list of faults, other calls get them.
macro_rules! over_http2 {
    ($($name:ident: $start:literal),+ $(,)?) => {
        $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            storm(Protocol::Http2, |number| fate_over_http2($start + number)).await;
        })+
    };
}

over_http2! {
    over_http2: 0,
    over_http2_with_other_faults: 17,
    over_http2_with_a_third_order_of_faults: 101,
}

async fn storm(protocol: Protocol, fate: impl Fn(usize) -> (bool, Vec<Step>) + Send + Sync + 'static) {
    let ledger = Arc::new(Mutex::new(Ledger::default()));
    let book = Arc::clone(&ledger);
    let server = Server::speaking(protocol, move |number, request| {
        let asked: Value = serde_json::from_str(body(request)).unwrap();
        let call = asked["call"].as_u64().unwrap();
        let (carried_out, steps) = fate(number);
        let mut book = book.lock().unwrap();
        *book.arrivals.entry(call).or_default() += 1;
        if is_refusal(&steps) {
            *book.refusals.entry(call).or_default() += 1;
        }
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
    // With HTTP/2, calls share a connection, and each fault of it ends all that are in flight.
    let (at_once, attempt) = match protocol {
        Protocol::Http1 => (CALLS, Duration::from_secs(2)),
        Protocol::Http2 => (50, Duration::from_millis(600)),
    };
    let policy = RetryPolicy::new(4).base_delay(Duration::from_millis(50)).attempt_timeout(attempt);
    let builder = server.builder().timeout(DEADLINE).retry(policy).retry_budget(RetryBudget::new(5000, 1.0));
    let builder = if protocol == Protocol::Http2 { builder.http(crate::http2::trust) } else { builder };
    let client = builder.build().unwrap();
    let turns = Arc::new(Semaphore::new(at_once));
    let calls: Vec<_> = (0..CALLS)
        .map(|number| {
            let (client, turns) = (client.clone(), Arc::clone(&turns));
            tokio::spawn(async move {
                let _turn = turns.acquire().await.unwrap();
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
    drop(client);
    // The requests of calls that timed out may still arrive.
    tokio::time::sleep(Duration::from_millis(500)).await;

    let ledger = ledger.lock().unwrap();
    let (mut good, mut bad) = (0, 0);
    for (number, result) in results {
        let attempts = match &result {
            Ok(response) => {
                assert_eq!(response.value["ok"], true);
                good += 1;
                &response.attempts
            }
            Err(error) => {
                check(error);
                bad += 1;
                error.attempts().unwrap()
            }
        };
        // A call that hung would take 30 seconds. The rest of the limit is for a busy machine.
        assert!(attempts.elapsed() < DEADLINE + Duration::from_secs(15), "call {number}: {:?}", attempts.elapsed());
        let count = attempts.count();
        let call = number as u64;
        // A call that timed out on a busy machine may never have arrived.
        let arrivals = ledger.arrivals.get(&call).copied().unwrap_or_default();
        let refusals = ledger.refusals.get(&call).copied().unwrap_or_default();
        let paid = ledger.paid.get(&call).copied();
        assert!(number % 3 == 0 || paid.unwrap_or(0) <= 1, "call {number} was paid {paid:?} times");
        assert!(arrivals <= count as usize, "call {number} arrived {arrivals} times in {count} attempts");
        assert!(result.is_err() || arrivals > 0, "call {number} has a response, and never arrived");
        match number % 3 {
            // With a key, it may arrive several times with the same key, and is paid once.
            1 => assert!(ledger.keys.get(&call).is_none_or(|keys| keys.len() == 1)),
            // Without a key, it arrives once, and again only after the server refused it.
            2 => assert!(arrivals <= 1 + refusals, "call {number} arrived {arrivals} times, refused {refusals}"),
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
