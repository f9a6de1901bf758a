//! A clock that sleeps without waiting, and deterministic random bytes.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use plaid_sdk::clock::{Clock, Sleep, SystemClock};
use plaid_sdk::random::{Entropy, EntropyError};

/// The system's clock, which jumps ahead instead of sleeping.
#[derive(Clone, Default)]
pub(crate) struct TestClock(Arc<Mutex<Vec<Duration>>>);

impl TestClock {
    /// The requested sleeps.
    pub(crate) fn pauses(&self) -> Vec<Duration> {
        self.0.lock().unwrap().clone()
    }

    fn ahead(&self) -> Duration {
        self.0.lock().unwrap().iter().sum()
    }
}

impl Clock for TestClock {
    fn now(&self) -> SystemTime {
        SystemTime::now() + self.ahead()
    }

    fn monotonic(&self) -> Duration {
        SystemClock.monotonic() + self.ahead()
    }

    fn sleep(&self, duration: Duration) -> Sleep<'_> {
        self.0.lock().unwrap().push(duration);
        Box::pin(async {})
    }
}

/// A clock that never advances.
#[derive(Clone, Copy)]
pub(crate) struct Stopped(pub(crate) SystemTime);

impl Clock for Stopped {
    fn now(&self) -> SystemTime {
        self.0
    }

    fn monotonic(&self) -> Duration {
        Duration::ZERO
    }

    fn sleep(&self, _: Duration) -> Sleep<'_> {
        Box::pin(std::future::pending())
    }
}

/// Always the largest random value, or always the smallest.
#[derive(Clone, Copy)]
pub(crate) enum Draw {
    Least,
    Most,
}

impl Entropy for Draw {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), EntropyError> {
        buffer.fill(match self {
            Self::Least => 0,
            Self::Most => 255,
        });
        Ok(())
    }
}
