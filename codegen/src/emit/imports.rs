//! The imports of each file.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::context::Context;
use super::view::{self, FieldView};
use crate::ident;
use api_model::layout::{Presence, TypeLayout};
use api_model::{BodyMedia, Kind, Operation, ResponseBody, Type, TypeDef, TypeId};

/// The types that a module's operations and types name, and the shared types that its operations reach. A type can then
/// be named through every product that uses it.
pub fn of_module(context: &Context<'_>, index: usize) -> Vec<TokenStream> {
    let (api, layout) = (context.api, context.layout);
    let operations = layout.operations_of(api, index);
    let mut head = of_items(context, operations, layout.types_of(api, index).map(|(def, _)| def));
    if context.events_in() == Some(index) {
        // The runtime's part of this module: unknown webhooks, and verification.
        head.push(quote!(
            pub use crate::runtime::webhooks::*;
        ));
    }
    if !layout.modules[index].shared {
        let is_shared = |of: &&TypeLayout| layout.modules[of.module].shared && of.users.contains(&index);
        let shared: BTreeSet<&str> = layout.types.values().filter(is_shared).flat_map(TypeLayout::names).collect();
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

/// The types that some of the shared types name, including other shared types.
pub fn of_group<'a>(context: &Context<'a>, group: &[&'a TypeDef]) -> Vec<TokenStream> {
    let mut head = of_items(context, std::iter::empty(), group.iter().copied());
    let others: BTreeSet<&str> = group
        .iter()
        .flat_map(|def| named(context, def))
        .filter(|id| !group.iter().any(|member| member.id == **id))
        .map(|id| context.name(id))
        .collect();
    let others: Vec<_> = others.into_iter().map(ident::raw).collect();
    if !others.is_empty() {
        head.push(quote!(use super::{#(#others),*};));
    }
    head
}

/// The types that a type's code names.
fn named<'a>(context: &Context<'a>, def: &'a TypeDef) -> Vec<&'a TypeId> {
    let Kind::Struct(object) = &def.kind else { return def.kind.refs().collect() };
    let fields = || object.caller_fields().map(|field| &field.ty);
    let mut named: Vec<&TypeId> = fields().chain(object.additional.typed()).filter_map(Type::named).collect();
    // A setter spells out the element type of an alias of a list or map.
    if def.usage.request {
        named.extend(fields().filter_map(|ty| context.api.resolve(ty).named()));
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
        head.push(quote!(use crate::runtime::{#(#idents),*};));
    }
    if used.wire {
        head.push(quote!(
            use crate::runtime::wire;
        ));
    }
    head
}

/// The items of the runtime and the standard library that the code names.
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
            for field in view::parameters(context, operation) {
                used.wire = true;
                used.field(field);
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
                    for field in view::fields(context, def, object) {
                        used.field(field);
                        if def.usage.request {
                            used.setter(context.api.resolve(&field.api.ty));
                        }
                    }
                    if let Some(ty) = object.additional.typed() {
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

    fn field(&mut self, field: FieldView<'_>) {
        if field.presence() == Presence::OptionalNullable {
            self.runtime.insert("Nullable");
        }
        self.ty(&field.api.ty);
    }

    /// A setter's argument is spelled out if it looks through an alias.
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
            Type::List(inner) | Type::Nullable(inner) => self.ty(inner),
            _ => {}
        }
    }
}
