//! The responses of a list operation, one after the other.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::tracker::{PageTracker, Position};
use super::{Items, Paged};
use crate::Error;
use crate::call::Call;
use crate::client::Client;
use crate::operation::Operation;

/// The responses of a list operation, one after the other. What [`Client::pages`](crate::Client::pages) gives.
///
/// A stream that ends after the last page, or after an error. To go on after an error, keep the
/// [`position`](Self::position), or call [`next_page`](Self::next_page) again: it asks for the same page once more.
#[must_use = "nothing is fetched before it is asked for a page"]
pub struct Pages<R: Paged> {
    client: Client,
    request: R,
    tracker: PageTracker,
    options: Option<Options<R::Page>>,
    fetching: Option<Fetching<R::Page>>,
    failed: bool,
}

type Options<P> = Arc<dyn for<'c> Fn(Call<'c, P>) -> Call<'c, P> + Send + Sync>;
type Fetching<P> = Pin<Box<dyn Future<Output = Result<(&'static Operation, P), Error>> + Send>>;

impl<R: Paged> Pages<R> {
    pub(super) fn new(client: Client, request: R) -> Self {
        let tracker = PageTracker::new(R::STYLE, request.position());
        Self { client, request, tracker, options: None, fetching: None, failed: false }
    }

    /// How many elements a page has, at most as many as the operation allows. Of no effect where it lets nobody choose.
    pub fn page_size(mut self, elements: i64) -> Self {
        self.request.set_count(R::STYLE.size(elements));
        self
    }

    /// Begins there, instead of where the request does. The position has to be one of the same list.
    pub fn resume(mut self, position: Position) -> Self {
        self.tracker = PageTracker::new(R::STYLE, Some(position));
        self
    }

    /// Sets options for the call of each page.
    ///
    /// ```
    /// # fn demo(plaid: plaid_sdk::Client, request: impl plaid_sdk::paging::Paged) {
    /// use std::time::Duration;
    ///
    /// let pages = plaid.pages(request).options(|call| call.timeout(Duration::from_secs(20)));
    /// # }
    /// ```
    pub fn options<F>(mut self, options: F) -> Self
    where
        F: for<'c> Fn(Call<'c, R::Page>) -> Call<'c, R::Page> + Send + Sync + 'static,
    {
        self.options = Some(Arc::new(options));
        self
    }

    /// The elements of the pages.
    pub fn items(self) -> Items<R> {
        Items::new(self)
    }

    /// Where the next page begins; `None` for the beginning. After the last page, where that one began.
    pub const fn position(&self) -> Option<&Position> {
        self.tracker.position()
    }

    /// The next page; `None` after the last.
    ///
    /// # Errors
    /// Those of the call, or pages that contradict each other, so that there would be no end to them
    /// ([`Error::is_pagination`]).
    pub async fn next_page(&mut self) -> Result<Option<R::Page>, Error> {
        self.resurrect();
        poll_fn(|context| self.poll_page(context)).await.transpose()
    }

    /// Lets it go on after an error.
    pub(super) const fn resurrect(&mut self) {
        self.failed = false;
    }

    fn fetch(&mut self) -> Fetching<R::Page> {
        if let Some(position) = self.tracker.position() {
            self.request.seek(position);
        }
        let (client, request, options) = (self.client.clone(), self.request.clone(), self.options.clone());
        Box::pin(async move {
            let call = request.call(&client);
            let operation = call.operation();
            let call = match options {
                Some(options) => options(call),
                None => call,
            };
            Ok((operation, call.await?))
        })
    }

    pub(super) fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<R::Page, Error>>> {
        if self.failed || self.tracker.is_done() {
            return Poll::Ready(None);
        }
        let mut fetching = match self.fetching.take() {
            Some(fetching) => fetching,
            None => self.fetch(),
        };
        let Poll::Ready(result) = fetching.as_mut().poll(context) else {
            self.fetching = Some(fetching);
            return Poll::Pending;
        };
        let result =
            result.and_then(|(operation, page)| match self.tracker.advance(R::facts(&page), self.request.count()) {
                Ok(()) => Ok(page),
                Err(contradiction) => Err(Error::pagination(operation, contradiction.0)),
            });
        self.failed = result.is_err();
        Poll::Ready(Some(result))
    }
}

// No part of it is pinned: what is, is behind a pointer.
impl<R: Paged> Unpin for Pages<R> {}

impl<R: Paged> Stream for Pages<R> {
    type Item = Result<R::Page, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(ready!(self.get_mut().poll_page(context)))
    }
}

impl<R: Paged> fmt::Debug for Pages<R> {
    // Requests hold tokens.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("position", &self.position()).finish_non_exhaustive()
    }
}
