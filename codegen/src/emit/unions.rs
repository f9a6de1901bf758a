//! One of several types. With a discriminator, its value chooses the type. Without one, the best fit is taken.

use quote::quote;

use super::context::Context;
use super::links::Origin;
use super::{docs, ty};
use crate::format::Item;
use crate::ident;
use api_model::{Type, TypeDef, Union};

/// The enum and how it is read.
pub fn emit(context: &Context<'_>, def: &TypeDef, union: &Union) -> Vec<Item> {
    let name = ident::raw(context.name(&def.id));
    let docs = docs::of_type(context, def, None);
    let deprecated = docs::deprecated(&def.docs);
    let layouts = context.alternatives(&def.id);
    let names: Vec<_> = layouts.iter().map(|layout| ident::raw(&layout.name)).collect();
    let variants = union.variants.iter().zip(layouts).zip(&names).map(|((variant, layout), name)| {
        let docs = match (&union.discriminator, variant.tags.as_slice()) {
            (Some(property), [first, rest @ ..]) => {
                let tags = rest.iter().fold(format!("`{first}`"), |tags, tag| format!("{tags}, `{tag}`"));
                docs::line(&format!("If `{property}` is {tags}."))
            }
            _ => docs::line(&alternative(context, def, &variant.ty)),
        };
        let ty = ty::boxed(context, &variant.ty, layout.is_boxed);
        quote!(#docs #name(#ty))
    });
    let alone = union.variants.iter().zip(layouts).zip(&names);
    let from = alone.filter(|((variant, _), _)| is_only_of_its_type(union, &variant.ty)).map(
        |((variant, layout), variant_name)| {
            let ty = ty::plain(context, &variant.ty);
            let value = if layout.is_boxed { quote!(Box::new(value)) } else { quote!(value) };
            quote! {
                impl From<#ty> for #name {
                    #[inline]
                    fn from(value: #ty) -> Self {
                        Self::#variant_name(#value)
                    }
                }
            }
        },
    );
    let mut items = vec![Item::Code(quote! {
        #docs
        #deprecated
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that matches none of the variants, unchanged.
            Unknown(serde_json::Value),
        }
    })];
    items.extend(from.map(Item::Code));
    items.push(match &union.discriminator {
        Some(property) => {
            let rows = union.variants.iter().zip(&names).map(|(variant, name)| {
                let tags = &variant.tags;
                quote!(#name [#(#tags)*])
            });
            Item::Table { of: quote!(wire::tagged), head: quote!(#name #property), rows: rows.collect() }
        }
        None => {
            let rows = names.iter().map(|name| quote!(#name));
            Item::Table { of: quote!(wire::untagged), head: quote!(#name), rows: rows.collect() }
        }
    });
    items
}

/// Docs for an alternative without a name of its own.
fn alternative(context: &Context<'_>, def: &TypeDef, ty: &Type) -> String {
    match ty {
        Type::Named(id) => format!("Contains {}.", context.links.ty(id, Origin::of(context.layout, def))),
        Type::Nullable(inner) => alternative(context, def, inner),
        Type::List(_) => "Contains a list.".to_owned(),
        Type::Map(_) | Type::JsonObject => "Contains a map.".to_owned(),
        Type::String => "Contains a string.".to_owned(),
        Type::Bool => "Contains a boolean.".to_owned(),
        Type::Integer | Type::Float | Type::Decimal | Type::DecimalString => "Contains a number.".to_owned(),
        Type::Date => "Contains a date.".to_owned(),
        Type::DateTime => "Contains a date and time.".to_owned(),
        Type::Json => "Contains any JSON value.".to_owned(),
    }
}

fn is_only_of_its_type(union: &Union, ty: &Type) -> bool {
    // Plain types may also coincide in Rust though they differ here; only named ones are sure to differ.
    matches!(ty, Type::Named(_)) && union.variants.iter().filter(|other| other.ty == *ty).count() == 1
}
