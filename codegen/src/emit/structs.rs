//! Objects: the struct, its constructor and setters, and its table for the wire layer.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::context::Context;
use super::view::{FieldView, StructView};
use super::{docs, reading, ty};
use crate::format::Item;
use crate::ident;
use api_model::layout::Presence;
use api_model::{Struct, Type, TypeDef};

/// The struct and its impls.
pub fn emit(context: &Context<'_>, def: &TypeDef, object: &Struct) -> Vec<Item> {
    emit_with(context, &StructView::of(context, def, object), docs::of_type(context, def, None))
}

/// The same, with docs from the caller.
pub fn emit_with(context: &Context<'_>, object: &StructView<'_>, docs: TokenStream) -> Vec<Item> {
    let mut items = vec![Item::Code(definition(context, object, &docs))];
    if object.is_request {
        items.push(Item::Code(constructor(context, object)));
    }
    items.push(record(context, object));
    if object.is_boxed && !object.has_default() {
        let name = ident::raw(object.name);
        items.push(Item::Code(quote!(wire::boxed!(#name);)));
    }
    items
}

fn definition(context: &Context<'_>, object: &StructView<'_>, docs: &TokenStream) -> TokenStream {
    let name = ident::raw(object.name);
    let deprecated = docs::deprecated(object.docs);
    let fields = object.fields.iter().map(|&field| {
        let docs = docs::of_field(context, field, object.origin);
        let deprecated = docs::deprecated(&field.api.docs);
        let name = ident::raw(field.name());
        let ty = ty::field(context, field);
        quote!(#docs #deprecated pub #name: #ty)
    });
    let additional = object.additional.map(|ty| {
        let docs = docs::line("Additional properties, by name.");
        let ty = ty::plain(context, ty);
        quote!(#docs pub additional: BTreeMap<String, #ty>,)
    });
    quote! {
        #docs
        #deprecated
        #[derive(Clone)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
            #additional
        }
    }
}

/// `new` with the required fields, and a setter for each of the others.
fn constructor(context: &Context<'_>, object: &StructView<'_>) -> TokenStream {
    let name = ident::raw(object.name);
    let blank = if object.has_default() { quote!(Self::default()) } else { quote!(wire::Blank::blank()) };
    let (arguments, rest): (Vec<FieldView<'_>>, Vec<FieldView<'_>>) =
        object.fields.iter().partition(|field| field.is_argument());
    let docs = docs::line(if arguments.is_empty() {
        "Creates a value with no fields set."
    } else {
        "Creates a value with the required fields."
    });
    let new = if arguments.is_empty() {
        quote! {
            #docs
            #[inline]
            pub fn new() -> Self {
                #blank
            }
        }
    } else {
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
    };
    let setters = rest.iter().map(|&field| setter(context, field));
    let additional = object.additional.map(|ty| {
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
    });
    quote! {
        impl #name {
            #new
            #(#setters)*
            #additional
        }
    }
}

fn setter(context: &Context<'_>, field: FieldView<'_>) -> TokenStream {
    let name = ident::raw(field.name());
    let FieldView { api: property, layout } = field;
    let docs = docs::line(&format!("Sets [`{}`](Self::{}).", property.wire, layout.name));
    let deprecated = docs::deprecated(&property.docs);
    let (input, value) = match layout.presence {
        Presence::OptionalNullable => {
            let ty = ty::boxed(context, &property.ty, layout.is_boxed);
            (quote!(impl Into<Nullable<#ty>>), quote!(value.into()))
        }
        _ => {
            let value = converted(context, &property.ty, layout.is_boxed, &quote!(value));
            (input(context, &property.ty), quote!(Some(#value)))
        }
    };
    quote! {
        #docs
        #deprecated
        #[inline]
        #[must_use]
        pub fn #name(mut self, value: #input) -> Self {
            self.#name = #value;
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

/// The wire layer's table: for each field its name in Rust and on the wire, and its flags.
fn record(context: &Context<'_>, object: &StructView<'_>) -> Item {
    let name = ident::raw(object.name);
    let made = if object.has_default() { quote!(Default::default) } else { quote!(Blank::blank) };
    let additional = object.additional.map(|_| quote!(additional));
    let rows = object.fields.iter().enumerate().map(|(index, field)| {
        let index = Literal::usize_unsuffixed(index);
        let (name, wire) = (ident::raw(field.name()), &field.api.wire);
        let is_required = matches!(field.presence(), Presence::Required | Presence::Nullable);
        let required = is_required.then(|| quote!(REQUIRED));
        let redacted = field.api.redacted.then(|| quote!(REDACTED));
        let text = ty::is_text(context, &field.api.ty).then(|| quote!(TEXT));
        let reading = object.received.map(|of| reading::flags(context, of, field.api, is_required));
        quote!(#index #name #wire [#required #reading #redacted #text])
    });
    Item::Table { of: quote!(wire::record), head: quote!(#name #made #additional), rows: rows.collect() }
}
