//! Calls of operations as code, in several languages, for any body.

mod built;
mod call;
pub mod client;
mod code;
mod curl;
mod error;
mod go;
mod highlight;
mod java;
pub mod javascript;
mod names;
pub mod python;
mod render;
mod ruby;
pub mod rust;
mod typed;
pub mod words;

use api_model::layout::Layout;
use api_model::{Api, Samples};

use crate::nearest::suggestion;
use crate::unknown::{Unknown, What};

pub use self::call::{Address, Call, Http};
pub use self::client::Clients;
pub use self::code::is_rounded;
pub use self::error::{SnippetError, Unfit};
pub use self::render::{Class, Doc, Snippet, Span};

/// What snippets are made from.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// The API.
    pub api: &'a Api,
    /// How it looks in Rust.
    pub layout: &'a Layout,
    /// What is known about its clients.
    pub clients: &'a Clients,
}

/// The code of a call of an operation, by its `operationId`, with any values: the body, and the parameters outside it.
/// Rust has no form for a gateway.
///
/// # Errors
/// There is no such operation, the values are not those of the operation, or the language can't express one.
pub fn snippet(
    sources: Sources<'_>,
    operation: &str,
    samples: &Samples,
    language: Language,
    address: Address<'_>,
) -> Result<Snippet, SnippetError> {
    let Sources { api, layout, clients } = sources;
    let found = api.operations.iter().find(|found| found.id == operation);
    let operation = found.ok_or_else(|| {
        let known = api.operations.iter().map(|operation| operation.id.as_str());
        SnippetError::UnknownOperation(Unknown::new(What::Operation, operation, known))
    })?;
    let body = samples.request.as_ref();
    let call = Call { api, clients, operation, body, parameters: samples.parameters.as_ref(), address };
    match language {
        Language::Rust if address != Address::Api => Err(SnippetError::NoGateway(language)),
        Language::Rust => Ok(rust::call_of(api, layout, operation, samples, rust::Form::Snippet)?.snippet()),
        Language::Curl => curl::snippet(&call.checked()?),
        Language::Node | Language::TypeScript => javascript::snippet(&call.checked()?, language),
        Language::Python => python::snippet(&call.checked()?),
        Language::Go => go::snippet(&call.checked()?),
        Language::Java => java::snippet(&call.checked()?),
        Language::Ruby => ruby::snippet(&call.checked()?),
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
