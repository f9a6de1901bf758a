//! Why there is no snippet.

use std::fmt;

use super::Language;
use crate::unknown::Unknown;

/// Why there is no snippet for a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SnippetError {
    /// No language has this name.
    UnknownLanguage {
        /// The name.
        name: String,
        /// The end of the message: which name was meant.
        suggestion: String,
    },
    /// No operation has this `operationId`.
    UnknownOperation(Unknown),
    /// The request is not one of the operation, or the language can't express it.
    Unfit(Unfit),
    /// The layout names no crate, so that there is no Rust for this API.
    NoCrate,
    /// There is no data about a client for this language.
    NoClient(Language),
    /// Snippets of this language have no form for a gateway.
    NoGateway(Language),
}

impl fmt::Display for SnippetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownLanguage { name, suggestion } => write!(f, "there are no snippets in `{name}`{suggestion}"),
            Self::UnknownOperation(unknown) => unknown.fmt(f),
            Self::Unfit(unfit) => unfit.fmt(f),
            Self::NoClient(language) => write!(f, "there is no data about a client for {}", language.title()),
            Self::NoGateway(language) => write!(f, "{} has no form for a gateway", language.title()),
            Self::NoCrate => f.write_str("the layout names no crate (`examples` in sdk.yaml)"),
        }
    }
}

impl std::error::Error for SnippetError {}

impl From<Unfit> for SnippetError {
    fn from(unfit: Unfit) -> Self {
        Self::Unfit(unfit)
    }
}

/// A value that is not one of its type, or that a language can't express.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// Where it is: `user.addresses[1].city`; empty for the whole.
    pub path: String,
    /// What is wrong, as the end of a sentence: `must be a string, and is a number`.
    pub problem: String,
}

impl Unfit {
    /// A problem of the whole value.
    pub fn new(problem: impl Into<String>) -> Self {
        Self { path: String::new(), problem: problem.into() }
    }

    /// A problem of the value of a property.
    pub fn of(property: &str, problem: impl Into<String>) -> Self {
        Self::new(problem).within(property)
    }

    /// The same problem, seen from the object that has the value as a property.
    #[must_use]
    pub fn within(mut self, property: &str) -> Self {
        let separator = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("{property}{separator}{}", self.path);
        self
    }

    /// The same problem, seen from the list that has the value as an element.
    #[must_use]
    pub fn at(self, index: usize) -> Self {
        self.within(&format!("[{index}]"))
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => write!(f, "the request {}", self.problem),
            path => write!(f, "`{path}` {}", self.problem),
        }
    }
}

impl std::error::Error for Unfit {}
