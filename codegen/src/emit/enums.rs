//! Enums of strings. They are open: a value that is not listed is kept as it came.

use quote::quote;

use super::{Context, docs};
use crate::format::Item;
use crate::ident;
use crate::ir::{Enum, TypeDef};

/// The enum and its table.
pub fn emit(context: &Context<'_>, def: &TypeDef, list: &Enum) -> Vec<Item> {
    let name = ident::raw(&def.name);
    let docs = docs::of_type(context, def, None);
    let deprecated = docs::deprecated(&def.docs);
    let variants = list.variants.iter().map(|variant| {
        let docs = docs::of_variant(context, def, variant);
        let deprecated = docs::deprecated(&variant.docs);
        let name = ident::raw(&variant.name);
        quote!(#docs #deprecated #name)
    });
    let mut rows: Vec<_> = list.variants.iter().collect();
    // The order in which the wire layer looks for one.
    rows.sort_by(|a, b| (a.wire.len(), &a.wire).cmp(&(b.wire.len(), &b.wire)));
    let rows = rows.into_iter().map(|variant| {
        let (name, wire) = (ident::raw(&variant.name), &variant.wire);
        quote!(#name #wire)
    });
    let scalars = list.scalars.then(|| quote!(scalars));
    vec![
        Item::Code(quote! {
            #docs
            #deprecated
            #[derive(Clone, Debug, PartialEq, Hash)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants,)*
                /// A value that is unknown to this version of the SDK, unchanged.
                Unknown(wire::Unknown),
            }
        }),
        Item::Table { of: quote!(wire::open_enum), head: quote!(#name #scalars), rows: rows.collect() },
    ]
}
