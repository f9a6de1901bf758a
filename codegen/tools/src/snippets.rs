//! Calls of operations as code, in several languages, for any body.

mod built;
mod call;
pub mod client;
mod code;
mod curl;
mod go;
mod java;
mod render;
mod ruby;
mod typed;
pub mod words;

pub use self::call::{Address, Call, Http, SnippetError};
pub use self::client::Clients;
pub use self::render::{Class, Doc, Snippet, Span};

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

/// A call as code of a language.
///
/// # Errors
/// A call that the language can't express, or a language without snippets.
pub fn snippet(call: &Call<'_>, language: Language) -> Result<Snippet, SnippetError> {
    match language {
        Language::Curl => curl::snippet(call),
        Language::Go => go::snippet(call),
        Language::Java => java::snippet(call),
        Language::Ruby => ruby::snippet(call),
        other => Err(SnippetError(format!("there are no snippets for {}", other.title()))),
    }
}
