//! An update of transactions: all of its pages, or an error.

use std::collections::HashMap;
use std::fmt;
use std::pin::Pin;
use std::time::Duration;

use super::events::UpdateEvents;
use super::progress::Progress;
use super::sync::{Changes, Synced, UpdateEvent};
use crate::runtime::call::Call;
use crate::runtime::error::Error;

/// All changes in the transactions of an Item since a cursor.
///
/// Store the changes and the cursor in one database transaction.
#[non_exhaustive]
pub struct Update<R: Synced> {
    /// New transactions.
    pub added: Vec<R::Transaction>,
    /// Changed transactions.
    pub modified: Vec<R::Transaction>,
    /// Removed transactions. They include pending transactions that were posted.
    pub removed: Vec<R::Removed>,
    /// The accounts of these transactions, with their latest data.
    pub accounts: Vec<R::Account>,
    /// The cursor of the next update. `None` if Plaid has no transactions yet.
    pub cursor: Option<String>,
    /// How much of the Item's history Plaid has fetched: `NOT_READY`, `INITIAL_UPDATE_COMPLETE` (30 days),
    /// `HISTORICAL_UPDATE_COMPLETE`, or a value that this version does not know.
    pub status: String,
    /// The number of pages.
    pub pages: u32,
    /// How often the update was restarted, because the data changed between two pages or a page could not be fetched.
    pub restarts: u32,
}

impl<R: Synced> Update<R> {
    /// Whether Plaid has not fetched any transactions yet. Retry in a few seconds, or wait for the webhook
    /// `SYNC_UPDATES_AVAILABLE`, which Plaid sends only for Items that were synced at least once.
    pub fn is_not_ready(&self) -> bool {
        self.status == "NOT_READY" || self.cursor.is_none()
    }

    /// Whether there are no changes. The cursor may still be new.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.modified.is_empty() && self.removed.is_empty()
    }
}

/// A call for an update, returned by [`Call::update`](crate::call::Call::update). Await it to get all changes at once, or call
/// [`events`](Self::events) to get them page by page.
///
/// The pages of an update belong together. If the data changes between two of them
/// (`TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION`), or a page temporarily fails, the update discards the pages it has and
/// restarts from its first cursor, as Plaid requires. If the update fails or the future is dropped, the first cursor stays
/// valid.
///
/// An update always ends: pages that lead back to earlier ones, or bring nothing new, are an error
/// ([`Error::is_pagination`]), and so are too many of them ([`Error::is_page_limit`]).
///
/// ```
/// # async fn demo(plaid: plaid_sdk::Client) -> Result<(), plaid_sdk::Error> {
/// use plaid_sdk::transactions::TransactionsSyncRequest;
///
/// let request = TransactionsSyncRequest::new("access-sandbox-…");
/// let update = plaid.transactions_sync(request).update().await?;
/// if update.is_not_ready() {
///     println!("Plaid has no transactions yet");
/// }
/// println!("{} added, next cursor {:?}", update.added.len(), update.cursor);
/// # Ok(())
/// # }
/// ```
#[must_use = "an update does nothing unless awaited"]
pub struct UpdateCall<R: Synced> {
    progress: Progress<R>,
}

/// The largest page that Plaid allows.
const LARGEST_PAGE: i64 = 500;

impl<R: Synced> UpdateCall<R> {
    pub(super) fn new(call: Call<R::Page, R>) -> Self {
        let (call, mut request) = call.into_parts();
        // With fewer pages, the data is less likely to change between them.
        if request.count().is_none() {
            request.set_count(LARGEST_PAGE);
        }
        if request.cursor() == Some("") {
            request.set_cursor(None);
        }
        Self { progress: Progress::new(call, request) }
    }

    /// The number of changes per page, from 1 to 500. The default is 500, unless the request sets it.
    pub fn page_size(mut self, changes: i64) -> Self {
        self.progress.request.set_count(changes.clamp(1, LARGEST_PAGE));
        self
    }

    /// How often the update may restart. The default is 5.
    pub fn max_restarts(mut self, restarts: u32) -> Self {
        self.progress.max_restarts = restarts;
        self
    }

