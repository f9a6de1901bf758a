//! Webhooks during floods of forged ones, in virtual time: tokio's clock is paused and jumps from one timer to the next.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use plaid_sdk::Client;
use plaid_sdk::bytes::Bytes;
use plaid_sdk::clock::{Clock, Sleep};
use plaid_sdk::http::{Request, Response};
use plaid_sdk::random::{Entropy, EntropyError};
use plaid_sdk::serde_json::{self, Value, json};
use plaid_sdk::transport::{Limits, Transport, TransportError, TransportErrorKind, TransportFuture};
use plaid_sdk::webhooks::WebhookErrorKind::{self, *};
use plaid_sdk::webhooks::{Signer, Verifier};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};

/// The paused clock of tokio.
#[derive(Clone, Copy)]
struct VirtualClock(Instant);

impl Clock for VirtualClock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000) + self.0.elapsed()
    }

    fn monotonic(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, duration: Duration) -> Sleep<'_> {
        Box::pin(sleep(duration))
    }
}

/// Deterministic random bytes (splitmix64).
struct Random(AtomicU64);

impl Entropy for Random {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), EntropyError> {
        for chunk in buffer.chunks_mut(8) {
            let state = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
            let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            chunk.copy_from_slice(&(mixed ^ (mixed >> 31)).to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

/// What Plaid does with a request for a key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Health {
    Fine,
    /// It responds with this status.
    Failing(u16),
    /// It never responds.
    Silent,
}

/// Plaid's endpoint for keys, which responds after 100 ms.
#[derive(Clone)]
struct Plaid(Arc<Mutex<Endpoint>>);

struct Endpoint {
    keys: Vec<Value>,
    health: Health,
    /// When a request has arrived.
    requests: Vec<Instant>,
    in_flight: usize,
    most_in_flight: usize,
}

impl Plaid {
    fn new(signers: &[&Signer]) -> Self {
        let keys = signers.iter().map(|signer| signer.key().to_jwk()).collect();
        let (requests, health) = (Vec::new(), Health::Fine);
        Self(Arc::new(Mutex::new(Endpoint { keys, health, requests, in_flight: 0, most_in_flight: 0 })))
    }

    /// A client with an empty cache: what an application has after a restart.
    fn client(&self) -> (Client, VirtualClock) {
        let clock = VirtualClock(Instant::now());
        let builder = Client::builder().base_url("https://plaid.test").credentials("id", "secret");
        let builder = builder.transport(self.clone()).clock(clock).entropy(Random(AtomicU64::new(7)));
        (builder.build().unwrap(), clock)
    }

    fn set(&self, health: Health) {
        self.0.lock().unwrap().health = health;
    }

    fn publish(&self, signer: &Signer) {
        self.0.lock().unwrap().keys.push(signer.key().to_jwk());
    }

    fn requests(&self) -> usize {
        self.0.lock().unwrap().requests.len()
    }

    /// The largest number of requests in any time of this length.
    fn most_within(&self, length: Duration) -> usize {
        let requests = self.0.lock().unwrap().requests.clone();
        let until = |start: Instant| requests.iter().filter(|at| (start..start + length).contains(at)).count();
        requests.iter().map(|start| until(*start)).max().unwrap_or(0)
    }
}

/// Counts a request until it ends, however it does.
struct InFlight<'p>(&'p Plaid);

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.0.lock().unwrap().in_flight -= 1;
    }
}

impl Transport for Plaid {
    fn send(&self, request: Request<Bytes>, limits: Limits) -> TransportFuture<'_> {
        Box::pin(async move {
            let asked: Value = serde_json::from_slice(request.body()).unwrap();
            let (health, key) = {
                let mut endpoint = self.0.lock().unwrap();
                endpoint.requests.push(Instant::now());
                endpoint.in_flight += 1;
                endpoint.most_in_flight = endpoint.most_in_flight.max(endpoint.in_flight);
                (endpoint.health, endpoint.keys.iter().find(|key| key["kid"] == asked["key_id"]).cloned())
            };
            let _counted = InFlight(self);
            let time = if health == Health::Silent { Duration::MAX } else { Duration::from_millis(100) };
            sleep(time.min(limits.timeout)).await;
            if time > limits.timeout {
                return Err(TransportError::new(TransportErrorKind::Timeout));
            }
            let error = |code: &str| json!({"error_type": "A", "error_code": code, "error_message": "m"});
            let (status, body) = match (health, key) {
                (Health::Failing(status), _) => (status, error("INTERNAL_SERVER_ERROR")),
                (_, Some(key)) => (200, json!({"key": key})),
                (_, None) => (400, error("INVALID_WEBHOOK_VERIFICATION_KEY_ID")),
            };
            Ok(Response::builder().status(status).body(body.to_string().into()).unwrap())
        })
    }
}

/// The result for a webhook, and how long it took.
type Outcome = (Option<WebhookErrorKind>, Duration);

/// Delivers a webhook now.
fn deliver(client: &Client, clock: VirtualClock, signer: &Signer) -> JoinHandle<Outcome> {
    deliver_token(client, signer.sign(b"{}", clock.now()).unwrap())
}

