//! The loop of attempts.

use std::mem;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::Request;

use crate::Error;
use crate::client::Client;
use crate::observe;
use crate::operation::Operation;
use crate::response::RawResponse;
use crate::retry::{self, RetryPolicy};
use crate::transport::Limits;

/// The attempts of a call: their number and duration, the idempotency key, and the last error before the result.
#[derive(Clone, Debug, Default)]
pub struct Attempts {
    count: u32,
    elapsed: Duration,
    previous: Option<Arc<Error>>,
    idempotency_key: Option<Arc<str>>,
    /// Whether Plaid may have executed one of the earlier attempts.
    doubtful: bool,
}

impl Attempts {
    /// The number of attempts, including the last; 0 if nothing was sent.
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// The duration of the call, including backoff.
    pub const fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// The error of the attempt before the last, if there was one.
    pub fn last_error(&self) -> Option<&Error> {
        self.previous.as_deref()
    }

    pub(crate) const fn is_doubtful(&self) -> bool {
        self.doubtful
    }

    /// The idempotency key of the request: its own, or the one that the client added. To repeat the same request later, pass
    /// it to [`Call::idempotency_key`](crate::Call::idempotency_key).
    pub fn idempotency_key(&self) -> Option<&str> {
        self.idempotency_key.as_deref()
    }
}

/// A complete request, with what the loop needs to know.
pub(crate) struct PreparedRequest {
    pub(crate) operation: &'static Operation,
    pub(crate) request: Request<Bytes>,
    pub(crate) limits: Limits,
    pub(crate) policy: RetryPolicy,
    pub(crate) idempotent: bool,
    pub(crate) key: Option<String>,
}

/// Sends the request until it succeeds, fails with an error that is not retried, or exhausts its timeout, attempts or budget.
pub(crate) async fn run(client: &Client, prepared: PreparedRequest) -> Result<RawResponse, Error> {
    let PreparedRequest { operation, mut request, limits, policy, idempotent, key } = prepared;
    let (clock, entropy) = (client.clock(), client.entropy());
    let start = clock.monotonic();
    let mut attempts = Attempts { idempotency_key: key.map(Arc::from), ..Attempts::default() };
    client.retry_budget().deposit();
    loop {
        let left = limits.timeout.saturating_sub(attempts.elapsed);
        attempts.count += 1;
        // The last attempt takes the request without a copy.
        let next = if attempts.count < policy.attempts() { request.clone() } else { mem::take(&mut request) };
        let exchange = client.transport().send(next, Limits { timeout: policy.limit(left), ..limits });
        let result = match exchange.await {
            Ok(response) => RawResponse::new(operation, response).accept(),
            Err(error) => Err(Error::transport(operation, error)),
        };
        attempts.elapsed = clock.monotonic().saturating_sub(start);
        let error = match result {
            Ok(response) => return Ok(response.after(attempts)),
            Err(error) => error,
        };
        let backoff = retry::backoff(&error, idempotent, &policy, attempts.count, (clock, entropy))
            // A backoff beyond the deadline would only delay the error.
            .filter(|backoff| attempts.elapsed.saturating_add(*backoff) < limits.timeout)
            .filter(|_| client.retry_budget().withdraw());
        let Some(backoff) = backoff else { return Err(error.after(attempts)) };
        attempts.doubtful |= error.may_have_been_carried_out();
        observe::retry(client, operation, &error, backoff);
        attempts.previous = Some(Arc::new(error));
        clock.sleep(backoff).await;
        attempts.elapsed = clock.monotonic().saturating_sub(start);
    }
}
