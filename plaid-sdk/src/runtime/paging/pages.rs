//! The pages of a list.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::tracker::{PageTracker, Position};
use super::{Items, Paged};
use crate::runtime::call::{Call, CallFuture};
use crate::runtime::error::Error;

/// The responses of a list operation, returned by [`Call::pages`](crate::call::Call::pages).
///
/// It is a stream that ends after the last page or after an error. To continue after an error, call
/// [`next_page`](Self::next_page) again, which requests the same page, or store the [`position`](Self::position).
#[must_use = "a list does nothing unless a page is requested"]
pub struct Pages<R: Paged> {
    /// The call of the first page. Those of the others are copies with another request.
    call: Call<R::Page>,
    request: R,
    tracker: PageTracker,
    fetching: Option<CallFuture<R::Page>>,
    failed: bool,
}

impl<R: Paged> Pages<R> {
    pub(super) fn new(call: Call<R::Page, R>) -> Self {
        let (call, request) = call.into_parts();
        let tracker = PageTracker::new(R::STYLE, request.position());
        Self { call, request, tracker, fetching: None, failed: false }
    }

    /// The number of elements per page, limited to what the operation allows. Has no effect if the operation's pages have a
    /// fixed size.
    pub fn page_size(mut self, elements: i64) -> Self {
        self.request.set_count(R::STYLE.size(elements));
        self
    }

    /// Starts at this position instead of the request's. It must be a position in the same list.
    pub fn resume(mut self, position: Position) -> Self {
        self.tracker = PageTracker::new(R::STYLE, Some(position));
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
    /// Those of the call, and [`Error::is_pagination`] if pages contradict each other, so that the list might never end.
    pub async fn next_page(&mut self) -> Result<Option<R::Page>, Error> {
        self.resurrect();
        poll_fn(|context| self.poll_page(context)).await.transpose()
    }

    /// Continues after an error.
    pub(super) const fn resurrect(&mut self) {
        self.failed = false;
    }

    fn fetch(&mut self) -> CallFuture<R::Page> {
        if let Some(position) = self.tracker.position() {
            self.request.seek(position);
        }
        self.call.again(&self.request).into_future()
    }

    pub(super) fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<R::Page, Error>>> {
        if self.failed || self.tracker.is_done() {
            return Poll::Ready(None);
        }
        let mut fetching = match self.fetching.take() {
            Some(fetching) => fetching,
            None => self.fetch(),
        };
        let Poll::Ready(result) = Pin::new(&mut fetching).poll(context) else {
            self.fetching = Some(fetching);
            return Poll::Pending;
        };
        let result = result.and_then(|page| match self.tracker.advance(R::facts(&page), self.request.count()) {
            Ok(()) => Ok(page),
            Err(contradiction) => Err(Error::pagination(self.call.operation(), contradiction.0)),
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
        Poll::Ready(ready!(self.get_mut().poll_page(context)))
    }
}

impl<R: Paged> fmt::Debug for Pages<R> {
    // Requests contain tokens.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("position", &self.position()).finish_non_exhaustive()
    }
}
