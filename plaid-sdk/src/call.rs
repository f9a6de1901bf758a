//! One call of an operation: created by a method of the client, sent by `.await`.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;

use crate::Error;
use crate::client::Client;
use crate::credentials::Credentials;
use crate::observe;
use crate::operation::Operation;
use crate::parameter::ParameterStyle;
use crate::request::Draft;
use crate::response::{Detailed, RawResponse, Response};
use crate::retry::RetryPolicy;
use crate::wire::Wire;

/// A call of an operation. Awaiting it sends the request and returns an `R`. Set options for this call before `.await`.
///
/// ```
/// # async fn demo(plaid: plaid_sdk::Client) -> Result<(), plaid_sdk::Error> {
/// use std::time::Duration;
/// use plaid_sdk::accounts::AccountsGetRequest;
///
/// let response = plaid
///     .accounts_get(AccountsGetRequest::new("access-sandbox-…"))
///     .timeout(Duration::from_secs(10))
///     .await?;
/// # Ok(())
/// # }
/// ```
///
/// # Cancellation
///
/// Dropping the future cancels the call at any point: it closes the connection if it is in use, and makes no further attempt.
/// The client stays usable. As after a timeout, Plaid may still execute a request that was already sent. If it moves money,
/// call again with the same [`idempotency_key`](Self::idempotency_key) to learn the result. For that, choose the key yourself:
/// a key that the client generated is lost with the future.
#[must_use = "a call does nothing unless awaited"]
pub struct Call<'c, R> {
    draft: Box<Draft<'c>>,
    response: PhantomData<fn() -> R>,
}

/// Options for one call.
impl<'c, R> Call<'c, R> {
    /// The timeout of this call, including retries and backoff, instead of the client's.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.draft.timeout(timeout);
        self
    }

    /// Adds a header, or replaces one that the client sends. The value is treated as a secret and never printed.
    ///
    /// The call fails before it is sent if the name or value is invalid, if the header is about the connection or the length
    /// of the body (`content-length`, `transfer-encoding`, `connection`, `host`, `expect`, `proxy-…` and the like), or if it
    /// carries Plaid's credentials. For those, use [`credentials`](Self::credentials).
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.draft.header(name, value);
        self
    }

    /// The retry policy of this call, instead of the client's. [`RetryPolicy::none`] disables retries.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.draft.retry(policy);
        self
    }

    /// The idempotency key: Plaid executes requests with the same key only once. For operations that support one, the client
    /// generates a key. Choose it yourself (an order number, or a UUID that you store before the call) to be able to repeat the
    /// request later, even from another process.
    ///
    /// If the operation does not support a key, or the request already contains another one, the call fails before it is sent.
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.draft.idempotency_key(key.into());
        self
    }

    /// The credentials of this call, instead of the client's. For many calls, see [`Client::with_credentials`].
    pub fn credentials(mut self, credentials: &Credentials) -> Self {
        self.draft.credentials(credentials);
        self
    }

    /// The operation.
    pub fn operation(&self) -> &'static Operation {
        self.draft.operation()
    }

    /// Returns the response with its metadata: status, request id, attempts, idempotency key.
    pub fn detailed(self) -> Call<'c, Detailed<R>> {
        Call { draft: self.draft, response: PhantomData }
    }

    /// Returns the raw response: status, headers and bytes. It can be decoded into any type later.
    pub fn raw(self) -> Call<'c, RawResponse> {
        Call { draft: self.draft, response: PhantomData }
    }
}

/// Building a call. The SDK's methods use this, and so can you, for operations that it does not know (see [`Operation`]).
/// Invalid values are reported by `.await`.
impl<'c, R> Call<'c, R> {
    /// A call without parameters or body.
    pub fn new(client: &'c Client, operation: &'static Operation) -> Self {
        Self { draft: Draft::new(client, operation), response: PhantomData }
    }

    /// Sets the body to JSON.
    pub fn json(mut self, body: &impl Wire) -> Self {
        self.draft.json(body.view());
        self
    }

    /// Sets the body to a form (`application/x-www-form-urlencoded`).
    pub fn form(mut self, body: &impl Wire) -> Self {
        self.draft.form(body.view(), &[]);
        self
    }

    /// Sets the body, as a form in which these properties have a style of their own.
    pub fn form_styled(mut self, body: &impl Wire, styles: &[(&str, ParameterStyle)]) -> Self {
        self.draft.form(body.view(), styles);
        self
    }

    /// Sets the body and its content type.
    pub fn bytes(mut self, content_type: &'static str, body: Bytes) -> Self {
        self.draft.body(content_type, body);
        self
    }

    /// Sets a path parameter. Its value is escaped, so that it stays one segment of the path.
    pub fn path(mut self, name: &str, value: &impl Wire) -> Self {
        self.draft.path(name, value.view());
        self
    }

    /// Adds a query parameter, unless the value is absent. A list repeats the parameter if `explode`, and is joined by commas
    /// otherwise.
    pub fn query(self, name: &str, value: &impl Wire, explode: bool) -> Self {
        self.query_styled(name, value, if explode { ParameterStyle::FormExploded } else { ParameterStyle::Form })
    }

    /// Adds a query parameter in this style, unless the value is absent.
    pub fn query_styled(mut self, name: &str, value: &impl Wire, style: ParameterStyle) -> Self {
        self.draft.query(name, value.view(), style);
        self
    }

    /// Adds a header parameter, unless the value is absent.
    pub fn header_parameter(mut self, name: &str, value: &impl Wire) -> Self {
        self.draft.header_parameter(name, value.view());
        self
    }
}

impl<'c, R: Response> IntoFuture for Call<'c, R> {
    type Output = Result<R, Error>;
    type IntoFuture = CallFuture<'c, R>;

    fn into_future(self) -> CallFuture<'c, R> {
        CallFuture { client: self.draft.client(), response: send(self.draft), read: PhantomData }
    }
}

type ResponseFuture<'c> = Pin<Box<dyn Future<Output = Result<RawResponse, Error>> + Send + 'c>>;

// Not generic, so it is compiled once, in this crate.
fn send(draft: Box<Draft<'_>>) -> ResponseFuture<'_> {
    Box::pin(draft.send())
}

/// The future of a [`Call`].
#[must_use = "a call does nothing unless awaited"]
pub struct CallFuture<'c, R> {
    client: &'c Client,
    response: ResponseFuture<'c>,
    read: PhantomData<fn() -> R>,
}

impl<R: Response> Future for CallFuture<'_, R> {
    type Output = Result<R, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let response = ready!(self.response.as_mut().poll(context))?;
        Poll::Ready(R::read(response).inspect_err(|error| observe::unreadable(self.client, error)))
    }
}

impl<R> fmt::Debug for Call<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.draft, f)
    }
}

impl<R> fmt::Debug for CallFuture<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CallFuture")
    }
}
