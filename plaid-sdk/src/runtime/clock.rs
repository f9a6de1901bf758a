//! Time and sleep, which tests can replace.

use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant, SystemTime};

/// The source of time and sleep for everything that the client times itself: backoff, deadlines, the age of webhooks.
///
/// The default, [`SystemClock`], sleeps with tokio's timer. Replace it in tests, so that backoff takes no time, or to run on
/// another executor.
pub trait Clock: Send + Sync + 'static {
    /// The current time.
    fn now(&self) -> SystemTime;

    /// The time since a fixed moment. It never decreases.
    fn monotonic(&self) -> Duration;

    /// Sleeps.
    fn sleep(&self, duration: Duration) -> Sleep<'_>;
}

impl<T: Clock + ?Sized> Clock for Arc<T> {
    fn now(&self) -> SystemTime {
        (**self).now()
    }

    fn monotonic(&self) -> Duration {
        (**self).monotonic()
    }

    fn sleep(&self, duration: Duration) -> Sleep<'_> {
        (**self).sleep(duration)
    }
}

/// The future of [`Clock::sleep`].
pub type Sleep<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// The clock of the system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn monotonic(&self) -> Duration {
        static START: OnceLock<Instant> = OnceLock::new();
        START.get_or_init(Instant::now).elapsed()
    }

    fn sleep(&self, duration: Duration) -> Sleep<'_> {
        // A timer belongs to the runtime that creates it, so it is created by the first poll.
        Box::pin(async move { tokio::time::sleep(duration).await })
    }
}
