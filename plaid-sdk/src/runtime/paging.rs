//! Paginated lists, and updates of transactions.
//!
//! Plaid's list operations page by cursor, by offset or by id. Here they all work the same way: `.items()` on the call of a
//! list operation returns the elements and `.pages()` the responses, as streams that fetch a page when it is needed.
//! `.update()` on the call of `/transactions/sync` fetches an update of transactions.
//!
//! ```
//! # async fn demo(plaid: plaid_sdk::Client) -> Result<(), plaid_sdk::Error> {
//! use plaid_sdk::transfer::TransferListRequest;
//!
//! let mut transfers = plaid.transfer_list(TransferListRequest::new()).items();
//! while let Some(transfer) = transfers.next_item().await? {
//!     println!("{}", transfer.id);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! The types implement `Stream` of `futures-core`, so the adapters of `futures` and `tokio-stream` work with them.
//! [`Items::next_item`] and [`Pages::next_page`] need neither crate. Dropping one of their futures loses nothing: the next call
//! continues with the same page.

mod events;
mod fingerprint;
mod items;
mod limits;
mod offset;
mod pages;
mod position;
mod progress;
pub(crate) mod roles;
mod sync;
mod tracker;
mod update;
mod update_tracker;

pub use self::events::UpdateEvents;
#[doc(hidden)]
pub use self::fingerprint::Fingerprint;
pub use self::items::Items;
pub use self::pages::Pages;
pub use self::position::{PageFacts, Position, Style};
#[doc(hidden)]
pub use self::sync::SyncPage;
pub use self::sync::{Changes, Synced, UpdateEvent};
pub use self::update::{Update, UpdateCall};

use crate::runtime::call::Call;
use crate::runtime::response::Response;
use crate::runtime::sealed::Sealed;

/// The request of a list operation. The trait is sealed.
pub trait Paged: Sealed + Clone + Send + Sync + 'static {
    /// The response.
    type Page: Response + Send + 'static;
    /// An element of the list.
    type Item: Send + 'static;

    /// How the operation pages.
    #[doc(hidden)]
    const STYLE: Style;

    /// The start of the requested page; `None` is the start of the list.
    #[doc(hidden)]
    fn position(&self) -> Option<Position>;

    /// Sets the start of the requested page. Returns whether it is a position in this kind of list.
    #[doc(hidden)]
    fn seek(&mut self, position: &Position) -> bool;

    /// The requested size of a page.
    #[doc(hidden)]
    fn count(&self) -> Option<i64>;

    /// Sets the requested size of a page, if the operation supports it.
    #[doc(hidden)]
    fn set_count(&mut self, count: i64);

    /// What a response reports about itself and the next page.
    #[doc(hidden)]
    fn facts(page: &Self::Page) -> PageFacts<'_>;

    /// The elements of a response.
    #[doc(hidden)]
    fn items(page: Self::Page) -> Vec<Self::Item>;
}

/// All pages of a list.
impl<Q: Paged> Call<Q::Page, Q> {
    /// The elements of the list, from the position of the request. The options of the call hold for each page.
    pub fn items(self) -> Items<Q> {
        self.pages().items()
    }

    /// The responses of the list operation, from the position of the request. The options of the call hold for each page.
    pub fn pages(self) -> Pages<Q> {
        Pages::new(self)
    }
}

/// All pages of an update.
impl<Q: Synced> Call<Q::Page, Q> {
    /// All changes in the transactions of an Item since the cursor of the request. The options of the call hold for each page,
    /// but only the first page follows its retry policy: when a later one fails, the whole update restarts.
    pub fn update(self) -> UpdateCall<Q> {
        UpdateCall::new(self)
    }
}
