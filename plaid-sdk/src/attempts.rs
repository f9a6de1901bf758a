//! Sends a request as often as its policy allows, and keeps account of it.

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

/// How a call went on its way: how often it was sent, with which idempotency key, and what came of the attempts before
/// the last.
#[derive(Clone, Debug, Default)]
pub struct Attempts {
    count: u32,
    elapsed: Duration,
    previous: Option<Arc<Error>>,
    idempotency_key: Option<Arc<str>>,
    /// Whether one of the attempts before the last may have been carried out.
    doubtful: bool,
}

impl Attempts {
    /// How often the request was sent, the last attempt included; 0 if it never was.
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// How long it took in all, pauses included.
    pub const fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// Why the attempt before the last failed, if there was one.
    pub fn last_error(&self) -> Option<&Error> {
        self.previous.as_deref()
    }

    pub(crate) const fn is_doubtful(&self) -> bool {
        self.doubtful
    }

    /// The idempotency key that the request carried: its own, or the one that the client filled in. Send it again, by
    /// [`Call::idempotency_key`](crate::Call::idempotency_key), to ask for the same thing once more.
    pub fn idempotency_key(&self) -> Option<&str> {
        self.idempotency_key.as_deref()
    }
}

/// A request that is ready to be sent.
pub(crate) struct PreparedRequest {
    pub(crate) operation: &'static Operation,
    pub(crate) request: Request<Bytes>,
    pub(crate) limits: Limits,
    pub(crate) policy: RetryPolicy,
    pub(crate) idempotent: bool,
    pub(crate) key: Option<String>,
}

/// Sends the request until a good response comes, the failure is one that stays, or time, attempts or budget are used up.
pub(crate) async fn run(client: &Client, prepared: PreparedRequest) -> Result<RawResponse, Error> {
    let PreparedRequest { operation, mut request, limits, policy, idempotent, key } = prepared;
    let (clock, entropy) = (client.clock(), client.entropy());
    let start = clock.monotonic();
    let mut attempts = Attempts { idempotency_key: key.map(Arc::from), ..Attempts::default() };
    client.retry_budget().deposit();
    loop {
        let left = limits.timeout.saturating_sub(attempts.elapsed);
        attempts.count += 1;
        // The last attempt needs no copy.
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
        let pause = retry::backoff(&error, idempotent, &policy, attempts.count, (clock, entropy))
            // A pause that ends after the deadline would only delay the news.
            .filter(|pause| attempts.elapsed.saturating_add(*pause) < limits.timeout)
            .filter(|_| client.retry_budget().withdraw());
        let Some(pause) = pause else { return Err(error.after(attempts)) };
        attempts.doubtful |= error.may_have_been_carried_out();
        observe::retry(client, operation, &error, pause);
        attempts.previous = Some(Arc::new(error));
        clock.sleep(pause).await;
        attempts.elapsed = clock.monotonic().saturating_sub(start);
    }
}
