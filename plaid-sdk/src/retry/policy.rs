//! How often one call is sent, and how long the pauses are.

use std::time::Duration;

/// How a call is repeated that failed: how often, and after which pauses.
///
/// The first attempt counts. Before the attempt after the n-th, the call waits for a time drawn by chance from nothing up
/// to `base · 2ⁿ⁻¹`, but `max_delay` at most; if the server says by `Retry-After` how long to wait, that long and up
/// to `base` more. A pause that would go beyond the call's timeout is not begun: the call fails at once.
///
/// A policy never makes an operation idempotent that is not, see [`Operation::idempotency`](crate::Operation::idempotency):
/// such a call is only sent again if no connection came about.
///
/// ```
/// use std::time::Duration;
/// use plaid_sdk::RetryPolicy;
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
    /// At most this many attempts in all, with the usual pauses. 0 is taken for 1.
    pub const fn new(attempts: u32) -> Self {
        let attempts = if attempts == 0 { 1 } else { attempts };
        Self { attempts, base: Duration::from_millis(500), max: Duration::from_secs(8), attempt_timeout: None }
    }

    /// One attempt, whatever comes of it.
    pub const fn none() -> Self {
        Self::new(1)
    }

    /// The most that the first pause can be: half a second if not set.
    pub const fn base_delay(mut self, delay: Duration) -> Self {
        self.base = delay;
        self
    }

    /// The most that any pause can be: 8 seconds if not set. What the server asks for by `Retry-After` may be longer.
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max = delay;
        self
    }

    /// How long each attempt may take, within the timeout of the whole call. There is no such limit if not set: some
    /// operations wait for a bank, and asking again before it has answered makes them no faster.
    pub const fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// How many attempts there are at most.
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
    /// Three attempts; pauses of up to half a second, then one second.
    fn default() -> Self {
        Self::new(3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_cap() {
        let policy = RetryPolicy::new(9).base_delay(Duration::from_secs(1)).max_delay(Duration::from_secs(7));
        let most: Vec<_> = (1..6).map(|count| policy.backoff(count).as_secs()).collect();
        assert_eq!(most, [1, 2, 4, 7, 7]);
        assert_eq!(policy.backoff(u32::MAX), Duration::from_secs(7));
        assert_eq!(RetryPolicy::new(0).attempts(), 1);
    }
}
