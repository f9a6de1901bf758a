//! Errors of the transport.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use http::Response;

use crate::runtime::error_code::Retry;
use crate::runtime::redact::Secrets;

/// Why there is no response, or no complete one.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Option<Box<dyn StdError + Send + Sync>>,
    partial: Option<Box<Partial>>,
}

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection was made: unknown host, refused, unreachable. The request was not sent.
    Connect,
    /// Connecting timed out, or waiting for a connection with room for the request. The request was not sent.
    ConnectTimeout,
    /// The TLS handshake failed, or the server's certificate was rejected. The request was not sent.
    Tls,
    /// The server refused the request without processing it (with HTTP/2, by `REFUSED_STREAM` or `GOAWAY`), or closed the
    /// connection before the request was sent.
    Refused,
    /// The response timed out. The request may have been executed.
    Timeout,
    /// The response ended early or is damaged. The request was most likely executed.
    Body,
    /// The response is larger than the client's limit. The request was most likely executed.
    TooLarge,
    /// A custom transport did not send the request, and would not send the same one again: a replayer without a recording of it.
    Rejected,
    /// Anything else, such as a connection that broke before the response. The request may have been executed.
    Other,
}

impl TransportErrorKind {
    /// When the same request may be retried. The table of errors is for responses, so this is the one decision outside of it.
    pub(crate) const fn retry(self) -> Retry {
        match self {
            Self::Connect | Self::ConnectTimeout | Self::Refused | Self::Timeout | Self::Body | Self::Other => {
                Retry::Soon
            }
            // The certificate stays rejected, the request too, and the response stays too large.
            Self::Tls | Self::Rejected | Self::TooLarge => Retry::Never,
        }
    }

    /// Whether the server may have processed the request.
    pub(crate) const fn may_have_been_carried_out(self) -> bool {
        match self {
            Self::Connect | Self::ConnectTimeout | Self::Tls | Self::Refused | Self::Rejected => false,
            Self::Timeout | Self::Body | Self::TooLarge | Self::Other => true,
        }
    }
}

/// The status and headers of a response, and its body as far as it was received.
struct Partial(Response<Bytes>);

impl TransportError {
    /// An error without a cause.
    pub const fn new(kind: TransportErrorKind) -> Self {
        Self { kind, source: None, partial: None }
    }

    /// Adds the cause.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Adds the response as far as it was received.
    #[must_use]
    pub fn with_partial_response(mut self, response: Response<Bytes>) -> Self {
        self.partial = Some(Box::new(Partial(response)));
        self
    }

    /// What went wrong.
    pub const fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// The response as far as it was received.
    pub fn partial_response(&self) -> Option<&Response<Bytes>> {
        self.partial.as_deref().map(|partial| &partial.0)
    }

    /// Without secrets in what the cause prints. A cause that prints one is replaced by its text.
    pub(crate) fn redacted(mut self, secrets: &Secrets) -> Self {
        let is_plain = |text: &str| matches!(secrets.text(text), Cow::Borrowed(_));
        let debug = self.source.as_ref().map(|source| format!("{source:?}"));
        if !debug.as_deref().is_none_or(is_plain) || !causes(&self).all(|cause| is_plain(&cause.to_string())) {
            let innermost = causes(&self).last().map(ToString::to_string).unwrap_or_default();
            self.source = Some(secrets.text(&innermost).into_owned().into());
        }
        self
    }

    pub(crate) fn take_partial_response(&mut self) -> Option<Response<Bytes>> {
        self.partial.take().map(|partial| partial.0)
    }
}

impl fmt::Display for TransportError {
    /// What went wrong, and the innermost cause.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "could not connect",
            TransportErrorKind::ConnectTimeout => "could not connect in time",
            TransportErrorKind::Tls => "the TLS handshake failed",
            TransportErrorKind::Refused => "the server refused the request without processing it",
            TransportErrorKind::Rejected => "the transport rejected the request",
            TransportErrorKind::Timeout => "timed out",
            TransportErrorKind::Body => "the response is cut off or damaged",
            TransportErrorKind::TooLarge => "the response is larger than the limit",
            TransportErrorKind::Other => "the request failed",
        })?;
        match (self.kind, causes(self).last()) {
            // The cause of a timeout adds nothing.
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
    // The body may contain personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {} bytes", self.0.status(), self.0.body().len())
    }
}

/// The causes of an error, the outermost first.
pub(crate) fn causes<'e>(error: &'e (dyn StdError + 'static)) -> impl Iterator<Item = &'e (dyn StdError + 'static)> {
    std::iter::successors(error.source(), |error| (**error).source())
}
