//! What an error can be asked: what happened, and what to do.

use http::StatusCode;

use super::{Error, Kind};
use crate::api_error::ApiError;
use crate::attempts::Attempts;
use crate::error_code::{Recovery, Remedy, Retry};
use crate::transport::TransportErrorKind;

/// What happened.
impl Error {
    /// Whether nothing was sent because the client's settings or the request's values can't be used.
    pub fn is_build(&self) -> bool {
        matches!(self.0.kind, Kind::Build(_))
    }

    /// Whether nothing was sent because no connection came about: no such host, refused, unreachable, or not in time.
    pub fn is_connect(&self) -> bool {
        matches!(self.transport_kind(), Some(TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout))
    }

    /// Whether nothing was sent because the connection could not be secured: a certificate that is not accepted, or a
    /// server that speaks no TLS.
    pub fn is_tls(&self) -> bool {
        matches!(self.transport_kind(), Some(TransportErrorKind::Tls))
    }

    /// Whether the time was up, for connecting ([`is_connect`](Self::is_connect) holds as well) or for the whole call.
    /// In the second case Plaid may have carried out the request.
    pub fn is_timeout(&self) -> bool {
        matches!(self.transport_kind(), Some(TransportErrorKind::Timeout | TransportErrorKind::ConnectTimeout))
    }

    /// Whether the response was cut off, damaged, or larger than the client's limit. Plaid may have carried out the
    /// request.
    pub fn is_body(&self) -> bool {
        matches!(self.transport_kind(), Some(TransportErrorKind::Body | TransportErrorKind::TooLarge))
    }

    /// Whether the transport failed, in whichever way.
    pub fn is_transport(&self) -> bool {
        self.transport_kind().is_some()
    }

    /// Whether it is an HTTP error whose body is none of Plaid's: HTML, empty, or JSON of another shape. Redirects,
    /// which are not followed, are among them.
    pub fn is_status(&self) -> bool {
        matches!(self.0.kind, Kind::Status)
    }

    /// Whether the response has a good status but its body can't be read; [`path`](Self::path) says where.
    pub fn is_decode(&self) -> bool {
        matches!(self.0.kind, Kind::Decode(_))
    }

    /// Whether the pages of a list contradict themselves or each other, so that there would be no end to them.
    pub fn is_pagination(&self) -> bool {
        matches!(self.0.kind, Kind::Pagination(_))
    }
}

/// What to do about it.
impl Error {
    /// Whether the same call may go well later: in a moment, when data is ready, when a bank or Plaid is well again.
    ///
    /// Not whether it does no harm to send it again: that depends on the operation
    /// ([`Operation::idempotency`](crate::Operation::idempotency)) and on
    /// [`may_have_been_carried_out`](Self::may_have_been_carried_out).
    pub fn is_retryable(&self) -> bool {
        self.retry().may_succeed()
    }

    /// When the same request may be sent again, with the same idempotency key.
    ///
    /// The error code decides if it is listed ([`ErrorCode::retry`](crate::ErrorCode::retry)), then the error type, then the
    /// HTTP status; without a response, what the transport reports.
    pub fn retry(&self) -> Retry {
        match self.transport_kind() {
            Some(kind) => kind.retry(),
            None => self.remedy().map_or(Retry::Never, |remedy| remedy.retry),
        }
    }

    /// Whether Plaid may have carried out the request though there is no response that says so: it was sent, and then the
    /// time was up, the connection broke, the server failed, or the response can't be read. That holds if it is true of any
    /// attempt, not only of the last. For what moves money, ask Plaid
    /// what became of it, or send it again with the same idempotency key.
    pub fn may_have_been_carried_out(&self) -> bool {
        // Whatever the last attempt says, one before it may have got through.
        let before = self.attempts().is_some_and(Attempts::is_doubtful);
        before
            || match &self.0.kind {
                Kind::Build(_) => false,
                Kind::Transport(error) => !matches!(
                    error.kind(),
                    TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout | TransportErrorKind::Tls
                ),
                Kind::Decode(_) | Kind::Pagination(_) => true,
                Kind::Status | Kind::Api(_) => self.status().is_none_or(|status| status.is_server_error()),
            }
    }

    /// Whether there were too many calls, or a quota is used up (`CREDITS_EXHAUSTED`, which does not pass).
    pub fn is_rate_limited(&self) -> bool {
        self.status() == Some(StatusCode::TOO_MANY_REQUESTS) || self.error_type() == Some("RATE_LIMIT_EXCEEDED")
    }

    /// Whether what is asked for is still being made, as with `PRODUCT_NOT_READY`: ask again in some seconds, or wait
    /// for the webhook.
    pub fn is_not_ready(&self) -> bool {
        self.recovery() == Some(Recovery::WaitForData)
    }

    /// Whether the user has to go through Link's update mode, as with `ITEM_LOGIN_REQUIRED`. The access token stays as
    /// it is.
    pub fn needs_update_mode(&self) -> bool {
        self.recovery() == Some(Recovery::UpdateMode)
    }

    /// Whether a cursor was refused that came with the request: one of another Item, or one that is too old. Begin again
    /// without one.
    ///
    /// Plaid has no code of its own for that, so it goes by the message.
    pub fn is_invalid_cursor(&self) -> bool {
        let message = self.api().and_then(ApiError::message).unwrap_or_default();
        self.code() == Some("INVALID_FIELD") && message.to_ascii_lowercase().contains("cursor")
    }

    /// What helps, if the error code, the error type or the HTTP status is listed.
    pub fn recovery(&self) -> Option<Recovery> {
        self.remedy().map(|remedy| remedy.recovery)
    }

    /// What the table of errors contains for this one. Transport failures are not in it.
    fn remedy(&self) -> Option<Remedy> {
        let of_body = self.api().and_then(ApiError::remedy);
        of_body.or_else(|| self.status().filter(|_| !self.is_transport()).and_then(Remedy::of_status))
    }
}
