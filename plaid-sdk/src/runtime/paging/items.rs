//! The elements of a paginated list.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use std::vec;

use futures_core::Stream;

use super::{Paged, Pages, Position};
use crate::runtime::error::Error;

/// The elements of a paginated list, returned by [`Call::items`](crate::call::Call::items).
///
/// It is a stream that fetches a page when the elements of the previous one are used up. It ends after the last element or
/// after an error, and it always ends, as [`Pages`] does. In lists whose elements move while they are read, such as those with
/// the newest element first, it skips duplicates. For that, it remembers a hash of the id of each element: 16 bytes.
#[must_use = "a list does nothing unless an element is requested"]
pub struct Items<R: Paged> {
    pages: Pages<R>,
    page: vec::IntoIter<R::Item>,
    /// For each of its elements, whether it must be skipped.
    skip: vec::IntoIter<bool>,
    /// The start of the current page.
    began: Option<Position>,
}

impl<R: Paged> Items<R> {
    pub(super) fn new(pages: Pages<R>) -> Self {
        Self { pages, page: Vec::new().into_iter(), skip: Vec::new().into_iter(), began: None }
    }

    /// The number of elements per page, limited to what the operation allows. Has no effect if the operation's pages have a
    /// fixed size.
    pub fn page_size(mut self, elements: i64) -> Self {
        self.pages = self.pages.page_size(elements);
        self
    }

    /// Starts at this position instead of the request's; see [`Pages::resume`].
    pub fn resume(mut self, position: Position) -> Self {
        self.pages = self.pages.resume(position);
        self
    }

    /// The largest number of pages; see [`Pages::max_pages`].
    pub fn max_pages(mut self, pages: u32) -> Self {
        self.pages = self.pages.max_pages(pages);
        self
    }

    /// The longest time to wait for pages, all together; see [`Pages::max_time`].
    pub fn max_time(mut self, time: Duration) -> Self {
        self.pages = self.pages.max_time(time);
        self
    }

    /// Where to resume without losing an element: the start of the page with the next element. Resuming there returns the
    /// earlier elements of that page again. `None` is the start of the list.
    pub fn position(&self) -> Option<&Position> {
        if self.page.len() > 0 { self.began.as_ref() } else { self.pages.position() }
    }

    /// The next element; `None` after the last.
    ///
    /// # Errors
    /// Those of [`Pages::next_page`]. Call it again to retry the page.
    pub async fn next_item(&mut self) -> Result<Option<R::Item>, Error> {
        self.pages.resurrect();
        poll_fn(|context| self.poll_item(context)).await.transpose()
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<R::Item, Error>>> {
        loop {
            for item in self.page.by_ref() {
                if self.skip.next() != Some(true) {
                    return Poll::Ready(Some(Ok(item)));
                }
            }
            let began = self.pages.position().cloned();
            match ready!(self.pages.poll_page(context)) {
                Some(Ok(page)) => {
                    (self.page, self.began) = (R::items(page).into_iter(), began);
                    self.skip = self.pages.take_skip().into_iter();
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

// No field is structurally pinned.
impl<R: Paged> Unpin for Items<R> {}

impl<R: Paged> Stream for Items<R> {
    type Item = Result<R::Item, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(context)
    }
}

impl<R: Paged> fmt::Debug for Items<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("position", &self.position()).finish_non_exhaustive()
    }
}
