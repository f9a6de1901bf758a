//! Logs and metrics of calls: spans and events by `tracing`, and a hook for metrics.
//!
//! Neither contains a body, a header or a token.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use tracing::field::Empty;
use tracing::{Span, debug, info_span, warn};

use crate::runtime::attempts::Attempts;
use crate::runtime::error::Error;
use crate::runtime::operation::Operation;
use crate::runtime::received::Received;
use crate::runtime::redact::{self, Secrets};
use crate::runtime::wire::Deviations;

/// Observes each call of a client, for metrics. Set it with [`ClientBuilder::observer`](crate::client::ClientBuilder::observer).
///
/// Its methods run within the call, so they should return quickly. Calls that are dropped before they finish are not reported.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use plaid_sdk::observe::{Observed, Observer};
/// use plaid_sdk::{Client, Environment};
///
/// #[derive(Default)]
/// struct Failures(AtomicU64);
///
/// impl Observer for Failures {
///     fn on_call(&self, call: &Observed<'_>) {
///         self.0.fetch_add(u64::from(call.error.is_some()), Ordering::Relaxed);
///     }
/// }
///
/// let builder = Client::builder().environment(Environment::Sandbox).credentials("id", "secret");
/// let plaid = builder.observer(Failures::default()).build()?;
/// # Ok::<(), plaid_sdk::Error>(())
/// ```
pub trait Observer: Send + Sync + 'static {
    /// A call has finished, with a response or an error.
    fn on_call(&self, call: &Observed<'_>);

    /// An attempt has failed, and the call is retried after this backoff.
    fn on_retry(&self, operation: &'static Operation, error: &Error, backoff: Duration) {
        let _ = (operation, error, backoff);
    }

    /// The response of a successful call can't be decoded: its format differs from what this version of the SDK expects, or from
    /// the type into which the application decodes a raw response.
    fn on_decode_error(&self, error: &Error) {
        let _ = error;
    }

    /// The response of a successful call differs from the API's description, and was read all the same. An alert on this comes
    /// before the first response that can't be decoded.
    fn on_deviations(&self, response: &DeviatingResponse<'_>) {
        let _ = response;
    }

    /// A verified webhook differs from the API's description, and was read all the same. `Verifier::receive` reports it, if the
    /// verifier was created with this client.
    fn on_webhook_deviations(&self, webhook: &DeviatingWebhook<'_>) {
        let _ = webhook;
    }
}

/// A response that differs from the API's description, and was read all the same.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct DeviatingResponse<'a> {
    /// The operation.
    pub operation: &'static Operation,
    /// Plaid's id for the request.
    pub request_id: Option<&'a str>,
    /// What differs. It contains paths and types, and no value of the response.
    pub deviations: &'a Deviations,
}

impl fmt::Debug for DeviatingResponse<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviatingResponse")
            .field("operation", &self.operation)
            .field("request_id", &self.request_id.map(redact::word))
            .field("deviations", &self.deviations)
            .finish()
    }
}

/// A webhook that differs from the API's description, and was read all the same.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct DeviatingWebhook<'a> {
    /// Its `webhook_type`, if it has one: `TRANSACTIONS`.
    pub webhook_type: Option<&'a str>,
    /// Its `webhook_code`, if it has one: `SYNC_UPDATES_AVAILABLE`.
    pub webhook_code: Option<&'a str>,
    /// What differs. It contains paths and types, and no value of the webhook.
    pub deviations: &'a Deviations,
}

impl fmt::Debug for DeviatingWebhook<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviatingWebhook")
            .field("webhook_type", &self.webhook_type.map(redact::word))
            .field("webhook_code", &self.webhook_code.map(redact::word))
            .field("deviations", &self.deviations)
            .finish()
    }
}

impl<T: Observer + ?Sized> Observer for Arc<T> {
    fn on_call(&self, call: &Observed<'_>) {
        (**self).on_call(call);
    }

