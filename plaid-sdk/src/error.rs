//! The one error of all calls, and of making a client.

mod predicates;

use std::fmt;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use crate::ErrorCode;
use crate::api_error::ApiError;
use crate::attempts::Attempts;
use crate::operation::Operation;
use crate::redact;
use crate::response::RawResponse;
use crate::transport::{TransportError, TransportErrorKind};
use crate::wire::DecodeError;

/// Why a call failed, or a client could not be made.
///
/// What happened is asked by predicates, of which these are told apart:
///
/// | predicate | what happened |
/// |---|---|
/// | [`is_build`](Self::is_build) | nothing was sent: the client's settings or the request's values can't be used |
/// | [`is_connect`](Self::is_connect) | nothing was sent: no connection came about |
/// | [`is_tls`](Self::is_tls) | nothing was sent: the connection could not be secured |
/// | [`is_timeout`](Self::is_timeout) | no whole response in time |
/// | [`is_body`](Self::is_body) | the response was cut off, damaged, or larger than the client's limit |
/// | [`is_transport`](Self::is_transport) | any of these four, or another failure on the way |
/// | [`is_status`](Self::is_status) | an HTTP error whose body is not Plaid's: from a proxy or an overloaded server |
/// | [`is_decode`](Self::is_decode) | a good status, but a body that can't be read |
/// | [`is_pagination`](Self::is_pagination) | good responses, but pages that contradict each other |
/// | [`api`](Self::api) | Plaid's own error, with its code |
///
/// What to do about it is asked by others: [`is_retryable`](Self::is_retryable),
/// [`is_rate_limited`](Self::is_rate_limited), [`is_not_ready`](Self::is_not_ready),
/// [`needs_update_mode`](Self::needs_update_mode), [`may_have_been_carried_out`](Self::may_have_been_carried_out), and, for
/// developers, [`ErrorCode::advice`].
///
/// It prints as operation, status, code, message and request id, the cause included; neither `Display` nor `Debug`
/// prints bodies, tokens or credentials. [`raw_body`](Self::raw_body) has the body for a closer look.
pub struct Error(Box<Inner>);

struct Inner {
    operation: Option<&'static Operation>,
    response: Option<RawResponse>,
    attempts: Option<Attempts>,
    /// What it means where it came up, beyond what it says itself.
    note: Option<&'static str>,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Build(String),
    Transport(TransportError),
    Status,
    Decode(DecodeError),
    Api(Box<ApiError>),
    Pagination(&'static str),
}

impl Error {
    /// The operation that was called; `None` if it was the client that could not be made.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.0.operation
    }

    /// How often the call was sent, with which idempotency key, and why the attempt before the last failed. `None` if
    /// nothing was sent, since the request or the client could not be made.
    pub fn attempts(&self) -> Option<&Attempts> {
        self.0.attempts.as_ref().or_else(|| self.0.response.as_ref().map(RawResponse::attempts))
    }

    /// The idempotency key that the request carried, if it did; see [`Attempts::idempotency_key`].
    pub fn idempotency_key(&self) -> Option<&str> {
        self.attempts().and_then(Attempts::idempotency_key)
    }

    /// The HTTP status, if a response came.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.response.as_ref().map(RawResponse::status)
    }

    /// The response's headers, if one came.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.response.as_ref().map(RawResponse::headers)
    }

    /// The response's body, if one came, as far as it came. It may hold personal data.
    pub fn raw_body(&self) -> Option<&Bytes> {
        self.0.response.as_ref().map(RawResponse::body)
    }

    /// The id that Plaid gave the request, from the body or the `Plaid-Request-ID` header. Plaid asks for it when it is
    /// to look into a request.
    pub fn request_id(&self) -> Option<String> {
        match self.api().and_then(ApiError::request_id) {
            Some(id) => Some(id.to_owned()),
            None => self.0.response.as_ref().and_then(RawResponse::request_id),
        }
    }

    /// The place in the body that could not be read, `added[3].amount`: empty for the body as a whole, `None` if
    /// reading was not what failed.
    pub fn path(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Decode(error) => Some(error.path()),
            _ => None,
        }
    }

    /// Plaid's own error, if it is one.
    pub fn api(&self) -> Option<&ApiError> {
        match &self.0.kind {
            Kind::Api(error) => Some(error),
            _ => None,
        }
    }

    /// The code of Plaid's own error: `ITEM_LOGIN_REQUIRED`.
    pub fn code(&self) -> Option<&str> {
        self.api().and_then(ApiError::code)
    }

    /// The same as one of the codes that this version lists, with advice; any other keeps its text.
    pub fn error_code(&self) -> Option<ErrorCode> {
        self.api().and_then(ApiError::error_code)
    }

    /// The type of Plaid's own error: `ITEM_ERROR`.
    pub fn error_type(&self) -> Option<&str> {
        self.api().and_then(ApiError::error_type)
    }

    /// What Plaid's own error says to the user of the application, if anything.
    pub fn display_message(&self) -> Option<&str> {
        self.api().and_then(ApiError::display_message)
    }

    pub(crate) fn transport_kind(&self) -> Option<TransportErrorKind> {
        match &self.0.kind {
            Kind::Transport(error) => Some(error.kind()),
            _ => None,
        }
    }
}

