//! One of the two documents, with lookups for the comparison.

use std::collections::HashMap;

use super::reach::{self, Reach};
use super::{Document, Spot};
use crate::diag::Pointer;
use api_model::layout::Layout;
use api_model::{Api, Operation, Type, TypeDef, TypeId};

/// A document with indexes for frequent lookups.
pub(super) struct Side<'a> {
    pub(super) document: &'a Document,
    reach: HashMap<TypeId, Reach>,
    nothing: Reach,
}

impl<'a> Side<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        Self { document, reach: reach::all(&document.api), nothing: Reach::default() }
    }

    pub(super) fn api(&self) -> &'a Api {
        &self.document.api
    }

    /// A type, reached or not.
    pub(super) fn get(&self, id: &TypeId) -> Option<&'a TypeDef> {
        self.api().get(id)
    }

    /// All types, those that nothing reaches last.
    pub(super) fn types(&self) -> impl Iterator<Item = &'a TypeDef> + use<'a> {
        self.api().types.values().chain(self.api().unreached.values())
    }

    /// Whether code is generated for it.
    pub(super) fn is_made(&self, id: &TypeId) -> bool {
        self.api().types.contains_key(id)
    }

    pub(super) fn reach(&self, id: &TypeId) -> &Reach {
        self.reach.get(id).unwrap_or(&self.nothing)
    }

    pub(super) fn spot(&self, at: &Pointer) -> Spot {
        let source = &self.document.source;
        Spot { file: source.name.clone(), line: source.line(at), at: at.clone() }
    }

    pub(super) fn layout(&self) -> &'a Layout {
        &self.document.layout
    }

    /// The module of an operation.
    pub(super) fn module_of(&self, operation: &Operation) -> String {
        let module = self.layout().module_of(operation);
        module.map(|index| self.layout().module_name(index).to_owned()).unwrap_or_default()
    }

    /// The module of a type that code is generated for.
    pub(super) fn module_of_type(&self, id: &TypeId) -> Option<String> {
        Some(self.layout().module_name(self.layout().types.get(id)?.module).to_owned())
    }

    /// The products in a reach.
    pub(super) fn modules<'s>(&'s self, reach: &'s Reach) -> impl Iterator<Item = String> + 's {
        let of = |operation: &Operation| {
            let name = reach::operation(operation);
            (reach.requests.contains(&name) || reach.responses.contains(&name)).then(|| self.module_of(operation))
        };
        let webhooks = self.api().webhooks.iter().filter(|webhook| reach.webhooks.contains(&reach::webhook(webhook)));
        let webhooks = webhooks.filter_map(|webhook| self.module_of_type(&webhook.body));
        self.api().operations.iter().filter_map(of).chain(webhooks)
    }

    /// A type, looking through aliases.
    pub(super) fn resolved(&self, ty: &'a Type) -> &'a Type {
        self.api().resolve(ty)
    }
}

/// The readable name of a type.
pub(super) fn name(ty: &Type) -> String {
    match ty {
        Type::String | Type::DecimalString => "string".to_owned(),
        Type::Bool => "boolean".to_owned(),
        Type::Integer => "integer".to_owned(),
        Type::Float | Type::Decimal => "number".to_owned(),
        Type::Date => "date".to_owned(),
        Type::DateTime => "date-time".to_owned(),
        Type::Json => "any".to_owned(),
        Type::JsonObject => "object".to_owned(),
        Type::List(inner) => format!("[{}]", name(inner)),
        Type::Map(inner) => format!("{{{}}}", name(inner)),
        Type::Nullable(inner) => format!("{} or null", name(inner)),
        Type::Named(id) => id.to_string(),
    }
}
