//! An update of transactions: collected whole, or not at all.

use std::collections::HashMap;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use crate::Error;
use crate::call::Call;
use crate::client::Client;
use crate::clock;
use crate::operation::Operation;
use crate::response::Response;
use crate::retry::RetryPolicy;

/// The request of an operation that gives what has changed since a cursor, page after page: `/transactions/sync` and
/// `/processor/transactions/sync`.
///
/// The SDK's requests implement it.
pub trait Synced: Clone + Send + Sync + 'static {
    /// The response.
    type Page: Response + Send + 'static;
    /// A transaction.
    type Transaction: Send + 'static;
    /// What is told of a transaction that went away.
    type Removed: Send + 'static;
    /// An account that transactions belong to.
    type Account: Send + 'static;

    /// Calls the operation with this request.
    fn call<'c>(&self, client: &'c Client) -> Call<'c, Self::Page>;

    /// The cursor that it begins at.
    fn cursor(&self) -> Option<&str>;

    /// Makes it begin there; at the beginning if there is none.
    fn set_cursor(&mut self, cursor: Option<&str>);

    /// How many changes it asks for at once.
    fn count(&self) -> Option<i64>;

    /// Makes it ask for that many.
    fn set_count(&mut self, count: i64);

    /// Takes a response apart.
    fn take(page: Self::Page) -> SyncPage<Self>;

    /// The id of an account.
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

/// All that has changed in the transactions of an Item since a cursor.
///
/// Store the changes and the cursor in one go, so that neither is there without the other.
#[non_exhaustive]
pub struct Update<R: Synced> {
    /// Transactions that are new.
    pub added: Vec<R::Transaction>,
    /// Transactions that have changed.
    pub modified: Vec<R::Transaction>,
    /// Transactions that went away, pending ones that were posted among them.
    pub removed: Vec<R::Removed>,
    /// The accounts that the changes belong to, as they were last seen.
    pub accounts: Vec<R::Account>,
    /// Where the next update begins; `None` for the beginning, if there is nothing yet.
    pub cursor: Option<String>,
    /// How far Plaid is with fetching the Item's transactions: `NOT_READY`, `INITIAL_UPDATE_COMPLETE` (30 days),
    /// `HISTORICAL_UPDATE_COMPLETE`, or what else it says.
    pub status: String,
    /// How many pages it came in.
    pub pages: u32,
    /// How often it was begun anew since the data changed while it was read, or since a page could not be had.
    pub restarts: u32,
}

impl<R: Synced> Update<R> {
    /// Whether Plaid has not fetched any transactions yet, so that having none means nothing. Ask again in some seconds, or
    /// wait for the webhook `SYNC_UPDATES_AVAILABLE`, which is only sent for Items that have been asked for once.
    pub fn is_not_ready(&self) -> bool {
        self.status == "NOT_READY" || self.cursor.is_none()
    }

    /// Whether there is nothing to store but the cursor.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.modified.is_empty() && self.removed.is_empty()
    }
}

/// A call for an update. What [`Client::sync`](crate::Client::sync) gives; await it.
///
/// Pages of one update belong together. If the data changes between two of them
/// (`TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION`), or a page can't be had for a while, those that came are dropped and
/// the update is begun anew from its first cursor, as Plaid prescribes. Nothing comes of an update that fails in the end, or
/// of a future that is dropped: the cursor that it began with stays good.
///
/// ```
/// # async fn demo(plaid: plaid_sdk::Client, request: impl plaid_sdk::paging::Synced) -> Result<(), plaid_sdk::Error> {
/// let update = plaid.sync(request).await?;
/// if update.is_not_ready() {
///     println!("nothing is known yet");
/// }
/// println!("{} new, go on from {:?}", update.added.len(), update.cursor);
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is fetched before it is awaited"]
pub struct SyncCall<'c, R: Synced> {
    client: &'c Client,
    request: R,
    max_restarts: u32,
    options: Option<Options<R::Page>>,
}

type Options<P> = Arc<dyn for<'c> Fn(Call<'c, P>) -> Call<'c, P> + Send + Sync>;

/// As many as Plaid allows.
const LARGEST_PAGE: i64 = 500;

