//! Prose as spans: plain Markdown, code, and links whose targets are already resolved.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::TypeId;

/// A text about the API, as a list of spans. rustdoc, HTML, Markdown and JSON each render the spans in their own way.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub Vec<Span>);

impl Text {
    /// A text that is one piece of Markdown.
    pub fn markdown(text: impl Into<String>) -> Self {
        Self(vec![Span::Markdown(text.into())])
    }

    /// What the text links to, in its order.
    pub fn targets(&self) -> impl Iterator<Item = &Target> {
        self.0.iter().filter_map(|span| match span {
            Span::Link { to, .. } => Some(to),
            Span::Markdown(_) | Span::Code(_) => None,
        })
    }
}

/// The text as Markdown, without its links.
impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|span| match span {
            Span::Markdown(markdown) => f.write_str(markdown),
            Span::Code(code) | Span::Link { code, .. } => f.write_str(&code_span(code)),
        })
    }
}

/// A Markdown code span with this content, fenced by more backticks than it contains in a row.
pub fn code_span(code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{code}{space}{fence}")
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// Markdown. In the maintainers' texts, code spans are separate spans, except inside links and code blocks.
    Markdown(String),
    /// Code, without its backticks.
    Code(String),
    /// Code that names an item of the API.
    Link {
        /// The code, without its backticks.
        code: String,
        /// The item that it names.
        to: Target,
    },
}

/// An item of the API that a text can link to.
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
    /// An error code.
    ErrorCode(String),
}
