//! What each file imports.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Context;
use super::ty::{self, Presence};
use crate::ident;
use crate::ir::{BodyMedia, Field, Kind, Operation, ResponseBody, Type, TypeDef, TypeId};
use crate::pass::usage;

/// What a module's operations and types name, and the shared types that its operations lead to, so that a type can be
/// named through the product that uses it wherever it is defined.
pub fn of_module(context: &Context<'_>, index: usize) -> Vec<TokenStream> {
    let api = context.api;
    let operations = || api.operations.iter().filter(|operation| operation.module == index);
    let types = || api.types.values().filter(|def| def.module == index);
    let mut head = of_items(context, operations(), types());
    if !api.modules[index].shared {
        let shared: BTreeSet<&str> = api
            .types
            .values()
            .filter(|def| api.modules[def.module].shared && def.users.contains(&index))
            .map(|def| def.name.as_str())
            .collect();
        let shared: Vec<_> = shared.into_iter().map(ident::raw).collect();
        if !shared.is_empty() {
            head.push(quote! {
                #[doc(no_inline)]
                pub use super::shared::{#(#shared),*};
            });
        }
    }
    head
}

/// What some of the shared types name, the other shared types among it.
pub fn of_group(context: &Context<'_>, group: &[&TypeDef]) -> Vec<TokenStream> {
    let mut head = of_items(context, std::iter::empty(), group.iter().copied());
    let others: BTreeSet<&str> = group
        .iter()
        .flat_map(|def| named(context, def))
        .filter_map(|id| context.api.types.get(&id))
        .filter(|def| !group.iter().any(|member| member.id == def.id))
        .map(|def| def.name.as_str())
        .collect();
    let others: Vec<_> = others.into_iter().map(ident::raw).collect();
    if !others.is_empty() {
        head.push(quote!(use super::{#(#others),*};));
    }
    head
}

/// The types that a type's code names.
fn named(context: &Context<'_>, def: &TypeDef) -> Vec<TypeId> {
    let Kind::Struct(object) = &def.kind else { return usage::parts(&def.kind) };
    let mut named: Vec<TypeId> =
        object.fields.iter().map(|field| &field.ty).chain(&object.additional).flat_map(usage::names).collect();
    // A setter spells out what an alias of a list or a map holds.
    if def.usage.request {
        named.extend(object.fields.iter().flat_map(|field| usage::names(ty::resolved(context, &field.ty))));
    }
    named
}

fn of_items<'a>(
    context: &Context<'_>,
    operations: impl Iterator<Item = &'a Operation>,
    types: impl Iterator<Item = &'a TypeDef>,
) -> Vec<TokenStream> {
    let mut head = Vec::new();
    let used = Used::of(context, operations, types);
    if used.map {
        head.push(quote!(
            use std::collections::BTreeMap;
        ));
    }
    let mut names: Vec<&str> = Vec::new();
    if used.operations {
        names.extend(["Call", "Client", "Method", "Operation"]);
    }
    names.extend(used.runtime.iter().copied());
    names.sort_unstable();
    let idents = names.iter().map(|name| format_ident!("{name}"));
    if !names.is_empty() {
        head.push(quote!(use crate::{#(#idents),*};));
    }
    if used.wire {
        head.push(quote!(
            use crate::wire;
        ));
    }
    head
}

/// What items name of the runtime and the standard library.
#[derive(Default)]
struct Used {
    operations: bool,
    wire: bool,
    map: bool,
    runtime: BTreeSet<&'static str>,
}

impl Used {
    fn of<'a>(
        context: &Context<'_>,
        operations: impl Iterator<Item = &'a Operation>,
        types: impl Iterator<Item = &'a TypeDef>,
    ) -> Self {
        let mut used = Self::default();
        for operation in operations {
            used.operations = true;
            for parameter in &operation.parameters {
                used.wire = true;
                used.field(&parameter.field, true);
            }
            match &operation.response.body {
                ResponseBody::Json(ty) => used.ty(ty),
                ResponseBody::Binary(_) => {
                    used.runtime.insert("Download");
                }
                ResponseBody::Empty => {}
            }
            if let Some(body) = &operation.body
                && !matches!(body.media, BodyMedia::Binary(_))
            {
                used.ty(&body.ty);
            }
        }
        for def in types {
            match &def.kind {
                Kind::Struct(object) => {
                    used.wire = true;
                    for field in &object.fields {
                        used.field(field, def.usage.request);
                        if def.usage.request {
                            used.setter(ty::resolved(context, &field.ty));
                        }
                    }
                    if let Some(ty) = &object.additional {
                        used.map = true;
                        used.ty(ty);
                    }
                }
                Kind::Enum(_) => used.wire = true,
                Kind::Union(union) => {
                    used.wire = true;
                    union.variants.iter().for_each(|variant| used.ty(&variant.ty));
                }
                Kind::Alias(ty) => used.ty(ty),
            }
        }
        used
    }

    fn field(&mut self, field: &Field, request: bool) {
        if ty::presence(field, request) == Presence::Both {
            self.runtime.insert("Nullable");
        }
        self.ty(&field.ty);
    }

    /// What a setter takes is spelled out where it looks through an alias.
    fn setter(&mut self, ty: &Type) {
        match ty {
            Type::List(element) | Type::Map(element) => self.ty(element),
            Type::Date => self.ty(ty),
            _ => {}
        }
    }

    fn ty(&mut self, ty: &Type) {
        match ty {
            Type::Decimal | Type::DecimalString => {
                self.runtime.insert("Decimal");
            }
            Type::Date => {
                self.runtime.insert("NaiveDate");
            }
            Type::DateTime => {
                self.runtime.insert("Timestamp");
            }
            Type::Map(inner) => {
                self.map = true;
                self.ty(inner);
            }
            Type::List(inner) | Type::Nullable(inner) | Type::Boxed(inner) => self.ty(inner),
            _ => {}
        }
    }
}
