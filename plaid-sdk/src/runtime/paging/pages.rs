//! The pages of a list.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;

use super::limits::{PageLimits, Stopwatch};
use super::position::Position;
use super::tracker::PageTracker;
use super::{Items, Paged};
use crate::runtime::call::{Call, CallFuture};
use crate::runtime::error::Error;

/// The responses of a list operation, returned by [`Call::pages`](crate::call::Call::pages).
///
/// It is a stream that ends after the last page or after an error. To continue after an error, call
/// [`next_page`](Self::next_page) again, which requests the same page, or store the [`position`](Self::position).
///
/// A list always ends: pages that lead back to earlier ones, or bring nothing new, are an error
/// ([`Error::is_pagination`]), and so are too many of them ([`Error::is_page_limit`]). The page with the error is not returned,
/// and the position stays at its start.
#[must_use = "a list does nothing unless a page is requested"]
pub struct Pages<R: Paged> {
    /// The call of the first page. Those of the others are copies with another request.
    call: Call<R::Page>,
    request: R,
    tracker: PageTracker,
    limits: PageLimits,
    watch: Stopwatch,
    fetching: Option<CallFuture<R::Page>>,
    failed: bool,
}

impl<R: Paged> Pages<R> {
    pub(super) fn new(call: Call<R::Page, R>) -> Self {
        let (call, request) = call.into_parts();
        let tracker = PageTracker::new(R::STYLE, request.position());
        let (limits, watch) = (PageLimits::default(), Stopwatch::default());
        Self { call, request, tracker, limits, watch, fetching: None, failed: false }
    }

    /// The number of elements per page, limited to what the operation allows. Has no effect if the operation's pages have a
    /// fixed size.
    pub fn page_size(mut self, elements: i64) -> Self {
        self.request.set_count(R::STYLE.size(elements));
        self
    }

    /// Starts at this position instead of the request's. It must be a position in the same list; one of another kind of list is
    /// an error.
    pub fn resume(mut self, position: Position) -> Self {
        self.tracker = PageTracker::new(R::STYLE, Some(position));
        self
    }

    /// The largest number of pages. The default is 10,000. A list with more is an error, and [`position`](Self::position) is
    /// where to continue.
    pub const fn max_pages(mut self, pages: u32) -> Self {
        self.limits.pages = pages;
        self
    }

    /// The longest time to wait for pages, all together; the time between two requests does not count. The default is an hour.
    /// It is checked before each page, so the last one may exceed it by the timeout of the call.
    pub const fn max_time(mut self, time: Duration) -> Self {
        self.limits.time = time;
        self
    }

    /// The elements of the pages.
    pub fn items(self) -> Items<R> {
        Items::new(self)
    }

    /// The start of the next page; `None` is the start of the list. After the last page, the start of that page.
    pub const fn position(&self) -> Option<&Position> {
        self.tracker.position()
    }

    /// The next page; `None` after the last.
    ///
    /// # Errors
    /// Those of the call; [`Error::is_pagination`] if pages contradict each other, so that the list might never end; and
    /// [`Error::is_page_limit`] if the list has more pages, or takes longer, than allowed.
    pub async fn next_page(&mut self) -> Result<Option<R::Page>, Error> {
        self.resurrect();
        poll_fn(|context| self.poll_page(context)).await.transpose()
    }

    /// Continues after an error.
    pub(super) const fn resurrect(&mut self) {
        self.failed = false;
    }

    /// Starts to fetch the next page, if there may be one.
    fn fetch(&mut self) -> Result<CallFuture<R::Page>, Error> {
        if let Some(limit) = self.limits.exceeded(self.tracker.pages(), self.watch.total()) {
            return Err(Error::page_limit(self.call.operation(), limit));
        }
        // Otherwise the list would start from its beginning.
        if self.tracker.position().is_some_and(|position| !self.request.seek(position)) {
            let problem = "the position to resume at is not one of this list".to_owned();
            return Err(Error::build(problem).during(self.call.operation()));
        }
        self.watch.start(&*self.call.context().engine.clock);
        Ok(self.call.again(&self.request).into_future())
    }

    /// For each element of the last page, whether it must be skipped because it was on an earlier page.
    pub(super) fn take_skip(&mut self) -> Vec<bool> {
        self.tracker.take_skip()
    }

    pub(super) fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<R::Page, Error>>> {
        if self.failed || self.tracker.is_done() {
            return Poll::Ready(None);
        }
        let mut fetching = match self.fetching.take() {
            Some(fetching) => fetching,
            None => match self.fetch() {
                Ok(fetching) => fetching,
                Err(error) => {
                    self.failed = true;
                    return Poll::Ready(Some(Err(error)));
                }
            },
        };
        let Poll::Ready(result) = Pin::new(&mut fetching).poll(context) else {
            self.fetching = Some(fetching);
            return Poll::Pending;
        };
        self.watch.stop(&*self.call.context().engine.clock);
        let result = result.and_then(|page| match self.tracker.advance(&R::facts(&page), self.request.count()) {
            Ok(()) => Ok(page),
            Err(contradiction) => {
                let page = self.tracker.pages().saturating_add(1);
                Err(Error::pagination(self.call.operation(), contradiction.at(page, self.tracker.position())))
            }
        });
        self.failed = result.is_err();
        Poll::Ready(Some(result))
    }
}

// No field is structurally pinned; the future is boxed.
impl<R: Paged> Unpin for Pages<R> {}

impl<R: Paged> Stream for Pages<R> {
    type Item = Result<R::Page, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(context)
    }
}

impl<R: Paged> fmt::Debug for Pages<R> {
    // Requests contain tokens.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("position", &self.position()).finish_non_exhaustive()
    }
}
