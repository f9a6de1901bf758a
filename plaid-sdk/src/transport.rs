//! What carries a request to the server and brings back its response: HTTP by default, anything else by choice.

mod error;
mod http_client;

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

pub(crate) use self::error::causes;
pub use self::error::{TransportError, TransportErrorKind};
pub(crate) use self::http_client::HttpTransport;

/// Carries one request and brings back the response, whatever its status.
///
/// Replace it to answer calls in tests, to record them, or to send them by another HTTP stack. The request is complete:
/// absolute URL, credentials, body. Do not print it: its headers are marked sensitive, its body is not.
///
/// ```
/// use plaid_sdk::bytes::Bytes;
/// use plaid_sdk::http::{Request, Response};
/// use plaid_sdk::{Client, Environment, Limits, Transport, TransportFuture};
///
/// struct Canned(&'static str);
///
/// impl Transport for Canned {
///     fn send(&self, _request: Request<Bytes>, _limits: Limits) -> TransportFuture<'_> {
///         Box::pin(async { Ok(Response::new(Bytes::from_static(self.0.as_bytes()))) })
///     }
/// }
///
/// let transport = Canned(r#"{"request_id": "r1"}"#);
/// let plaid =
///     Client::builder().environment(Environment::Sandbox).credentials("id", "secret").transport(transport).build()?;
/// # Ok::<(), plaid_sdk::Error>(())
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends the request and waits for the whole response. Redirects must not be followed: credentials would go with them.
    fn send(&self, request: Request<Bytes>, limits: Limits) -> TransportFuture<'_>;
}

/// What a [`Transport`] gives: the response, or why there is none.
pub type TransportFuture<'a> = Pin<Box<dyn Future<Output = Result<Response<Bytes>, TransportError>> + Send + 'a>>;

/// How long one exchange may take and how large its response may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The time from the start until the whole response has been read.
    pub timeout: Duration,
    /// The size of the response's body, unpacked, in bytes.
    pub response: usize,
}

impl Default for Limits {
    /// 60 seconds and 64 MiB.
    fn default() -> Self {
        Self { timeout: Duration::from_secs(60), response: 64 << 20 }
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: Request<Bytes>, limits: Limits) -> TransportFuture<'_> {
        (**self).send(request, limits)
    }
}

impl fmt::Debug for dyn Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Transport")
    }
}
