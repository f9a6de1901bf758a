//! The transport, which sends a request and returns the response. HTTP by default.

mod error;
mod failure;
mod http_client;
mod pools;
mod request_body;
mod response_body;

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

pub(crate) use self::error::causes;
pub use self::error::{TransportError, TransportErrorKind};
pub(crate) use self::http_client::{Customize, HttpSettings, HttpTransport};

/// Sends a request and returns the response, whatever its status.
///
/// Implement it to answer calls in tests, to record them, or to use another HTTP stack. The request is complete: absolute URL,
/// credentials, body. Do not print it: its headers are marked as sensitive, but its body is not.
///
/// ```
/// use plaid_sdk::bytes::Bytes;
/// use plaid_sdk::http::{Request, Response};
/// use plaid_sdk::transport::{Limits, Transport, TransportFuture};
/// use plaid_sdk::{Client, Environment};
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
    /// Sends the request and waits for the whole response. It must not follow redirects, which would forward the credentials.
    fn send(&self, request: Request<Bytes>, limits: Limits) -> TransportFuture<'_>;
}

/// The future of [`Transport::send`].
pub type TransportFuture<'a> = Pin<Box<dyn Future<Output = Result<Response<Bytes>, TransportError>> + Send + 'a>>;

/// The limits of one attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The time from the start until the whole response has been read.
    pub timeout: Duration,
    /// The size of the response body after decompression, in bytes.
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
