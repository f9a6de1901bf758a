//! The elements of a list, one after the other.

use std::collections::HashSet;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use super::{Paged, Pages, Position};
use crate::Error;

/// The elements of a list, one after the other. What [`Client::items`](crate::Client::items) gives.
///
/// A stream that fetches a page when the elements of the one before are used up, and ends after the last element or after
/// an error. Where elements move while they are read, as in a list that begins with the newest, those that come twice are
/// left out; for that it remembers the ids of the ones that came.
#[must_use = "nothing is fetched before it is asked for an element"]
pub struct Items<R: Paged> {
    pages: Pages<R>,
    page: vec::IntoIter<R::Item>,
    /// Where the page began whose elements are being given out.
    began: Option<Position>,
    seen: HashSet<Box<str>>,
}

impl<R: Paged> Items<R> {
    pub(super) fn new(pages: Pages<R>) -> Self {
        Self { pages, page: Vec::new().into_iter(), began: None, seen: HashSet::new() }
    }

    /// How many elements are fetched at once, at most as many as the operation allows. Of no effect where it lets nobody
    /// choose.
    pub fn page_size(mut self, elements: i64) -> Self {
        self.pages = self.pages.page_size(elements);
        self
    }

    /// Begins there, instead of where the request does. The position has to be one of the same list.
    pub fn resume(mut self, position: Position) -> Self {
        self.pages = self.pages.resume(position);
        self
    }

    /// Where to begin to get all elements that have not come yet: the page of the next element. Those that came before it
    /// on that page come again. `None` for the beginning.
    pub fn position(&self) -> Option<&Position> {
        if self.page.len() > 0 { self.began.as_ref() } else { self.pages.position() }
    }

    /// The next element; `None` after the last.
    ///
    /// # Errors
    /// Those of [`Pages::next_page`]. Ask again to have the page fetched once more.
    pub async fn next_item(&mut self) -> Result<Option<R::Item>, Error> {
        self.pages.resurrect();
        poll_fn(|context| self.poll_item(context)).await.transpose()
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<R::Item, Error>>> {
        loop {
            for item in self.page.by_ref() {
                if R::key(&item).is_none_or(|key| self.seen.insert(key.into_owned().into())) {
                    return Poll::Ready(Some(Ok(item)));
                }
            }
            let began = self.pages.position().cloned();
            match ready!(self.pages.poll_page(context)) {
                Some(Ok(page)) => (self.page, self.began) = (R::items(page).into_iter(), began),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

// No part of it is pinned.
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
