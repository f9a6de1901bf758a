//! The transport with reqwest.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use super::pools::{Pool, Pools};
use super::request_body::RequestBody;
use super::{Limits, Transport, TransportError, TransportFuture, failure, response_body};

/// Changes the settings of the HTTP client.
pub(crate) type Customize = Arc<dyn Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync>;

/// An HTTP/2 connection is checked by a ping after this time without a frame, also while it is idle.
const PING_INTERVAL: Duration = Duration::from_secs(20);
/// It is given up after this time without an answer to the ping.
const PING_TIMEOUT: Duration = Duration::from_secs(10);

/// HTTP/1.1 and HTTP/2 over TLS, with a pool of connections for each tokio runtime.
pub(crate) struct HttpTransport(Pools);

/// The settings of an [`HttpTransport`].
#[derive(Clone)]
pub(crate) struct HttpSettings {
    pub(crate) connect_timeout: Duration,
    /// Whether the base URL is `http`.
    pub(crate) is_plain: bool,
    pub(crate) customize: Option<Customize>,
}

impl HttpSettings {
    fn build(&self) -> Result<reqwest::Client, reqwest::Error> {
        let mut builder = reqwest::Client::builder()
            .connect_timeout(self.connect_timeout)
            .http2_keep_alive_interval(PING_INTERVAL)
            .http2_keep_alive_timeout(PING_TIMEOUT)
            .http2_keep_alive_while_idle(true);
        if self.is_plain {
            // `HTTP_PROXY` and `ALL_PROXY` would get the credentials in clear. A proxy for https sees only a tunnel.
            builder = builder.no_proxy();
        }
        if let Some(customize) = &self.customize {
            builder = customize(builder);
        }
        // Last, so that no customization changes it: a redirect would forward the credentials, and a retry would not be counted.
        builder.redirect(reqwest::redirect::Policy::none()).retry(reqwest::retry::never()).build()
    }
}

impl HttpTransport {
    pub(crate) fn new(settings: HttpSettings) -> Result<Self, reqwest::Error> {
        Pools::new(Box::new(move || settings.build())).map(Self)
    }

    async fn exchange(&self, request: Request<Bytes>, limits: Limits) -> Result<Response<Bytes>, TransportError> {
        let pool = self.0.current()?;
        let result = exchange(&pool, request, limits).await;
        if result.as_ref().is_err_and(failure::is_stall) {
            // The connection may be dead, or answer pings and nothing else.
            self.0.retire(&pool);
        }
        result
    }
}

async fn exchange(pool: &Pool, request: Request<Bytes>, limits: Limits) -> Result<Response<Bytes>, TransportError> {
    let method = request.method().clone();
    let (head, body) = request.into_parts();
    let (body, sent) = RequestBody::new(body);
    let request = Request::from_parts(head, reqwest::Body::wrap(body));
    let mut request = reqwest::Request::try_from(request).map_err(|error| failure::without_response(error, false))?;
    *request.timeout_mut() = Some(limits.timeout);
    let response = pool.client.execute(request).await;
    let response = response.map_err(|error| failure::without_response(error, sent.get()))?;
    response_body::read(response, &method, limits.response).await
}

impl Transport for HttpTransport {
    fn send(&self, request: Request<Bytes>, limits: Limits) -> TransportFuture<'_> {
        Box::pin(self.exchange(request, limits))
    }
}

impl fmt::Debug for HttpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpTransport").finish_non_exhaustive()
    }
}
