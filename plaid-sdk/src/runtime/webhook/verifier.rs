//! Verifies webhooks.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_lc_rs::constant_time::verify_slices_are_equal;
use http::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::fetch::KeySource;
use super::token::{self, Claims, Token, sha256};
use crate::runtime::client::Client;
use crate::runtime::clock::{Clock, SystemClock};
use crate::runtime::observe::{self, DeviatingWebhook};
use crate::runtime::webhook_keys::error::{WebhookError, WebhookErrorKind};
use crate::runtime::webhook_keys::key::VerificationKey;
use crate::runtime::wire::{self, Deviations};

/// Verifies that webhooks are from Plaid, recent, and unmodified.
///
/// Anyone can send a request to a public URL. Plaid [signs its webhooks], and this checks the signature:
///
/// ```
/// # async fn demo(plaid: plaid_sdk::Client, headers: plaid_sdk::http::HeaderMap, body: Vec<u8>) {
/// use plaid_sdk::webhooks::{Verifier, Webhook};
///
/// let verifier = Verifier::new(&plaid);
/// // The raw body: not parsed and serialized again.
/// match verifier.receive::<Webhook>(&headers, &body).await {
///     Ok(Webhook::SyncUpdatesAvailable(webhook)) => println!("sync {}", webhook.item_id),
///     Ok(other) => println!("{} {}", other.webhook_type(), other.webhook_code()),
///     // Plaid retries it later.
///     Err(error) if error.is_temporary() => println!("503: {error}"),
///     Err(error) => println!("401: {error}"),
/// }
/// # }
/// ```
///
/// Webhooks can arrive more than once, late, and out of order. Treat them as a hint to call the API, or store their content
/// idempotently. Respond within ten seconds: put the work on a queue. For tests, [`Signer`](super::Signer) signs webhooks
/// with a test key.
///
/// [signs its webhooks]: https://plaid.com/docs/api/webhooks/webhook-verification/
///
/// It accepts a webhook if all of these are true:
/// - there is one `Plaid-Verification` header, and it is a token signed with ES256;
/// - the token refers to a key of the client's environment that has not expired;
/// - the signature is valid for that key;
/// - it was signed at most five minutes ago, and at most 30 seconds in the future;
/// - the SHA-256 hash of the body is the signed one.
///
/// A result takes at most eight seconds, because Plaid waits ten. The client caches keys for a day; when Plaid rotates its key,
/// older keys are fetched again before their next use. If that fails, a key remains in use for [`KEY_GRACE`](super::KEY_GRACE).
///
/// # Floods
///
/// Anyone can send any key id, and the client has to ask Plaid for those it does not know. Before it does, it checks everything
/// that needs no key, so a forged webhook must have a recent time and the hash of its body. Requests for unknown ids are limited
/// to 20 per second after a burst of 20, and 16 at once. If more ids arrive, the one that was seen most often is next, because
/// forgers need new ids all the time. Webhooks wait for that; those that wait too long get a temporary error
/// ([`WebhookErrorKind::TooManyUnknownKeys`]), and Plaid retries them. Webhooks with known keys don't wait.
///
/// Store [`keys`](Self::keys) and pass them to [`with_cached_keys`](Self::with_cached_keys) after a restart, so that a flood does
/// not delay the first webhooks.
///
/// Creating and cloning a verifier is cheap.
#[derive(Clone)]
pub struct Verifier {
    keys: Arc<KeySource>,
    clock: Arc<dyn Clock>,
    max_age: Duration,
    max_ahead: Duration,
}

impl Verifier {
    /// A verifier that fetches keys with this client: its credentials, environment, clock and transport. All verifiers of a
    /// client and its clones share the cache. Use a client of the environment that sends the webhooks.
    pub fn new(client: &Client) -> Self {
        Self::of(KeySource::Plaid(client.clone()), Arc::clone(&client.context().engine.clock))
    }

    /// A verifier with fixed keys, for tests; see [`Signer`](super::Signer).
    pub fn with_keys(keys: impl IntoIterator<Item = VerificationKey>) -> Self {
        Self::of(KeySource::Fixed(keys.into_iter().collect()), Arc::new(SystemClock))
    }

    fn of(keys: KeySource, clock: Arc<dyn Clock>) -> Self {
        let (max_age, max_ahead) = (Duration::from_secs(300), Duration::from_secs(30));
        Self { keys: Arc::new(keys), clock, max_age, max_ahead }
    }

    /// Adds keys that [`keys`](Self::keys) has returned, before a restart for example. Before the first use of each, Plaid is asked
    /// whether it has expired; such requests are not part of the limit for unknown keys.
    #[must_use]
    pub fn with_cached_keys(mut self, keys: impl IntoIterator<Item = VerificationKey>) -> Self {
        match &*self.keys {
            KeySource::Plaid(client) => client.webhook_keys().preload(keys, client.context().engine.clock.monotonic()),
            KeySource::Fixed(fixed) => {
                self.keys = Arc::new(KeySource::Fixed(fixed.iter().cloned().chain(keys).collect()));
            }
        }
        self
    }

