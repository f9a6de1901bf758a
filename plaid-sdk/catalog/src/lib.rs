#![doc = include_str!("../README.md")]

pub mod redact;
mod wording;

use std::ops::Deref;
use std::sync::OnceLock;

use api_model::Samples;
use api_tools::snippets::{Clients, Sources, snippet};

pub use api_model as model;
pub use api_tools as tools;
pub use api_tools::catalog::{Product, PropertyOf, Role, UsedBy};
pub use api_tools::data::Data;
pub use api_tools::snippets::{Address, Language, Snippet, SnippetError};

use self::redact::{Classes, Rewriter};

pub use self::wording::Refusal;

/// The embedded data, which `cargo xtask gen` writes.
const EMBEDDED: &[u8] = include_bytes!("../data/api.bin");

/// What is known about the official clients, which `cargo xtask gen` writes.
const CLIENTS: &str = include_str!("../data/clients.json");

/// Plaid's API as data. It has all methods of [`tools::catalog::Catalog`].
#[derive(Debug)]
pub struct Catalog {
    catalog: tools::catalog::Catalog,
    classes: OnceLock<Classes>,
}

impl Catalog {
    /// The catalog of Plaid's API. The first call reads the embedded data, which takes some milliseconds.
    ///
    /// # Panics
    /// Never, unless the crate's own data is damaged: a test reads it.
    pub fn plaid() -> &'static Self {
        static PLAID: OnceLock<Catalog> = OnceLock::new();
        PLAID.get_or_init(|| match Data::from_bytes(EMBEDDED) {
            Ok(data) => Self::new(data),
            Err(error) => panic!("the data of plaid-catalog is damaged: {error}"),
        })
    }

    /// The catalog of other data: another version of Plaid's API, read from an `api.json`.
    pub fn new(data: Data) -> Self {
        Self { catalog: tools::catalog::Catalog::new(data), classes: OnceLock::new() }
    }

    /// What is known about the official clients of Plaid's API. It is read when it is first used.
    ///
    /// # Panics
    /// Never, unless the crate's own data is damaged: a test reads it.
    pub fn clients() -> &'static Clients {
        static READ: OnceLock<Clients> = OnceLock::new();
        READ.get_or_init(|| match Clients::from_json(CLIENTS) {
            Ok(clients) => clients,
            Err(error) => panic!("the data of plaid-catalog is damaged: {error}"),
        })
    }

    /// Rewrites JSON by what its values are: credentials, personal, or neither.
    pub fn rewriter(&self) -> Rewriter<'_> {
        Rewriter::new(self.api(), self.classes.get_or_init(|| Classes::of(self.api())))
    }

    /// The code of a call of an operation, by its `operationId`, in a language. `samples` are the values: the body, and the
    /// parameters outside it.
    ///
    /// # Errors
    /// There is no such operation, the values are not those of the operation, or the language can't express one.
    pub fn snippet(
        &self,
        operation: &str,
        samples: &Samples,
        language: Language,
        address: Address<'_>,
    ) -> Result<Snippet, SnippetError> {
        let sources = Sources { api: self.api(), layout: self.layout(), clients: Self::clients() };
        snippet(sources, operation, samples, language, address)
    }
}

impl Deref for Catalog {
    type Target = tools::catalog::Catalog;

    fn deref(&self) -> &Self::Target {
        &self.catalog
    }
}
