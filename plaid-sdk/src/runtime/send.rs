//! Sends a request, and retries it where that is safe and may help.

use std::mem;
use std::sync::Arc;
use std::time::Duration;

use tracing::Instrument as _;

use crate::runtime::attempts::{Attempts, FailedAttempt};
use crate::runtime::context::Engine;
use crate::runtime::error::Error;
use crate::runtime::observe;
use crate::runtime::received::Received;
use crate::runtime::redact::Secrets;
use crate::runtime::request::{Draft, PreparedRequest};
use crate::runtime::retry;
use crate::runtime::transport::Limits;

/// Sends a request and returns the response if it is successful, with what must not be printed of it. Logs and reports the call.
pub(crate) async fn send(draft: Box<Draft>) -> Result<(Received, Secrets), Error> {
    let (operation, context) = (draft.operation(), Arc::clone(draft.context()));
    let engine = &context.engine;
    let span = observe::span(operation);
    let secrets = draft.secrets();
    let result = match draft.finish() {
        Ok(prepared) => attempt(engine, prepared, &secrets).instrument(span.clone()).await,
        Err(problem) => Err(Error::build(secrets.text(&problem).into_owned()).during(operation)),
    };
    observe::end(engine.observer(), operation, &span, &result, &secrets);
    Ok((result?, secrets))
}

/// Sends the request until it succeeds, fails with an error that is not retried, or exhausts its timeout, attempts or budget.
async fn attempt(engine: &Engine, prepared: PreparedRequest, secrets: &Secrets) -> Result<Received, Error> {
    let PreparedRequest { operation, mut request, limits, policy, idempotent, key } = prepared;
    let (clock, entropy) = (&*engine.clock, &*engine.entropy);
    let start = clock.monotonic();
    let elapsed = || clock.monotonic().saturating_sub(start);
    let mut attempts = Attempts::with_key(key);
    engine.budget.deposit();
    loop {
        let left = limits.timeout.saturating_sub(attempts.elapsed());
        attempts.start();
        // The last attempt takes the request without a copy.
        let next = if attempts.count() < policy.attempts() { request.clone() } else { mem::take(&mut request) };
        let exchange = engine.transport.send(next, Limits { timeout: policy.limit(left), ..limits });
        let result = match exchange.await {
            Ok(response) => accept(Received::new(operation, response), secrets),
            Err(error) => Err(Error::transport(operation, error, secrets)),
        };
        attempts.set_elapsed(elapsed());
        let error = match result {
            Ok(response) => return Ok(response.after(attempts)),
            Err(error) => error,
        };
        let backoff = retry::backoff(&error, idempotent, &policy, attempts.count(), (clock, entropy))
            // A backoff beyond the deadline would only delay the error.
            .filter(|backoff| attempts.elapsed().saturating_add(*backoff) < limits.timeout)
            .filter(|_| engine.budget.withdraw());
        let Some(backoff) = backoff else { return Err(error.after(attempts)) };
        observe::retry(engine.observer(), operation, &error, backoff);
        attempts.add_failed(failed(&error, attempts.elapsed(), backoff), error.may_have_been_carried_out());
        clock.sleep(backoff).await;
        attempts.set_elapsed(elapsed());
    }
}

/// Returns an error for any status but a success.
fn accept(response: Received, secrets: &Secrets) -> Result<Received, Error> {
    if response.status().is_success() { Ok(response) } else { Err(Error::refused(response, secrets)) }
}

fn failed(error: &Error, elapsed: Duration, backoff: Duration) -> FailedAttempt {
    let transport = error.transport_error().map(|error| error.kind());
    FailedAttempt { status: error.status(), code: error.code().cloned(), transport, elapsed, backoff }
}
