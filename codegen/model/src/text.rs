//! Prose as spans: plain Markdown, code, and links whose targets are already resolved.

use serde::{Deserialize, Serialize};

use crate::TypeId;

/// A text about the API, as a list of spans. rustdoc, HTML, Markdown and JSON each render the spans in their own way.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub Vec<Span>);

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// Markdown without code spans.
    Markdown(String),
    /// Code, without its backticks.
    Code(String),
    /// Code that names something of the API.
    Link {
        /// The code, without its backticks.
        code: String,
        /// What it names.
        to: Target,
    },
}

/// Something of the API that a text can link to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// The operation of this `operationId`.
    Operation(String),
    /// A type.
    Type(TypeId),
    /// A property of a type.
    Field {
        /// The type.
        of: TypeId,
        /// The property's name, as in the document.
        property: String,
    },
    /// The webhook with this payload, as the pair announces it.
    Webhook {
        /// The first half of the pair, the webhook's type.
        kind: String,
        /// The second half, its code.
        code: String,
        /// The payload.
        body: TypeId,
    },
    /// A code of errors.
    ErrorCode(String),
}
