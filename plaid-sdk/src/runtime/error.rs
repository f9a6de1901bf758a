//! The error of calls and of building a client.

mod predicates;

use std::fmt;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use crate::generated::ErrorCode;
use crate::runtime::api_error::ApiError;
use crate::runtime::attempts::Attempts;
use crate::runtime::operation::Operation;
use crate::runtime::received::Received;
use crate::runtime::redact::{self, Secrets};
use crate::runtime::request_id;
use crate::runtime::transport::TransportError;
use crate::runtime::wire::DecodeError;

/// Why a call failed, or a client could not be built.
///
/// These methods report what happened:
///
/// | method | what happened |
/// |---|---|
/// | [`is_build`](Self::is_build) | nothing was sent: a setting of the client or a value of the request is invalid |
/// | [`is_connect`](Self::is_connect) | nothing was sent: no connection was made |
/// | [`is_tls`](Self::is_tls) | nothing was sent: the TLS handshake failed |
/// | [`is_timeout`](Self::is_timeout) | no complete response in time |
/// | [`is_body`](Self::is_body) | the response was cut off, damaged, or larger than the client's limit |
/// | [`is_transport`](Self::is_transport) | any of these four, or another failure of the transport |
/// | [`is_status`](Self::is_status) | an HTTP error whose body is not Plaid's: from a proxy or an overloaded server |
/// | [`is_decode`](Self::is_decode) | a successful status, but a body that can't be decoded |
/// | [`is_pagination`](Self::is_pagination) | pages that contradict each other |
/// | [`is_page_limit`](Self::is_page_limit) | a list or an update longer than its limits |
/// | [`api`](Self::api) | an error response of Plaid, with its code |
///
/// Others report what to do about it: [`is_retryable`](Self::is_retryable),
/// [`is_rate_limited`](Self::is_rate_limited), [`is_not_ready`](Self::is_not_ready),
/// [`needs_update_mode`](Self::needs_update_mode), [`may_have_been_carried_out`](Self::may_have_been_carried_out), and
/// [`ErrorCode::advice`] for developers.
///
/// `Display` prints the operation, status, code, message, request id and cause. Neither `Display` nor `Debug` prints bodies,
/// tokens or credentials. [`raw_body`](Self::raw_body) returns the body.
pub struct Error(Box<Inner>);

struct Inner {
    operation: Option<&'static Operation>,
    response: Option<Received>,
    attempts: Option<Attempts>,
    request_id: Option<String>,
    /// What the error means in its context.
    note: Option<&'static str>,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Build(String),
    Transport(TransportError),
    /// The media type of the body.
    Status(Option<String>),
    Decode(DecodeError),
    Api(Box<ApiError>),
    Pagination(String),
    PageLimit(String),
}

impl Error {
    /// The operation; `None` if the client could not be built.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.0.operation
    }

    /// The attempts of the call. `None` if nothing was sent because the request or the client could not be built.
    pub fn attempts(&self) -> Option<&Attempts> {
        self.0.attempts.as_ref().or_else(|| self.0.response.as_ref().map(Received::attempts))
    }

    /// The idempotency key of the request, if it has one; see [`Attempts::idempotency_key`].
    pub fn idempotency_key(&self) -> Option<&str> {
        self.attempts().and_then(Attempts::idempotency_key)
    }

    /// The HTTP status, if there was a response.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.response.as_ref().map(Received::status)
    }

    /// The headers of the response, if there was one.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.response.as_ref().map(Received::headers)
    }

    /// The body of the response, if there was one, as far as it was received. It may contain personal data.
    pub fn raw_body(&self) -> Option<&Bytes> {
        self.0.response.as_ref().map(Received::body)
    }

    /// Plaid's id for the request, from the body or the `Plaid-Request-ID` header. Plaid's support asks for it.
    pub fn request_id(&self) -> Option<String> {
        self.0.request_id.clone()
    }

    /// The path in the body that could not be decoded, such as `added[3].amount`. Empty for the body as a whole, `None` for
    /// other errors.
    pub fn path(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Decode(error) => Some(error.path()),
            _ => None,
        }
    }

    /// Plaid's error, if it is an error response of Plaid.
    pub fn api(&self) -> Option<&ApiError> {
        match &self.0.kind {
            Kind::Api(error) => Some(error),
            _ => None,
        }
    }

    /// The code of Plaid's error, with advice. A code that this version does not know keeps its text.
    pub fn code(&self) -> Option<&ErrorCode> {
        self.api().and_then(ApiError::code)
    }

    /// The type of Plaid's error, such as `ITEM_ERROR`.
    pub fn error_type(&self) -> Option<&str> {
        self.api().and_then(ApiError::error_type)
    }

    /// The message for the user of the application, if Plaid's error has one.
    pub fn display_message(&self) -> Option<&str> {
        self.api().and_then(ApiError::display_message)
    }

    /// The error of the transport, if there was no complete response.
    pub fn transport_error(&self) -> Option<&TransportError> {
        match &self.0.kind {
            Kind::Transport(error) => Some(error),
            _ => None,
        }
    }

    /// Why the body could not be decoded, if it is a decoding error.
    pub fn decode_error(&self) -> Option<&DecodeError> {
        match &self.0.kind {
            Kind::Decode(error) => Some(error),
            _ => None,
        }
    }
}

