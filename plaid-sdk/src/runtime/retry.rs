//! Whether a failed call is retried, and when.

mod after;
mod budget;
mod policy;

pub use self::budget::RetryBudget;
pub use self::policy::RetryPolicy;

use std::time::Duration;

use crate::runtime::clock::Clock;
use crate::runtime::error::Error;
use crate::runtime::error_code::Retry;
use crate::runtime::random::{self, Entropy};

/// The backoff before the next attempt, or `None` if there is to be none. `count` attempts have been made.
pub(crate) fn backoff(
    error: &Error,
    idempotent: bool,
    policy: &RetryPolicy,
    count: u32,
    (clock, entropy): (&dyn Clock, &dyn Entropy),
) -> Option<Duration> {
    // Any request that was not sent, or was refused unprocessed, may be retried.
    let is_unprocessed = error.transport_kind().is_some_and(|kind| !kind.may_have_been_carried_out());
    let safe = idempotent || is_unprocessed;
    if safe && count < policy.attempts() { backoff_after(error, policy, count, (clock, entropy)) } else { None }
}

/// The same for a request that can be retried safely, without a limit of attempts.
pub(crate) fn backoff_after(
    error: &Error,
    policy: &RetryPolicy,
    count: u32,
    (clock, entropy): (&dyn Clock, &dyn Entropy),
) -> Option<Duration> {
    match (error.retry(), after::retry_after(error, clock.now())) {
        (Retry::Soon | Retry::AfterWindow | Retry::AfterMaintenance, Some(delay)) => {
            // Clients that received the same header must not all come back at the same moment.
            Some(delay.saturating_add(random::up_to(entropy, policy.backoff(1))))
        }
        (Retry::Soon, None) => Some(random::up_to(entropy, policy.backoff(count))),
        (Retry::AfterWindow, None) => {
            // A retry within the window counts against the limit, so the backoff is never close to zero.
            let half = policy.rate_limit_backoff(count) / 2;
            Some(half.saturating_add(random::up_to(entropy, half)))
        }
        // Maintenance lasts longer than any backoff, so only the server can say when a retry is useful.
        (Retry::AfterMaintenance, None)
        | (Retry::Never | Retry::Later | Retry::WhenReady | Retry::Restart | Retry::WithNewKey, _) => None,
    }
}