    /// The cached keys that have not expired, to store them. They are public, and serialized as JSON Web Keys.
    ///
    /// ```
    /// # fn demo(plaid: &plaid_sdk::Client, stored: &str) -> Result<(), plaid_sdk::serde_json::Error> {
    /// use plaid_sdk::serde_json;
    /// use plaid_sdk::webhooks::{VerificationKey, Verifier};
    ///
    /// let keys: Vec<VerificationKey> = serde_json::from_str(stored)?;
    /// let verifier = Verifier::new(plaid).with_cached_keys(keys);
    /// // From time to time:
    /// let to_store = serde_json::to_string(&verifier.keys())?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn keys(&self) -> Vec<VerificationKey> {
        self.keys.keys()
    }

    /// Replaces the clock, for tests.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// The largest age of a webhook. The default is five minutes, as Plaid requires.
    #[must_use]
    pub const fn max_age(mut self, age: Duration) -> Self {
        self.max_age = age;
        self
    }

    /// How far this clock may be behind Plaid's. The default is 30 seconds.
    #[must_use]
    pub const fn max_ahead(mut self, ahead: Duration) -> Self {
        self.max_ahead = ahead;
        self
    }

    /// Verifies a webhook by its headers and the raw bytes of its body.
    ///
    /// # Errors
    /// The webhook is invalid, or its key can't be fetched.
    pub async fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), WebhookError> {
        self.verify_token(token::in_headers(headers)?, body).await
    }

    /// The same with the value of the `Plaid-Verification` header, for frameworks with other header types. Check that there is
    /// exactly one such header.
    ///
    /// # Errors
    /// Those of [`verify`](Self::verify).
    pub async fn verify_token(&self, token: &str, body: &[u8]) -> Result<(), WebhookError> {
        let token = Token::parse(token)?;
        // These need no key, so they come first: a forged webhook must not cause a request without effort.
        self.check_age(&token.claims)?;
        verify_slices_are_equal(sha256(body).as_bytes(), token.claims.body_sha256.as_bytes())
            .map_err(|_| WebhookErrorKind::Body)?;
        let key = self.keys.find(&token.key_id).await?;
        if key.is_expired(self.clock.now()) {
            return Err(WebhookErrorKind::ExpiredKey.into());
        }
        Ok(token.verify(&key)?)
    }

    /// Verifies a webhook and parses its body, into `Webhook` or any other type that implements serde's `Deserialize`. The types
    /// of single webhooks do with the feature `serde`.
    ///
    /// What deviates from the API's description is read by the rules for responses, also with
    /// [`strict_responses`](crate::client::ClientBuilder::strict_responses): Plaid would repeat it in the same form.
    /// Deviations of this crate's types are reported in a `tracing` warning, and to the client's
    /// [`Observer`](crate::observe::Observer::on_webhook_deviations). A byte order mark before the body is skipped. A lone
    /// surrogate is replaced in texts of this crate's types, and is an error elsewhere. A body that is not UTF-8 is an error.
    ///
    /// # Errors
    /// Those of [`verify`](Self::verify), and a body that can't be decoded ([`WebhookErrorKind::Unreadable`]).
    pub async fn receive<T: DeserializeOwned>(&self, headers: &HeaderMap, body: &[u8]) -> Result<T, WebhookError> {
        self.verify(headers, body).await?;
        let mut deviations = Deviations::default();
        let webhook = wire::from_json_by_serde(body, &mut deviations).map_err(WebhookError::unreadable)?;
        if !deviations.is_empty() {
            self.report(body, &deviations);
        }
        Ok(webhook)
    }

    #[cold]
    fn report(&self, body: &[u8], deviations: &Deviations) {
        let webhook: Value = wire::from_json(body).unwrap_or_default();
        let text = |name: &str| webhook.get(name).and_then(Value::as_str);
        let (webhook_type, webhook_code) = (text("webhook_type"), text("webhook_code"));
        let webhook = DeviatingWebhook { webhook_type, webhook_code, deviations };
        observe::webhook_deviations(self.keys.observer(), &webhook);
    }

    fn check_age(&self, claims: &Claims) -> Result<(), WebhookErrorKind> {
        // Plaid's times are whole seconds, so this one is, too.
        let now = self.clock.now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        let age = Duration::from_secs(now).as_secs_f64() - claims.issued_at;
        if age > self.max_age.as_secs_f64() {
            Err(WebhookErrorKind::TooOld)
        } else if age < -self.max_ahead.as_secs_f64() {
            Err(WebhookErrorKind::InFuture)
        } else {
            Ok(())
        }
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier")
            .field("keys", &self.keys)
            .field("max_age", &self.max_age)
            .field("max_ahead", &self.max_ahead)
            .finish_non_exhaustive()
    }
}
