//! One call of an operation: created by a method of the client, sent by `.await`.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use serde::Serialize;

use crate::runtime::client::Client;
use crate::runtime::context::Context;
use crate::runtime::credentials::Credentials;
use crate::runtime::error::Error;
use crate::runtime::operation::Operation;
use crate::runtime::parameter::ParameterStyle;
use crate::runtime::received::Received;
use crate::runtime::redact::Secrets;
use crate::runtime::request::Draft;
use crate::runtime::response::{self, Detailed, RawResponse, Response};
use crate::runtime::retry::RetryPolicy;
use crate::runtime::send::send;
use crate::runtime::transport::Limits;
use crate::runtime::wire::Wire;

/// A call of an operation. Awaiting it sends the request and returns an `R`. Set options for this call before `.await`.
///
/// A call owns what it needs: it can be stored, and spawned as a task.
///
/// For a paginated list, `Q` is its request, and [`items`](Self::items) and [`pages`](Self::pages) return the whole list
/// instead of one page. For `/transactions/sync`, [`update`](Self::update) returns all pages of an update. The options of the
/// call hold for each page. For all other operations, `Q` is `()`.
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
pub struct Call<R, Q = ()> {
    draft: Box<Draft>,
    request: Q,
    response: PhantomData<fn() -> R>,
}

/// Options for one call.
impl<R, Q> Call<R, Q> {
    /// The timeout of this call, including retries and backoff, instead of the client's.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.draft.timeout(timeout);
        self
    }

    /// Adds a header, or replaces one that the client sends. The value is treated as a secret and never printed.
    ///
    /// The call fails before it is sent if the name or value is invalid, if the header is about the connection or the length
    /// of the body (`content-length`, `transfer-encoding`, `connection`, `host`, `expect`, `proxy-…` and the like), or if it
    /// carries credentials. For Plaid's, use [`credentials`](Self::credentials). A proxy or gateway that wants `authorization`
    /// gets it by [`ClientBuilder::http`](crate::client::ClientBuilder::http).
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
    pub fn detailed(self) -> Call<Detailed<R>> {
        Call { draft: self.draft, request: (), response: PhantomData }
    }

    /// Returns the raw response: status, headers and bytes. It can be decoded into any type later.
    pub fn raw(self) -> Call<RawResponse> {
        Call { draft: self.draft, request: (), response: PhantomData }
    }
}

/// Building a call. The SDK's methods are built in the same way; use this for operations that this version does not know (see
/// [`Operation`]). Invalid values are reported by `.await`.
impl<R> Call<R> {
    /// A call without parameters or body. To read the response into a type of your own, request it raw:
    ///
    /// ```
    /// # async fn demo<Weather: serde::de::DeserializeOwned>(plaid: plaid_sdk::Client) -> Result<(), plaid_sdk::Error> {
    /// use plaid_sdk::call::{Call, Method, Operation};
    /// use plaid_sdk::response::RawResponse;
    ///
    /// const WEATHER_GET: &Operation = &Operation::new("weatherGet", Method::Post, "/weather/get");
    /// let response: RawResponse = Call::new(&plaid, WEATHER_GET).await?;
    /// let weather: Weather = response.json()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn new(client: &Client, operation: &'static Operation) -> Self {
        Self { draft: Draft::new(client.context(), operation), request: (), response: PhantomData }
    }

    /// Sets the body to JSON.
    pub fn json(mut self, body: &(impl Serialize + ?Sized)) -> Self {
        self.draft.json(serde_json::to_vec(body));
        self
    }

    /// Sets the body to a form (`application/x-www-form-urlencoded`).
    pub fn form(self, body: &(impl Serialize + ?Sized)) -> Self {
        self.form_styled(body, &[])
    }

    /// Sets the body to a form in which some properties have a style of their own.
    pub fn form_styled(self, body: &(impl Serialize + ?Sized), styles: &[(&str, ParameterStyle)]) -> Self {
        self.with("the body", body, |draft, value| draft.form(value.view(), styles))
    }

    /// Sets the body and its content type.
    pub fn bytes(mut self, content_type: &'static str, body: impl Into<Bytes>) -> Self {
        self.draft.body(content_type, body.into());
        self
    }

    /// Sets a path parameter. Its value is escaped, so that it stays one segment of the path.
    pub fn path(self, name: &str, value: &(impl Serialize + ?Sized)) -> Self {
        self.with(name, value, |draft, value| draft.path(name, value.view()))
    }

    /// Adds a query parameter in this style, unless the value is `null`.
    pub fn query(self, name: &str, value: &(impl Serialize + ?Sized), style: ParameterStyle) -> Self {
        self.with(name, value, |draft, value| draft.query(name, value.view(), style))
    }

    /// Adds a header parameter, unless the value is `null`.
    pub fn header_parameter(self, name: &str, value: &(impl Serialize + ?Sized)) -> Self {
        self.with(name, value, |draft, value| draft.header_parameter(name, value.view()))
    }

    fn with(
        mut self,
        name: &str,
        value: &(impl Serialize + ?Sized),
        set: impl FnOnce(&mut Draft, serde_json::Value),
    ) -> Self {
        match serde_json::to_value(value) {
            Ok(value) => set(&mut self.draft, value),
            Err(error) => self.draft.fail(|| format!("{name} can't be serialized: {error}")),
        }
        self
    }
}

