//! Which unknown key ids Plaid is asked for, and in which order.
//!
//! Anyone can send a webhook with any key id, so the requests for unknown ids are limited ([`RATE`], [`BURST`], [`FLIGHTS`]).
//! A flood of forged ids must not use up the limit. What distinguishes Plaid's new key from forged ids is that its webhooks keep
//! coming: a forger needs another id for each request, because an id is unknown once Plaid was asked for it. So the id that was
//! seen most often recently is next. Among ids that were seen equally often, a random number decides, so that a forger gains nothing by
//! the order or the time in which the forgeries are sent.
//!
//! This is only data: callers pass the time and the random numbers.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use tokio::sync::watch;

use super::error::{WebhookError, WebhookErrorKind};

/// How many requests per second may ask for unknown ids, on average.
const RATE: u64 = 20;
/// How many may do so at once after a quiet time.
const BURST: u32 = 20;
/// How many may be under way at once.
const FLIGHTS: usize = 16;
/// How many ids may wait for a request.
const LINE: usize = 1000;
/// How many ids are remembered with the number of their webhooks.
const REMEMBERED: usize = 16_384;
/// A webhook counts for the rank of its id at least this long, and at most twice as long: Plaid's first retry comes after 30
/// seconds. It does not count forever, because a forger could save up ids with a high rank.
const PERIOD: Duration = Duration::from_secs(60);
/// How long an id counts as unknown after Plaid was first asked for it. The key may be published a moment later, so the time is
/// short. It doubles each time, so that webhooks of another environment don't cause a request every two seconds.
const UNKNOWN: Duration = Duration::from_secs(2);
const UNKNOWN_MOST: Duration = Duration::from_secs(60);
/// How long webhooks with the same id share a failed request.
pub(super) const FAILED: Duration = Duration::from_secs(1);

/// The average time between two requests.
const INTERVAL: Duration = Duration::from_millis(1000 / RATE);

/// The unknown ids. Times are from a monotonic clock.
#[derive(Default)]
pub(super) struct Admission {
    ids: HashMap<String, Candidate>,
    /// The ids that wait for a request, the next one last.
    line: BTreeSet<(Rank, String)>,
    flights: usize,
    /// When the bucket of requests is full again. It holds [`BURST`] requests, and each takes an [`INTERVAL`] to return.
    full_at: Duration,
}

/// The number of webhooks, then a random number.
type Rank = (u32, u64);

/// An unknown id.
#[derive(Default)]
struct Candidate {
    /// The number of webhooks in this [`PERIOD`] and in the one before, since Plaid was last asked for it.
    sightings: [u32; 2],
    period: u64,
    /// Its rank in the line.
    rank: Rank,
    last_seen: Duration,
    phase: Phase,
    /// The number of webhooks that wait, and how they learn of a change.
    waiting: usize,
    changed: Option<watch::Sender<()>>,
    /// How often Plaid did not know it.
    refusals: u32,
    /// What the last request has resulted in, and until when this counts.
    result: Option<(WebhookError, Duration)>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Phase {
    /// It does not wait for a request.
    #[default]
    Out,
    InLine,
    /// The first of its webhooks that notices may send the request.
    Admitted,
    InFlight,
}

/// What a webhook with an unknown id has to do.
pub(super) enum Turn {
    Fetch,
    /// Look again after a change, or after a moment. Without time left, the webhook gets an error of this kind.
    Wait(watch::Receiver<()>, WebhookErrorKind),
    Failed(WebhookError),
}

impl Candidate {
    /// Counts a webhook and returns the new rank.
    fn see(&mut self, now: Duration, lot: u64) -> Rank {
        let period = now.as_secs() / PERIOD.as_secs();
        self.sightings = match period.saturating_sub(self.period) {
            0 => self.sightings,
            1 => [0, self.sightings[0]],
            _ => [0, 0],
        };
        self.sightings[0] = self.sightings[0].saturating_add(1);
        (self.period, self.last_seen) = (period, now);
        (self.sightings[0].saturating_add(self.sightings[1]), lot)
    }

