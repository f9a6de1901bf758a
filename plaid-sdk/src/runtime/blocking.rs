//! Waiting for calls without async.

use std::sync::OnceLock;

use tokio::runtime::{Builder, Handle, Runtime};

use crate::runtime::call::Call;
use crate::runtime::error::Error;
use crate::runtime::response::Response;

/// Waits for a call, or for another future of this crate: an update of transactions, the next element of a list.
///
/// ```no_run
/// use plaid_sdk::Client;
/// use plaid_sdk::blocking::wait;
/// use plaid_sdk::transfer::TransferListRequest;
/// # fn demo() -> Result<(), plaid_sdk::Error> {
///
/// let plaid = Client::from_env()?;
/// let mut items = plaid.transfer_list(TransferListRequest::new()).items();
/// while let Some(item) = wait(items.next_item())? {
///     // …
/// }
/// # Ok(())
/// # }
/// ```
///
/// One background thread does the work for all threads that wait.
///
/// # Errors
/// Those of the call, and an error if it runs on a thread of an async runtime, which it would block. Use `.await` there.
pub fn wait<T>(call: impl IntoFuture<Output = Result<T, Error>>) -> Result<T, Error> {
    if Handle::try_current().is_ok() {
        return Err(Error::build("`blocking` can't be used inside an async runtime: use `.await`".to_owned()));
    }
    runtime()?.block_on(call.into_future())
}

/// Without async.
impl<R: Response, Q> Call<R, Q> {
    /// Sends the call and waits for its response; see [`wait`](crate::blocking::wait()).
    ///
    /// # Errors
    /// Those of [`wait`](crate::blocking::wait()).
    pub fn wait(self) -> Result<R, Error> {
        wait(self)
    }
}

fn runtime() -> Result<&'static Runtime, Error> {
    static RUNTIME: OnceLock<Result<Runtime, String>> = OnceLock::new();
    let start = || {
        let mut builder = Builder::new_multi_thread();
        builder.worker_threads(1).thread_name("plaid-sdk").enable_all().build().map_err(|error| error.to_string())
    };
    let runtime = RUNTIME.get_or_init(start).as_ref();
    runtime.map_err(|error| Error::build(format!("the background thread can't be started: {error}")))
}
