//! Fetching keys from Plaid.

use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use serde_json::{Value, json};

use crate::generated::ErrorCode;
use crate::runtime::call::Call;
use crate::runtime::client::Client;
use crate::runtime::clock::Clock;
use crate::runtime::observe::Observer;
use crate::runtime::operation::{Method, Operation};
use crate::runtime::random::Entropy;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::webhook_keys::cache::{Fetched, Flight, Now, Step};
use crate::runtime::webhook_keys::error::{WebhookError, WebhookErrorKind};
use crate::runtime::webhook_keys::key::VerificationKey;

/// How long a webhook waits for its key, whatever happens. Plaid waits ten seconds for the response to its webhook.
const DEADLINE: Duration = Duration::from_secs(8);
/// How long it waits to learn whether a key that it has is still valid.
const REFRESH: Duration = Duration::from_secs(3);
/// If a request for a key had less time than this before it failed, other webhooks don't share the failure.
const FAIR_TIME: Duration = Duration::from_secs(4);
/// A waiting webhook looks this often whether its key is next.
const TICK: Duration = Duration::from_millis(200);
/// The attempts to fetch a key. The limit of requests counts each.
const ATTEMPTS: u32 = 3;
/// The backoff after the first attempt. It is twice as long after the second.
const BACKOFF: Duration = Duration::from_millis(250);
/// How long requests for unknown ids pause after Plaid has responded that a rate limit is exceeded.
const RATE_LIMIT_PAUSE: Duration = Duration::from_secs(5);

const KEY_GET: &Operation =
    &Operation::new("webhookVerificationKeyGet", Method::Post, "/webhook_verification_key/get").idempotent();

pub(super) enum KeySource {
    Plaid(Client),
    Fixed(Vec<VerificationKey>),
}

impl KeySource {
    pub(super) async fn find(&self, id: &str) -> Result<VerificationKey, WebhookError> {
        match self {
            Self::Plaid(client) => find(client, id).await,
            Self::Fixed(keys) => {
                keys.iter().find(|key| key.id() == id).cloned().ok_or(WebhookErrorKind::UnknownKey.into())
            }
        }
    }

    /// The observer of the client. Fixed keys have none.
    pub(super) fn observer(&self) -> Option<&dyn Observer> {
        match self {
            Self::Plaid(client) => client.context().engine.observer(),
            Self::Fixed(_) => None,
        }
    }

    pub(super) fn keys(&self) -> Vec<VerificationKey> {
        match self {
            Self::Plaid(client) => client.webhook_keys().keys(client.context().engine.clock.now()),
            Self::Fixed(keys) => keys.clone(),
        }
    }
}

/// The key of this id, from the cache or from Plaid, before the deadline.
async fn find(client: &Client, id: &str) -> Result<VerificationKey, WebhookError> {
    let engine = &client.context().engine;
    let clock = &*engine.clock;
    let deadline = clock.monotonic().saturating_add(DEADLINE);
    let mut seat = client.webhook_keys().seat(id, random(&*engine.entropy));
    loop {
        let now = Now { wall: clock.now(), monotonic: clock.monotonic() };
        let left = deadline.saturating_sub(now.monotonic);
        match seat.step(now) {
            Step::Use(key) => return Ok(key),
            Step::Fail(error) => return Err(error),
            Step::Wait(_, kind) if left.is_zero() => return Err(kind.into()),
            Step::Wait(mut changed, _) => {
                within(clock, left.min(TICK), changed.changed()).await;
            }
            // The next step returns the result.
            Step::Fetch(flight) if flight.is_refresh => fetch(client, flight, left.min(REFRESH)).await?,
            Step::Fetch(flight) => fetch(client, flight, left).await?,
        }
    }
}

/// Asks Plaid for a key and stores the result.
///
/// # Errors
/// A failure that applies to this webhook only.
async fn fetch(client: &Client, flight: Flight<'_>, time: Duration) -> Result<(), WebhookError> {
    let clock = &*client.context().engine.clock;
    let start = clock.monotonic();
    let deadline = start.saturating_add(time);
    let mut attempts = 1;
    let failure = loop {
        let left = deadline.saturating_sub(clock.monotonic());
        // The loop of the call would retry without regard to the limit of requests.
        let call = Call::new(client, KEY_GET).json(&json!({ "key_id": flight.id }));
        let response: Result<Value, _> = call.timeout(left).retry(RetryPolicy::none()).await;
        let error = match response {
            Ok(response) => {
                let result = read(flight.id, &response);
                flight.land(result, clock.monotonic());
                return Ok(());
            }
            Err(error) => error,
        };
        if error.code().map(ErrorCode::as_str) == Some("INVALID_WEBHOOK_VERIFICATION_KEY_ID") {
            flight.land(Fetched::None(WebhookErrorKind::UnknownKey), clock.monotonic());
            return Ok(());
        }
        if error.is_rate_limited() {
            client.webhook_keys().pause(clock.monotonic().saturating_add(RATE_LIMIT_PAUSE));
            break WebhookError::unavailable(error);
        }
        let (now, backoff) = (clock.monotonic(), BACKOFF * attempts);
        let worthwhile = error.is_retryable() && attempts < ATTEMPTS && now.saturating_add(backoff) < deadline;
        if !worthwhile || !(flight.is_refresh || client.webhook_keys().take(now)) {
            break WebhookError::unavailable(error);
        }
        attempts += 1;
        clock.sleep(backoff).await;
    };
    let now = clock.monotonic();
    if !flight.is_refresh && time < FAIR_TIME && now >= deadline {
        return Err(failure);
    }
    flight.land(Fetched::Failed(failure), now);
    Ok(())
}

/// The key in a response.
fn read(id: &str, response: &Value) -> Fetched {
    match response.get("key") {
        // Plaid documents neither, so this is not what it knows about the key.
        None | Some(Value::Null) => Fetched::Failed(WebhookErrorKind::KeyUnavailable.into()),
        Some(jwk) => match VerificationKey::from_jwk(jwk) {
            Ok(key) if key.id() == id => Fetched::Key(key),
            Ok(_) => Fetched::None(WebhookErrorKind::UnusableKey),
            Err(kind) => Fetched::None(kind),
        },
    }
}

/// The result of a future, if it finishes in time.
async fn within<T>(clock: &dyn Clock, time: Duration, future: impl Future<Output = T>) -> Option<T> {
    let (mut future, mut sleep) = (pin!(future), clock.sleep(time));
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(result) => Poll::Ready(Some(result)),
        Poll::Pending => sleep.as_mut().poll(context).map(|()| None),
    })
    .await
}

/// Without random bytes, ids that were seen equally often are fetched in the order of their texts.
fn random(entropy: &dyn Entropy) -> u64 {
    let mut bytes = [0; 8];
    match entropy.fill(&mut bytes) {
        Ok(()) => u64::from_le_bytes(bytes),
        Err(_) => 0,
    }
}

impl fmt::Debug for KeySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plaid(client) => write!(f, "of {}", client.environment()),
            Self::Fixed(keys) => f.debug_list().entries(keys).finish(),
        }
    }
}
