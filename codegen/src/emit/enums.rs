//! Enums of strings. They are open: an unknown value is kept unchanged.

use quote::quote;

use super::context::Context;
use super::docs;
use crate::format::Item;
use crate::ident;
use api_model::{Enum, TypeDef};

/// The enum and its table.
pub fn emit(context: &Context<'_>, def: &TypeDef, list: &Enum) -> Vec<Item> {
    let name = ident::raw(context.name(&def.id));
    let docs = docs::of_type(context, def, None);
    let deprecated = docs::deprecated(&def.docs);
    let names = context.values(&def.id);
    let variants = list.values.iter().zip(names).map(|(value, name)| {
        let docs = docs::of_variant(context, def, value);
        let deprecated = docs::deprecated(&value.docs);
        let name = ident::raw(name);
        quote!(#docs #deprecated #name)
    });
    let mut rows: Vec<(String, &String)> = list.values.iter().map(|value| value.value.to_string()).zip(names).collect();
    // The order in which the wire layer searches for a value.
    rows.sort_by(|(a, _), (b, _)| (a.len(), a).cmp(&(b.len(), b)));
    let rows = rows.into_iter().map(|(wire, name)| {
        let name = ident::raw(name);
        quote!(#name #wire)
    });
    let scalars = list.values.iter().any(|value| value.value.is_scalar()).then(|| quote!(scalars));
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
