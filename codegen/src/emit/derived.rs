//! The same types with serde's derive: what the wire layer is measured against, in `cargo xtask bench`. They are built
//! alike, by constructors, setters and `Default`; what the wire layer gives beyond serialisation is left out.

use quote::quote;

use super::ty::{self, Presence};
use super::{Context, docs, structs};
use crate::format::Item;
use crate::ident;
use crate::ir::{Enum, Struct, TypeDef};

/// A struct.
pub fn object(context: &Context<'_>, def: &TypeDef, object: &Struct) -> Vec<Item> {
    let name = ident::raw(&def.name);
    let docs = docs::of_type(context, def, None);
    let fields = object.fields.iter().map(|field| {
        let presence = ty::presence(field, false);
        let docs = docs::of_field(context, def, field, presence);
        let name = ident::raw(&field.name);
        let ty = ty::field(context, field, false);
        let wire = &field.wire;
        let rename = (field.name != field.wire).then(|| quote!(#[serde(rename = #wire)]));
        let skip = matches!(presence, Presence::Optional | Presence::Both)
            .then(|| quote!(#[serde(default, skip_serializing_if = "Option::is_none")]));
        quote!(#docs #rename #skip pub #name: #ty)
    });
    let additional = object.additional.as_ref().map(|ty| {
        let ty = ty::plain(context, ty);
        quote!(#[serde(flatten)] pub additional: BTreeMap<String, #ty>,)
    });
    let mut items = vec![Item::Code(quote! {
        #docs
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
            #additional
        }
    })];
    if def.usage.request {
        items.push(Item::Code(structs::constructor(context, def, object)));
    }
    items
}

/// An enum, open as serde can make one.
pub fn list(context: &Context<'_>, def: &TypeDef, list: &Enum) -> Vec<Item> {
    let name = ident::raw(&def.name);
    let docs = docs::of_type(context, def, None);
    let variants = list.variants.iter().map(|variant| {
        let docs = docs::of_variant(context, def, variant);
        let (name, wire) = (ident::raw(&variant.name), &variant.wire);
        quote!(#docs #[serde(rename = #wire)] #name)
    });
    vec![Item::Code(quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that is unknown to this version of the SDK, unchanged.
            #[serde(untagged)]
            Unknown(String),
        }

        impl Default for #name {
            fn default() -> Self {
                Self::Unknown(String::new())
            }
        }
    })]
}
