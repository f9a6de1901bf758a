//! The pools of connections: one for each tokio runtime.
//!
//! A pooled connection is driven by a task of the runtime that opened it. If that runtime is not polled for a while, or has
//! ended, a call from another runtime would wait on it until its timeout. So runtimes never share connections.

use std::collections::HashMap;
use std::future::pending;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use tokio::runtime::{Handle, Id};
use tokio::task::AbortHandle;

use super::{TransportError, TransportErrorKind};

/// Builds the HTTP client of one pool.
pub(super) type Build = Box<dyn Fn() -> Result<reqwest::Client, reqwest::Error> + Send + Sync>;

/// The pools of one client.
pub(super) struct Pools(Arc<Shared>);

struct Shared {
    build: Build,
    table: Mutex<Table>,
}

struct Table {
    /// Built with the client, to report errors early. The first runtime takes it.
    first: Option<reqwest::Client>,
    of_runtimes: HashMap<Id, Entry>,
}

/// What is kept for a runtime until it ends.
struct Entry {
    /// `None` once a pool was retired, until the next call.
    pool: Option<Arc<Pool>>,
    /// The task that notices the end of the runtime.
    watch: Option<AbortHandle>,
}

/// The connections of one runtime.
pub(super) struct Pool {
    pub(super) client: reqwest::Client,
    runtime: Id,
}

impl Pools {
    pub(super) fn new(build: Build) -> Result<Self, reqwest::Error> {
        let table = Table { first: Some(build()?), of_runtimes: HashMap::new() };
        Ok(Self(Arc::new(Shared { build, table: Mutex::new(table) })))
    }

    /// The pool of the current runtime.
    pub(super) fn current(&self) -> Result<Arc<Pool>, TransportError> {
        let Ok(runtime) = Handle::try_current() else {
            let why = "HTTP needs a tokio runtime; without one, use a custom transport or the feature `blocking`";
            return Err(TransportError::new(TransportErrorKind::Connect).with_source(why));
        };
        let id = runtime.id();
        let first = {
            let mut table = self.0.table();
            if let Some(pool) = table.of_runtimes.get(&id).and_then(|entry| entry.pool.as_ref()) {
                return Ok(Arc::clone(pool));
            }
            table.first.take()
        };
        // Neither building nor spawning is done under the lock: a runtime that is shutting down drops the task at once.
        let client = match first {
            Some(client) => client,
            None => (self.0.build)()
                .map_err(|error| TransportError::new(TransportErrorKind::Connect).with_source(error.without_url()))?,
        };
        let new = Arc::new(Pool { client, runtime: id });
        let (pool, is_new_runtime) = self.0.table().insert(id, new);
        if is_new_runtime {
            let watched = Watched { pools: Arc::downgrade(&self.0), runtime: id };
            let watch = runtime.spawn(async move {
                let _watched = watched;
                pending::<()>().await;
            });
            if let Some(entry) = self.0.table().of_runtimes.get_mut(&id) {
                entry.watch = Some(watch.abort_handle());
            }
        }
        Ok(pool)
    }

    /// Gives up a pool with a connection that no longer responds. Requests in flight go on, and the next one connects anew.
    pub(super) fn retire(&self, pool: &Arc<Pool>) {
        let mut table = self.0.table();
        if let Some(entry) = table.of_runtimes.get_mut(&pool.runtime) {
            // Another call may have retired it before.
            let retired = entry.pool.take_if(|current| Arc::ptr_eq(current, pool));
            drop(table);
            drop(retired);
        }
    }
}

impl Shared {
    // No code panics while it holds the lock.
    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    /// Adds a pool, unless another thread of the same runtime was faster. Returns the pool to use, and whether the runtime is
    /// new.
    fn insert(&mut self, runtime: Id, new: Arc<Pool>) -> (Arc<Pool>, bool) {
        match self.of_runtimes.get_mut(&runtime) {
            Some(entry) => (Arc::clone(entry.pool.get_or_insert(new)), false),
            None => {
                self.of_runtimes.insert(runtime, Entry { pool: Some(Arc::clone(&new)), watch: None });
                (new, true)
            }
        }
    }
}

/// Removes a runtime's pool when the runtime drops its tasks, that is, when it ends.
struct Watched {
    pools: Weak<Shared>,
    runtime: Id,
}

impl Drop for Watched {
    fn drop(&mut self) {
        if let Some(pools) = self.pools.upgrade() {
            let removed = pools.table().of_runtimes.remove(&self.runtime);
            drop(removed);
        }
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        let table = self.table.get_mut().unwrap_or_else(PoisonError::into_inner);
        for watch in table.of_runtimes.values().filter_map(|entry| entry.watch.as_ref()) {
            watch.abort();
        }
    }
}
