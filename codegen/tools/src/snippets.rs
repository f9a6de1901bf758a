//! Calls of operations as code, in several languages, for any body.

mod error;
mod render;
pub mod rust;

use api_model::layout::Layout;
use api_model::{Api, Samples};

use crate::nearest::suggestion;

pub use self::error::{SnippetError, Unfit};
pub use self::render::{Class, Doc, Snippet, Span};

/// The code of a call of an operation, by its `operationId`, with any values: the body, and the parameters outside it.
///
/// # Errors
/// There is no such operation, the values are not those of the operation, or the language can't express one.
pub fn snippet(
    api: &Api,
    layout: &Layout,
    operation: &str,
    samples: &Samples,
    language: Language,
) -> Result<Snippet, SnippetError> {
    let found = api.operations.iter().find(|found| found.id == operation);
    let operation = found.ok_or_else(|| {
        let known: Vec<String> = api.operations.iter().map(|operation| operation.id.clone()).collect();
        SnippetError::UnknownOperation { name: operation.to_owned(), suggestion: suggestion(operation, &known) }
    })?;
    match language {
        Language::Rust => Ok(rust::call_of(api, layout, operation, samples, rust::Form::Snippet)?.snippet()),
        other => Err(SnippetError::UnknownLanguage { name: other.id().to_owned(), suggestion: String::new() }),
    }
}

/// A language of snippets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// This SDK.
    Rust,
    /// The command `curl`.
    Curl,
    /// JavaScript, with the official client.
    Node,
    /// TypeScript, with the official client.
    TypeScript,
    /// Python, with the official client.
    Python,
    /// Go, with the official client.
    Go,
    /// Java, with the official client.
    Java,
    /// Ruby, with the official client.
    Ruby,
}

impl Language {
    /// All languages, in the order in which they are shown.
    pub const ALL: [Self; 8] =
        [Self::Rust, Self::Curl, Self::Node, Self::TypeScript, Self::Python, Self::Go, Self::Java, Self::Ruby];

    /// The language of a name, as [`Language::id`] returns it.
    ///
    /// # Errors
    /// There is no such language. The error lists them.
    pub fn of(id: &str) -> Result<Self, SnippetError> {
        let found = Self::ALL.into_iter().find(|language| language.id() == id);
        found.ok_or_else(|| {
            let known = Self::ALL.map(|language| language.id().to_owned());
            let suggestion = match suggestion(id, &known) {
                none if none.is_empty() => format!("; there are {}", known.join(", ")),
                suggestion => suggestion,
            };
            SnippetError::UnknownLanguage { name: id.to_owned(), suggestion }
        })
    }

    /// Its name in commands, addresses and data.
    pub fn id(self) -> &'static str {
        match self {
            Self::Rust => "rust",
            Self::Curl => "curl",
            Self::Node => "node",
            Self::TypeScript => "typescript",
            Self::Python => "python",
            Self::Go => "go",
            Self::Java => "java",
            Self::Ruby => "ruby",
        }
    }

    /// Its name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Rust => "Rust",
            Self::Curl => "curl",
            Self::Node => "Node",
            Self::TypeScript => "TypeScript",
            Self::Python => "Python",
            Self::Go => "Go",
            Self::Java => "Java",
            Self::Ruby => "Ruby",
        }
    }
}
