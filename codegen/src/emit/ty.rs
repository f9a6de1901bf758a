//! Types of the model as types of Rust.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::view::FieldView;
use crate::ident;
use api_model::layout::Presence;
use api_model::{Type, TypeId};

/// A type without presence.
pub fn plain(context: &Context<'_>, ty: &Type) -> TokenStream {
    match ty {
        Type::String => quote!(String),
        Type::Bool => quote!(bool),
        Type::Integer => quote!(i64),
        Type::Float => quote!(f64),
        Type::Decimal | Type::DecimalString => quote!(Decimal),
        Type::Date => quote!(NaiveDate),
        Type::DateTime => quote!(Timestamp),
        Type::Json => quote!(serde_json::Value),
        Type::JsonObject => quote!(serde_json::Map<String, serde_json::Value>),
        Type::List(inner) => {
            let inner = plain(context, inner);
            quote!(Vec<#inner>)
        }
        Type::Map(inner) => {
            let inner = plain(context, inner);
            quote!(BTreeMap<String, #inner>)
        }
        Type::Nullable(inner) => {
            let inner = plain(context, inner);
            quote!(Option<#inner>)
        }
        Type::Named(id) => name(context, id),
    }
}

/// The name of a type.
pub fn name(context: &Context<'_>, id: &TypeId) -> TokenStream {
    let name = ident::raw(context.name(id));
    quote!(#name)
}

/// A type, in a box if necessary.
pub fn boxed(context: &Context<'_>, ty: &Type, is_boxed: bool) -> TokenStream {
    match ty {
        Type::Nullable(inner) if is_boxed => {
            let inner = plain(context, inner);
            quote!(Option<Box<#inner>>)
        }
        ty => {
            let ty = plain(context, ty);
            if is_boxed { quote!(Box<#ty>) } else { ty }
        }
    }
}

/// A field's type with its presence.
pub fn field(context: &Context<'_>, field: FieldView<'_>) -> TokenStream {
    let ty = boxed(context, &field.api.ty, field.layout.is_boxed);
    match field.presence() {
        Presence::Required => ty,
        Presence::Nullable | Presence::Optional => quote!(Option<#ty>),
        Presence::OptionalNullable => quote!(Nullable<#ty>),
    }
}

/// Whether the type's decimals are written as strings.
pub fn is_text(context: &Context<'_>, ty: &Type) -> bool {
    match context.api.resolve(ty) {
        Type::DecimalString => true,
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => is_text(context, inner),
        _ => false,
    }
}
