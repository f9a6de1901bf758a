//! What kind of failure an error of the HTTP client is.

use std::error::Error as StdError;
use std::io;

use super::error::causes;
use super::{TransportError, TransportErrorKind};

/// The error of a request without a response. `is_sent` is whether the client began to write it.
pub(super) fn without_response(error: reqwest::Error, is_sent: bool) -> TransportError {
    use TransportErrorKind::{Connect, ConnectTimeout, Other, Refused, Timeout, Tls};
    let kind = if error.is_connect() {
        match () {
            () if error.is_timeout() => ConnectTimeout,
            () if !error.is_dns() && is_handshake(&error) => Tls,
            () => Connect,
        }
    } else {
        match (error.is_timeout(), is_sent) {
            // It waited for a connection, or for a place on one.
            (true, false) => ConnectTimeout,
            (true, true) => Timeout,
            (false, _) if causes(&error).any(is_refusal) => Refused,
            // The URL or a header is invalid.
            (false, false) if error.is_builder() => Connect,
            // The connection was closed before the request was written.
            (false, false) => Refused,
            (false, true) => Other,
        }
    };
    new(kind, error)
}

/// Whether a connection that was made did not respond in time. It may be of no use for further requests.
pub(super) fn is_stall(error: &TransportError) -> bool {
    let is_connecting = || {
        let source = error.source().and_then(|source| source.downcast_ref::<reqwest::Error>());
        source.is_some_and(reqwest::Error::is_connect)
    };
    match error.kind() {
        TransportErrorKind::Timeout => true,
        // The request waited for room on the connection.
        TransportErrorKind::ConnectTimeout => !is_connecting(),
        _ => false,
    }
}

/// The error of a response that was read in part.
pub(super) fn timeout_or(kind: TransportErrorKind, error: reqwest::Error) -> TransportError {
    new(if error.is_timeout() { TransportErrorKind::Timeout } else { kind }, error)
}

fn new(kind: TransportErrorKind, error: reqwest::Error) -> TransportError {
    // The URL can contain ids.
    TransportError::new(kind).with_source(error.without_url())
}

/// Whether the server says that it did not process the request (RFC 9113, section 8.7): it reset the stream with
/// `REFUSED_STREAM`, or closed the connection with a `GOAWAY` that names an earlier stream as the last one. h2 fails only later
/// streams with the error of a `GOAWAY`.
fn is_refusal(cause: &(dyn StdError + 'static)) -> bool {
    cause.downcast_ref::<h2::Error>().is_some_and(|error| {
        let is_refused = error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
        error.is_remote() && (is_refused || error.is_go_away())
    })
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