/// Building the calls of generated methods.
#[allow(dead_code, reason = "the enabled products decide which of them are used")]
impl<R> Call<R> {
    pub(crate) fn json_of(mut self, body: &impl Wire) -> Self {
        self.draft.json_of(body.view());
        self
    }

    pub(crate) fn form_of(mut self, body: &impl Wire, styles: &[(&str, ParameterStyle)]) -> Self {
        self.draft.form(body.view(), styles);
        self
    }

    pub(crate) fn path_of(mut self, name: &str, value: &impl Wire) -> Self {
        self.draft.path(name, value.view());
        self
    }

    pub(crate) fn query_of(mut self, name: &str, value: &impl Wire, style: ParameterStyle) -> Self {
        self.draft.query(name, value.view(), style);
        self
    }

    pub(crate) fn header_of(mut self, name: &str, value: &impl Wire) -> Self {
        self.draft.header_parameter(name, value.view());
        self
    }

    /// Keeps the request, to request further pages.
    pub(crate) fn keep<Q>(self, request: Q) -> Call<R, Q> {
        Call { draft: self.draft, request, response: PhantomData }
    }
}

impl<R, Q> Call<R, Q> {
    /// The call without its request, and the request.
    pub(crate) fn into_parts(self) -> (Call<R>, Q) {
        (Call { draft: self.draft, request: (), response: PhantomData }, self.request)
    }
}

impl<R> Call<R> {
    /// The same call with another request.
    pub(crate) fn again(&self, request: &impl Wire) -> Self {
        let mut draft = self.draft.clone();
        draft.json_of(request.view());
        Self { draft, request: (), response: PhantomData }
    }

    pub(crate) fn context(&self) -> &Arc<Context> {
        self.draft.context()
    }

    pub(crate) fn retry_policy(&self) -> RetryPolicy {
        self.draft.retry_policy()
    }

    pub(crate) fn limits(&self) -> Limits {
        self.draft.limits()
    }
}

impl<R: Response, Q> IntoFuture for Call<R, Q> {
    type Output = Result<R, Error>;
    type IntoFuture = CallFuture<R>;

    fn into_future(self) -> CallFuture<R> {
        CallFuture { context: Arc::clone(self.draft.context()), response: start(self.draft), read: PhantomData }
    }
}

type ResponseFuture = Pin<Box<dyn Future<Output = Result<(Received, Secrets), Error>> + Send>>;

// Not generic, so it is compiled once, in this crate.
fn start(draft: Box<Draft>) -> ResponseFuture {
    Box::pin(send(draft))
}

/// The future of a [`Call`].
#[must_use = "a call does nothing unless awaited"]
pub struct CallFuture<R> {
    context: Arc<Context>,
    response: ResponseFuture,
    read: PhantomData<fn() -> R>,
}

impl<R: Response> Future for CallFuture<R> {
    type Output = Result<R, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut std::task::Context<'_>) -> Poll<Self::Output> {
        let (response, secrets) = ready!(self.response.as_mut().poll(context))?;
        Poll::Ready(response::read(response, &self.context, secrets))
    }
}

impl<R, Q> fmt::Debug for Call<R, Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.draft, f)
    }
}

impl<R> fmt::Debug for CallFuture<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CallFuture")
    }
}
