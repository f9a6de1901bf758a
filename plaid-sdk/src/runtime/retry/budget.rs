//! A limit on the retries of all calls together.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use rust_decimal::prelude::ToPrimitive;

/// A limit on the retries of all calls of a client, so that many clients don't make an outage worse by retrying.
///
/// It is a token bucket: each call adds a fraction of a token, and each retry takes one. Without a whole token, a failed call
/// is not retried. While Plaid works, the bucket stays full. During an outage, a client soon sends little more than one
/// request per call. Clones share the bucket: use the same budget for several clients in one program.
///
/// ```
/// use plaid_sdk::retry::RetryBudget;
/// use plaid_sdk::Client;
///
/// // Up to 50 retries at once, and one more for every 20 calls.
/// let budget = RetryBudget::new(50, 0.05);
/// let plaid = Client::builder().retry_budget(budget);
/// ```
#[derive(Clone)]
pub struct RetryBudget(Option<Arc<Bucket>>);

struct Bucket {
    /// In thousandths of a retry.
    tokens: AtomicU32,
    capacity: u32,
    deposit: u32,
}

/// The cost of one retry.
const RETRY_COST: u32 = 1000;

impl RetryBudget {
    /// A budget of up to `capacity` retries, which starts full, and gains `per_call` retries (at most 1) with each call.
    pub fn new(capacity: u16, per_call: f64) -> Self {
        let capacity = u32::from(capacity) * RETRY_COST;
        let deposit = (per_call.clamp(0.0, 1.0) * f64::from(RETRY_COST)).round().to_u32().unwrap_or_default();
        Self(Some(Arc::new(Bucket { tokens: AtomicU32::new(capacity), capacity, deposit })))
    }

    /// No limit, except that of each call's policy.
    pub const fn unlimited() -> Self {
        Self(None)
    }

    /// The retries left; `None` without a limit.
    pub fn left(&self) -> Option<u32> {
        self.0.as_ref().map(|bucket| bucket.tokens.load(Ordering::Relaxed) / RETRY_COST)
    }

    /// Adds the tokens of one call.
    pub(crate) fn deposit(&self) {
        let Some(bucket) = &self.0 else { return };
        // A full bucket, the usual case, is not written to, so that threads don't contend for it.
        let _ = bucket.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |tokens| {
            (tokens < bucket.capacity).then(|| (tokens + bucket.deposit).min(bucket.capacity))
        });
    }

    /// Takes the token of one retry, if there is one.
    pub(crate) fn withdraw(&self) -> bool {
        let Some(bucket) = &self.0 else { return true };
        let take = |tokens: u32| tokens.checked_sub(RETRY_COST);
        bucket.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    }
}

impl Default for RetryBudget {
    /// 20 retries, and one more for every five calls.
    fn default() -> Self {
        Self::new(20, 0.2)
    }
}

impl fmt::Debug for RetryBudget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.left() {
            Some(left) => write!(f, "RetryBudget({left} left)"),
            None => f.write_str("RetryBudget(unlimited)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retries_empty_it_and_calls_fill_it_up_to_the_capacity() {
        let budget = RetryBudget::new(2, 0.5);
        budget.deposit();
        assert_eq!(budget.left(), Some(2));
        assert!(budget.withdraw() && budget.clone().withdraw() && !budget.withdraw());
        budget.deposit();
        assert!(!budget.withdraw());
        budget.deposit();
        assert!(budget.withdraw() && !budget.withdraw());
    }

    #[test]
    fn without_a_limit_it_never_ends() {
        let budget = RetryBudget::unlimited();
        assert!((0..1000).all(|_| budget.withdraw()));
        assert_eq!(budget.left(), None);
        assert_eq!(RetryBudget::new(0, 7.0).left(), Some(0));
    }
}
