//! Checks webhooks.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use http::HeaderMap;

use super::keys::{KeySource, hex};
use super::token::{self, Token};
use super::{VerificationKey, WebhookError, WebhookErrorKind};
use crate::client::Client;
use crate::clock::{Clock, SystemClock};
use crate::wire::{self, Wire};

/// Checks that webhooks were sent by Plaid, just now, and arrived as they were sent.
///
/// It accepts a webhook if all of this holds:
/// - there is one `Plaid-Verification` header, and it is a token signed by ES256;
/// - the token names a key that Plaid has in the client's environment and that has not expired;
/// - the signature was made with that key;
/// - it was signed at most five minutes ago, and not more than half a minute ahead of this clock;
/// - the body has the SHA-256 hash that was signed.
///
/// Keys are kept with the client for a day, so that Plaid is asked once for each. When a new one comes into use, the
/// others are looked up again when they are next used. Since anyone can name any key, Plaid is asked for at most ten
/// unknown ones a minute, for each once at a time, and what it does not know is not asked for again for a while.
///
/// Cheap to make and to clone.
#[derive(Clone)]
pub struct Verifier {
    keys: Arc<KeySource>,
    clock: Arc<dyn Clock>,
    max_age: Duration,
    max_ahead: Duration,
}

impl Verifier {
    /// One that gets the keys from Plaid, by this client: its credentials, environment, clock and transport. All
    /// verifiers of a client and its clones share the keys. Use the client of the environment that sends the webhooks.
    pub fn new(client: &Client) -> Self {
        Self::of(KeySource::Plaid(client.clone()), client.shared_clock())
    }

    /// One that knows these keys and no others, for tests; see [`Signer`](super::Signer).
    pub fn with_keys(keys: impl IntoIterator<Item = VerificationKey>) -> Self {
        Self::of(KeySource::Fixed(keys.into_iter().collect()), Arc::new(SystemClock))
    }

    fn of(keys: KeySource, clock: Arc<dyn Clock>) -> Self {
        let (max_age, max_ahead) = (Duration::from_secs(300), Duration::from_secs(30));
        Self { keys: Arc::new(keys), clock, max_age, max_ahead }
    }

    /// Another clock than the client's, for tests.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// How long ago a webhook may have been signed: five minutes if not set, which is what Plaid prescribes.
    #[must_use]
    pub const fn max_age(mut self, age: Duration) -> Self {
        self.max_age = age;
        self
    }

    /// How far this clock may be behind Plaid's: half a minute if not set.
    #[must_use]
    pub const fn max_ahead(mut self, ahead: Duration) -> Self {
        self.max_ahead = ahead;
        self
    }

    /// Checks a webhook by its headers and its body, which has to be the bytes as they came.
    ///
    /// # Errors
    /// Which rule it breaks, or why its key can't be had.
    pub async fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), WebhookError> {
        self.verify_token(token::in_headers(headers)?, body).await
    }

    /// The same, with the value of the `Plaid-Verification` header, for frameworks with other types of headers. Make sure
    /// that there is one such header.
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

    /// Checks a webhook, and reads its body if it is good.
    ///
    /// # Errors
    /// Those of [`verify`](Self::verify), or a body that can't be read.
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
