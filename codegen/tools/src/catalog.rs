//! A catalog: an API as data, with everything by its name.

mod lookup;
mod products;
mod related;
mod usage;

use std::sync::OnceLock;

use api_model::layout::Layout;
use api_model::{Api, ErrorCode, Operation, Text, TypeDef, TypeId, Webhook};

use self::lookup::Lookup;
pub use self::lookup::PropertyOf;
pub use self::products::Product;
pub use self::related::Related;
use self::usage::Usages;
pub use self::usage::{Role, UsedBy};
use crate::check::Checker;
use crate::data::Data;
use crate::json_schema::Schemas;
use crate::samples::Sampler;
use crate::search::{Hit, Index};
use crate::unknown::{Unknown, What};

/// An API as data, with everything by its name. Indexes are built when they are first used.
#[derive(Debug, Default)]
pub struct Catalog {
    data: Data,
    lookup: OnceLock<Lookup>,
    usages: OnceLock<Usages>,
    search: OnceLock<Index>,
    checker: OnceLock<Checker>,
}

impl Catalog {
    /// The catalog of this data.
    pub fn new(data: Data) -> Self {
        Self { data, ..Self::default() }
    }

    /// What it is made of.
    pub fn data(&self) -> &Data {
        &self.data
    }

    /// The model.
    pub fn api(&self) -> &Api {
        &self.data.api
    }

    /// How the API looks in Rust.
    pub fn layout(&self) -> &Layout {
        &self.data.layout
    }

    /// The operation of this `operationId`.
    pub fn operation(&self, id: &str) -> Option<&Operation> {
        self.lookup().operation(self.api(), id)
    }

    /// The operation of this method of the SDK's client.
    pub fn method(&self, name: &str) -> Option<&Operation> {
        self.lookup().method(self.api(), name)
    }

    /// The operations at this path, with its `{parameters}` as in the document: one for each HTTP method.
    pub fn at_path(&self, path: &str) -> Vec<&Operation> {
        self.lookup().at_path(self.api(), path)
    }

    /// The operation that a person means: an `operationId`, a method of the SDK, a path, or a path after an HTTP method
    /// (`GET /pets`).
    ///
    /// # Errors
    /// No operation has this name, or the path has several. The error lists the names that are close.
    pub fn find_operation(&self, name: &str) -> Result<&Operation, Unknown> {
        self.lookup().find(self.api(), name)
    }

    /// The type with this id in text form (`Pet`, `Pet.kind`).
    pub fn type_named(&self, id: &str) -> Option<&TypeDef> {
        self.lookup().type_named(self.api(), id)
    }

    /// The type that a person means: an id in text form.
    ///
    /// # Errors
    /// No type has this name. The error lists the names that are close.
    pub fn find_type(&self, name: &str) -> Result<&TypeDef, Unknown> {
        self.type_named(name).ok_or_else(|| {
            let ids: Vec<String> = self.api().types.keys().map(TypeId::to_string).collect();
            Unknown::new(What::Type, name, ids.iter().map(String::as_str))
        })
    }

    /// The properties with this name: all of them (`account_id`), or that of one type (`Account.account_id`).
    pub fn properties(&self, name: &str) -> Vec<PropertyOf<'_>> {
        self.lookup().properties(self.api(), name)
    }

    /// The webhooks that this pair of a type and a code announces, one for each of its payloads.
    pub fn webhooks(&self, kind: &str, code: &str) -> Vec<&Webhook> {
        self.api().webhooks.iter().filter(|webhook| webhook.kind == kind && webhook.code == code).collect()
    }

    /// The operations that usually follow an operation, each with the reason.
    pub fn next(&self, operation: &Operation) -> Vec<(&Operation, &Text)> {
        let next = self.operation(&operation.id).map_or(&[][..], |operation| &operation.next);
        next.iter().filter_map(|next| Some((self.operation(&next.operation)?, &next.reason))).collect()
    }

    /// The error code.
    pub fn error_code(&self, code: &str) -> Option<&ErrorCode> {
        self.api().error_codes.iter().find(|known| known.wire == code)
    }

    /// The products, sorted by name.
    pub fn products(&self) -> impl Iterator<Item = Product<'_>> {
        Product::all(self.data())
    }

    /// The product with this name: that of its module.
    pub fn product(&self, name: &str) -> Option<Product<'_>> {
        self.products().find(|product| product.name == name)
    }

    /// The product of an operation.
    pub fn product_of(&self, operation: &Operation) -> Option<Product<'_>> {
        let module = self.layout().module_of(operation)?;
        self.product(self.layout().module_name(module))
    }

    /// What uses a type: the types that contain it, and the operations and webhooks that reach it.
    pub fn used_by(&self, id: &TypeId) -> UsedBy<'_> {
        self.usages.get_or_init(|| Usages::of(self.api())).used_by(self.api(), id)
    }

    /// The webhooks that belong to an operation: those that its docs name, and those whose docs name it.
    pub fn webhooks_of(&self, operation: &Operation) -> Vec<&Webhook> {
        Related::new(self.api()).webhooks(operation)
    }

    /// The error codes that belong to an operation: those that its docs name, and those that the docs of its request's
    /// properties name.
    pub fn error_codes_of(&self, operation: &Operation) -> Vec<&ErrorCode> {
        Related::new(self.api()).error_codes(operation)
    }

    /// What a query means, the best first. See [`Index::search`].
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit<'_>> {
        self.search_index().search(query, limit)
    }

    /// The index for searching, for instance to export it.
    pub fn search_index(&self) -> &Index {
        let Data { api, layout, words } = &self.data;
        self.search.get_or_init(|| Index::build(api, layout, words))
    }

    /// Checks bodies of requests, responses and webhooks.
    pub fn checker(&self) -> &Checker {
        self.checker.get_or_init(|| Checker::new(self.api()))
    }

    /// Makes samples of requests, responses and webhooks.
    pub fn sampler(&self) -> Sampler<'_> {
        Sampler::new(self.api())
    }

    /// Makes JSON Schemas of requests, responses and webhooks.
    pub fn schemas(&self) -> Schemas<'_> {
        Schemas::new(self.api())
    }

    fn lookup(&self) -> &Lookup {
        self.lookup.get_or_init(|| Lookup::of(&self.data))
    }
}
