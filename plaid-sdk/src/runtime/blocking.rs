//! Waiting for calls without async.

use std::pin::pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use tokio::runtime::{Builder, Runtime};
use tokio::task::coop;

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
/// One background thread does the work for all threads that wait. It also works where an async runtime allows its threads to
/// block: in tokio's `spawn_blocking` and `block_in_place`, and on a thread that entered a runtime.
///
/// # Errors
/// Those of the call, and an error in async code, which it would block. Use `.await` there.
pub fn wait<T>(call: impl IntoFuture<Output = Result<T, Error>>) -> Result<T, Error> {
    if is_async() {
        return Err(Error::build("`blocking` can't be used in async code: use `.await`".to_owned()));
    }
    let _entered = runtime()?.enter();
    let mut future = pin!(call.into_future());
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    // Not `Runtime::block_on`, which panics where it takes the thread for one of async code. Sockets and timers are driven by
    // the background thread, so it is enough to wait until it wakes this one.
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(result) => return result,
            Poll::Pending => thread::park(),
        }
    }
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

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Whether this is code that tokio polls.
///
/// Tokio has no function for that, but it polls futures with a budget of 128 steps, and code that may block without one. All
/// steps that are taken here are given back.
fn is_async() -> bool {
    const MORE_THAN_ANY_BUDGET: usize = 256;
    let mut context = Context::from_waker(Waker::noop());
    let mut steps = Vec::new();
    while steps.len() < MORE_THAN_ANY_BUDGET {
        match coop::poll_proceed(&mut context) {
            Poll::Ready(step) => steps.push(step),
            Poll::Pending => break,
        }
    }
    let is_limited = steps.len() < MORE_THAN_ANY_BUDGET;
    // A step gives back what was left before it, so the first one must be the last.
    while steps.pop().is_some() {}
    is_limited
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
