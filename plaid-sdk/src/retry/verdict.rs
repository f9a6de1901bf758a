//! What a failure says about sending the same request again.

use http::StatusCode;

use crate::Error;
use crate::transport::TransportErrorKind;

/// What a failure says about sending the same request again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// No connection came about, so nothing was sent: any request may be.
    NotSent,
    /// It may go well the next time, in a moment.
    Transient,
    /// It will go well again, but hardly in a moment.
    Maintenance,
    /// It would fail the same way.
    Lasting,
}

/// Judges by the code where Plaid gave one, and by the HTTP status where not.
pub(crate) fn judge(error: &Error) -> Verdict {
    if let Some(kind) = error.transport_kind() {
        return match kind {
            TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout => Verdict::NotSent,
            TransportErrorKind::Timeout | TransportErrorKind::Body | TransportErrorKind::Other => Verdict::Transient,
            // A certificate that is not accepted stays so, and a response over the limit is as large again.
            TransportErrorKind::Tls | TransportErrorKind::TooLarge => Verdict::Lasting,
        };
    }
    match error.code() {
        // What was paid for is used up, though it comes as a rate limit.
        Some("CREDITS_EXHAUSTED") => return Verdict::Lasting,
        Some("PLANNED_MAINTENANCE") => return Verdict::Maintenance,
        Some("INTERNAL_SERVER_ERROR") => return Verdict::Transient,
        _ if error.error_type() == Some("RATE_LIMIT_EXCEEDED") => return Verdict::Transient,
        _ => {}
    }
    // A response that can't be read has a good status.
    match error.status() {
        Some(
            StatusCode::REQUEST_TIMEOUT
            | StatusCode::TOO_EARLY
            | StatusCode::TOO_MANY_REQUESTS
            | StatusCode::INTERNAL_SERVER_ERROR
            | StatusCode::BAD_GATEWAY
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::GATEWAY_TIMEOUT,
        ) => Verdict::Transient,
        _ => Verdict::Lasting,
    }
}