    fn notify(&self) {
        if let Some(changed) = &self.changed {
            changed.send_replace(());
        }
    }

    fn failure(&self, now: Duration) -> Option<&WebhookError> {
        self.result.as_ref().filter(|(_, until)| now < *until).map(|(error, _)| error)
    }
}

impl Admission {
    /// A webhook with this id has arrived: puts the id into the line, unless the result of a request is remembered.
    ///
    /// # Errors
    /// Plaid does not know the id, the last request has failed, or too many ids wait.
    pub(super) fn join(&mut self, id: &str, now: Duration, lot: u64) -> Result<(), WebhookError> {
        if self.ids.len() >= REMEMBERED && !self.ids.contains_key(id) {
            self.prune(now);
        }
        let candidate = self.ids.entry(id.to_owned()).or_default();
        if let Some(error) = candidate.failure(now) {
            return Err(error.clone());
        }
        let before = candidate.rank;
        candidate.rank = candidate.see(now, lot);
        let rank = candidate.rank;
        match candidate.phase {
            Phase::InLine => {
                self.line.remove(&(before, id.to_owned()));
                self.line.insert((rank, id.to_owned()));
            }
            Phase::Out => self.enter(id, rank)?,
            Phase::Admitted | Phase::InFlight => {}
        }
        if let Some(candidate) = self.ids.get_mut(id) {
            candidate.waiting += 1;
        }
        Ok(())
    }

    /// Puts an id into the line. If the line is full, the last one leaves it.
    fn enter(&mut self, id: &str, rank: Rank) -> Result<(), WebhookError> {
        if self.line.len() >= LINE {
            if self.line.first().is_some_and(|(lowest, _)| *lowest >= rank) {
                return Err(WebhookErrorKind::TooManyUnknownKeys.into());
            }
            if let Some((_, lowest)) = self.line.pop_first() {
                self.set_phase(&lowest, Phase::Out);
            }
        }
        self.line.insert((rank, id.to_owned()));
        self.set_phase(id, Phase::InLine);
        Ok(())
    }

    /// A webhook that has joined no longer waits.
    pub(super) fn leave(&mut self, id: &str) {
        let Some(candidate) = self.ids.get_mut(id) else { return };
        candidate.waiting = candidate.waiting.saturating_sub(1);
        if candidate.waiting > 0 {
            return;
        }
        candidate.changed = None;
        match candidate.phase {
            Phase::InLine => {
                self.line.remove(&(candidate.rank, id.to_owned()));
            }
            Phase::Admitted => self.flights = self.flights.saturating_sub(1),
            Phase::Out | Phase::InFlight => return,
        }
        candidate.phase = Phase::Out;
    }

    /// What a webhook that has joined has to do now.
    pub(super) fn turn(&mut self, id: &str, now: Duration) -> Turn {
        self.admit(now);
        let Some(candidate) = self.ids.get_mut(id) else {
            return Turn::Failed(WebhookErrorKind::TooManyUnknownKeys.into());
        };
        if let Some(error) = candidate.failure(now) {
            return Turn::Failed(error.clone());
        }
        match candidate.phase {
            Phase::Admitted => {
                candidate.phase = Phase::InFlight;
                Turn::Fetch
            }
            Phase::Out => Turn::Failed(WebhookErrorKind::TooManyUnknownKeys.into()),
            Phase::InLine | Phase::InFlight => {
                let changed = candidate.changed.get_or_insert_with(|| watch::Sender::new(())).subscribe();
                let kind = match candidate.phase {
                    Phase::InFlight => WebhookErrorKind::KeyUnavailable,
                    _ => WebhookErrorKind::TooManyUnknownKeys,
                };
                Turn::Wait(changed, kind)
            }
        }
    }

