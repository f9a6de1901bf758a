#![doc = include_str!("../README.md")]

use std::ops::Deref;
use std::sync::OnceLock;

pub use api_model as model;
pub use api_tools as tools;
pub use api_tools::catalog::{Product, PropertyOf, Role, Unknown, UsedBy, What};
pub use api_tools::data::Data;

/// The embedded data, which `cargo xtask gen` writes.
const EMBEDDED: &[u8] = include_bytes!("../data/api.bin");

/// Plaid's API as data. It has all methods of [`tools::catalog::Catalog`].
#[derive(Debug)]
pub struct Catalog(tools::catalog::Catalog);

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
        Self(tools::catalog::Catalog::new(data))
    }
}

impl Deref for Catalog {
    type Target = tools::catalog::Catalog;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}
