//! Errors of verifying and parsing webhooks.

use std::fmt;

use crate::runtime::error::Error;
use crate::runtime::wire::DecodeError;

/// Why a webhook was rejected. The error repeats nothing of the webhook.
#[derive(Debug)]
pub struct WebhookError {
    kind: WebhookErrorKind,
    source: Option<Source>,
}

#[derive(Debug)]
enum Source {
    Call(Error),
    Decode(DecodeError),
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
    /// Too many webhooks had unknown key ids recently, so the key was not fetched. Temporary.
    TooManyUnknownKeys,
    /// The key could not be fetched; the source is the error of the call. Temporary.
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
    /// It was signed too long ago. It may be a replay.
    TooOld,
    /// It was signed in the future: one of the clocks is wrong.
    InFuture,
    /// The body is not the signed one. Pass the raw bytes: a body that was parsed and serialized again differs.
    Body,
    /// It is from Plaid, but the body can't be decoded; the source has the path.
    Unreadable,
}

impl WebhookError {
    pub(super) const fn new(kind: WebhookErrorKind) -> Self {
        Self { kind, source: None }
    }

    pub(super) const fn unavailable(error: Error) -> Self {
        Self { kind: WebhookErrorKind::KeyUnavailable, source: Some(Source::Call(error)) }
    }

    pub(super) const fn unreadable(error: DecodeError) -> Self {
        Self { kind: WebhookErrorKind::Unreadable, source: Some(Source::Decode(error)) }
    }

    /// The reason.
    pub const fn kind(&self) -> WebhookErrorKind {
        self.kind
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
            Self::TooManyUnknownKeys => "too many key ids are unknown, so its key was not fetched",
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
        match &self.source {
            None => Ok(()),
            Some(Source::Call(error)) => write!(f, ": {error}"),
            Some(Source::Decode(error)) => write!(f, ": {error}"),
        }
    }
}

impl std::error::Error for WebhookError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self.source.as_ref()? {
            Source::Call(error) => Some(error),
            Source::Decode(error) => Some(error),
        }
    }
}
