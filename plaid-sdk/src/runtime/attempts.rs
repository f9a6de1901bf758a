//! The attempts of a call: how many, how long, and why the earlier ones failed.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;

use crate::generated::ErrorCode;
use crate::runtime::redact;
use crate::runtime::transport::TransportErrorKind;

/// The attempts of a call: their number and duration, the idempotency key, and the attempts that failed and were retried.
#[derive(Clone, Default)]
pub struct Attempts {
    count: u32,
    elapsed: Duration,
    failed: Vec<FailedAttempt>,
    idempotency_key: Option<Arc<str>>,
    /// Whether Plaid may have executed one of the earlier attempts.
    doubtful: bool,
}

/// An attempt that failed and was retried.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FailedAttempt {
    /// The HTTP status, if there was a response.
    pub status: Option<StatusCode>,
    /// The code of Plaid's error, if the response has one.
    pub code: Option<ErrorCode>,
    /// What went wrong in the transport, if there was no complete response.
    pub transport: Option<TransportErrorKind>,
    /// The time from the start of the call to this failure.
    pub elapsed: Duration,
    /// The backoff before the next attempt.
    pub backoff: Duration,
}

impl Attempts {
    pub(crate) fn with_key(key: Option<String>) -> Self {
        Self { idempotency_key: key.map(Arc::from), ..Self::default() }
    }

    /// The number of attempts, including the last; 0 if nothing was sent.
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// The duration of the call, including backoff.
    pub const fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// The attempts that failed and were retried, in order. The last attempt is not among them: its result is the call's.
    pub fn failed(&self) -> &[FailedAttempt] {
        &self.failed
    }

    /// The idempotency key of the request: its own, or the one that the client added. To repeat the same request later, pass
    /// it to [`Call::idempotency_key`](crate::call::Call::idempotency_key).
    pub fn idempotency_key(&self) -> Option<&str> {
        self.idempotency_key.as_deref()
    }

    pub(crate) const fn is_doubtful(&self) -> bool {
        self.doubtful
    }

    /// Counts an attempt that starts now.
    pub(crate) const fn start(&mut self) {
        self.count += 1;
    }

    pub(crate) const fn set_elapsed(&mut self, elapsed: Duration) {
        self.elapsed = elapsed;
    }

    /// Adds a failed attempt. It is doubtful if Plaid may have executed it.
    pub(crate) fn add_failed(&mut self, failed: FailedAttempt, doubtful: bool) {
        self.failed.push(failed);
        self.doubtful |= doubtful;
    }
}

impl fmt::Debug for Attempts {
    // The application chooses the key, which may be any text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempts")
            .field("count", &self.count)
            .field("elapsed", &self.elapsed)
            .field("failed", &self.failed)
            .field("idempotency_key", &self.idempotency_key().map(redact::tokens))
            .finish_non_exhaustive()
    }
}
