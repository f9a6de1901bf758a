//! Fetches the pages of an update, and restarts it where Plaid requires it.

use std::time::Duration;

use super::limits::{PageLimits, Stopwatch};
use super::sync::{SyncPage, Synced, UpdateEvent};
use super::update_tracker::UpdateTracker;
use crate::runtime::call::Call;
use crate::runtime::error::Error;
use crate::runtime::error_code::Retry;
use crate::runtime::random;
use crate::runtime::retry::{self, RetryPolicy};

/// The state of an update.
pub(super) struct Progress<R: Synced> {
    /// The call of the first page. Those of the others are copies with another request.
    call: Call<R::Page>,
    pub(super) request: R,
    pub(super) max_restarts: u32,
    pub(super) limits: PageLimits,
    tracker: UpdateTracker,
    watch: Stopwatch,
    restarts: u32,
    /// `transactions_update_status` of the last page.
    status: String,
    /// How long to wait before the next page.
    backoff: Option<Duration>,
    /// Whether the last event was an error.
    failed: bool,
}

impl<R: Synced> Progress<R> {
    pub(super) fn new(call: Call<R::Page>, request: R) -> Self {
        let tracker = UpdateTracker::starting_at(request.cursor());
        let (limits, watch) = (PageLimits::default(), Stopwatch::default());
        let status = String::new();
        Self {
            call,
            request,
            max_restarts: 5,
            limits,
            tracker,
            watch,
            restarts: 0,
            status,
            backoff: None,
            failed: false,
        }
    }

    pub(super) const fn pages(&self) -> u32 {
        self.tracker.pages()
    }

    pub(super) const fn restarts(&self) -> u32 {
        self.restarts
    }

    /// The next event. After [`UpdateEvent::Done`], there is none. After an error, the update restarts.
    pub(super) async fn step(&mut self) -> Result<UpdateEvent<R>, Error> {
        self.watch.start(&*self.call.context().engine.clock);
        let result = self.event().await;
        self.watch.stop(&*self.call.context().engine.clock);
        self.failed = result.is_err();
        result
    }

    async fn event(&mut self) -> Result<UpdateEvent<R>, Error> {
        if self.failed && self.tracker.pages() > 0 {
            self.tracker.restart();
            return Ok(UpdateEvent::Restart);
        }
        if self.tracker.is_done() {
            let cursor = self.tracker.cursor().map(str::to_owned);
            return Ok(UpdateEvent::Done { cursor, status: std::mem::take(&mut self.status) });
        }
        loop {
            if let Some(backoff) = self.backoff.take() {
                self.call.context().engine.clock.sleep(backoff).await;
            }
            let begun = self.tracker.pages() > 0;
            if let Some(limit) = self.limits.exceeded(self.tracker.pages(), self.elapsed()) {
                return Err(Error::page_limit(self.call.operation(), limit));
            }
            let error = match self.fetch(begun).await {
                Ok(page) => return self.accept(R::take(page)),
                Err(error) => error,
            };
            let backoff = if self.restarts < self.max_restarts { self.backoff(&error, begun) } else { None };
            let Some(backoff) = backoff else { return Err(self.explain(error, begun)) };
            self.restarts += 1;
            tracing::debug!(restarts = self.restarts, %error, "restarting an update of transactions");
            self.backoff = Some(backoff);
            self.tracker.restart();
            if begun {
                return Ok(UpdateEvent::Restart);
            }
        }
    }

    async fn fetch(&mut self, begun: bool) -> Result<R::Page, Error> {
        self.request.set_cursor(self.tracker.cursor());
        let call = self.call.again(&self.request);
        // When a later page fails, the whole update restarts.
        if begun { call.retry(RetryPolicy::none()).await } else { call.await }
    }

    fn accept(&mut self, page: SyncPage<R>) -> Result<UpdateEvent<R>, Error> {
        let SyncPage { elements, next_cursor, has_more, changes } = page;
        if let Err(contradiction) = self.tracker.advance(&next_cursor, has_more, &elements) {
            let at = contradiction.at(self.tracker.pages().saturating_add(1), None);
            return Err(Error::pagination(self.call.operation(), at));
        }
        self.status.clone_from(&changes.status);
        Ok(UpdateEvent::Page(changes))
    }

    fn elapsed(&self) -> Duration {
        self.watch.now(&*self.call.context().engine.clock)
    }

    /// The backoff before the next restart, or `None` if the update can't be restarted.
    fn backoff(&self, error: &Error, begun: bool) -> Option<Duration> {
        let (policy, context) = (self.call.retry_policy(), self.call.context());
        let (clock, entropy) = (&*context.engine.clock, &*context.engine.entropy);
        let restart = self.restarts + 1;
        if error.retry() == Retry::Restart {
            return Some(random::up_to(entropy, policy.backoff(restart)));
        }
        // If the first page failed, its call was retried already.
        let backoff = retry::backoff_after(error, &policy, restart, (clock, entropy)).filter(|_| begun)?;
        // A long `Retry-After` is left to the application.
        let is_short =
            backoff < self.call.limits().timeout && self.elapsed().saturating_add(backoff) < self.limits.time;
        (is_short && context.engine.budget.withdraw()).then_some(backoff)
    }

    fn explain(&self, error: Error, begun: bool) -> Error {
        if self.tracker.cursor().is_some() && !begun && error.is_invalid_cursor() {
            error.noting("the cursor is from another Item or has expired: start again without one")
        } else {
            error
        }
    }
}
