//! Errors of verifying and parsing webhooks.

use std::fmt;
use std::sync::Arc;

use crate::runtime::error::Error;
use crate::runtime::wire::DecodeError;

/// Why a webhook was rejected. The error repeats nothing of the webhook.
#[derive(Clone, Debug)]
pub struct WebhookError {
    kind: WebhookErrorKind,
    cause: Option<Cause>,
}

// Webhooks that wait for the same key share its error.
#[derive(Clone, Debug)]
enum Cause {
    Call(Arc<Error>),
    Decode(Arc<DecodeError>),
}

/// The reason for rejecting a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WebhookErrorKind {
    /// There is no `Plaid-Verification` header.
    NoHeader,
    /// There are several `Plaid-Verification` headers.
    ManyHeaders,
    /// The header is longer than Plaid's.
    TooLong,
    /// The header is not a signed token: not three parts of base64url, or the first is not a JSON object.
    NoToken,
    /// The token is not signed with ES256.
    Algorithm,
    /// The token requires an unknown extension (`crit`).
    Extension,
    /// The token has no key id, or an invalid one.
    NoKeyId,
    /// Plaid has no key with this id: the webhook is forged, or from another environment.
    UnknownKey,
    /// Too many webhooks with unknown key ids arrive, so the key was not fetched in time. Temporary.
    TooManyUnknownKeys,
    /// The key could not be fetched. [`WebhookError::call_error`] has the error of the call, unless it took too long or the
    /// response has no key. Temporary.
    KeyUnavailable,
    /// The key is not for ES256 signatures, or not the requested one.
    UnusableKey,
    /// The key has expired.
    ExpiredKey,
    /// The signature is not two numbers of 32 bytes, for example because it is DER-encoded.
    SignatureForm,
    /// The signature is invalid.
    Signature,
    /// The signed content is not a JSON object with a time of issue and the hash of a body.
    Claims,
    /// It claims to be signed too long ago. It may be a replay.
    TooOld,
    /// It claims to be signed in the future: one of the clocks is wrong, or it is forged.
    InFuture,
    /// The body is not the one of the token. Pass the raw bytes: a body that was parsed and serialized again differs.
    Body,
    /// It is from Plaid, but the body can't be decoded. [`WebhookError::decode_error`] has the reason, with the path for types of
    /// this crate.
    Unreadable,
}

impl WebhookError {
    pub(crate) const fn new(kind: WebhookErrorKind) -> Self {
        Self { kind, cause: None }
    }

    pub(crate) fn unavailable(error: Error) -> Self {
        Self { kind: WebhookErrorKind::KeyUnavailable, cause: Some(Cause::Call(Arc::new(error))) }
    }

    pub(crate) fn unreadable(error: DecodeError) -> Self {
        Self { kind: WebhookErrorKind::Unreadable, cause: Some(Cause::Decode(Arc::new(error))) }
    }

    /// The reason.
    pub const fn kind(&self) -> WebhookErrorKind {
        self.kind
    }

    /// Why the key could not be fetched ([`WebhookErrorKind::KeyUnavailable`]).
    pub fn call_error(&self) -> Option<&Error> {
        match self.cause.as_ref()? {
            Cause::Call(error) => Some(error),
            Cause::Decode(_) => None,
        }
    }

    /// Why the body can't be decoded ([`WebhookErrorKind::Unreadable`]).
    pub fn decode_error(&self) -> Option<&DecodeError> {
        match self.cause.as_ref()? {
            Cause::Call(_) => None,
            Cause::Decode(error) => Some(error),
        }
    }

    /// Whether the webhook may be valid but can't be verified now. Respond with status 503, and Plaid retries it.
    pub const fn is_temporary(&self) -> bool {
        matches!(self.kind, WebhookErrorKind::KeyUnavailable | WebhookErrorKind::TooManyUnknownKeys)
    }
}

impl From<WebhookErrorKind> for WebhookError {
    fn from(kind: WebhookErrorKind) -> Self {
        Self::new(kind)
    }
}

impl fmt::Display for WebhookErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoHeader => "it has no Plaid-Verification header",
            Self::ManyHeaders => "it has several Plaid-Verification headers",
            Self::TooLong => "its token is too long",
            Self::NoToken => "its Plaid-Verification header is not a signed token",
            Self::Algorithm => "its token is not signed with ES256",
            Self::Extension => "its token requires an unknown extension",
            Self::NoKeyId => "its token has no valid key id",
            Self::UnknownKey => "its token has a key id that is unknown in this environment",
            Self::TooManyUnknownKeys => "too many key ids are unknown, so its key was not fetched in time",
            Self::KeyUnavailable => "its key can't be fetched",
            Self::UnusableKey => "its key is not for ES256",
            Self::ExpiredKey => "its key has expired",
            Self::SignatureForm => "its signature is not in the format of ES256",
            Self::Signature => "its signature is invalid",
            Self::Claims => "its token lacks the time or the hash of the body",
            Self::TooOld => "it was signed too long ago",
            Self::InFuture => "it was signed in the future",
            Self::Body => "its body is not the signed one",
            Self::Unreadable => "its body can't be decoded",
        })
    }
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the webhook was rejected: {}", self.kind)?;
        match &self.cause {
            None => Ok(()),
            Some(Cause::Call(error)) => write!(f, ": {error}"),
            Some(Cause::Decode(error)) => write!(f, ": {error}"),
        }
    }
}

// The message contains the cause, so `source` must not return it: reports would print it twice.
impl std::error::Error for WebhookError {}
