//! Where keys come from, and the cache of those that Plaid gave.
//!
//! The sender of a webhook chooses which key it names, and the sender may be anyone. So what an unknown name costs is
//! bounded: one question at a time for each, ten a minute in all, and none for a name that Plaid did not know just now.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use serde_json::{Value, json};

use super::{VerificationKey, WebhookError, WebhookErrorKind};
use crate::call::Call;
use crate::client::Client;
use crate::operation::{Method, Operation};

/// How long a key is used before Plaid is asked again whether it has expired.
const FRESH: Duration = Duration::from_secs(24 * 60 * 60);
/// How long a name is taken for unknown.
const UNKNOWN: Duration = Duration::from_secs(60);
/// How often Plaid is asked for unknown names, and for known keys once more, in this time.
const PERIOD: Duration = Duration::from_secs(60);
const QUESTIONS: usize = 10;
/// Plaid waits ten seconds for an answer to its webhook.
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

/// The keys that Plaid gave. Times are those of the client's clock that never goes back.
#[derive(Default)]
pub(crate) struct KeyCache(Mutex<State>);

#[derive(Default)]
struct State {
    known: HashMap<String, Known>,
    unknown: HashMap<String, Duration>,
    /// Who asks for a name holds its lock; others wait for it.
    flights: HashMap<String, Weak<tokio::sync::Mutex<()>>>,
    /// When Plaid was asked: for unknown names, and for known keys once more.
    asked: VecDeque<Duration>,
    asked_again: VecDeque<Duration>,
}

struct Known {
    key: VerificationKey,
    /// When it was fetched; `None` once another key came into use.
    fetched: Option<Duration>,
}

impl KeyCache {
    async fn find(&self, id: &str, client: &Client) -> Result<VerificationKey, WebhookError> {
        let now = || client.clock().monotonic();
        if let Some(found) = self.state().look_up(id, now()) {
            return Ok(found?);
        }
        let flight = self.state().flight(id);
        let _landed = flight.lock().await;
        // Whoever held the lock before may have brought the answer.
        if let Some(found) = self.state().look_up(id, now()) {
            return Ok(found?);
        }
        self.state().may_ask(id, now())?;
        let call: Call<'_, Value> = Call::new(client, KEY_GET).json(&json!({ "key_id": id }));
        match call.timeout(TIMEOUT).await {
            Ok(response) => {
                let key = VerificationKey::from_jwk(&response["key"])?;
                if key.id() != id {
                    return Err(WebhookErrorKind::UnusableKey.into());
                }
                self.state().learn(key.clone(), now());
                Ok(key)
            }
            Err(error) if error.code() == Some("INVALID_WEBHOOK_VERIFICATION_KEY_ID") => {
                self.state().forget(id, now());
                Err(WebhookErrorKind::UnknownKey.into())
            }
            Err(error) => Err(WebhookError::unavailable(error)),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // The state is whole between any two of its changes.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn look_up(&self, id: &str, now: Duration) -> Option<Result<VerificationKey, WebhookErrorKind>> {
        let younger = |since: Duration, limit: Duration| now.saturating_sub(since) < limit;
        match self.known.get(id) {
            Some(Known { key, fetched: Some(fetched) }) if younger(*fetched, FRESH) => Some(Ok(key.clone())),
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

    /// Takes one of the questions that are left for this minute.
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
            // A new key has come into use, so the older ones may have expired.
            self.known.values_mut().for_each(|known| known.fetched = None);
        }
        self.unknown.remove(key.id());
        self.known.insert(key.id().to_owned(), Known { key, fetched: Some(now) });
    }

    fn forget(&mut self, id: &str, now: Duration) {
        self.known.remove(id);
        self.unknown.retain(|_, since| now.saturating_sub(*since) < UNKNOWN);
        self.unknown.insert(id.to_owned(), now);
    }
}

/// The bytes in lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}