/// Delivers a forged webhook, which only the check of its signature would reject.
fn deliver_forged(client: &Client, clock: VirtualClock, id: &str) -> JoinHandle<Outcome> {
    let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let header = part(json!({"alg": "ES256", "kid": id}));
    let claims = part(json!({
        "iat": 1_800_000_000 + clock.monotonic().as_secs(),
        "request_body_sha256": "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
    }));
    deliver_token(client, format!("{header}.{claims}.{}", URL_SAFE_NO_PAD.encode([7; 64])))
}

fn deliver_token(client: &Client, token: String) -> JoinHandle<Outcome> {
    let verifier = Verifier::new(client);
    tokio::spawn(async move {
        let start = Instant::now();
        let result = verifier.verify_token(&token, b"{}").await;
        (result.err().map(|error| error.kind()), start.elapsed())
    })
}

/// A flood of forged webhooks.
#[derive(Clone, Copy, Debug)]
struct Flood {
    per_second: u32,
    ids: Ids,
}

#[derive(Clone, Copy, Debug)]
enum Ids {
    /// Each id is sent this many times, one after the other.
    Repeated(u32),
    /// These many ids are sent in turns.
    Cycled(u32),
}

impl Flood {
    const fn random(per_second: u32) -> Self {
        Self { per_second, ids: Ids::Repeated(1) }
    }

    /// Starts it. Each forged webhook must be rejected in time.
    fn start(self, client: &Client, clock: VirtualClock) -> JoinHandle<()> {
        let client = client.clone();
        tokio::spawn(async move {
            for number in 0_u32.. {
                sleep(Duration::from_secs(1) / self.per_second).await;
                let id = match self.ids {
                    Ids::Repeated(times) => number / times,
                    Ids::Cycled(ids) => number % ids,
                };
                let forged = deliver_forged(&client, clock, &format!("forged-{id}"));
                tokio::spawn(async move {
                    let (error, time) = forged.await.unwrap();
                    assert!(error.is_some() && time <= LONGEST, "{error:?} {time:?}");
                });
            }
        })
    }
}

/// Good webhooks arrive at this interval, and Plaid retries a rejected one after 30 seconds. Returns the time from the arrival of
/// the first to the first that is accepted.
async fn delay(client: &Client, clock: VirtualClock, good: &Arc<Signer>, every: Duration) -> Duration {
    let (accepted, mut first) = tokio::sync::mpsc::unbounded_channel();
    let start = Instant::now();
    let (client, good) = (client.clone(), Arc::clone(good));
    let arrivals = tokio::spawn(async move {
        loop {
            let (client, good, accepted) = (client.clone(), Arc::clone(&good), accepted.clone());
            tokio::spawn(async move {
                while deliver(&client, clock, &good).await.unwrap().0.is_some() {
                    sleep(Duration::from_secs(30)).await;
                }
                accepted.send(start.elapsed()).unwrap_or(());
            });
            sleep(every).await;
        }
    });
    let delay = first.recv().await.unwrap();
    arrivals.abort();
    delay
}

/// The documented limit: 20 at once, then 20 per second.
fn assert_bounded(plaid: &Plaid, known: usize) {
    for seconds in [1, 5, 30] {
        let most = plaid.most_within(Duration::from_secs(seconds));
        assert!(most <= 20 + 20 * seconds as usize + known, "{most} in {seconds} s");
    }
    assert!(plaid.0.lock().unwrap().most_in_flight <= 16 + known);
}

const SECOND: Duration = Duration::from_secs(1);
/// How long a webhook waits for its key, with the rounding of tokio's timer.
const LONGEST: Duration = Duration::from_millis(8001);

/// The delay of good webhooks that arrive at this interval, after a restart during a flood.
async fn delay_after_restart(flood: Flood, every: Duration) -> (Duration, Plaid) {
    let good = Arc::new(Signer::new("good").unwrap());
    let plaid = Plaid::new(&[&good]);
    let (client, clock) = plaid.client();
    let flood = flood.start(&client, clock);
    sleep(30 * SECOND).await;
    let delay = delay(&client, clock, &good, every).await;
    flood.abort();
    assert_bounded(&plaid, 0);
    (delay, plaid)
}

