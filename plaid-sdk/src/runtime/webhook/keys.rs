//! Fetching and caching the keys of webhook signatures.
//!
//! Anyone can send a webhook with any key id, so the requests for unknown ids are limited: one at a time for each id, ten per
//! minute in total, and none for an id that Plaid recently did not know.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use serde_json::{Value, json};

use super::{VerificationKey, WebhookError, WebhookErrorKind};
use crate::generated::ErrorCode;
use crate::runtime::call::Call;
use crate::runtime::client::Client;
use crate::runtime::operation::{Method, Operation};

/// How long a key is cached before it is fetched again to see whether it has expired.
const FRESH: Duration = Duration::from_secs(24 * 60 * 60);
/// How long an unknown id is cached.
const UNKNOWN: Duration = Duration::from_secs(60);
/// The limit of requests for unknown ids, and for known keys again, in this time.
const PERIOD: Duration = Duration::from_secs(60);
const QUESTIONS: usize = 10;
/// Plaid waits ten seconds for the response to its webhook.
const TIMEOUT: Duration = Duration::from_secs(8);

const KEY_GET: &Operation =
    &Operation::new("webhookVerificationKeyGet", Method::Post, "/webhook_verification_key/get").idempotent();

pub(super) enum KeySource {
    Plaid(Client),
    Fixed(Vec<VerificationKey>),
}

impl KeySource {
    pub(super) async fn find(&self, id: &str) -> Result<VerificationKey, WebhookError> {
        match self {
            Self::Plaid(client) => client.webhook_keys().find(id, client).await,
            Self::Fixed(keys) => {
                keys.iter().find(|key| key.id() == id).cloned().ok_or(WebhookErrorKind::UnknownKey.into())
            }
        }
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

/// The cached keys. Times are from the client's monotonic clock.
#[derive(Default)]
pub(crate) struct KeyCache(Mutex<State>);

#[derive(Default)]
struct State {
    known: HashMap<String, CachedKey>,
    unknown: HashMap<String, Duration>,
    /// The task that fetches a key holds the lock of its id; others wait for it.
    flights: HashMap<String, Weak<tokio::sync::Mutex<()>>>,
    /// The times of recent requests, for unknown ids and for known keys again.
    asked: VecDeque<Duration>,
    asked_again: VecDeque<Duration>,
}

struct CachedKey {
    key: VerificationKey,
    /// When it was fetched; `None` after a newer key was seen.
    fetched: Option<Duration>,
}

impl KeyCache {
    async fn find(&self, id: &str, client: &Client) -> Result<VerificationKey, WebhookError> {
        let now = || client.context().engine.clock.monotonic();
        if let Some(found) = self.state().look_up(id, now()) {
            return Ok(found?);
        }
        let flight = self.state().flight(id);
        let _landed = flight.lock().await;
        // The previous holder of the lock may have fetched the key.
        if let Some(found) = self.state().look_up(id, now()) {
            return Ok(found?);
        }
        self.state().may_ask(id, now())?;
        let call: Call<Value> = Call::new(client, KEY_GET).json(&json!({ "key_id": id }));
        match call.timeout(TIMEOUT).await {
            Ok(response) => {
                let key = VerificationKey::from_jwk(&response["key"])?;
                if key.id() != id {
                    return Err(WebhookErrorKind::UnusableKey.into());
                }
                self.state().learn(key.clone(), now());
                Ok(key)
            }
            Err(error) if error.code().map(ErrorCode::as_str) == Some("INVALID_WEBHOOK_VERIFICATION_KEY_ID") => {
                self.state().forget(id, now());
                Err(WebhookErrorKind::UnknownKey.into())
            }
            Err(error) => Err(WebhookError::unavailable(error)),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // No panic can leave the state inconsistent.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn look_up(&self, id: &str, now: Duration) -> Option<Result<VerificationKey, WebhookErrorKind>> {
        let younger = |since: Duration, limit: Duration| now.saturating_sub(since) < limit;
        match self.known.get(id) {
            Some(CachedKey { key, fetched: Some(fetched) }) if younger(*fetched, FRESH) => Some(Ok(key.clone())),
            Some(_) => None,
            None => {
                let since = self.unknown.get(id)?;
                younger(*since, UNKNOWN).then_some(Err(WebhookErrorKind::UnknownKey))
            }
        }
    }

    fn flight(&mut self, id: &str) -> Arc<tokio::sync::Mutex<()>> {
        self.flights.retain(|_, flight| flight.strong_count() > 0);
        let flight = self.flights.get(id).and_then(Weak::upgrade).unwrap_or_default();
        self.flights.insert(id.to_owned(), Arc::downgrade(&flight));
        flight
    }

    /// Takes one of the requests left for this minute.
    fn may_ask(&mut self, id: &str, now: Duration) -> Result<(), WebhookErrorKind> {
        let asked = if self.known.contains_key(id) { &mut self.asked_again } else { &mut self.asked };
        while asked.front().is_some_and(|at| now.saturating_sub(*at) >= PERIOD) {
            asked.pop_front();
        }
        if asked.len() >= QUESTIONS {
            return Err(WebhookErrorKind::TooManyUnknownKeys);
        }
        asked.push_back(now);
        Ok(())
    }

    fn learn(&mut self, key: VerificationKey, now: Duration) {
        if !self.known.contains_key(key.id()) {
            // Plaid has rotated its key, so the older ones may have expired.
            self.known.values_mut().for_each(|known| known.fetched = None);
        }
        self.unknown.remove(key.id());
        self.known.insert(key.id().to_owned(), CachedKey { key, fetched: Some(now) });
    }

    fn forget(&mut self, id: &str, now: Duration) {
        self.known.remove(id);
        self.unknown.retain(|_, since| now.saturating_sub(*since) < UNKNOWN);
        self.unknown.insert(id.to_owned(), now);
    }
}

/// Lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}
