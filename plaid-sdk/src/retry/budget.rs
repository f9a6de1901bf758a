//! How many repeated attempts all calls together may make.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use rust_decimal::prelude::ToPrimitive;

/// A limit on repeated attempts over all calls of a client, so that clients which all try again don't make an outage
/// worse.
///
/// It is an account: each call pays a little in, each repeated attempt takes one out, and where too little is left a
/// failed call is not sent again. While Plaid is well it is full and never felt; while nothing works, a client soon
/// sends little more than the calls it is asked for. Clones share the account: give several clients the same one if they
/// run in one program.
///
/// ```
/// use plaid_sdk::{Client, RetryBudget};
///
/// // 50 attempts at once, and one more for every 20 calls.
/// let budget = RetryBudget::new(50, 0.05);
/// let plaid = Client::builder().retry_budget(budget);
/// ```
#[derive(Clone)]
pub struct RetryBudget(Option<Arc<Account>>);

struct Account {
    /// In thousandths of an attempt.
    balance: AtomicU32,
    capacity: u32,
    deposit: u32,
}

/// What one attempt costs.
const ATTEMPT: u32 = 1000;

impl RetryBudget {
    /// A budget of this many attempts, which is where it starts, and of `per_call` (up to 1) more with each call.
    pub fn new(capacity: u16, per_call: f64) -> Self {
        let capacity = u32::from(capacity) * ATTEMPT;
        let deposit = (per_call.clamp(0.0, 1.0) * f64::from(ATTEMPT)).round().to_u32().unwrap_or_default();
        Self(Some(Arc::new(Account { balance: AtomicU32::new(capacity), capacity, deposit })))
    }

    /// No limit but each call's own.
    pub const fn unlimited() -> Self {
        Self(None)
    }

    /// The whole attempts that are left; `None` if there is no limit.
    pub fn left(&self) -> Option<u32> {
        self.0.as_ref().map(|account| account.balance.load(Ordering::Relaxed) / ATTEMPT)
    }

    /// Pays in for one call.
    pub(crate) fn deposit(&self) {
        let Some(account) = &self.0 else { return };
        // Full is the usual case: nothing is written then, so that calls on many threads don't fight over it.
        let _ = account.balance.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |balance| {
            (balance < account.capacity).then(|| (balance + account.deposit).min(account.capacity))
        });
    }

    /// Takes one attempt out, if there is one.
    pub(crate) fn withdraw(&self) -> bool {
        let Some(account) = &self.0 else { return true };
        let take = |balance: u32| balance.checked_sub(ATTEMPT);
        account.balance.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    }
}

impl Default for RetryBudget {
    /// 20 attempts, and one more for every five calls.
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
    fn it_ends_and_is_filled_again_but_not_over_the_brim() {
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
    fn without_a_limit_there_is_always_one_more() {
        let budget = RetryBudget::unlimited();
        assert!((0..1000).all(|_| budget.withdraw()));
        assert_eq!(budget.left(), None);
        assert_eq!(RetryBudget::new(0, 7.0).left(), Some(0));
    }
}
