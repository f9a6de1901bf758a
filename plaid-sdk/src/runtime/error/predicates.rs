//! Predicates: what happened, and what to do.

use http::StatusCode;

use super::{Error, Kind};
use crate::generated::ErrorCode;
use crate::runtime::api_error::ApiError;
use crate::runtime::attempts::Attempts;
use crate::runtime::error_code::{Recovery, Remedy, Retry};
use crate::runtime::transport::{TransportError, TransportErrorKind};

/// What happened.
impl Error {
    /// Whether nothing was sent because a setting of the client or a value of the request is invalid.
    pub fn is_build(&self) -> bool {
        matches!(self.0.kind, Kind::Build(_))
    }

    /// Whether nothing was sent because no connection was made: unknown host, refused, unreachable, or timed out.
    pub fn is_connect(&self) -> bool {
        matches!(self.transport_kind(), Some(TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout))
    }

    /// Whether nothing was sent because the TLS handshake failed: the certificate was rejected, or the server does not support
    /// TLS.
    pub fn is_tls(&self) -> bool {
        matches!(self.transport_kind(), Some(TransportErrorKind::Tls))
    }

    /// Whether connecting timed out (then [`is_connect`](Self::is_connect) is true as well), or the whole call. In the second
    /// case, Plaid may have executed the request.
    pub fn is_timeout(&self) -> bool {
        matches!(self.transport_kind(), Some(TransportErrorKind::Timeout | TransportErrorKind::ConnectTimeout))
    }

    /// Whether the response was cut off, damaged, or larger than the client's limit. Plaid may have executed the request.
    pub fn is_body(&self) -> bool {
        matches!(self.transport_kind(), Some(TransportErrorKind::Body | TransportErrorKind::TooLarge))
    }

    /// Whether the transport failed, in any way.
    pub fn is_transport(&self) -> bool {
        self.transport_kind().is_some()
    }

    /// Whether it is an HTTP error whose body is not an error of Plaid: HTML, empty, or other JSON. This includes redirects,
    /// which the client does not follow.
    pub fn is_status(&self) -> bool {
        matches!(self.0.kind, Kind::Status(_))
    }

    /// Whether the status is a success but the body can't be decoded. [`path`](Self::path) is the place in the body.
    pub fn is_decode(&self) -> bool {
        matches!(self.0.kind, Kind::Decode(_))
    }

    /// Whether the pages of a list or an update contradict each other, so that it might never end. The message has the page.
    pub fn is_pagination(&self) -> bool {
        matches!(self.0.kind, Kind::Pagination(_))
    }

    /// Whether a list or an update was stopped because it has more pages, or takes longer, than `max_pages` and `max_time`
    /// allow. No request was sent for the next page. Continue a list from its position, or set other limits.
    pub fn is_page_limit(&self) -> bool {
        matches!(self.0.kind, Kind::PageLimit(_))
    }
}

/// What to do about it.
impl Error {
    /// Whether the same call may succeed later: in a moment, when data is ready, or when a bank or Plaid is available again.
    ///
    /// This does not mean that a retry is safe. That depends on the operation
    /// ([`Operation::idempotency`](crate::call::Operation::idempotency)) and on
    /// [`may_have_been_carried_out`](Self::may_have_been_carried_out).
    pub fn is_retryable(&self) -> bool {
        self.retry().may_succeed()
    }

    /// When the same request may be retried, with the same idempotency key.
    ///
    /// The error code decides if it is listed ([`ErrorCode::retry`](crate::ErrorCode::retry)), then the error type, then the
    /// HTTP status; without a response, what the transport reports.
    pub fn retry(&self) -> Retry {
        match self.transport_kind() {
            Some(kind) => kind.retry(),
            None => self.remedy().map_or(Retry::Never, |remedy| remedy.retry),
        }
    }

    /// Whether Plaid may have executed the request, although no response confirms it: it was sent, and then the call timed out,
    /// the connection broke, the server failed, or the response can't be decoded. It is false only if the request was not sent,
    /// was refused without being processed, or was rejected. This covers all attempts, not only the last.
    /// If the request moves money, check whether it was executed, or retry it with the same idempotency key.
    pub fn may_have_been_carried_out(&self) -> bool {
        // One of the earlier attempts may have been executed, whatever the last one reports.
        let before = self.attempts().is_some_and(Attempts::is_doubtful);
        before
            || match &self.0.kind {
                Kind::Build(_) | Kind::PageLimit(_) => false,
                Kind::Transport(error) => error.kind().may_have_been_carried_out(),
                Kind::Decode(_) | Kind::Pagination(_) => true,
                Kind::Status(_) | Kind::Api(_) => {
                    self.status().is_none_or(|status| may_have_been_carried_out(status, self.retry()))
                }
            }
    }

    /// Whether a rate limit was exceeded, or a quota is used up (`CREDITS_EXHAUSTED`, which is not temporary).
    pub fn is_rate_limited(&self) -> bool {
        self.status() == Some(StatusCode::TOO_MANY_REQUESTS) || self.error_type() == Some("RATE_LIMIT_EXCEEDED")
    }

    /// Whether Plaid is still preparing the data, as with `PRODUCT_NOT_READY`. Retry in a few seconds, or wait for the webhook.
    pub fn is_not_ready(&self) -> bool {
        self.recovery() == Some(Recovery::WaitForData)
    }

    /// Whether the user has to go through Link's update mode, as with `ITEM_LOGIN_REQUIRED`. The access token stays the same.
    pub fn needs_update_mode(&self) -> bool {
        self.recovery() == Some(Recovery::UpdateMode)
    }

    /// Whether Plaid rejected the cursor of the request: it is from another Item, or has expired. Start again without one.
    ///
    /// Plaid has no error code for that, so this method reads the message.
    pub fn is_invalid_cursor(&self) -> bool {
        let message = self.api().and_then(ApiError::message).unwrap_or_default();
        self.code().map(ErrorCode::as_str) == Some("INVALID_FIELD") && message.to_ascii_lowercase().contains("cursor")
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

    pub(crate) fn transport_kind(&self) -> Option<TransportErrorKind> {
        self.transport_error().map(TransportError::kind)
    }
}

/// The same for a response, by its status and by when the request may be retried.
fn may_have_been_carried_out(status: StatusCode, retry: Retry) -> bool {
    match status.as_u16() {
        // The request belongs elsewhere, or came too early. With 303, what it asked for is done.
        301 | 307 | 308 | 425 => false,
        // A proxy stopped waiting for the server or for the client.
        408 | 499 => true,
        // A rejection, unless Plaid says that its own server failed.
        400..=498 => retry == Retry::Soon,
        _ => true,
    }
}
