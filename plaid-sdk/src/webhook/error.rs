//! Why a webhook is not accepted.

use std::fmt;

use crate::Error;
use crate::wire::DecodeError;

/// Why a webhook is not accepted. It repeats nothing of the webhook.
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

/// Which rule a webhook breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WebhookErrorKind {
    /// There is no `Plaid-Verification` header.
    NoHeader,
    /// There are several `Plaid-Verification` headers.
    ManyHeaders,
    /// The header is longer than any of Plaid's.
    TooLong,
    /// The header is no signed token: not three parts of base64url, or no JSON object in the first.
    NoToken,
    /// The token is signed in another way than by ES256, or not at all.
    Algorithm,
    /// The token asks for rules that are not known here (`crit`).
    Extension,
    /// The token names no key, or by a name that no key has.
    NoKeyId,
    /// Plaid has no key of this name: the webhook is forged, or was sent by another environment.
    UnknownKey,
    /// Webhooks name so many unknown keys that Plaid is not asked for this one now. Temporary.
    TooManyUnknownKeys,
    /// Plaid could not be asked for the key; the source says why. Temporary.
    KeyUnavailable,
    /// The key is not one for ES256 signatures, or not the one that was asked for.
    UnusableKey,
    /// The key is no longer in use.
    ExpiredKey,
    /// The signature has another form than two numbers of 32 bytes each, as does one in DER.
    SignatureForm,
    /// The signature was not made with this key, or for another token.
    Signature,
    /// What was signed is no JSON object with a time of issue and the hash of a body.
    Claims,
    /// It was signed too long ago. A webhook that is repeated on purpose looks so.
    TooOld,
    /// It was signed in the future: one of the two clocks is wrong.
    InFuture,
    /// The body is not the one that was signed. Mind that the raw bytes count: a body that was parsed and written anew
    /// differs, though it means the same.
    Body,
    /// It was sent by Plaid, but the body can't be read; the source says where.
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

    /// Which rule it breaks.
    pub const fn kind(&self) -> WebhookErrorKind {
        self.kind
    }

    /// Whether the webhook may be good, but can't be checked now. Answer with 503: Plaid sends it again.
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
            Self::NoToken => "its Plaid-Verification header is no signed token",
            Self::Algorithm => "its token is not signed by ES256",
            Self::Extension => "its token asks for rules that are not known",
            Self::NoKeyId => "its token names no key",
            Self::UnknownKey => "its token names a key that Plaid does not have in this environment",
            Self::TooManyUnknownKeys => "too many unknown keys are named; this one was not asked for",
            Self::KeyUnavailable => "its key can't be fetched",
            Self::UnusableKey => "its key is none for ES256",
            Self::ExpiredKey => "its key has expired",
            Self::SignatureForm => "its signature has another form than ES256 gives",
            Self::Signature => "its signature does not fit",
            Self::Claims => "its token lacks the time or the hash of the body",
            Self::TooOld => "it was signed too long ago",
            Self::InFuture => "it was signed in the future",
            Self::Body => "its body is not the one that was signed",
            Self::Unreadable => "its body can't be read",
        })
    }
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the webhook is not accepted: {}", self.kind)?;
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
