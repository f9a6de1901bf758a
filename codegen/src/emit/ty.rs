//! Types of the IR as types of Rust.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use crate::ident;
use crate::ir::{Field, Kind, Type, TypeId};

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
        Type::Boxed(inner) => {
            let inner = plain(context, inner);
            quote!(Box<#inner>)
        }
        Type::Named(id) => name(context, id),
    }
}

/// The name of a type.
pub fn name(context: &Context<'_>, id: &TypeId) -> TokenStream {
    let name = context.api.types.get(id).map_or(id.0.as_str(), |def| def.name.as_str());
    let name = ident::raw(name);
    quote!(#name)
}

/// How a field's presence looks in Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// `T`.
    Required,
    /// `Option<T>`, written as `null` when it is `None`.
    Nullable,
    /// `Option<T>`, left out when it is `None`.
    Optional,
    /// `Nullable<T>`: left out, `null`, or a value.
    Both,
}

/// A field's presence. Only in a request can it matter whether a property is `null` or left out.
pub fn presence(field: &Field, request: bool) -> Presence {
    match (field.required, field.nullable) {
        (true, false) => Presence::Required,
        (true, true) => Presence::Nullable,
        (false, true) if request => Presence::Both,
        (false, _) => Presence::Optional,
    }
}

/// A field's type with its presence.
pub fn field(context: &Context<'_>, field: &Field, request: bool) -> TokenStream {
    let ty = plain(context, &field.ty);
    match presence(field, request) {
        Presence::Required => ty,
        Presence::Nullable | Presence::Optional => quote!(Option<#ty>),
        Presence::Both => quote!(Nullable<#ty>),
    }
}

/// The type, looking through aliases and boxes.
pub fn resolved<'a>(context: &Context<'a>, ty: &'a Type) -> &'a Type {
    let mut ty = ty;
    for _ in 0..=context.api.types.len() {
        match ty {
            Type::Boxed(inner) => ty = inner,
            Type::Named(id) => match context.api.types.get(id).map(|def| &def.kind) {
                Some(Kind::Alias(target)) => ty = target,
                _ => return ty,
            },
            _ => return ty,
        }
    }
    ty
}

/// Whether the type's decimals are written as strings.
pub fn is_text(context: &Context<'_>, ty: &Type) -> bool {
    match resolved(context, ty) {
        Type::DecimalString => true,
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => is_text(context, inner),
        _ => false,
    }
}
