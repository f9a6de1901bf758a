//! The transport with reqwest.

use std::io;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{Request, Response};

use super::error::causes;
use super::{Limits, Transport, TransportError, TransportErrorKind, TransportFuture};

/// HTTP/1.1 and HTTP/2 over TLS, with a pool of connections.
#[derive(Debug)]
pub(crate) struct HttpTransport(reqwest::Client);

impl HttpTransport {
    pub(crate) fn new(connect_timeout: Duration) -> Result<Self, reqwest::Error> {
        let builder = reqwest::Client::builder().connect_timeout(connect_timeout);
        builder.redirect(reqwest::redirect::Policy::none()).build().map(Self)
    }

    async fn exchange(&self, request: Request<Bytes>, limits: Limits) -> Result<Response<Bytes>, TransportError> {
        let mut request = reqwest::Request::try_from(request).map_err(failed)?;
        *request.timeout_mut() = Some(limits.timeout);
        let asked = request.url().clone();
        let mut response = self.0.execute(request).await.map_err(failed)?;
        // A custom client may follow redirects. This turns the first one into an error.
        if *response.url() != asked {
            let why = "the reqwest client followed a redirect; build it with `redirect(Policy::none())`";
            return Err(TransportError::new(TransportErrorKind::Other).with_source(why));
        }
        let mut head = Response::new(Bytes::new());
        *head.status_mut() = response.status();
        *head.version_mut() = response.version();
        *head.headers_mut() = std::mem::take(response.headers_mut());
        read_body(response, head, limits.response).await
    }
}

async fn read_body(
    mut response: reqwest::Response,
    mut head: Response<Bytes>,
    limit: usize,
) -> Result<Response<Bytes>, TransportError> {
    // The server's content-length must not make the client allocate too much.
    let expected = response.content_length().and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    let mut body = BytesMut::with_capacity(expected.min(limit).min(1 << 20));
    loop {
        let error = match response.chunk().await {
            Ok(None) => {
                *head.body_mut() = body.freeze();
                return Ok(head);
            }
            Ok(Some(chunk)) if chunk.len() > limit - body.len() => {
                let why = format!("over {limit} bytes");
                TransportError::new(TransportErrorKind::TooLarge).with_source(why)
            }
            Ok(Some(chunk)) => {
                body.extend_from_slice(&chunk);
                continue;
            }
            Err(error) if error.is_timeout() => failed(error),
            Err(error) => TransportError::new(TransportErrorKind::Body).with_source(error.without_url()),
        };
        *head.body_mut() = body.freeze();
        return Err(error.with_partial_response(head));
    }
}

fn failed(error: reqwest::Error) -> TransportError {
    let kind = if error.is_connect() {
        match () {
            () if error.is_timeout() => TransportErrorKind::ConnectTimeout,
            () if !error.is_dns() && is_handshake(&error) => TransportErrorKind::Tls,
            () => TransportErrorKind::Connect,
        }
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else {
        TransportErrorKind::Other
    };
    // The URL can contain ids.
    TransportError::new(kind).with_source(error.without_url())
}

/// Whether the error is from the TLS library and not from the system: rustls reports an I/O error without an OS error code, and
/// the platform's libraries report no I/O error.
fn is_handshake(error: &reqwest::Error) -> bool {
    let mut faults = causes(error).filter_map(|cause| cause.downcast_ref::<io::Error>());
    match faults.next() {
        Some(fault) => fault.raw_os_error().is_none() && fault.get_ref().is_some(),
        None => cfg!(feature = "native-tls"),
    }
}

impl From<reqwest::Client> for HttpTransport {
    fn from(client: reqwest::Client) -> Self {
        Self(client)
    }
}

impl Transport for HttpTransport {
    fn send(&self, request: Request<Bytes>, limits: Limits) -> TransportFuture<'_> {
        Box::pin(self.exchange(request, limits))
    }
}