/// Constructors.
impl Error {
    fn new(kind: Kind) -> Self {
        Self(Box::new(Inner { operation: None, response: None, attempts: None, request_id: None, note: None, kind }))
    }

    pub(crate) fn build(problem: String) -> Self {
        Self::new(Kind::Build(redact::text(&problem).into_owned()))
    }

    pub(crate) fn during(mut self, operation: &'static Operation) -> Self {
        self.0.operation = Some(operation);
        self
    }

    pub(crate) fn transport(operation: &'static Operation, mut error: TransportError, secrets: &Secrets) -> Self {
        let partial = error.take_partial_response().map(|response| Received::new(operation, response));
        let api = partial
            .as_ref()
            .filter(|response| !response.status().is_success())
            .and_then(|response| ApiError::read(response.body(), secrets).filter(|error| error.code().is_some()));
        // What Plaid answered is known, although the rest of the response is missing.
        let error = match api {
            Some(api) => Self::new(Kind::Api(Box::new(api))).noting("the response is incomplete"),
            None => Self::new(Kind::Transport(error.redacted(secrets))).during(operation),
        };
        match partial {
            Some(partial) => error.about(partial, secrets),
            None => error,
        }
    }

    /// A response with an error status. All operations decode it the same way, because most don't declare their errors.
    pub(crate) fn refused(response: Received, secrets: &Secrets) -> Self {
        let kind = ApiError::read(response.body(), secrets).map(|error| Kind::Api(Box::new(error)));
        let kind = kind.unwrap_or_else(|| {
            let media_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
            let media_type = media_type.and_then(|value| value.split(';').next());
            Kind::Status(media_type.map(|value| secrets.word(value.trim()).to_owned()))
        });
        Self::new(kind).about(response, secrets)
    }

    /// Successful responses that contradict each other.
    pub(crate) fn pagination(operation: &'static Operation, contradiction: String) -> Self {
        Self::new(Kind::Pagination(contradiction)).during(operation)
    }

    /// A list or an update that is longer than its limits.
    pub(crate) fn page_limit(operation: &'static Operation, limit: String) -> Self {
        Self::new(Kind::PageLimit(limit)).during(operation)
    }

    /// Adds what the error means in its context.
    pub(crate) fn noting(mut self, note: &'static str) -> Self {
        self.0.note = Some(note);
        self
    }

    #[cold]
    pub(crate) fn decode(response: Received, error: DecodeError) -> Self {
        Self::new(Kind::Decode(error)).about(response, &Secrets::default())
    }

    /// Without secrets in the id of a successful response, which was not an error when it was received.
    pub(crate) fn redacted(mut self, secrets: &Secrets) -> Self {
        self.0.request_id = self.0.request_id.map(|id| secrets.word(&id).to_owned());
        self
    }

    /// Adds the attempts.
    pub(crate) fn after(mut self, attempts: Attempts) -> Self {
        self.0.attempts = Some(attempts);
        self
    }

    fn about(mut self, response: Received, secrets: &Secrets) -> Self {
        let id = self.api().and_then(ApiError::request_id).map(str::to_owned);
        let id = id.or_else(|| response.request_id()).or_else(|| request_id::in_damaged_json(response.body()));
        self.0.request_id = id.map(|id| secrets.word(&id).to_owned());
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
            Kind::Status(media_type) => {
                self.0.response.as_ref().map_or(Ok(()), |response| describe(response, media_type.as_deref(), f))?
            }
            Kind::Decode(error) => write!(f, "the response can't be decoded: {error}")?,
            Kind::Api(error) => write!(f, "{error}")?,
            Kind::Pagination(contradiction) => write!(f, "contradictory pages: {contradiction}")?,
            Kind::PageLimit(limit) => f.write_str(limit)?,
        }
        if let Some(note) = self.0.note {
            write!(f, "; {note}")?;
        }
        let attempts = self.attempts().map_or(0, Attempts::count);
        match (&self.0.request_id, attempts) {
            (Some(id), 0 | 1) => write!(f, " (request id {id})"),
            (Some(id), count) => write!(f, " (request id {id}, {count} attempts)"),
            (None, 0 | 1) => Ok(()),
            (None, count) => write!(f, " ({count} attempts)"),
        }
    }
}

/// Describes a body that is not an error of Plaid, without repeating it.
fn describe(response: &Received, media_type: Option<&str>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if response.status().is_redirection() {
        return f.write_str("redirects are not followed, because they would forward the credentials");
    }
    match (response.body().len(), media_type) {
        (0, _) => f.write_str("an empty body"),
        (length, Some(kind)) => write!(f, "not an error of Plaid, but {length} bytes of {kind}"),
        (length, None) => write!(f, "not an error of Plaid, but {length} bytes"),
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("operation", &self.operation().map(Operation::name))
            .field("kind", &self.0.kind)
            .field("status", &self.status())
            .field("request_id", &self.0.request_id)
            .field("attempts", &self.attempts().map_or(0, Attempts::count))
            .field("raw_body", &format_args!("{} bytes", self.raw_body().map_or(0, Bytes::len)))
            .finish()
    }
}

// `Display` prints the whole error on one line, the cause included, so there is no `source` that would print it again.
// `transport_error`, `decode_error` and `api` return what is behind it.
impl std::error::Error for Error {}
