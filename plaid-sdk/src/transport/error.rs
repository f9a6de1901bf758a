//! Why there is no response, or no whole one.

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use http::Response;

use crate::error_code::Retry;

/// Why a request got no response, or no whole one.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Option<Box<dyn StdError + Send + Sync>>,
    partial: Option<Box<Partial>>,
}

/// What went wrong on the way to the server or back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection came about: no such host, refused, unreachable. The request was not sent.
    Connect,
    /// No connection came about in time. The request was not sent.
    ConnectTimeout,
    /// The two sides could not agree on TLS, or the server's certificate was not accepted. The request was not sent.
    Tls,
    /// The response was not there in time. The request may have been carried out.
    Timeout,
    /// The response ended early or is damaged. The request was most likely carried out.
    Body,
    /// The response is larger than the client's limit. The request was most likely carried out.
    TooLarge,
    /// Anything else, such as a connection that broke before the response came. The request may have been carried out.
    Other,
}

impl TransportErrorKind {
    /// When the same request may be sent again. The table of errors is for responses, so this is the one decision outside
    /// of it.
    pub(crate) const fn retry(self) -> Retry {
        match self {
            Self::Connect | Self::ConnectTimeout | Self::Timeout | Self::Body | Self::Other => Retry::Soon,
            // The certificate stays rejected, and the response stays too large.
            Self::Tls | Self::TooLarge => Retry::Never,
        }
    }
}

/// A response's head, and its body as far as it came.
struct Partial(Response<Bytes>);

impl TransportError {
    /// An error of this kind with no cause to tell.
    pub const fn new(kind: TransportErrorKind) -> Self {
        Self { kind, source: None, partial: None }
    }

    /// The same, caused by `source`.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The same, with the response as far as it came.
    #[must_use]
    pub fn with_partial_response(mut self, response: Response<Bytes>) -> Self {
        self.partial = Some(Box::new(Partial(response)));
        self
    }

    /// What went wrong.
    pub const fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// The response as far as it came.
    pub fn partial_response(&self) -> Option<&Response<Bytes>> {
        self.partial.as_deref().map(|partial| &partial.0)
    }

    pub(crate) fn take_partial_response(&mut self) -> Option<Response<Bytes>> {
        self.partial.take().map(|partial| partial.0)
    }
}

impl fmt::Display for TransportError {
    /// What went wrong and the innermost cause, which says why.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "could not connect",
            TransportErrorKind::ConnectTimeout => "could not connect in time",
            TransportErrorKind::Tls => "no secure connection by TLS",
            TransportErrorKind::Timeout => "timed out",
            TransportErrorKind::Body => "the response is cut off or damaged",
            TransportErrorKind::TooLarge => "the response is larger than the limit",
            TransportErrorKind::Other => "the exchange failed",
        })?;
        match (self.kind, causes(self).last()) {
            // The cause of a timeout says the same.
            (TransportErrorKind::Timeout | TransportErrorKind::ConnectTimeout, _) | (_, None) => Ok(()),
            (_, Some(cause)) => write!(f, ": {cause}"),
        }
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}

impl fmt::Debug for Partial {
    // The body may hold personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {} bytes", self.0.status(), self.0.body().len())
    }
}

/// What an error was caused by, from the outermost cause inwards.
pub(crate) fn causes<'e>(error: &'e (dyn StdError + 'static)) -> impl Iterator<Item = &'e (dyn StdError + 'static)> {
    std::iter::successors(error.source(), |error| (**error).source())
}
