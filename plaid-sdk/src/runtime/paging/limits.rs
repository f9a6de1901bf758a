//! Limits on the pages of a list or an update, and on the time they take.

use std::time::Duration;

use crate::runtime::clock::Clock;

/// How many pages a list or an update may have, and how long they may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct PageLimits {
    pub(super) pages: u32,
    pub(super) time: Duration,
}

impl Default for PageLimits {
    /// Two years of transactions of a business, some 5,000 a month, are 240 pages of 500 or 1,200 pages of 100. Plaid allows
    /// 50 pages a minute for an Item, so even the second takes half an hour.
    fn default() -> Self {
        Self { pages: 10_000, time: Duration::from_secs(3600) }
    }
}

impl PageLimits {
    /// Which limit does not allow another page, if there is one.
    pub(super) fn exceeded(&self, pages: u32, time: Duration) -> Option<String> {
        if pages >= self.pages {
            return Some(format!("there are more than {pages} pages, which max_pages does not allow"));
        }
        (time >= self.time).then(|| format!("{pages} pages took {time:.1?}, and max_time does not allow another one"))
    }
}

/// Adds up the time between starts and stops.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stopwatch {
    before: Duration,
    since: Option<Duration>,
}

impl Stopwatch {
    pub(super) fn start(&mut self, clock: &dyn Clock) {
        self.since = Some(clock.monotonic());
    }

    pub(super) fn stop(&mut self, clock: &dyn Clock) {
        self.before = self.now(clock);
        self.since = None;
    }

    /// The time so far, without that since the last start.
    pub(super) const fn total(&self) -> Duration {
        self.before
    }

    /// The time so far, with that since the last start.
    pub(super) fn now(&self, clock: &dyn Clock) -> Duration {
        let running = self.since.map_or(Duration::ZERO, |since| clock.monotonic().saturating_sub(since));
        self.before.saturating_add(running)
    }
}
