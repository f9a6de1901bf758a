//! Webhooks during floods of forged ones, in virtual time: tokio's clock is paused and jumps from one timer to the next.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use plaid_sdk::bytes::Bytes;
use plaid_sdk::http::{Request, Response};
use plaid_sdk::serde_json::{self, Value, json};
use plaid_sdk::webhook::WebhookErrorKind::{self, *};
use plaid_sdk::webhook::{Signer, Verifier};
use plaid_sdk::{
    Client, Clock, Entropy, EntropyError, Environment, Limits, Sleep, Transport, TransportError, TransportErrorKind,
    TransportFuture,
};
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
        let builder = Client::builder().environment(Environment::Sandbox).credentials("id", "secret");
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

/// What came of a webhook, and how long that took.
type Outcome = (Option<WebhookErrorKind>, Duration);

/// Delivers a webhook with this key id now.
fn deliver(client: &Client, clock: VirtualClock, signer: &Arc<Signer>, id: Option<String>) -> JoinHandle<Outcome> {
    let good = signer.sign(b"{}", clock.now()).unwrap();
    let token = match id {
        None => good,
        Some(id) => {
            let claims = json!({
                "iat": 1_800_000_000 + clock.monotonic().as_secs(),
                "request_body_sha256": "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
            });
            signer.sign_token(&json!({"alg": "ES256", "kid": id}), &claims).unwrap()
        }
    };
    let verifier = Verifier::new(client);
    tokio::spawn(async move {
        let start = Instant::now();
        let result = verifier.verify_token(&token, b"{}").await;
        (result.err().map(|error| error.kind()), start.elapsed())
    })
}

/// A flood of forgeries.
#[derive(Clone, Copy)]
struct Flood {
    per_second: u64,
    /// How often each forged id is sent, one after the other.
    repeats: u64,
}

impl Flood {
    /// Starts it. Each forgery is checked to be rejected within the time that Plaid's webhooks have.
    fn start(self, client: &Client, clock: VirtualClock) -> JoinHandle<()> {
        let (client, forger) = (client.clone(), Arc::new(Signer::new("forger").unwrap()));
        tokio::spawn(async move {
            for number in 0.. {
                sleep(Duration::from_nanos(1_000_000_000 / self.per_second)).await;
                let forged = deliver(&client, clock, &forger, Some(format!("forged-{}", number / self.repeats)));
                tokio::spawn(async move {
                    let (error, time) = forged.await.unwrap();
                    assert!(error.is_some() && time < Duration::from_millis(8300), "{error:?} {time:?}");
                });
            }
        })
    }
}

