//! The cached keys, as data: it makes no requests, and callers pass the time.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use tokio::sync::watch;

use super::admission::{Admission, FAILED, Turn};
use super::error::{WebhookError, WebhookErrorKind};
use super::key::VerificationKey;

/// How long a key is used before Plaid is asked again whether it has expired.
const FRESH: Duration = Duration::from_secs(24 * 60 * 60);
/// How long a key remains in use if that fails. A key that has expired, or that Plaid no longer knows, is not used.
pub const KEY_GRACE: Duration = Duration::from_secs(60 * 60);
/// The time between two such attempts for one key.
const REFRESH_PAUSE: Duration = Duration::from_secs(30);

/// The keys of a client.
#[derive(Default)]
pub(crate) struct KeyCache(Mutex<State>);

#[derive(Default)]
struct State {
    known: BTreeMap<String, Known>,
    unknown: Admission,
}

struct Known {
    key: VerificationKey,
    /// From when on Plaid has to be asked again.
    due: Duration,
    refreshing: bool,
    changed: watch::Sender<()>,
    /// When and why that has last failed.
    failed: Option<(Duration, WebhookError)>,
}

/// The current time: of the calendar, and of a monotonic clock.
#[derive(Clone, Copy)]
pub(crate) struct Now {
    pub(crate) wall: SystemTime,
    pub(crate) monotonic: Duration,
}

/// What a webhook has to do to get its key.
pub(crate) enum Step<'c> {
    Use(VerificationKey),
    Fail(WebhookError),
    Fetch(Flight<'c>),
    /// Look again after a change, or after a moment. Without time left, the webhook gets an error of this kind.
    Wait(watch::Receiver<()>, WebhookErrorKind),
}

/// The result of asking Plaid for a key.
pub(crate) enum Fetched {
    Key(VerificationKey),
    /// Plaid has no usable key of this id.
    None(WebhookErrorKind),
    Failed(WebhookError),
}

/// A webhook that needs the key of an id. Dropping it gives up.
pub(crate) struct Seat<'c> {
    cache: &'c KeyCache,
    id: &'c str,
    lot: u64,
    joined: bool,
}

/// The permission to ask Plaid for a key, once. Dropping it passes the permission on to another webhook.
pub(crate) struct Flight<'c> {
    cache: &'c KeyCache,
    pub(crate) id: &'c str,
    /// The id of a known key, which does not count against the limit of requests for unknown ones.
    pub(crate) is_refresh: bool,
    landed: bool,
}

impl KeyCache {
    /// The keys that have not expired.
    pub(crate) fn keys(&self, now: SystemTime) -> Vec<VerificationKey> {
        self.state().known.values().map(|known| &known.key).filter(|key| !key.is_expired(now)).cloned().collect()
    }

    /// Adds keys from a store. Plaid is asked before the first use of each whether it has expired.
    pub(crate) fn preload(&self, keys: impl IntoIterator<Item = VerificationKey>, now: Duration) {
        let mut state = self.state();
        for key in keys {
            let id = key.id().to_owned();
            state.unknown.learn(&id);
            state.known.entry(id).or_insert_with(|| Known::new(key, now));
        }
    }

    /// A webhook needs this key. The random number decides between ids that were seen equally often.
    pub(crate) const fn seat<'c>(&'c self, id: &'c str, lot: u64) -> Seat<'c> {
        Seat { cache: self, id, lot, joined: false }
    }

    /// Takes one more request for an unknown id.
    pub(crate) fn take(&self, now: Duration) -> bool {
        self.state().unknown.take(now)
    }

    /// Pauses requests for unknown ids.
    pub(crate) fn pause(&self, until: Duration) {
        self.state().unknown.pause(until);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // No panic can leave the state inconsistent.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<'c> Seat<'c> {
    /// What to do now.
    pub(crate) fn step(&mut self, now: Now) -> Step<'c> {
        let (cache, id) = (self.cache, self.id);
        let flight = |is_refresh| Step::Fetch(Flight { cache, id, is_refresh, landed: false });
        let mut state = cache.state();
        if let Some(known) = state.known.get_mut(id) {
            return match known.look(now) {
                Look::Use => Step::Use(known.key.clone()),
                Look::Fail(error) => Step::Fail(error),
                Look::Wait => Step::Wait(known.changed.subscribe(), WebhookErrorKind::KeyUnavailable),
                Look::Refresh => {
                    known.refreshing = true;
                    flight(true)
                }
            };
        }
        if !self.joined {
            if let Err(error) = state.unknown.join(id, now.monotonic, self.lot) {
                return Step::Fail(error);
            }
            self.joined = true;
        }
        match state.unknown.turn(id, now.monotonic) {
            Turn::Fetch => flight(false),
            Turn::Wait(changed, kind) => Step::Wait(changed, kind),
            Turn::Failed(error) => Step::Fail(error),
        }
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        if self.joined {
            self.cache.state().unknown.leave(self.id);
        }
    }
}

impl Flight<'_> {
    /// Stores the result for all webhooks with this id.
    pub(crate) fn land(mut self, result: Fetched, now: Duration) {
        self.landed = true;
        let mut state = self.cache.state();
        match result {
            Fetched::Key(key) => state.learn(key, now),
            Fetched::None(kind) => {
                state.known.remove(self.id);
                state.unknown.refuse(self.id, kind, now);
            }
            Fetched::Failed(error) => match state.known.get_mut(self.id) {
                Some(known) => known.land(Some((now, error))),
                None => state.unknown.fail(self.id, error, now),
            },
        }
    }
}

impl Drop for Flight<'_> {
    fn drop(&mut self) {
        if !self.landed {
            let mut state = self.cache.state();
            match state.known.get_mut(self.id) {
                Some(known) => known.land(None),
                None => state.unknown.abandon(self.id),
            }
        }
    }
}

impl State {
    fn learn(&mut self, key: VerificationKey, now: Duration) {
        let id = key.id().to_owned();
        if !self.known.contains_key(&id) {
            // Plaid has rotated its key, so the older ones may have expired.
            self.known.values_mut().for_each(|known| known.due = known.due.min(now));
        }
        // This drops the sender of a known key, which wakes the webhooks that wait for its refresh.
        self.known.insert(id.clone(), Known::new(key, now.saturating_add(FRESH)));
        self.unknown.learn(&id);
    }
}

enum Look {
    Use,
    Refresh,
    Wait,
    Fail(WebhookError),
}

impl Known {
    fn new(key: VerificationKey, due: Duration) -> Self {
        Self { key, due, refreshing: false, changed: watch::Sender::new(()), failed: None }
    }

    fn look(&self, now: Now) -> Look {
        // An expired key stays expired, so there is nothing to ask.
        if now.monotonic < self.due || self.key.is_expired(now.wall) {
            return Look::Use;
        }
        if self.refreshing {
            return Look::Wait;
        }
        let in_grace = now.monotonic - self.due < KEY_GRACE;
        let pause = if in_grace { REFRESH_PAUSE } else { FAILED };
        match &self.failed {
            Some((at, error)) if now.monotonic.saturating_sub(*at) < pause => {
                if in_grace {
                    Look::Use
                } else {
                    Look::Fail(error.clone())
                }
            }
            _ => Look::Refresh,
        }
    }

    /// Ends a refresh that has not succeeded.
    fn land(&mut self, failed: Option<(Duration, WebhookError)>) {
        self.refreshing = false;
        if failed.is_some() {
            self.failed = failed;
        }
        self.changed.send_replace(());
    }
}
