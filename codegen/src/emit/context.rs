//! The input of every emitter: the model, its layout, and lookups on both.

use super::links::Links;
use super::page_lists::PageLists;
use super::roles::Roles;
use api_model::layout::{AlternativeLayout, Layout, Members};
use api_model::{Api, Operation, Type, TypeId};

/// The input of every emitter.
pub struct Context<'a> {
    /// The API.
    pub api: &'a Api,
    /// How it looks in Rust.
    pub layout: &'a Layout,
    /// The targets of links.
    pub links: Links<'a>,
    /// What types are for.
    pub roles: Roles<'a>,
    /// The lists of pages.
    pub page_lists: PageLists<'a>,
    /// Whether items have docs. Reading what is public needs none, and they are most of the tokens.
    pub with_docs: bool,
}

impl<'a> Context<'a> {
    /// The context of an API.
    pub fn new(api: &'a Api, layout: &'a Layout) -> Self {
        let links = Links::of(api, layout);
        Self { api, layout, links, roles: Roles::of(api), page_lists: PageLists::of(api), with_docs: true }
    }

    /// The context for items without docs.
    pub fn without_docs(api: &'a Api, layout: &'a Layout) -> Self {
        Self { with_docs: false, ..Self::new(api, layout) }
    }

    /// The module that contains the enum of all webhooks, if there are any.
    pub fn events_in(&self) -> Option<usize> {
        let first = self.api.events.first()?;
        Some(self.layout.types.get(&first.body)?.module)
    }

    /// The name of an operation's method.
    pub fn method(&self, operation: &Operation) -> &'a str {
        self.layout.operations.get(&operation.id).map_or("", |layout| layout.name.as_str())
    }

    /// The name of a property's field.
    pub fn field_name(&self, of: &TypeId, property: &str) -> &'a str {
        match self.layout.types.get(of).map(|layout| &layout.members) {
            Some(Members::Fields(fields)) => fields.get(property).map_or("", |field| field.name.as_str()),
            _ => "",
        }
    }

    /// The name of the field of a property that is inside another.
    pub fn field_name_inside(&self, of: &TypeId, outer: &str, property: &str) -> &'a str {
        let fields = self.api.object(of).map(|object| object.fields.as_slice()).unwrap_or_default();
        let inner = fields.iter().find(|field| field.wire == outer).map(|field| self.api.resolve(&field.ty));
        inner.and_then(Type::named).map_or("", |id| self.field_name(id, property))
    }

    /// The names of an enum's variants.
    pub fn values(&self, id: &TypeId) -> &'a [String] {
        match self.layout.types.get(id).map(|layout| &layout.members) {
            Some(Members::Values(names)) => names,
            _ => &[],
        }
    }

    /// The variants of a union.
    pub fn alternatives(&self, id: &TypeId) -> &'a [AlternativeLayout] {
        match self.layout.types.get(id).map(|layout| &layout.members) {
            Some(Members::Alternatives(alternatives)) => alternatives,
            _ => &[],
        }
    }

    /// A type's name in Rust.
    pub fn name(&self, id: &TypeId) -> &'a str {
        self.layout.types.get(id).map_or("", |layout| layout.name.as_str())
    }
}
