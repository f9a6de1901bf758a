//! What a program can see of its calls: spans and events by `tracing`, and a hook for metrics.
//!
//! Neither ever sees a body, a header or a token.

use std::time::Duration;

use http::StatusCode;
use tracing::field::Empty;
use tracing::{Span, debug, info_span};

use crate::Error;
use crate::attempts::Attempts;
use crate::client::Client;
use crate::operation::Operation;
use crate::response::RawResponse;

/// Is told of each call of a client, for metrics. Set by [`ClientBuilder::observer`](crate::ClientBuilder::observer).
///
/// It is called in the middle of the program's work: count, and return. Calls that are dropped before they are done are
/// not told of.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use plaid_sdk::{Client, Environment, Observed, Observer};
///
/// #[derive(Default)]
/// struct Failures(AtomicU64);
///
/// impl Observer for Failures {
///     fn call(&self, call: &Observed<'_>) {
///         self.0.fetch_add(u64::from(call.error.is_some()), Ordering::Relaxed);
///     }
/// }
///
/// let builder = Client::builder().environment(Environment::Sandbox).credentials("id", "secret");
/// let plaid = builder.observer(Failures::default()).build()?;
/// # Ok::<(), plaid_sdk::Error>(())
/// ```
pub trait Observer: Send + Sync + 'static {
    /// A call has ended, with a good response or without.
    fn call(&self, call: &Observed<'_>);

    /// An attempt has failed, and the call is sent again after this pause.
    fn retry(&self, operation: &'static Operation, error: &Error, pause: Duration) {
        let _ = (operation, error, pause);
    }

    /// The good response of a call that has ended can't be read: it has another shape than this version of the SDK knows.
    fn unreadable(&self, error: &Error) {
        let _ = error;
    }
}

/// A call that has ended.
#[derive(Debug)]
#[non_exhaustive]
pub struct Observed<'a> {
    /// The operation that was called.
    pub operation: &'static Operation,
    /// The HTTP status of the last attempt's response, if one came.
    pub status: Option<StatusCode>,
    /// How often it was sent, and how long it took in all.
    pub attempts: &'a Attempts,
    /// Why it failed, if it did.
    pub error: Option<&'a Error>,
}

/// The span that a call runs in.
pub(crate) fn span(operation: &Operation) -> Span {
    info_span!(
        "plaid.call",
        operation = operation.name(),
        status = Empty,
        attempts = Empty,
        elapsed_ms = Empty,
        request_id = Empty,
        error = Empty,
    )
}

/// Tells of an attempt that is not the last.
pub(crate) fn retry(client: &Client, operation: &'static Operation, error: &Error, pause: Duration) {
    debug!(%error, pause_ms = millis(pause), "the call is sent again");
    if let Some(observer) = client.observer() {
        observer.retry(operation, error, pause);
    }
}

/// Tells of the end of a call.
pub(crate) fn end(client: &Client, operation: &'static Operation, span: &Span, result: &Result<RawResponse, Error>) {
    if !span.is_disabled() {
        let (status, attempts, request_id) = match result {
            Ok(response) => (Some(response.status()), Some(response.attempts()), response.request_id()),
            Err(error) => (error.status(), error.attempts(), error.request_id()),
        };
        status.map(|status| span.record("status", status.as_u16()));
        request_id.map(|id| span.record("request_id", &*crate::redact::text(&id)));
        attempts
            .map(|attempts| span.record("attempts", attempts.count()).record("elapsed_ms", millis(attempts.elapsed())));
        match result {
            Ok(_) => debug!(parent: span, "the call went well"),
            Err(error) => {
                span.record("error", tracing::field::display(error));
                debug!(parent: span, %error, "the call failed");
            }
        }
    }
    let Some(observer) = client.observer() else { return };
    let (status, attempts, error) = match result {
        Ok(response) => (Some(response.status()), Some(response.attempts()), None),
        Err(error) => (error.status(), error.attempts(), Some(error)),
    };
    let none = Attempts::default();
    observer.call(&Observed { operation, status, attempts: attempts.unwrap_or(&none), error });
}

/// Tells of a good response that can't be read.
#[cold]
pub(crate) fn unreadable(client: &Client, error: &Error) {
    debug!(%error, "the response can't be read");
    if let Some(observer) = client.observer() {
        observer.unreadable(error);
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
