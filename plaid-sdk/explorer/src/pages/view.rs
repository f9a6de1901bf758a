//! What a page is made with.

use plaid_catalog::Catalog;
use plaid_catalog::model::Operation;

use super::links::{Address, Links};
use crate::gateway::{Environment, Switches};

/// What a page is made with: the API, how pages are linked, and where calls go.
#[derive(Clone, Debug)]
pub struct View {
    /// The API as data.
    pub catalog: &'static Catalog,
    /// How pages are linked.
    pub links: Links,
    /// Where calls go, and which go to Production; `None` on exported pages, which can't call.
    pub environment: Option<(Environment, Switches)>,
}

impl View {
    /// The link to a page.
    pub fn to(&self, address: &Address<'_>) -> String {
        self.links.to(address)
    }

    /// The link to the page of an operation.
    pub fn to_operation(&self, operation: &Operation) -> String {
        self.to(&Address::operation(self.catalog, operation))
    }
}
