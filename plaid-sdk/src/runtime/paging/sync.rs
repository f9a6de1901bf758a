//! An update of transactions: all of its pages, or an error.

use std::collections::HashMap;
use std::fmt;
use std::pin::Pin;
use std::time::Duration;

use crate::runtime::call::Call;
use crate::runtime::error::Error;
use crate::runtime::error_code::Retry;
use crate::runtime::random;
use crate::runtime::response::Response;
use crate::runtime::retry::{self, RetryPolicy};
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

/// The content of one page of changes.
pub struct SyncPage<R: Synced> {
    /// New transactions.
    pub added: Vec<R::Transaction>,
    /// Changed transactions.
    pub modified: Vec<R::Transaction>,
    /// Removed transactions.
    pub removed: Vec<R::Removed>,
    /// The accounts of these transactions.
    pub accounts: Vec<R::Account>,
    /// The cursor of the next page.
    pub next_cursor: String,
    /// Whether there are more pages.
    pub has_more: bool,
    /// `transactions_update_status`.
    pub status: String,
}

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

/// A call for an update, returned by [`Call::update`](crate::call::Call::update). Await it.
///
/// The pages of an update belong together. If the data changes between two of them
/// (`TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION`), or a page temporarily fails, the update discards the pages it has and
/// restarts from its first cursor, as Plaid requires. If the update fails or the future is dropped, the first cursor stays
/// valid.
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
    /// The call of the first page. Those of the others are copies with another request.
    call: Call<R::Page>,
    request: R,
    max_restarts: u32,
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
        Self { call, request, max_restarts: 5 }
    }

    /// The number of changes per page, from 1 to 500. The default is 500, unless the request sets it.
    pub fn page_size(mut self, changes: i64) -> Self {
        self.request.set_count(changes.clamp(1, LARGEST_PAGE));
        self
    }

    /// How often the update may restart. The default is 5.
    pub fn max_restarts(mut self, restarts: u32) -> Self {
        self.max_restarts = restarts;
        self
    }

    async fn run(self) -> Result<Update<R>, Error> {
        let mut restarts = 0;
        loop {
            let (error, begun) = match self.collect().await {
                Ok(update) => return Ok(Update { restarts, ..update }),
                Err(failure) => failure,
            };
            let backoff = if restarts < self.max_restarts { self.backoff(&error, begun, restarts + 1) } else { None };
            let Some(backoff) = backoff else {
                return Err(explain(error, self.request.cursor().is_some(), begun));
            };
            restarts += 1;
            tracing::debug!(restarts, %error, "restarting an update of transactions");
            self.call.context().engine.clock.sleep(backoff).await;
        }
    }

    /// The backoff before this restart, or `None` if the update can't be restarted.
    fn backoff(&self, error: &Error, begun: bool, restart: u32) -> Option<Duration> {
        let (policy, context) = (self.call.retry_policy(), self.call.context());
        let (clock, entropy) = (&*context.engine.clock, &*context.engine.entropy);
        if error.retry() == Retry::Restart {
            return Some(random::up_to(entropy, policy.backoff(restart)));
        }
        // If the first page failed, its call was retried already.
        let backoff = retry::backoff_after(error, &policy, restart, (clock, entropy)).filter(|_| begun)?;
        // An update has no deadline, so a long `Retry-After` is left to the application.
        (backoff < self.call.limits().timeout && context.engine.budget.withdraw()).then_some(backoff)
    }

    /// Fetches the pages once. The error comes with whether it happened after the first page.
    async fn collect(&self) -> Result<Update<R>, (Error, bool)> {
        let mut request = self.request.clone();
        let mut update = Update::begun_at(request.cursor());
        let mut accounts = Accounts::default();
        loop {
            let begun = update.pages > 0;
            let page = self.page(&request, begun).await.map_err(|error| (error, begun))?;
            let SyncPage { added, modified, removed, accounts: of_page, next_cursor, has_more, status } = R::take(page);
            update.pages += 1;
            update.added.extend(added);
            update.modified.extend(modified);
            update.removed.extend(removed);
            accounts.merge::<R>(&mut update.accounts, of_page);
            update.status = status;
            let moved = !next_cursor.is_empty() && update.cursor.as_deref() != Some(&*next_cursor);
            // The cursor is empty while the Item is not ready. Keep the old one then.
            if !next_cursor.is_empty() {
                update.cursor = Some(next_cursor);
            }
            if !has_more {
                return Ok(update);
            }
            if !moved {
                return Err((
                    Error::pagination(
                        self.call.operation(),
                        "the page reports more changes, but its cursor did not change",
                    ),
                    false,
                ));
            }
            request.set_cursor(update.cursor.as_deref());
        }
    }

    async fn page(&self, request: &R, begun: bool) -> Result<R::Page, Error> {
        let call = self.call.again(request);
        if begun { call.retry(RetryPolicy::none()).await } else { call.await }
    }
}

fn explain(error: Error, had_cursor: bool, begun: bool) -> Error {
    if had_cursor && !begun && error.is_invalid_cursor() {
        error.noting("the cursor is from another Item or has expired: start again without one")
    } else {
        error
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
    fn begun_at(cursor: Option<&str>) -> Self {
        Self {
            added: Vec::new(),
            modified: Vec::new(),
            removed: Vec::new(),
            accounts: Vec::new(),
            cursor: cursor.map(str::to_owned),
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
        f.debug_struct("UpdateCall").field("max_restarts", &self.max_restarts).finish_non_exhaustive()
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
