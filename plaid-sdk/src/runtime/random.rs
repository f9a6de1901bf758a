//! Random bytes, which tests can replace: for the jitter of backoff and for idempotency keys.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// The source of random bytes for the jitter of backoff and for idempotency keys.
///
/// The default, [`SystemEntropy`], uses the operating system's. Replace it in tests only: with repeating keys, Plaid would take
/// two payments for one.
pub trait Entropy: Send + Sync + 'static {
    /// Fills the buffer.
    ///
    /// # Errors
    /// No random bytes are available.
    fn fill(&self, buffer: &mut [u8]) -> Result<(), EntropyError>;
}

impl<T: Entropy + ?Sized> Entropy for Arc<T> {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), EntropyError> {
        (**self).fill(buffer)
    }
}

/// The system's source of random bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), EntropyError> {
        getrandom::fill(buffer).map_err(|_| EntropyError)
    }
}

/// No random bytes are available.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntropyError;

impl fmt::Display for EntropyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the system has no random bytes")
    }
}

impl std::error::Error for EntropyError {}

/// A random duration up to `most`, uniformly distributed.
pub(crate) fn up_to(entropy: &dyn Entropy, most: Duration) -> Duration {
    let mut bytes = [0; 4];
    // Without random bytes, the longest duration is the safe choice.
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
