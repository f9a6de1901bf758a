//! Verifies webhooks.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use http::HeaderMap;

use super::keys::{KeySource, hex};
use super::token::{self, Token};
use super::{VerificationKey, WebhookError, WebhookErrorKind};
use crate::runtime::client::Client;
use crate::runtime::clock::{Clock, SystemClock};
use crate::runtime::wire::{self, Wire};

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
/// The client caches keys for a day. When Plaid rotates its key, older keys are fetched again before their next use. Because
/// anyone can send any key id, the client fetches at most ten unknown keys per minute, each once at a time, and remembers for a
/// while that Plaid does not know an id.
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
        Self::of(KeySource::Plaid(client.clone()), std::sync::Arc::clone(&client.context().engine.clock))
    }

    /// A verifier with fixed keys, for tests; see [`Signer`](super::Signer).
    pub fn with_keys(keys: impl IntoIterator<Item = VerificationKey>) -> Self {
        Self::of(KeySource::Fixed(keys.into_iter().collect()), Arc::new(SystemClock))
    }

    fn of(keys: KeySource, clock: Arc<dyn Clock>) -> Self {
        let (max_age, max_ahead) = (Duration::from_secs(300), Duration::from_secs(30));
        Self { keys: Arc::new(keys), clock, max_age, max_ahead }
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
        let key = self.keys.find(&token.key_id).await?;
        let now = self.clock.now();
        if key.is_expired(now) {
            return Err(WebhookErrorKind::ExpiredKey.into());
        }
        let claims = token.verify(&key)?;
        self.check_age(claims.issued_at, now)?;
        let sha256 = hex(digest(&SHA256, body).as_ref());
        verify_slices_are_equal(sha256.as_bytes(), claims.body_sha256.as_bytes())
            .map_err(|_| WebhookErrorKind::Body.into())
    }

    /// Verifies a webhook and parses its body.
    ///
    /// # Errors
    /// Those of [`verify`](Self::verify), and a body that can't be decoded.
    pub async fn receive<T: Wire>(&self, headers: &HeaderMap, body: &[u8]) -> Result<T, WebhookError> {
        self.verify(headers, body).await?;
        wire::from_json(body).map_err(WebhookError::unreadable)
    }

    fn check_age(&self, issued_at: i64, now: SystemTime) -> Result<(), WebhookErrorKind> {
        let now = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        let seconds = |duration: Duration| i128::from(duration.as_secs());
        let age = i128::from(now) - i128::from(issued_at);
        if age > seconds(self.max_age) {
            Err(WebhookErrorKind::TooOld)
        } else if age < -seconds(self.max_ahead) {
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