    fn on_retry(&self, operation: &'static Operation, error: &Error, backoff: Duration) {
        (**self).on_retry(operation, error, backoff);
    }

    fn on_decode_error(&self, error: &Error) {
        (**self).on_decode_error(error);
    }

    fn on_deviations(&self, response: &DeviatingResponse<'_>) {
        (**self).on_deviations(response);
    }

    fn on_webhook_deviations(&self, webhook: &DeviatingWebhook<'_>) {
        (**self).on_webhook_deviations(webhook);
    }
}

/// A finished call.
#[derive(Debug)]
#[non_exhaustive]
pub struct Observed<'a> {
    /// The operation.
    pub operation: &'static Operation,
    /// The HTTP status of the last attempt, if it had a response.
    pub status: Option<StatusCode>,
    /// The number of attempts and the duration.
    pub attempts: &'a Attempts,
    /// The error, if it failed.
    pub error: Option<&'a Error>,
}

/// The span of a call.
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

/// Reports a failed attempt that is retried.
pub(crate) fn retry(observer: Option<&dyn Observer>, operation: &'static Operation, error: &Error, backoff: Duration) {
    debug!(%error, backoff_ms = millis(backoff), "retrying the call");
    if let Some(observer) = observer {
        observer.on_retry(operation, error, backoff);
    }
}

/// Reports the end of a call.
pub(crate) fn end(
    observer: Option<&dyn Observer>,
    operation: &'static Operation,
    span: &Span,
    result: &Result<Received, Error>,
    secrets: &Secrets,
) {
    if !span.is_disabled() {
        let (status, attempts, request_id) = match result {
            Ok(response) => (Some(response.status()), Some(response.attempts()), response.request_id()),
            Err(error) => (error.status(), error.attempts(), error.request_id()),
        };
        status.map(|status| span.record("status", status.as_u16()));
        request_id.map(|id| span.record("request_id", secrets.word(&id)));
        attempts
            .map(|attempts| span.record("attempts", attempts.count()).record("elapsed_ms", millis(attempts.elapsed())));
        match result {
            Ok(_) => debug!(parent: span, "the call succeeded"),
            Err(error) => {
                span.record("error", tracing::field::display(error));
                debug!(parent: span, %error, "the call failed");
            }
        }
    }
    let Some(observer) = observer else { return };
    let (status, attempts, error) = match result {
        Ok(response) => (Some(response.status()), Some(response.attempts()), None),
        Err(error) => (error.status(), error.attempts(), Some(error)),
    };
    let none = Attempts::default();
    observer.on_call(&Observed { operation, status, attempts: attempts.unwrap_or(&none), error });
}

/// Reports a response that can't be decoded.
#[cold]
pub(crate) fn decode_error(observer: Option<&dyn Observer>, error: &Error) {
    debug!(%error, "the response can't be decoded");
    if let Some(observer) = observer {
        observer.on_decode_error(error);
    }
}

/// Reports a response with deviations.
#[cold]
pub(crate) fn deviations(observer: Option<&dyn Observer>, response: &DeviatingResponse<'_>, secrets: &Secrets) {
    warn!(
        operation = response.operation.name(),
        request_id = response.request_id.map(|id| secrets.word(id)),
        count = response.deviations.len(),
        deviations = %response.deviations,
        "the response differs from the API's description"
    );
    if let Some(observer) = observer {
        observer.on_deviations(response);
    }
}

/// Reports a webhook with deviations.
#[cfg(feature = "webhook-verification")]
#[cold]
pub(crate) fn webhook_deviations(observer: Option<&dyn Observer>, webhook: &DeviatingWebhook<'_>) {
    warn!(
        webhook_type = webhook.webhook_type.map(redact::word),
        webhook_code = webhook.webhook_code.map(redact::word),
        count = webhook.deviations.len(),
        deviations = %webhook.deviations,
        "the webhook differs from the API's description"
    );
    if let Some(observer) = observer {
        observer.on_webhook_deviations(webhook);
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