    /// Admits ids from the line as far as the limits allow.
    fn admit(&mut self, now: Duration) {
        while self.flights < FLIGHTS && !self.line.is_empty() && self.take(now) {
            let Some((_, id)) = self.line.pop_last() else { return };
            self.flights += 1;
            self.set_phase(&id, Phase::Admitted);
        }
    }

    /// Takes a request from the bucket.
    pub(super) fn take(&mut self, now: Duration) -> bool {
        let full_at = self.full_at.max(now).saturating_add(INTERVAL);
        let available = full_at - now <= INTERVAL * BURST;
        if available {
            self.full_at = full_at;
        }
        available
    }

    /// Admits none for a while, because Plaid's rate limit was exceeded.
    pub(super) fn pause(&mut self, until: Duration) {
        self.full_at = self.full_at.max(until.saturating_add(INTERVAL * (BURST - 1)));
    }

    fn set_phase(&mut self, id: &str, phase: Phase) {
        if let Some(candidate) = self.ids.get_mut(id) {
            candidate.phase = phase;
            candidate.notify();
        }
    }

    /// The request was abandoned: another webhook with this id may send it again.
    pub(super) fn abandon(&mut self, id: &str) {
        let Some(candidate) = self.land(id) else { return };
        let (rank, waiting) = (candidate.rank, candidate.waiting);
        if waiting > 0 && self.enter(id, rank).is_err() {
            self.set_phase(id, Phase::Out);
        }
    }

    /// The key of this id is known now.
    pub(super) fn learn(&mut self, id: &str) {
        if let Some(candidate) = self.land(id) {
            (candidate.sightings, candidate.refusals, candidate.result) = ([0, 0], 0, None);
        }
    }

    /// Plaid has no usable key of this id.
    pub(super) fn refuse(&mut self, id: &str, kind: WebhookErrorKind, now: Duration) {
        if !self.ids.contains_key(id) {
            self.ids.insert(id.to_owned(), Candidate::default());
        }
        if let Some(candidate) = self.land(id) {
            let time = UNKNOWN.saturating_mul(1 << candidate.refusals.min(5)).min(UNKNOWN_MOST);
            candidate.refusals = candidate.refusals.saturating_add(1);
            (candidate.sightings, candidate.rank, candidate.last_seen) = ([0, 0], (0, 0), now);
            candidate.result = Some((kind.into(), now.saturating_add(time)));
        }
    }

    /// The request has failed. All webhooks with this id share the error.
    pub(super) fn fail(&mut self, id: &str, error: WebhookError, now: Duration) {
        if let Some(candidate) = self.land(id) {
            candidate.result = Some((error, now.saturating_add(FAILED)));
        }
    }

    /// Ends the request for an id, and notifies its webhooks.
    fn land(&mut self, id: &str) -> Option<&mut Candidate> {
        let candidate = self.ids.get_mut(id)?;
        match candidate.phase {
            Phase::InFlight | Phase::Admitted => self.flights = self.flights.saturating_sub(1),
            Phase::InLine => {
                self.line.remove(&(candidate.rank, id.to_owned()));
            }
            Phase::Out => {}
        }
        candidate.phase = Phase::Out;
        candidate.notify();
        Some(candidate)
    }

    /// Forgets half of the ids that nothing waits for: those that were seen least often, and the oldest of them.
    fn prune(&mut self, now: Duration) {
        let idle = |candidate: &Candidate| candidate.waiting == 0 && candidate.phase == Phase::Out;
        // The result of a request is worth more than any number of webhooks.
        let worth = |candidate: &Candidate| {
            let remembered = candidate.failure(now).is_some();
            (remembered, candidate.rank.0, candidate.last_seen)
        };
        let mut worths: Vec<_> = self.ids.values().filter(|candidate| idle(candidate)).map(worth).collect();
        if worths.is_empty() {
            return;
        }
        let middle = worths.len() / 2;
        let (_, median, _) = worths.select_nth_unstable(middle);
        let median = *median;
        self.ids.retain(|_, candidate| !idle(candidate) || worth(candidate) > median);
    }
}
