//! Whether a failed call is sent again, and when.

mod after;
mod budget;
mod policy;
mod verdict;

pub use self::budget::RetryBudget;
pub use self::policy::RetryPolicy;
pub(crate) use self::verdict::{Verdict, judge};

use std::time::Duration;

use crate::Error;
use crate::clock::{self, Clock, Entropy};

/// The pause before the next attempt, or `None` if there is to be none. `count` attempts have been made.
pub(crate) fn pause(
    error: &Error,
    idempotent: bool,
    policy: &RetryPolicy,
    count: u32,
    (clock, entropy): (&dyn Clock, &dyn Entropy),
) -> Option<Duration> {
    if count >= policy.attempts() {
        return None;
    }
    let asked = match judge(error) {
        Verdict::NotSent => None,
        Verdict::Transient if idempotent => after::asked(error, clock.now()),
        // Maintenance lasts: without a word on when it ends, a few seconds change nothing.
        Verdict::Maintenance if idempotent => Some(after::asked(error, clock.now())?),
        _ => return None,
    };
    Some(match asked {
        // Nobody is to come back at the same moment as all the others that were told the same.
        Some(asked) => asked.saturating_add(clock::up_to(entropy, policy.backoff(1))),
        None => clock::up_to(entropy, policy.backoff(count)),
    })
}
