//! How large, how long, how many.

use std::time::Duration;

/// The limits of sizes and times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The most bytes of a request's body: 2 MiB.
    pub body: usize,
    /// The most bytes of a body with a file: 28 MiB, for a file of 20 MB as base64.
    pub upload: usize,
    /// How long the head of a request may take to arrive, and then its body: 10 s. A body with a file may take six times as long.
    pub read: Duration,
    /// How long Plaid may take until it answers: 120 s.
    pub answer: Duration,
    /// How long the response may pause: 60 s.
    pub pause: Duration,
    /// The most calls at once: 64. Others wait.
    pub calls: usize,
    /// How long a call waits for its turn: 10 s.
    pub turn: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 2 << 20,
            upload: 28 << 20,
            read: Duration::from_secs(10),
            answer: Duration::from_secs(120),
            pause: Duration::from_secs(60),
            calls: 64,
            turn: Duration::from_secs(10),
        }
    }
}

impl Limits {
    /// How long a body of this size may take to arrive.
    pub(super) fn read_time(&self, largest: usize) -> Duration {
        if largest > self.body { self.read * 6 } else { self.read }
    }
}