    /// The largest number of pages, counted from the last restart. The default is 10,000, which is 5 million changes.
    pub fn max_pages(mut self, pages: u32) -> Self {
        self.progress.limits.pages = pages;
        self
    }

    /// The longest time for all pages, restarts and backoffs together. The default is an hour. It is checked before each page,
    /// so the last one may exceed it by the timeout of the call.
    pub fn max_time(mut self, time: Duration) -> Self {
        self.progress.limits.time = time;
        self
    }

    /// The update page by page, for updates that are too large to keep in memory, such as the first one of a busy account.
    ///
    /// The pages are not final before [`UpdateEvent::Done`]: if the update restarts, the changes so far must be discarded.
    ///
    /// ```
    /// use plaid_sdk::paging::{Changes, UpdateEvent};
    /// use plaid_sdk::transactions::TransactionsSyncRequest;
    /// # struct Database;
    /// # impl Database {
    /// #     async fn store(&mut self, _: Changes<TransactionsSyncRequest>) {}
    /// #     async fn roll_back(&mut self) {}
    /// #     async fn commit(&mut self, _: Option<String>) {}
    /// # }
    /// # async fn demo(plaid: plaid_sdk::Client, mut database: Database) -> Result<(), plaid_sdk::Error> {
    ///
    /// let request = TransactionsSyncRequest::new("access-sandbox-…");
    /// let mut events = plaid.transactions_sync(request).update().events();
    /// // An error returns, which must roll the database back.
    /// while let Some(event) = events.next_event().await? {
    ///     match event {
    ///         UpdateEvent::Page(changes) => database.store(changes).await,
    ///         UpdateEvent::Restart => database.roll_back().await,
    ///         UpdateEvent::Done { cursor, .. } => database.commit(cursor).await,
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn events(self) -> UpdateEvents<R> {
        UpdateEvents::new(self.progress)
    }

    async fn run(mut self) -> Result<Update<R>, Error> {
        let mut update = Update::empty();
        let mut accounts = Accounts::default();
        loop {
            match self.progress.step().await? {
                UpdateEvent::Page(Changes { added, modified, removed, accounts: of_page, .. }) => {
                    update.added.extend(added);
                    update.modified.extend(modified);
                    update.removed.extend(removed);
                    accounts.merge::<R>(&mut update.accounts, of_page);
                }
                UpdateEvent::Restart => (update, accounts) = (Update::empty(), Accounts::default()),
                UpdateEvent::Done { cursor, status } => {
                    let (pages, restarts) = (self.progress.pages(), self.progress.restarts());
                    return Ok(Update { cursor, status, pages, restarts, ..update });
                }
            }
        }
    }
}

/// The index of each account in the list, by id.
#[derive(Default)]
struct Accounts(HashMap<String, usize>);

impl Accounts {
    fn merge<R: Synced>(&mut self, all: &mut Vec<R::Account>, of_page: Vec<R::Account>) {
        for account in of_page {
            let at = *self.0.entry(R::account_id(&account).to_owned()).or_insert(all.len());
            if at < all.len() { all[at] = account } else { all.push(account) }
        }
    }
}

impl<R: Synced> Update<R> {
    const fn empty() -> Self {
        Self {
            added: Vec::new(),
            modified: Vec::new(),
            removed: Vec::new(),
            accounts: Vec::new(),
            cursor: None,
            status: String::new(),
            pages: 0,
            restarts: 0,
        }
    }
}

impl<R: Synced> IntoFuture for UpdateCall<R> {
    type Output = Result<Update<R>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl<R: Synced> fmt::Debug for UpdateCall<R> {
    // Requests contain tokens.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UpdateCall").field("max_restarts", &self.progress.max_restarts).finish_non_exhaustive()
    }
}

impl<R: Synced> fmt::Debug for Update<R> {
    // Transactions are personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Update")
            .field("added", &self.added.len())
            .field("modified", &self.modified.len())
            .field("removed", &self.removed.len())
            .field("status", &self.status)
            .field("pages", &self.pages)
            .field("restarts", &self.restarts)
            .finish_non_exhaustive()
    }
}
