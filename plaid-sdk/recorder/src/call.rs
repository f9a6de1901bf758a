//! A recorded call: the request without credentials, and what came back.

use plaid_catalog::model::Sample;
use plaid_sdk::transport::TransportErrorKind;

/// A call, as it is in a cassette.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path, below the base URL if the operation is known.
    pub path: String,
    /// The query, without `?`.
    pub query: Option<String>,
    /// The body of the request. That of a form is an object of strings.
    pub request: Option<Sample>,
    /// JSON pointers of the values in the request that have a placeholder.
    pub redacted: Vec<String>,
    /// What came back.
    pub outcome: Outcome,
}

/// What came back.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A response of any status.
    Response(Response),
    /// No complete response.
    Failure(TransportErrorKind),
}

/// A response.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The headers in [`HEADERS`] that it had.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Body,
}

/// The body of a response.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// No bytes.
    Empty,
    /// JSON.
    Json(Sample),
    /// Text that is not JSON.
    Text(String),
    /// Other bytes, such as a PDF file.
    Binary(Vec<u8>),
}

/// The headers of a response that a client reads. Others are not kept.
pub const HEADERS: [&str; 3] = ["content-type", "plaid-request-id", "retry-after"];

/// The names of failures in a cassette.
const FAILURES: [(TransportErrorKind, &str); 9] = [
    (TransportErrorKind::Connect, "connect"),
    (TransportErrorKind::ConnectTimeout, "connect_timeout"),
    (TransportErrorKind::Tls, "tls"),
    (TransportErrorKind::Refused, "refused"),
    (TransportErrorKind::Timeout, "timeout"),
    (TransportErrorKind::Body, "body"),
    (TransportErrorKind::TooLarge, "too_large"),
    (TransportErrorKind::Rejected, "rejected"),
    (TransportErrorKind::Other, "other"),
];

/// The name of a failure. One that a later version of the SDK adds is `other`.
pub fn failure_name(kind: TransportErrorKind) -> &'static str {
    FAILURES.iter().find(|(known, _)| *known == kind).map_or("other", |(_, name)| name)
}

/// The failure of a name.
pub fn failure_named(name: &str) -> Option<TransportErrorKind> {
    FAILURES.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind)
}
