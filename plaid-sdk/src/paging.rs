//! Paginated lists, and updates of transactions.
//!
//! Plaid's list operations page by cursor, by offset or by id. Here they all work the same way:
//! [`Client::items`](crate::Client::items) returns the elements and [`Client::pages`](crate::Client::pages) the responses, as
//! streams that fetch a page when it is needed. [`Client::sync`](crate::Client::sync) fetches an update of transactions.
//!
//! The types implement `Stream` of `futures-core`, so the adapters of `futures` and `tokio-stream` work with them.
//! [`Items::next_item`] and [`Pages::next_page`] need neither crate. Dropping one of their futures loses nothing: the next call
//! continues with the same page.

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

/// The request of a list operation: which of its properties are the start and the size of a page, and what the response
/// reports about the next page.
///
/// The SDK's requests implement it.
pub trait Paged: Clone + Send + Sync + 'static {
    /// The response.
    type Page: Response + Send + 'static;
    /// An element of the list.
    type Item: Send + 'static;

    /// How the operation pages.
    const STYLE: Style;

    /// Calls the operation with this request.
    fn call<'c>(&self, client: &'c Client) -> Call<'c, Self::Page>;

    /// The start of the requested page; `None` is the start of the list.
    fn position(&self) -> Option<Position>;

    /// Sets the start of the requested page.
    fn seek(&mut self, position: &Position);

    /// The requested size of a page.
    fn count(&self) -> Option<i64>;

    /// Sets the requested size of a page, if the operation supports it.
    fn set_count(&mut self, count: i64);

    /// What a response reports about itself and the next page.
    fn facts(page: &Self::Page) -> PageFacts<'_>;

    /// The elements of a response.
    fn items(page: Self::Page) -> Vec<Self::Item>;

    /// The unique key of an element, as text, for lists whose elements move while they are read.
    fn key(_item: &Self::Item) -> Option<Cow<'_, str>> {
        None
    }
}

/// Paginated lists.
impl Client {
    /// The elements of a paginated list.
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

    /// The responses of a list operation.
    pub fn pages<R: Paged>(&self, request: R) -> Pages<R> {
        Pages::new(self.clone(), request)
    }

    /// All changes in the transactions of an Item since a cursor.
    pub fn sync<R: Synced>(&self, request: R) -> SyncCall<'_, R> {
        SyncCall::new(self, request)
    }
}
