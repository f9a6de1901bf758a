//! Time and chance, which tests replace.

use std::fmt;
use std::pin::Pin;
use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime};

/// Tells the time and waits. The client asks it for all that it times itself: pauses between attempts, deadlines, the age
/// of webhooks.
///
/// The usual one, [`SystemClock`], waits by tokio's timer. Replace it in tests, so that pauses take no time, or to run on
/// another executor.
pub trait Clock: Send + Sync + 'static {
    /// The time of day.
    fn now(&self) -> SystemTime;

    /// The time since some fixed moment. It never goes back.
    fn monotonic(&self) -> Duration;

    /// Waits that long.
    fn sleep(&self, duration: Duration) -> Sleep<'_>;
}

/// What [`Clock::sleep`] gives.
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
        // A timer belongs to the executor that runs when it is made, so it is made when it is first polled.
        Box::pin(async move { tokio::time::sleep(duration).await })
    }
}

/// Where random bytes come from: pauses between attempts are drawn by chance, and so are idempotency keys.
///
/// The usual one, [`SystemEntropy`], asks the system. Replace it in tests only: keys that repeat would make Plaid take
/// two payments for one.
pub trait Entropy: Send + Sync + 'static {
    /// Fills the buffer.
    ///
    /// # Errors
    /// There is no source of chance.
    fn fill(&self, buffer: &mut [u8]) -> Result<(), EntropyError>;
}

/// The system's source of random bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), EntropyError> {
        getrandom::fill(buffer).map_err(|_| EntropyError)
    }
}

/// There are no random bytes to be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntropyError;

impl fmt::Display for EntropyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the system gives no random bytes")
    }
}

impl std::error::Error for EntropyError {}

/// A duration up to `most`, each as likely as the others.
pub(crate) fn up_to(entropy: &dyn Entropy, most: Duration) -> Duration {
    let mut bytes = [0; 4];
    // Without chance the whole pause is the safe choice.
    match entropy.fill(&mut bytes) {
        Ok(()) => most.mul_f64(f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX)),
        Err(EntropyError) => most,
    }
}

/// A new UUID (version 4, RFC 9562).
pub(crate) fn uuid(entropy: &dyn Entropy) -> Result<String, EntropyError> {
    let mut bytes = [0; 16];
    entropy.fill(&mut bytes)?;
    let mut number = u128::from_be_bytes(bytes);
    number = number & !(0xf << 76) | 4 << 76;
    number = number & !(0b11 << 62) | 0b10 << 62;
    let mut text = format!("{number:032x}");
    for at in [20, 16, 12, 8] {
        text.insert(at, '-');
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Same(u8);

    impl Entropy for Same {
        fn fill(&self, buffer: &mut [u8]) -> Result<(), EntropyError> {
            buffer.fill(self.0);
            Ok(())
        }
    }

    #[test]
    fn a_uuid_has_version_and_variant_and_is_new_each_time() {
        assert_eq!(uuid(&Same(0)).unwrap(), "00000000-0000-4000-8000-000000000000");
        assert_eq!(uuid(&Same(255)).unwrap(), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_ne!(uuid(&SystemEntropy).unwrap(), uuid(&SystemEntropy).unwrap());
    }

    #[test]
    fn a_drawn_duration_spans_all_from_nothing_to_the_most() {
        let most = Duration::from_secs(8);
        assert_eq!((up_to(&Same(0), most), up_to(&Same(255), most)), (Duration::ZERO, most));
        assert!(up_to(&SystemEntropy, most) <= most);
    }
}