/// The first of good webhooks that arrive each `every`: how long after the first has arrived one is accepted. Plaid retries each
/// rejected one after 30 seconds.
async fn delay(client: &Client, clock: VirtualClock, good: &Arc<Signer>, every: Duration) -> Duration {
    let (accepted, mut first) = tokio::sync::mpsc::unbounded_channel();
    let start = Instant::now();
    let (client, good) = (client.clone(), Arc::clone(good));
    let arrivals = tokio::spawn(async move {
        loop {
            let (client, good, accepted) = (client.clone(), Arc::clone(&good), accepted.clone());
            tokio::spawn(async move {
                while deliver(&client, clock, &good, None).await.unwrap().0.is_some() {
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

#[tokio::test(start_paused = true)]
async fn after_a_restart_good_webhooks_get_through_a_flood() {
    for repeats in [1, 2, 3, 5, 10] {
        let good = Arc::new(Signer::new("good").unwrap());
        let plaid = Plaid::new(&[&good]);
        let (client, clock) = plaid.client();
        let flood = Flood { per_second: 100, repeats }.start(&client, clock);
        sleep(60 * SECOND).await;
        let delay = delay(&client, clock, &good, SECOND).await;
        println!("restart, each id {repeats} times: {delay:?}");
        assert!(delay < 5 * SECOND, "{repeats}: {delay:?}");
        flood.abort();
        assert_bounded(&plaid, 0);
    }
}

#[tokio::test(start_paused = true)]
async fn after_a_rotation_good_webhooks_get_through_a_flood() {
    let (old, new) = (Arc::new(Signer::new("old").unwrap()), Arc::new(Signer::new("new").unwrap()));
    let plaid = Plaid::new(&[&old]);
    let (client, clock) = plaid.client();
    assert_eq!(deliver(&client, clock, &old, None).await.unwrap().0, None);
    let flood = Flood { per_second: 100, repeats: 1 }.start(&client, clock);
    sleep(60 * SECOND).await;
    // Known keys don't wait.
    assert_eq!(deliver(&client, clock, &old, None).await.unwrap(), (None, Duration::ZERO));
    plaid.publish(&new);
    let delay = delay(&client, clock, &new, SECOND).await;
    println!("rotation: {delay:?}");
    assert!(delay < 5 * SECOND, "{delay:?}");
    // The old key is asked for once more, beside the limit.
    assert_eq!(deliver(&client, clock, &old, None).await.unwrap().0, None);
    assert_eq!(deliver(&client, clock, &new, None).await.unwrap(), (None, Duration::ZERO));
    flood.abort();
    assert_bounded(&plaid, 1);
}

#[tokio::test(start_paused = true)]
async fn stored_keys_make_a_restart_independent_of_a_flood() {
    let good = Arc::new(Signer::new("good").unwrap());
    let plaid = Plaid::new(&[&good]);
    let (client, clock) = plaid.client();
    let _verifier = Verifier::new(&client).with_cached_keys([good.key()]);
    let flood = Flood { per_second: 1000, repeats: 1 }.start(&client, clock);
    sleep(10 * SECOND).await;
    assert_eq!(delay(&client, clock, &good, SECOND).await, Duration::from_millis(100));
    flood.abort();
}

#[tokio::test(start_paused = true)]
async fn a_lone_webhook_gets_through_with_a_retry_of_plaids() {
    let good = Arc::new(Signer::new("good").unwrap());
    let plaid = Plaid::new(&[&good]);
    let (client, clock) = plaid.client();
    let flood = Flood { per_second: 100, repeats: 1 }.start(&client, clock);
    sleep(20 * SECOND).await;
    let delay = delay(&client, clock, &good, Duration::MAX / 4).await;
    println!("lone: {delay:?}");
    assert!(delay < 40 * SECOND, "{delay:?}");
    flood.abort();
}

#[tokio::test(start_paused = true)]
async fn a_small_flood_delays_nothing() {
    let good = Arc::new(Signer::new("good").unwrap());
    let plaid = Plaid::new(&[&good]);
    let (client, clock) = plaid.client();
    let flood = Flood { per_second: 10, repeats: 1 }.start(&client, clock);
    sleep(60 * SECOND).await;
    assert_eq!(delay(&client, clock, &good, SECOND).await, Duration::from_millis(100));
    flood.abort();
}

#[tokio::test(start_paused = true)]
async fn a_thousand_waiting_webhooks_share_a_failure() {
    let good = Arc::new(Signer::new("good").unwrap());
    let plaid = Plaid::new(&[&good]);
    for (health, attempts, time) in [(Health::Failing(500), 3, 2 * SECOND), (Health::Silent, 1, 8 * SECOND)] {
        plaid.set(health);
        let before = plaid.requests();
        let (client, clock) = plaid.client();
        let all: Vec<_> = (0..1000).map(|_| deliver(&client, clock, &good, None)).collect();
        for one in all {
            let (error, took) = one.await.unwrap();
            assert!(error == Some(KeyUnavailable) && took <= time, "{error:?} {took:?}");
        }
        assert_eq!(plaid.requests() - before, attempts);
        plaid.set(Health::Fine);
        sleep(SECOND).await;
        assert_eq!(deliver(&client, clock, &good, None).await.unwrap().0, None);
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
        let signer = Arc::clone(&good);
        let id = (number % 2 == 1).then(|| format!("other-{}", number % 97));
        all.push(deliver(&client, clock, &signer, id));
        sleep(Duration::from_millis(50)).await;
    }
    for one in all {
        let (error, took) = one.await.unwrap();
        assert!(matches!(error, Some(KeyUnavailable | TooManyUnknownKeys)), "{error:?}");
        assert!(took <= Duration::from_millis(8001), "{took:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_exceeded_rate_limit_pauses_requests() {
    let good = Arc::new(Signer::new("good").unwrap());
    let plaid = Plaid::new(&[&good]);
    plaid.set(Health::Failing(429));
    let (client, clock) = plaid.client();
    assert_eq!(deliver(&client, clock, &good, None).await.unwrap().0, Some(KeyUnavailable));
    plaid.set(Health::Fine);
    let flood = Flood { per_second: 100, repeats: 1 }.start(&client, clock);
    sleep(4 * SECOND).await;
    assert_eq!(plaid.requests(), 1);
    sleep(4 * SECOND).await;
    assert!(plaid.requests() > 10);
    flood.abort();
}
