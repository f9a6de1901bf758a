//! One of the two documents, as the comparison looks at it.

use std::collections::HashMap;

use super::reach::{self, Reach};
use super::{Document, Spot};
use crate::diag::Pointer;
use crate::ir::{Api, Kind, Operation, Type, TypeDef, TypeId};

/// A document with what is looked up often.
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

    /// A type, whether or not anything reaches it.
    pub(super) fn get(&self, id: &TypeId) -> Option<&'a TypeDef> {
        self.api().types.get(id).or_else(|| self.api().unreached.get(id))
    }

    /// All types, those that nothing reaches last.
    pub(super) fn types(&self) -> impl Iterator<Item = &'a TypeDef> + use<'a> {
        self.api().types.values().chain(self.api().unreached.values())
    }

    /// Whether something is made of it.
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

    pub(super) fn module(&self, index: usize) -> String {
        self.api().modules.get(index).map(|module| module.name.clone()).unwrap_or_default()
    }

    /// The products that a reach is about.
    pub(super) fn modules<'s>(&'s self, reach: &'s Reach) -> impl Iterator<Item = String> + 's {
        let of = |operation: &Operation| {
            let name = reach::operation(operation);
            (reach.requests.contains(&name) || reach.responses.contains(&name)).then(|| self.module(operation.module))
        };
        let webhooks = self.api().webhooks.iter().filter(|webhook| reach.webhooks.contains(&reach::webhook(webhook)));
        let webhooks = webhooks.filter_map(|webhook| Some(self.module(self.get(&webhook.body)?.module)));
        self.api().operations.iter().filter_map(of).chain(webhooks)
    }

    /// A type, looking through aliases and boxes.
    pub(super) fn resolved(&self, ty: &'a Type) -> &'a Type {
        let mut ty = ty;
        // No document has more aliases in a row than types.
        for _ in 0..=self.api().types.len() + self.api().unreached.len() {
            match ty {
                Type::Boxed(inner) => ty = inner,
                Type::Named(id) => match self.get(id).map(|def| &def.kind) {
                    Some(Kind::Alias(target)) => ty = target,
                    _ => return ty,
                },
                _ => return ty,
            }
        }
        ty
    }
}

/// A type as the document's readers call it.
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
        Type::Boxed(inner) => name(inner),
        Type::Named(id) => id.0.clone(),
    }
}
