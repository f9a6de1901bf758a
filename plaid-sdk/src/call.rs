//! One call of an operation: made by a method of the client, sent by `.await`.

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

/// A call that is sent when it is awaited, and gives an `R`. Options for this call alone go in between.
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
/// # Cancelling
///
/// Dropping the future before it is done abandons the call, at any point, and leaves the client as it was: the connection
/// is closed if it was in use, no attempt is made any more. A request that was already sent may be carried out all the
/// same, just as after a timeout. To learn what became of one that moves money, call again with the same
/// [`idempotency_key`](Self::idempotency_key), which you have to choose yourself for that: a key that the client filled in
/// is lost with the future.
#[must_use = "a call is sent when it is awaited"]
pub struct Call<'c, R> {
    draft: Box<Draft<'c>>,
    response: PhantomData<fn() -> R>,
}

/// Options for one call.
impl<'c, R> Call<'c, R> {
    /// How long this call may take in all, repeated attempts and the pauses between them included, instead of the client's
    /// timeout.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.draft.timeout(timeout);
        self
    }

    /// Sends one more header, or another value for one that is sent anyway. A name or value that HTTP can't carry makes
    /// the call fail before it is sent. The value is treated as secret: never printed.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.draft.header(name, value);
        self
    }

    /// How this call is repeated if it fails, instead of the client's policy: [`RetryPolicy::none`] for one attempt.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.draft.retry(policy);
        self
    }

    /// The key by which Plaid recognises a request that it has had before, and does not carry it out again. The client
    /// fills in a new one for operations that take one; choose it yourself (an order's number, a UUID stored before the
    /// call) so that the same thing can be asked for again later, even by another process.
    ///
    /// An operation that takes none makes the call fail before it is sent, as does a request that holds another key.
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.draft.idempotency_key(key.into());
        self
    }

    /// On whose behalf this call is made, instead of the client's credentials; see
    /// [`Client::with_credentials`] for many calls.
    pub fn credentials(mut self, credentials: &Credentials) -> Self {
        self.draft.credentials(credentials);
        self
    }

    /// The operation that is called.
    pub fn operation(&self) -> &'static Operation {
        self.draft.operation()
    }

    /// Gives what the operation gives together with how it came: status, request id, attempts, idempotency key.
    pub fn detailed(self) -> Call<'c, Detailed<R>> {
        Call { draft: self.draft, response: PhantomData }
    }

    /// Gives the response as it came: status, headers and bytes, to be read into any type afterwards.
    pub fn raw(self) -> Call<'c, RawResponse> {
        Call { draft: self.draft, response: PhantomData }
    }
}

/// How the SDK's own methods are made, and calls of operations that it does not know (see [`Operation`]). What can't be
/// sent is told by the [`Error`] of `.await`.
impl<'c, R> Call<'c, R> {
    /// A call without parameters and body.
    pub fn new(client: &'c Client, operation: &'static Operation) -> Self {
        Self { draft: Draft::new(client, operation), response: PhantomData }
    }

    /// Sets the body, as JSON.
    pub fn json(mut self, body: &impl Wire) -> Self {
        self.draft.json(body.view());
        self
    }

    /// Sets the body, as a form (`application/x-www-form-urlencoded`).
    pub fn form(mut self, body: &impl Wire) -> Self {
        self.draft.form(body.view(), &[]);
        self
    }

    /// Sets the body, as a form in which these properties have a style of their own.
    pub fn form_styled(mut self, body: &impl Wire, styles: &[(&str, ParameterStyle)]) -> Self {
        self.draft.form(body.view(), styles);
        self
    }

    /// Sets the body, of this media type.
    pub fn bytes(mut self, content_type: &'static str, body: Bytes) -> Self {
        self.draft.body(content_type, body);
        self
    }

    /// Fills in the parameter of this name in the path. Whatever it holds, it stays one segment of the path.
    pub fn path(mut self, name: &str, value: &impl Wire) -> Self {
        self.draft.path(name, value.view());
        self
    }

    /// Adds a parameter to the query; none where the value is missing. A list repeats the parameter if `explode`, and
    /// is joined by commas otherwise.
    pub fn query(self, name: &str, value: &impl Wire, explode: bool) -> Self {
        self.query_styled(name, value, if explode { ParameterStyle::FormExploded } else { ParameterStyle::Form })
    }

    /// Adds a parameter of this style to the query; none where the value is missing.
    pub fn query_styled(mut self, name: &str, value: &impl Wire, style: ParameterStyle) -> Self {
        self.draft.query(name, value.view(), style);
        self
    }

    /// Adds a parameter that travels as a header; none where the value is missing.
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

// Not generic: compiled once, in this crate.
fn send(draft: Box<Draft<'_>>) -> ResponseFuture<'_> {
    Box::pin(draft.send())
}

/// A [`Call`] on its way.
#[must_use = "a call is sent when it is awaited"]
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