/// How errors are made.
impl Error {
    fn new(kind: Kind) -> Self {
        Self(Box::new(Inner { operation: None, response: None, attempts: None, note: None, kind }))
    }

    pub(crate) fn build(problem: String) -> Self {
        Self::new(Kind::Build(problem))
    }

    pub(crate) fn during(mut self, operation: &'static Operation) -> Self {
        self.0.operation = Some(operation);
        self
    }

    pub(crate) fn transport(operation: &'static Operation, mut error: TransportError) -> Self {
        let partial = error.take_partial_response().map(|response| RawResponse::new(operation, response));
        let mut error = Self::new(Kind::Transport(error)).during(operation);
        error.0.response = partial;
        error
    }

    /// A response whose status is no success. All operations decode it alike: many declare no error though they have some.
    pub(crate) fn refused(response: RawResponse) -> Self {
        let kind = ApiError::from_json(response.body()).map_or(Kind::Status, |error| Kind::Api(Box::new(error)));
        Self::new(kind).about(response)
    }

    /// Good responses that contradict each other.
    pub(crate) fn pagination(operation: &'static Operation, contradiction: &'static str) -> Self {
        Self::new(Kind::Pagination(contradiction)).during(operation)
    }

    /// The same, with a word on what it means.
    pub(crate) fn noting(mut self, note: &'static str) -> Self {
        self.0.note = Some(note);
        self
    }

    #[cold]
    pub(crate) fn decode(response: RawResponse, error: DecodeError) -> Self {
        Self::new(Kind::Decode(error)).about(response)
    }

    /// The same, at the end of these attempts.
    pub(crate) fn after(mut self, attempts: Attempts) -> Self {
        self.0.attempts = Some(attempts);
        self
    }

    fn about(mut self, response: RawResponse) -> Self {
        self.0.operation = Some(response.operation());
        self.0.response = Some(response);
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation() {
            write!(f, "{operation}: ")?;
        }
        if let Some(status) = self.status() {
            write!(f, "{status}: ")?;
        }
        match &self.0.kind {
            Kind::Build(problem) => f.write_str(problem)?,
            Kind::Transport(error) => write!(f, "{error}")?,
            Kind::Status => self.0.response.as_ref().map_or(Ok(()), |response| describe(response, f))?,
            Kind::Decode(error) => write!(f, "the response can't be read: {error}")?,
            Kind::Api(error) => write!(f, "{error}")?,
            Kind::Pagination(contradiction) => write!(f, "the pages don't fit together: {contradiction}")?,
        }
        if let Some(note) = self.0.note {
            write!(f, "; {note}")?;
        }
        let attempts = self.attempts().map_or(0, Attempts::count);
        match (self.request_id(), attempts) {
            (Some(id), 0 | 1) => write!(f, " (request id {})", redact::text(&id)),
            (Some(id), count) => write!(f, " (request id {}, {count} attempts)", redact::text(&id)),
            (None, 0 | 1) => Ok(()),
            (None, count) => write!(f, " ({count} attempts)"),
        }
    }
}

/// Says what stands in the place of Plaid's error, without repeating it.
fn describe(response: &RawResponse, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if response.status().is_redirection() {
        return f.write_str("redirects are not followed, since credentials would go with them");
    }
    match (response.body().len(), response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok())) {
        (0, _) => f.write_str("an empty body"),
        (length, Some(kind)) => write!(f, "no error of Plaid's but {length} bytes of {}", redact::text(kind)),
        (length, None) => write!(f, "no error of Plaid's but {length} bytes"),
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("operation", &self.operation().map(Operation::name))
            .field("kind", &self.0.kind)
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .field("attempts", &self.attempts().map_or(0, Attempts::count))
            .field("raw_body", &format_args!("{} bytes", self.raw_body().map_or(0, Bytes::len)))
            .finish()
    }
}

impl std::error::Error for Error {
    /// The [`TransportError`], [`DecodeError`] or [`ApiError`] behind it. Its text is part of this error's own.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.kind {
            Kind::Build(_) | Kind::Status | Kind::Pagination(_) => None,
            Kind::Transport(error) => Some(error),
            Kind::Decode(error) => Some(error),
            Kind::Api(error) => Some(&**error),
        }
    }
}
