//! How a value of a struct is created: `new` with what is required, and a setter for each of the rest.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::view::{FieldView, StructView};
use super::{docs, ty};
use crate::format::Item;
use crate::ident;
use api_model::Type;
use api_model::layout::Presence;

/// The constructor with the setters, and the struct that the constructor takes, if it takes one.
pub fn emit(context: &Context<'_>, object: &StructView<'_>) -> Vec<Item> {
    let name = ident::raw(object.name);
    let (arguments, rest): (Vec<FieldView<'_>>, Vec<FieldView<'_>>) =
        object.fields.iter().partition(|field| field.is_argument());
    let required = object.required.map(|required| Item::Code(definition(context, object, required, &arguments)));
    let new = match object.required {
        Some(required) => by_name(object, required, &arguments),
        None => by_place(context, object, &arguments),
    };
    let setters = rest.iter().map(|&field| setter(context, field));
    let additional = object.additional.map(|ty| additional(context, ty));
    let code = quote! {
        impl #name {
            #new
            #(#setters)*
            #additional
        }
    };
    required.into_iter().chain([Item::Code(code)]).collect()
}

/// The struct of required fields. It is not `#[non_exhaustive]`: a program creates it by a literal, so that the compiler
/// reports a field that is missing.
fn definition(
    context: &Context<'_>,
    object: &StructView<'_>,
    required: &str,
    arguments: &[FieldView<'_>],
) -> TokenStream {
    let of = object.name;
    let docs = docs::line(&format!("The required fields of [`{of}`], which [`{of}::new`] takes."));
    let deprecated = docs::deprecated(object.docs);
    let name = ident::raw(required);
    let fields = arguments.iter().map(|&field| {
        let docs = docs::of_argument(context, field, object.origin);
        let name = ident::raw(field.name());
        let ty = ty::plain(context, &field.api.ty);
        quote!(#docs pub #name: #ty)
    });
    quote! {
        #docs
        #deprecated
        pub struct #name {
            #(#fields,)*
        }
    }
}

/// `new` with a struct of the required fields.
fn by_name(object: &StructView<'_>, required: &str, arguments: &[FieldView<'_>]) -> TokenStream {
    let docs = docs::line("Creates a value with the required fields.");
    let required = ident::raw(required);
    let assignments = arguments.iter().map(|field| {
        let name = ident::raw(field.name());
        let value = quote!(required.#name);
        let value = if field.layout.is_boxed { quote!(Box::new(#value)) } else { value };
        quote!(this.#name = #value;)
    });
    let blank = blank(object);
    quote! {
        #docs
        #[inline]
        pub fn new(required: #required) -> Self {
            let mut this: Self = #blank;
            #(#assignments)*
            this
        }
    }
}

/// `new` with the required fields one after the other.
fn by_place(context: &Context<'_>, object: &StructView<'_>, arguments: &[FieldView<'_>]) -> TokenStream {
    let blank = blank(object);
    if arguments.is_empty() {
        let docs = docs::line("Creates a value with no fields set.");
        return quote! {
            #docs
            #[inline]
            pub fn new() -> Self {
                #blank
            }
        };
    }
    let docs = docs::line("Creates a value with the required fields.");
    let inputs = arguments.iter().map(|field| {
        let (name, input) = (ident::raw(field.name()), input(context, &field.api.ty));
        quote!(#name: #input)
    });
    let assignments = arguments.iter().map(|field| {
        let name = ident::raw(field.name());
        let value = converted(context, &field.api.ty, field.layout.is_boxed, &quote!(#name));
        quote!(this.#name = #value;)
    });
    quote! {
        #docs
        #[inline]
        pub fn new(#(#inputs),*) -> Self {
            let mut this: Self = #blank;
            #(#assignments)*
            this
        }
    }
}

/// A value to set the required fields of.
fn blank(object: &StructView<'_>) -> TokenStream {
    if object.has_default() { quote!(Self::default()) } else { quote!(wire::Blank::blank()) }
}

/// A setter takes a value. `null` is assigned to the field instead, so that no `Option` becomes `null` by a conversion.
fn setter(context: &Context<'_>, field: FieldView<'_>) -> TokenStream {
    let name = ident::raw(field.name());
    let FieldView { api: property, layout } = field;
    let mut text = format!("Sets [`{}`](Self::{}).", property.wire, layout.name);
    let present = if layout.presence == Presence::OptionalNullable {
        text.push_str(" To send `null`, assign [`Nullable::Null`] to the field.");
        quote!(Nullable::Value)
    } else {
        quote!(Some)
    };
    let docs = docs::line(&text);
    let deprecated = docs::deprecated(&property.docs);
    let input = input(context, &property.ty);
    let value = converted(context, &property.ty, layout.is_boxed, &quote!(value));
    quote! {
        #docs
        #deprecated
        #[inline]
        #[must_use]
        pub fn #name(mut self, value: #input) -> Self {
            self.#name = #present(#value);
            self
        }
    }
}

/// The setter of the additional properties.
fn additional(context: &Context<'_>, ty: &Type) -> TokenStream {
    let map = Type::Map(Box::new(ty.clone()));
    let input = input(context, &map);
    let value = converted(context, &map, false, &quote!(value));
    let docs = docs::line("Sets the additional properties.");
    quote! {
        #docs
        #[inline]
        #[must_use]
        pub fn additional(mut self, value: #input) -> Self {
            self.additional = #value;
            self
        }
    }
}

/// The argument type of a setter. The setter converts what callers have, such as `&str`.
fn input(context: &Context<'_>, ty: &Type) -> TokenStream {
    match context.api.resolve(ty) {
        Type::List(element) => {
            let element = ty::plain(context, element);
            quote!(impl IntoIterator<Item = impl Into<#element>>)
        }
        Type::Map(element) => {
            let element = ty::plain(context, element);
            quote!(impl IntoIterator<Item = (impl Into<String>, impl Into<#element>)>)
        }
        // A conversion would only make literals ambiguous.
        Type::Bool => quote!(bool),
        Type::Integer => quote!(i64),
        Type::Float => quote!(f64),
        Type::Date => quote!(NaiveDate),
        _ => {
            let ty = ty::plain(context, ty);
            quote!(impl Into<#ty>)
        }
    }
}

/// Converts a setter's argument to the field's type.
fn converted(context: &Context<'_>, ty: &Type, is_boxed: bool, value: &TokenStream) -> TokenStream {
    let converted = match context.api.resolve(ty) {
        Type::List(_) => quote!(#value.into_iter().map(Into::into).collect()),
        Type::Map(_) => quote!(#value.into_iter().map(|(key, value)| (key.into(), value.into())).collect()),
        Type::Bool | Type::Integer | Type::Float | Type::Date => quote!(#value),
        _ => quote!(#value.into()),
    };
    if is_boxed { quote!(Box::new(#converted)) } else { converted }
}
