//! How often one call is retried, and how long the backoff lasts.

use std::time::Duration;

/// How a failed call is retried: how often, and after which backoff.
///
/// The backoff after the n-th attempt is random, between zero and `base_delay · 2ⁿ⁻¹`, and at most `max_delay`. After a rate
/// limit, it is eight times as long, and at least half of that. If the response has a `Retry-After` header, the call waits
/// that long, plus a random time up to `base_delay`. If the backoff would exceed the call's timeout, the call fails at once.
///
/// [`Error::retry`](crate::Error::retry) decides which errors are retried. A policy does not make an operation idempotent (see
/// [`Operation::idempotency`](crate::call::Operation::idempotency)): other operations are retried only if no connection was made.
///
/// ```
/// use std::time::Duration;
/// use plaid_sdk::retry::RetryPolicy;
///
/// let patient = RetryPolicy::new(5).base_delay(Duration::from_secs(1)).max_delay(Duration::from_secs(20));
/// let impatient = RetryPolicy::none();
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    attempts: u32,
    base: Duration,
    max: Duration,
    attempt_timeout: Option<Duration>,
}

impl RetryPolicy {
    /// At most this many attempts, including the first, with the default backoff. 0 counts as 1.
    pub const fn new(attempts: u32) -> Self {
        let attempts = if attempts == 0 { 1 } else { attempts };
        Self { attempts, base: Duration::from_millis(500), max: Duration::from_secs(8), attempt_timeout: None }
    }

    /// One attempt, no retries.
    pub const fn none() -> Self {
        Self::new(1)
    }

    /// The longest first backoff. The default is half a second.
    pub const fn base_delay(mut self, delay: Duration) -> Self {
        self.base = delay;
        self
    }

    /// The longest backoff. The default is 8 seconds. A `Retry-After` header can ask for more.
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max = delay;
        self
    }

    /// The timeout of each attempt, within the timeout of the call. By default there is none, because some operations wait for
    /// a bank, and a retry does not make the bank faster.
    pub const fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// The largest number of attempts.
    pub const fn attempts(&self) -> u32 {
        self.attempts
    }

    pub(crate) fn limit(&self, left: Duration) -> Duration {
        self.attempt_timeout.map_or(left, |timeout| timeout.min(left))
    }

    /// The longest backoff after this many attempts that a rate limit refused: eight times the usual, because the window
    /// of a rate limit lasts up to a minute.
    pub(crate) fn rate_limit_backoff(&self, count: u32) -> Duration {
        self.backoff(count.saturating_add(3))
    }

    /// The longest backoff after this many attempts.
    pub(crate) fn backoff(&self, count: u32) -> Duration {
        let factor = 1_u32.checked_shl(count.saturating_sub(1)).unwrap_or(u32::MAX);
        self.base.saturating_mul(factor).min(self.max)
    }
}

impl Default for RetryPolicy {
    /// Three attempts, with a backoff of up to half a second, then one second.
    fn default() -> Self {
        Self::new(3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backoff_doubles_up_to_the_cap() {
        let policy = RetryPolicy::new(9).base_delay(Duration::from_secs(1)).max_delay(Duration::from_secs(7));
        let most: Vec<_> = (1..6).map(|count| policy.backoff(count).as_secs()).collect();
        assert_eq!(most, [1, 2, 4, 7, 7]);
        assert_eq!(policy.backoff(u32::MAX), Duration::from_secs(7));
        assert_eq!(RetryPolicy::new(0).attempts(), 1);
    }
}
