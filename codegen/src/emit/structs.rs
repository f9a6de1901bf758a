//! Objects: the struct, how it is built, and its table for the wire layer.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::ty::{self, Presence};
use super::{Context, Style, docs};
use crate::format::Item;
use crate::ident;
use crate::ir::{Field, Struct, Type, TypeDef};

/// The struct and its impls.
pub fn emit(context: &Context<'_>, def: &TypeDef, object: &Struct) -> Vec<Item> {
    emit_with(context, def, object, docs::of_type(context, def, None))
}

/// The same, with docs of the caller's.
pub fn emit_with(context: &Context<'_>, def: &TypeDef, object: &Struct, docs: TokenStream) -> Vec<Item> {
    let mut items = vec![Item::Code(definition(context, def, object, &docs))];
    if def.usage.request {
        items.push(Item::Code(constructor(context, def, object)));
    }
    items.push(record(context, def, object));
    if object.boxed && !has_default(def, object) {
        let name = ident::raw(&def.name);
        items.push(Item::Code(quote!(wire::boxed!(#name);)));
    }
    items
}

fn definition(context: &Context<'_>, def: &TypeDef, object: &Struct, docs: &TokenStream) -> TokenStream {
    let name = ident::raw(&def.name);
    let deprecated = docs::deprecated(&def.docs);
    let fields = object.fields.iter().map(|field| {
        let docs = docs::of_field(context, def, field, ty::presence(field, def.usage.request));
        let deprecated = docs::deprecated(&field.docs);
        let name = ident::raw(&field.name);
        let ty = ty::field(context, field, def.usage.request);
        quote!(#docs #deprecated pub #name: #ty)
    });
    let additional = object.additional.as_ref().map(|ty| {
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

/// Whether the constructor asks for a field. A required one that may be `null` starts as `null`.
pub(super) fn is_argument(field: &Field) -> bool {
    field.required && !field.nullable
}

/// Whether one can be had without saying anything: it is not sent, or nothing is required.
fn has_default(def: &TypeDef, object: &Struct) -> bool {
    !def.usage.request || !object.fields.iter().any(is_argument)
}

/// `new` with what is required, and a setter for each of the rest.
pub(super) fn constructor(context: &Context<'_>, def: &TypeDef, object: &Struct) -> TokenStream {
    let name = ident::raw(&def.name);
    let blank = match context.style {
        Style::Wire if has_default(def, object) => quote!(Self::default()),
        Style::Wire => quote!(wire::Blank::blank()),
        Style::Derive => quote!(Default::default()),
    };
    let (arguments, rest): (Vec<&Field>, Vec<&Field>) = object.fields.iter().partition(|field| is_argument(field));
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
            let (name, input) = (ident::raw(&field.name), input(context, &field.ty));
            quote!(#name: #input)
        });
        let assignments = arguments.iter().map(|field| {
            let name = ident::raw(&field.name);
            let value = converted(context, &field.ty, &quote!(#name));
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
    let setters = rest.iter().map(|field| setter(context, field));
    let additional = object.additional.as_ref().map(|ty| {
        let map = Type::Map(Box::new(ty.clone()));
        let input = input(context, &map);
        let value = converted(context, &map, &quote!(value));
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

fn setter(context: &Context<'_>, field: &Field) -> TokenStream {
    let name = ident::raw(&field.name);
    let docs = docs::line(&format!("Sets [`{}`](Self::{}).", field.wire, field.name));
    let deprecated = docs::deprecated(&field.docs);
    let (input, value) = match ty::presence(field, context.style == Style::Wire) {
        Presence::Both => {
            let ty = ty::plain(context, &field.ty);
            (quote!(impl Into<Nullable<#ty>>), quote!(value.into()))
        }
        _ => {
            let value = converted(context, &field.ty, &quote!(value));
            (input(context, &field.ty), quote!(Some(#value)))
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

/// What a setter takes for a type: what is at hand.
fn input(context: &Context<'_>, ty: &Type) -> TokenStream {
    match ty::resolved(context, ty) {
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
            let ty = unboxed(context, ty);
            quote!(impl Into<#ty>)
        }
    }
}

fn unboxed(context: &Context<'_>, ty: &Type) -> TokenStream {
    match ty {
        Type::Boxed(inner) => ty::plain(context, inner),
        ty => ty::plain(context, ty),
    }
}

/// The value of the field's type, from what a setter takes.
fn converted(context: &Context<'_>, ty: &Type, value: &TokenStream) -> TokenStream {
    let converted = match ty::resolved(context, ty) {
        Type::List(_) => quote!(#value.into_iter().map(Into::into).collect()),
        Type::Map(_) => quote!(#value.into_iter().map(|(key, value)| (key.into(), value.into())).collect()),
        Type::Bool | Type::Integer | Type::Float | Type::Date => quote!(#value),
        _ => quote!(#value.into()),
    };
    if matches!(ty, Type::Boxed(_)) { quote!(Box::new(#converted)) } else { converted }
}

/// The wire layer's table: for each field its name here and on the wire, and what is particular about it.
fn record(context: &Context<'_>, def: &TypeDef, object: &Struct) -> Item {
    let name = ident::raw(&def.name);
    let made = if has_default(def, object) { quote!(Default::default) } else { quote!(Blank::blank) };
    let additional = object.additional.as_ref().map(|_| quote!(additional));
    let rows = object.fields.iter().enumerate().map(|(index, field)| {
        let index = Literal::usize_unsuffixed(index);
        let (name, wire) = (ident::raw(&field.name), &field.wire);
        let required = field.required.then(|| quote!(REQUIRED));
        let redacted = field.redacted.then(|| quote!(REDACTED));
        let text = ty::is_text(context, &field.ty).then(|| quote!(TEXT));
        quote!(#index #name #wire [#required #redacted #text])
    });
    Item::Table { of: quote!(wire::record), head: quote!(#name #made #additional), rows: rows.collect() }
}
