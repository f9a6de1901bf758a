//! An update of transactions, page by page: its requests, its pages and its events.

use std::fmt;

use super::fingerprint::Fingerprint;
use crate::runtime::response::Response;
use crate::runtime::sealed::Sealed;

/// The request of an operation that returns changes since a cursor, in pages: `/transactions/sync` and
/// `/processor/transactions/sync`. The trait is sealed.
pub trait Synced: Sealed + Clone + Send + Sync + 'static {
    /// The response.
    type Page: Response + Send + 'static;
    /// A transaction.
    type Transaction: Send + 'static;
    /// A removed transaction.
    type Removed: Send + 'static;
    /// An account of the transactions.
    type Account: Send + 'static;

    /// The cursor to start at.
    #[doc(hidden)]
    fn cursor(&self) -> Option<&str>;

    /// Sets the cursor; `None` starts from the beginning.
    #[doc(hidden)]
    fn set_cursor(&mut self, cursor: Option<&str>);

    /// The size of a page.
    #[doc(hidden)]
    fn count(&self) -> Option<i64>;

    /// Sets the size of a page.
    #[doc(hidden)]
    fn set_count(&mut self, count: i64);

    /// The content of a response.
    #[doc(hidden)]
    fn take(page: Self::Page) -> SyncPage<Self>;

    /// The id of an account.
    #[doc(hidden)]
    fn account_id(account: &Self::Account) -> &str;
}

/// The content of one response.
#[doc(hidden)]
pub struct SyncPage<R: Synced> {
    /// The fingerprints of all changes.
    pub elements: Vec<Fingerprint>,
    /// The cursor of the next page.
    pub next_cursor: String,
    /// Whether there are more pages.
    pub has_more: bool,
    /// The changes.
    pub changes: Changes<R>,
}

/// The changes on one page of an update. They are final only when the update is [done](UpdateEvent::Done).
#[non_exhaustive]
pub struct Changes<R: Synced> {
    /// New transactions.
    pub added: Vec<R::Transaction>,
    /// Changed transactions.
    pub modified: Vec<R::Transaction>,
    /// Removed transactions. They include pending transactions that were posted.
    pub removed: Vec<R::Removed>,
    /// The accounts of these transactions.
    pub accounts: Vec<R::Account>,
    /// How much of the Item's history Plaid has fetched; see [`Update::status`](super::Update::status).
    pub status: String,
}

/// What happens in an update that is read page by page, with [`UpdateCall::events`](super::UpdateCall::events).
///
/// The enum is exhaustive on purpose: a `match` that does not handle [`Restart`](Self::Restart) does not compile.
#[must_use = "a restart requires that the changes so far are discarded"]
pub enum UpdateEvent<R: Synced> {
    /// The changes of the next page. Store them so that they can be discarded: in a database transaction that is still open, or
    /// in a table of their own.
    Page(Changes<R>),
    /// The update restarts from its first cursor, as Plaid requires. Discard the changes of all its pages so far, for example
    /// by rolling back the transaction. The next event is its first page again.
    Restart,
    /// The update is complete. Commit the changes together with the cursor.
    #[non_exhaustive]
    Done {
        /// The cursor of the next update. `None` if Plaid has no transactions yet.
        cursor: Option<String>,
        /// How much of the Item's history Plaid has fetched; see [`Update::status`](super::Update::status).
        status: String,
    },
}

impl<R: Synced> fmt::Debug for Changes<R> {
    // Transactions are personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Changes")
            .field("added", &self.added.len())
            .field("modified", &self.modified.len())
            .field("removed", &self.removed.len())
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl<R: Synced> fmt::Debug for UpdateEvent<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Page(changes) => f.debug_tuple("Page").field(changes).finish(),
            Self::Restart => f.write_str("Restart"),
            Self::Done { status, .. } => f.debug_struct("Done").field("status", status).finish_non_exhaustive(),
        }
    }
}
