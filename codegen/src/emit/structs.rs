//! Objects: the struct, how it is built, and its table for the wire layer.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::ty::{self, Presence};
use super::{Context, docs};
use crate::ident;
use crate::ir::{Field, Struct, Type, TypeDef};

/// The struct and its impls.
pub fn emit(context: &Context<'_>, def: &TypeDef, object: &Struct) -> Vec<TokenStream> {
    emit_with(context, def, object, docs::of_type(def, None))
}

/// The same, with docs of the caller's.
pub fn emit_with(context: &Context<'_>, def: &TypeDef, object: &Struct, docs: TokenStream) -> Vec<TokenStream> {
    let mut items = vec![definition(context, def, object, &docs)];
    if def.usage.request {
        items.push(constructor(context, def, object));
    }
    if !def.usage.request || !object.fields.iter().any(is_argument) {
        items.push(default(def));
    }
    items.extend(record(context, def, object));
    items
}

fn definition(context: &Context<'_>, def: &TypeDef, object: &Struct, docs: &TokenStream) -> TokenStream {
    let name = ident::raw(&def.name);
    let deprecated = docs::deprecated(&def.docs);
    let fields = object.fields.iter().map(|field| {
        let docs = docs::of_field(field, ty::presence(field, def.usage.request));
        let deprecated = docs::deprecated(&field.docs);
        let name = ident::raw(&field.name);
        let ty = ty::field(context, field, def.usage.request);
        quote!(#docs #deprecated pub #name: #ty)
    });
    let additional = object.additional.as_ref().map(|ty| {
        let docs = docs::line("Properties that the document does not name.");
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
fn is_argument(field: &Field) -> bool {
    field.required && !field.nullable
}

/// `new` with what is required, and a setter for each of the rest.
fn constructor(context: &Context<'_>, def: &TypeDef, object: &Struct) -> TokenStream {
    let name = ident::raw(&def.name);
    let (arguments, rest): (Vec<&Field>, Vec<&Field>) = object.fields.iter().partition(|field| is_argument(field));
    let docs = docs::line(if arguments.is_empty() { "With nothing set." } else { "With what is required." });
    let new = if arguments.is_empty() {
        quote! {
            #docs
            #[inline]
            pub fn new() -> Self {
                wire::Record::blank()
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
                let mut this: Self = wire::Record::blank();
                #(#assignments)*
                this
            }
        }
    };
    let setters = rest.iter().map(|field| setter(context, field));
    quote! {
        impl #name {
            #new
            #(#setters)*
        }
    }
}

fn setter(context: &Context<'_>, field: &Field) -> TokenStream {
    let name = ident::raw(&field.name);
    let docs = docs::line(&format!("Sets [`{}`](Self::{}).", field.wire, name));
    let deprecated = docs::deprecated(&field.docs);
    let (input, value) = match ty::presence(field, true) {
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

fn default(def: &TypeDef) -> TokenStream {
    let name = ident::raw(&def.name);
    let docs = docs::line(if def.usage.request {
        "With nothing set."
    } else {
        "Empty strings and lists, zeros and nothing else: a start for your own tests."
    });
    quote! {
        impl Default for #name {
            #docs
            #[inline]
            fn default() -> Self {
                wire::Record::blank()
            }
        }
    }
}

/// The wire layer's table: a name, a place to read into and a view to write from, for each field.
pub(super) fn record(context: &Context<'_>, def: &TypeDef, object: &Struct) -> Vec<TokenStream> {
    let name = ident::raw(&def.name);
    let display = &def.name;
    let fields: Vec<_> = object.fields.iter().map(|field| ident::raw(&field.name)).collect();
    let index: Vec<_> = (0..fields.len()).map(Literal::usize_unsuffixed).collect();
    let size = Literal::usize_unsuffixed(table_size(fields.len()));
    let table = object.fields.iter().map(|field| {
        let wire = &field.wire;
        let text = ty::is_text(context, &field.ty);
        let flags = [(field.required, quote!(REQUIRED)), (field.redacted, quote!(REDACTED)), (text, quote!(TEXT))];
        let flags: Vec<_> = flags.into_iter().filter(|(set, _)| *set).map(|(_, flag)| flag).collect();
        let flags = if flags.is_empty() { quote!(0) } else { quote!(#(wire::Field::#flags)|*) };
        quote!((#wire, #flags))
    });
    let additional_blank = object.additional.as_ref().map(|_| quote!(additional: Wire::blank(),));
    let open = object.additional.as_ref().map(|_| quote!(.open()));
    let additional = object.additional.as_ref().map(|_| {
        quote! {
            #[inline]
            fn additional(&mut self) -> Option<&mut dyn wire::Entries> {
                Some(&mut self.additional)
            }
            #[inline]
            fn additional_view(&self) -> Option<&dyn wire::Entries> {
                Some(&self.additional)
            }
        }
    });
    vec![
        quote! {
            impl wire::Record for #name {
                #[inline]
                fn blank() -> Self {
                    Self { #(#fields: Wire::blank(),)* #additional_blank }
                }
                #[inline]
                fn shape(&self) -> &'static wire::Shape {
                    const { &wire::Shape::new(#display, const { &wire::table::<_, #size>(&[#(#table),*]) })#open }
                }
                #[inline]
                fn slot(&mut self, index: usize) -> wire::Slot<'_> {
                    match index {
                        #(#index => Wire::slot(&mut self.#fields),)*
                        _ => wire::no_field(index),
                    }
                }
                #[inline]
                fn view(&self, index: usize) -> wire::View<'_> {
                    match index {
                        #(#index => Wire::view(&self.#fields),)*
                        _ => wire::no_field(index),
                    }
                }
                #additional
            }
        },
        quote!(wire::record!(#name);),
    ]
}

/// A power of two that leaves at least half of the table empty.
fn table_size(fields: usize) -> usize {
    if fields == 0 { 0 } else { (fields * 2).next_power_of_two() }
}
