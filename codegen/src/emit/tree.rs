//! The module tree, and what each module imports.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Context, File, Style, errors, events};
use crate::format;
use crate::ident;
use crate::ir::{BodyMedia, Type};
use crate::pass::usage;

/// `mod.rs`: every module, behind its feature.
pub fn emit(context: &Context<'_>) -> File {
    let modules: Vec<TokenStream> = context
        .api
        .modules
        .iter()
        .map(|module| {
            let name = ident::raw(&module.name);
            let feature = &module.name;
            let gate = (!module.shared).then(|| quote!(#[cfg(feature = #feature)]));
            quote!(#gate pub mod #name;)
        })
        .collect();
    let allowed = quote! {
        #![allow(
            deprecated,
            missing_docs,
            clippy::too_many_arguments,
            clippy::doc_markdown,
            clippy::should_implement_trait,
            clippy::large_enum_variant,
            clippy::new_without_default,
            clippy::enum_variant_names,
            clippy::wrong_self_convention,
            clippy::upper_case_acronyms,
            rustdoc::redundant_explicit_links,
            reason = "the API decides what things are called, how many there are and which of them are deprecated"
        )]
    };
    let errors = (!context.api.error_codes.is_empty()).then(|| {
        let (module, name) = (ident::raw(errors::MODULE), ident::raw(errors::NAME));
        quote! {
            pub(crate) mod #module;
            pub use self::#module::#name;
        }
    });
    let events = context.events_in().filter(|_| context.style == Style::Wire).map(|index| {
        let module = &context.api.modules[index];
        let (path, feature, name) = (ident::raw(&module.name), &module.name, ident::raw(events::NAME));
        let gate = (!module.shared).then(|| quote!(#[cfg(feature = #feature)]));
        quote!(#gate pub use self::#path::#name;)
    });
    // Texts name what other products have; without them there is nothing to lead to.
    let features: Vec<_> =
        context.api.modules.iter().filter(|module| !module.shared).map(|module| &module.name).collect();
    let links = quote! {
        #![cfg_attr(not(all(#(feature = #features),*)), allow(rustdoc::broken_intra_doc_links))]
    };
    let head = [allowed, links].into_iter();
    let modules: Vec<TokenStream> = head.chain(modules).chain(errors).chain(events).collect();
    let about = "Every type and operation of the API, a module for each product.";
    File { path: "mod.rs".to_owned(), text: format::file(context.api, about, &modules, &[]) }
}

/// What stands at a module's head: imports, and the shared types that its operations lead to, so that a type can be
/// named through the product that uses it wherever it is defined.
pub fn head(context: &Context<'_>, index: usize) -> Vec<TokenStream> {
    let api = context.api;
    let mut head = Vec::new();
    let used = Used::of(context, index);
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
    match context.style {
        Style::Wire if used.wire => head.push(quote!(
            use crate::wire;
        )),
        Style::Wire | Style::Derive => {}
    }
    if !api.modules[index].shared {
        let mut roots = Vec::new();
        for operation in api.operations.iter().filter(|operation| operation.module == index) {
            roots.extend(usage::request_roots(operation));
            roots.extend(usage::response_roots(operation));
        }
        // A webhook's module has no operations of its own: its own types are the roots.
        roots.extend(api.types.values().filter(|def| def.module == index).map(|def| def.id.clone()));
        let shared: BTreeSet<&str> = usage::reach(api, roots.into_iter())
            .iter()
            .filter_map(|id| api.types.get(id))
            .filter(|def| api.modules[def.module].shared)
            .map(|def| def.name.as_str())
            .collect();
        let shared = shared.into_iter().map(ident::raw);
        let shared: Vec<_> = shared.collect();
        if !shared.is_empty() {
            head.push(quote! {
                #[doc(no_inline)]
                pub use super::shared::{#(#shared),*};
            });
        }
    }
    head
}

/// What a module's items name.
#[derive(Default)]
struct Used {
    operations: bool,
    wire: bool,
    map: bool,
    runtime: BTreeSet<&'static str>,
}

impl Used {
    fn of(context: &Context<'_>, index: usize) -> Self {
        use crate::ir::{Kind, ReplyBody};
        let api = context.api;
        let mut used = Self::default();
        for operation in api.operations.iter().filter(|operation| operation.module == index) {
            if context.style == Style::Derive {
                continue;
            }
            used.operations = true;
            for parameter in &operation.parameters {
                used.wire = true;
                used.field(&parameter.field, true);
            }
            match &operation.reply.body {
                ReplyBody::Json(ty) => used.ty(ty),
                ReplyBody::Binary(_) => {
                    used.runtime.insert("Download");
                }
                ReplyBody::Empty => {}
            }
            if let Some(body) = &operation.body
                && !matches!(body.media, BodyMedia::Binary(_))
            {
                used.ty(&body.ty);
            }
        }
        for def in api.types.values().filter(|def| def.module == index) {
            match &def.kind {
                Kind::Struct(object) => {
                    used.wire = true;
                    for field in &object.fields {
                        used.field(field, def.usage.request);
                        if def.usage.request {
                            used.setter(super::ty::resolved(context, &field.ty));
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

    fn field(&mut self, field: &crate::ir::Field, request: bool) {
        if super::ty::presence(field, request) == super::ty::Presence::Both {
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