/// The figures of ARCHITECTURE.md: `cargo test -p plaid-sdk --test runtime flood_table -- --ignored --nocapture`
#[tokio::test(start_paused = true)]
#[ignore = "it prints a table"]
async fn flood_table() {
    for per_second in [1, 10, 20, 50, 100, 200, 500] {
        for ids in [
            Ids::Repeated(1),
            Ids::Repeated(2),
            Ids::Repeated(4),
            Ids::Repeated(9),
            Ids::Cycled(1000),
            Ids::Cycled(3000),
        ] {
            let flood = Flood { per_second, ids };
            let (often, plaid) = delay_after_restart(flood, SECOND).await;
            let requests = plaid.most_within(SECOND);
            let (lone, _) = delay_after_restart(flood, Duration::from_secs(86_400)).await;
            println!("{per_second:>4}/s {ids:?}: {often:?}, lone {lone:?}, at most {requests} requests in a second");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn after_a_restart_good_webhooks_get_through_a_flood() {
    for ids in [1, 2, 3, 4, 5, 9].map(Ids::Repeated) {
        let (delay, _) = delay_after_restart(Flood { per_second: 100, ids }, SECOND).await;
        assert!(delay < 5 * SECOND, "{ids:?}: {delay:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn after_a_rotation_good_webhooks_get_through_a_flood() {
    let (old, new) = (Arc::new(Signer::new("old").unwrap()), Arc::new(Signer::new("new").unwrap()));
    let plaid = Plaid::new(&[&old]);
    let (client, clock) = plaid.client();
    assert_eq!(deliver(&client, clock, &old).await.unwrap().0, None);
    let flood = Flood::random(100).start(&client, clock);
    sleep(20 * SECOND).await;
    // Known keys don't wait.
    assert_eq!(deliver(&client, clock, &old).await.unwrap(), (None, Duration::ZERO));
    plaid.publish(&new);
    let delay = delay(&client, clock, &new, SECOND).await;
    assert!(delay < 5 * SECOND, "{delay:?}");
    // The old key is asked for once more, beside the limit.
    assert_eq!(deliver(&client, clock, &old).await.unwrap().0, None);
    assert_eq!(deliver(&client, clock, &new).await.unwrap(), (None, Duration::ZERO));
    flood.abort();
    assert_bounded(&plaid, 1);
}

#[tokio::test(start_paused = true)]
async fn stored_keys_make_a_restart_independent_of_a_flood() {
    let good = Arc::new(Signer::new("good").unwrap());
    let plaid = Plaid::new(&[&good]);
    let (client, clock) = plaid.client();
    let _verifier = Verifier::new(&client).with_cached_keys([good.key()]);
    let flood = Flood::random(1000).start(&client, clock);
    sleep(10 * SECOND).await;
    assert_eq!(delay(&client, clock, &good, SECOND).await, Duration::from_millis(100));
    flood.abort();
}

#[tokio::test(start_paused = true)]
async fn a_lone_webhook_gets_through_with_plaids_first_retry() {
    let (delay, _) = delay_after_restart(Flood::random(100), Duration::from_secs(86_400)).await;
    assert!(delay < 40 * SECOND, "{delay:?}");
}

#[tokio::test(start_paused = true)]
async fn a_small_flood_delays_nothing() {
    for per_second in [1, 10, 19] {
        let (delay, _) = delay_after_restart(Flood::random(per_second), Duration::from_secs(86_400)).await;
        assert_eq!(delay, Duration::from_millis(100));
    }
}

#[tokio::test(start_paused = true)]
async fn a_thousand_waiting_webhooks_share_a_failure() {
    let good = Arc::new(Signer::new("good").unwrap());
    let plaid = Plaid::new(&[&good]);
    for (health, attempts, time) in [(Health::Failing(500), 3, 2 * SECOND), (Health::Silent, 1, 8 * SECOND)] {
        plaid.set(health);
        let before = plaid.requests();
        let (client, clock) = plaid.client();
        let all: Vec<_> = (0..1000).map(|_| deliver(&client, clock, &good)).collect();
        for one in all {
            let (error, took) = one.await.unwrap();
            assert!(error == Some(KeyUnavailable) && took <= time, "{error:?} {took:?}");
        }
        assert_eq!(plaid.requests() - before, attempts);
        plaid.set(Health::Fine);
        sleep(SECOND).await;
        assert_eq!(deliver(&client, clock, &good).await.unwrap().0, None);
    }
}

#[tokio::test(start_paused = true)]
async fn no_webhook_waits_longer_than_eight_seconds() {
    let good = Arc::new(Signer::new("good").unwrap());
    let plaid = Plaid::new(&[&good]);
    plaid.set(Health::Silent);
    let (client, clock) = plaid.client();
    let mut all = Vec::new();
    for number in 0..600 {
        all.push(match number % 2 {
            0 => deliver(&client, clock, &good),
            _ => deliver_forged(&client, clock, &format!("other-{}", number % 97)),
        });
        sleep(Duration::from_millis(50)).await;
    }
    for one in all {
        let (error, took) = one.await.unwrap();
        assert!(matches!(error, Some(KeyUnavailable | TooManyUnknownKeys)), "{error:?}");
        assert!(took <= LONGEST, "{took:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_exceeded_rate_limit_pauses_requests() {
    let good = Arc::new(Signer::new("good").unwrap());
    let plaid = Plaid::new(&[&good]);
    plaid.set(Health::Failing(429));
    let (client, clock) = plaid.client();
    assert_eq!(deliver(&client, clock, &good).await.unwrap().0, Some(KeyUnavailable));
    plaid.set(Health::Fine);
    let flood = Flood::random(100).start(&client, clock);
    sleep(4 * SECOND).await;
    assert_eq!(plaid.requests(), 1);
    sleep(4 * SECOND).await;
    assert!(plaid.requests() > 10);
    flood.abort();
}
