//! The same types with serde's derive: what the wire layer is measured against, in `cargo xtask bench`. They are built
//! alike, by constructors, setters and `Default`; what the wire layer gives beyond serialisation is left out.

use quote::quote;

use super::view::StructView;
use super::{Context, docs, structs, ty};
use crate::format::Item;
use crate::ident;
use crate::ir::layout::Presence;
use crate::ir::{Enum, Struct, TypeDef};

/// A struct.
pub fn object(context: &Context<'_>, def: &TypeDef, object: &Struct) -> Vec<Item> {
    let name = ident::raw(context.name(&def.id));
    let docs = docs::of_type(context, def, None);
    let view = StructView::of(context, def, object);
    let fields = view.fields.iter().map(|&field| {
        let presence = field.presence();
        let docs = docs::of_field(context, field, view.origin);
        let name = ident::raw(field.name());
        let ty = ty::field(context, field);
        let wire = &field.api.wire;
        let rename = (field.name() != wire).then(|| quote!(#[serde(rename = #wire)]));
        let skip = matches!(presence, Presence::Optional | Presence::OptionalNullable)
            .then(|| quote!(#[serde(default, skip_serializing_if = "Option::is_none")]));
        quote!(#docs #rename #skip pub #name: #ty)
    });
    let additional = object.additional.typed().map(|ty| {
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
        items.push(Item::Code(structs::constructor(context, &view)));
    }
    items
}

/// An enum, open as serde can make one.
pub fn list(context: &Context<'_>, def: &TypeDef, list: &Enum) -> Vec<Item> {
    let name = ident::raw(context.name(&def.id));
    let docs = docs::of_type(context, def, None);
    let variants = list.values.iter().zip(context.values(&def.id)).map(|(value, name)| {
        let docs = docs::of_variant(context, def, value);
        let (name, wire) = (ident::raw(name), value.value.to_string());
        quote!(#docs #[serde(rename = #wire)] #name)
    });
    vec![Item::Code(quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that this version of the SDK does not list, as it came.
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
