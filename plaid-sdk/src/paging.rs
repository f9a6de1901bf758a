//! Lists that come in pages, and transactions kept in step.
//!
//! Each list operation has its own way to say what comes next: cursors, offsets, ids. Here they all look alike:
//! [`Client::items`](crate::Client::items) gives the elements one by one and [`Client::pages`](crate::Client::pages) the
//! responses, as streams that fetch a page when it is wanted and not before. [`Client::sync`](crate::Client::sync) collects
//! an update of transactions.
//!
//! The streams are those of `futures-core`, so that the adapters of `futures` and `tokio-stream` work with them;
//! [`Items::next_item`] and [`Pages::next_page`] do without. Dropping one of these futures loses nothing: the page on its way
//! is there the next time.

mod items;
mod pages;
pub(crate) mod roles;
mod sync;
mod tracker;

pub use self::items::Items;
pub use self::pages::Pages;
pub use self::sync::{SyncCall, SyncPage, Synced, Update};
pub use self::tracker::{PageFacts, Position, Style};

use std::borrow::Cow;

use crate::call::Call;
use crate::client::Client;
use crate::response::Response;

/// The request of an operation whose response is a page of a list: which of its properties say where the page begins and how
/// long it is, and which of the response's say what comes next.
///
/// The SDK's requests implement it. The rest is the same for all of them.
pub trait Paged: Clone + Send + Sync + 'static {
    /// The response.
    type Page: Response + Send + 'static;
    /// An element of the list.
    type Item: Send + 'static;

    /// How the operation counts.
    const STYLE: Style;

    /// Calls the operation with this request.
    fn call<'c>(&self, client: &'c Client) -> Call<'c, Self::Page>;

    /// Where the request begins; `None` for the beginning.
    fn position(&self) -> Option<Position>;

    /// Makes it begin there.
    fn seek(&mut self, position: &Position);

    /// How many elements it asks for.
    fn count(&self) -> Option<i64>;

    /// Makes it ask for that many, where the operation lets one choose.
    fn set_count(&mut self, count: i64);

    /// What a response says of what comes next.
    fn facts(page: &Self::Page) -> PageFacts<'_>;

    /// The elements of a response.
    fn items(page: Self::Page) -> Vec<Self::Item>;

    /// What tells elements apart (an id, as text), for lists whose elements move while they are read.
    fn key(_item: &Self::Item) -> Option<Cow<'_, str>> {
        None
    }
}

/// Lists that come in pages.
impl Client {
    /// The elements of a list, page after page.
    ///
    /// ```
    /// # async fn demo(plaid: plaid_sdk::Client, request: impl plaid_sdk::paging::Paged) -> Result<(), plaid_sdk::Error> {
    /// let mut items = plaid.items(request);
    /// while let Some(item) = items.next_item().await? {
    ///     // …
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn items<R: Paged>(&self, request: R) -> Items<R> {
        self.pages(request).items()
    }

    /// The responses of a list operation, one after the other.
    pub fn pages<R: Paged>(&self, request: R) -> Pages<R> {
        Pages::new(self.clone(), request)
    }

    /// What has changed in the transactions of an Item since a cursor: all pages of it, or an error.
    pub fn sync<R: Synced>(&self, request: R) -> SyncCall<'_, R> {
        SyncCall::new(self, request)
    }
}