impl<'c, R: Synced> SyncCall<'c, R> {
    pub(super) fn new(client: &'c Client, mut request: R) -> Self {
        // Fewer pages are fewer chances for the data to change in between.
        if request.count().is_none() {
            request.set_count(LARGEST_PAGE);
        }
        if request.cursor() == Some("") {
            request.set_cursor(None);
        }
        Self { client, request, max_restarts: 5, options: None }
    }

    /// How many changes are fetched at once, from 1 to 500: 500 if neither this nor the request says.
    pub fn page_size(mut self, changes: i64) -> Self {
        self.request.set_count(changes.clamp(1, LARGEST_PAGE));
        self
    }

    /// How often the update may be begun anew: five times if not set.
    pub fn max_restarts(mut self, restarts: u32) -> Self {
        self.max_restarts = restarts;
        self
    }

    /// Sets options for the call of each page. Pages after the first are not repeated by themselves, whatever the retry
    /// policy: the update is.
    pub fn options<F>(mut self, options: F) -> Self
    where
        F: for<'a> Fn(Call<'a, R::Page>) -> Call<'a, R::Page> + Send + Sync + 'static,
    {
        self.options = Some(Arc::new(options));
        self
    }

    async fn run(self) -> Result<Update<R>, Error> {
        let mut restarts = 0;
        loop {
            let (error, begun) = match self.collect().await {
                Ok(update) => return Ok(Update { restarts, ..update }),
                Err(failure) => failure,
            };
            let mutated = error.code() == Some("TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION");
            // A call that fails on the first page has been repeated already.
            let passes = mutated || begun && error.is_retryable() && self.client.retry_budget().withdraw();
            if !passes || restarts >= self.max_restarts {
                return Err(explain(error, self.request.cursor().is_some(), begun));
            }
            restarts += 1;
            tracing::debug!(restarts, %error, "an update of transactions is begun anew");
            let most = self.client.retry_policy().backoff(restarts);
            self.client.clock().sleep(clock::up_to(self.client.entropy(), most)).await;
        }
    }

    /// Collects the pages once. A failure says whether it came after the first page.
    async fn collect(&self) -> Result<Update<R>, (Error, bool)> {
        let mut request = self.request.clone();
        let mut update = Update::begun_at(request.cursor());
        let mut accounts = Accounts::default();
        loop {
            let begun = update.pages > 0;
            let (operation, page) = self.page(&request, begun).await.map_err(|error| (error, begun))?;
            let SyncPage { added, modified, removed, accounts: of_page, next_cursor, has_more, status } = R::take(page);
            update.pages += 1;
            update.added.extend(added);
            update.modified.extend(modified);
            update.removed.extend(removed);
            accounts.merge::<R>(&mut update.accounts, of_page);
            update.status = status;
            let moved = !next_cursor.is_empty() && update.cursor.as_deref() != Some(&*next_cursor);
            // An Item that is not ready gives an empty cursor: the old one stays.
            if !next_cursor.is_empty() {
                update.cursor = Some(next_cursor);
            }
            if !has_more {
                return Ok(update);
            }
            if !moved {
                return Err((Error::pagination(operation, "there is more, but the cursor stays where it is"), false));
            }
            request.set_cursor(update.cursor.as_deref());
        }
    }

    async fn page(&self, request: &R, begun: bool) -> Result<(&'static Operation, R::Page), Error> {
        let mut call = request.call(self.client);
        let operation = call.operation();
        if let Some(options) = &self.options {
            call = options(call);
        }
        if begun {
            call = call.retry(RetryPolicy::none());
        }
        Ok((operation, call.await?))
    }
}

fn explain(error: Error, had_cursor: bool, begun: bool) -> Error {
    if had_cursor && !begun && error.is_invalid_cursor() {
        error.noting("the cursor is one of another Item, or no longer kept: begin again without one")
    } else {
        error
    }
}

/// Where the accounts are in the list, by id.
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

impl<'c, R: Synced> IntoFuture for SyncCall<'c, R> {
    type Output = Result<Update<R>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'c>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl<R: Synced> fmt::Debug for SyncCall<'_, R> {
    // Requests hold tokens.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SyncCall").field("max_restarts", &self.max_restarts).finish_non_exhaustive()
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
