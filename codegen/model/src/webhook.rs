//! Webhooks, and the codes of errors.

use serde::{Deserialize, Serialize};

use crate::TypeId;

/// A webhook.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Webhook {
    /// The (type, code) pair that announces it.
    pub kind: String,
    /// The (type, code) pair's second half.
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

/// A code of errors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ErrorCode {
    /// The code.
    pub wire: String,
    /// The error types that it comes with.
    pub types: Vec<String>,
    /// What helps: a variant of the runtime's.
    pub recovery: String,
    /// What to do about it.
    pub advice: String,
}
