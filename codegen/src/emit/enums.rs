//! Enums of strings. They are open: a value that is not listed is kept as it came.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, docs};
use crate::ident;
use crate::ir::{Enum, TypeDef};

/// The enum and its table.
pub fn emit(_: &Context<'_>, def: &TypeDef, list: &Enum) -> Vec<TokenStream> {
    let name = ident::raw(&def.name);
    let docs = docs::of_type(def, None);
    let deprecated = docs::deprecated(&def.docs);
    let variants = list.variants.iter().map(|variant| {
        let docs = docs::of_variant(variant);
        let deprecated = docs::deprecated(&variant.docs);
        let name = ident::raw(&variant.name);
        quote!(#docs #deprecated #name)
    });
    let texts = list.variants.iter().map(|variant| {
        let (name, wire) = (ident::raw(&variant.name), &variant.wire);
        quote!(Self::#name => #wire)
    });
    let mut sorted: Vec<_> = list.variants.iter().collect();
    sorted.sort_by(|a, b| a.wire.cmp(&b.wire));
    let sorted = sorted.into_iter().map(|variant| ident::raw(&variant.name));
    let scalars = list.scalars.then(|| {
        quote!(
            const SCALARS: bool = true;
        )
    });
    vec![
        quote! {
            #docs
            #deprecated
            #[derive(Clone, Debug, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants,)*
                /// A value that this version of the SDK does not list, as it came.
                Unlisted(wire::Unlisted),
            }
        },
        quote! {
            impl wire::OpenEnum for #name {
                const LISTED: &'static [Self] = &[#(Self::#sorted),*];
                #scalars
                #[inline]
                fn text(&self) -> &str {
                    match self {
                        #(#texts,)*
                        Self::Unlisted(value) => value.as_str(),
                    }
                }
                #[inline]
                fn unlisted(value: wire::Unlisted) -> Self {
                    Self::Unlisted(value)
                }
            }
        },
        quote!(wire::open_enum!(#name);),
    ]
}
