//! The module tree.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::file::File;
use super::names::{ERROR_CODES, ERROR_CODES_MODULE};
use crate::format;
use crate::ident;

/// `mod.rs`: every module, behind its feature.
pub fn emit(context: &Context<'_>) -> File {
    let modules: Vec<TokenStream> = context
        .layout
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
        let (module, name) = (ident::raw(ERROR_CODES_MODULE), ident::raw(ERROR_CODES));
        quote! {
            pub(crate) mod #module;
            pub use self::#module::#name;
        }
    });
    // Texts link to items of other products. If those are not built, the links have no target.
    let features: Vec<_> =
        context.layout.modules.iter().filter(|module| !module.shared).map(|module| &module.name).collect();
    let links = quote! {
        #![cfg_attr(not(all(#(feature = #features),*)), allow(rustdoc::broken_intra_doc_links))]
    };
    let head = [allowed, links].into_iter();
    let modules: Vec<TokenStream> = head.chain(modules).chain(errors).collect();
    let about = "Every type and operation of the API, a module for each product.";
    File { path: "mod.rs".to_owned(), text: format::file(context.api, about, &modules, &[]) }
}
