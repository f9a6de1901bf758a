//! Webhooks and error codes.

use serde::{Deserialize, Serialize};

use crate::TypeId;

/// A webhook.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Webhook {
    /// The (type, code) pair that announces it.
    pub kind: String,
    /// The second half of the (type, code) pair.
    pub code: String,
    /// Its payload.
    pub body: TypeId,
}

/// A webhook among all of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The pair that announces it.
    pub pair: (String, String),
    /// A property that only this one of several with the same pair has. Those that have one come first.
    pub has: Option<String>,
    /// Its payload.
    pub body: TypeId,
}

/// An error code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ErrorCode {
    /// The code.
    pub wire: String,
    /// The error types that it comes with.
    pub types: Vec<String>,
    /// How to recover: a variant of the runtime's `Recovery`.
    pub recovery: String,
    /// When the same request may be retried: a variant of the runtime's `Retry`.
    pub retry: String,
    /// What to do about it.
    pub advice: String,
}

/// What is known about all errors of a type or of an HTTP status, for those without a listed code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ErrorClass {
    /// The type or the status.
    pub of: ErrorClassKey,
    /// As in [`ErrorCode::recovery`].
    pub recovery: String,
    /// As in [`ErrorCode::retry`].
    pub retry: String,
}

/// What the errors of a class have in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorClassKey {
    /// The error type.
    Type(String),
    /// The HTTP status.
    Status(u16),
}
