//! Objects: the struct, and its table for the wire layer.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::context::Context;
use super::view::StructView;
use super::{constructors, docs, reading, ty};
use crate::format::Item;
use crate::ident;
use api_model::layout::Presence;
use api_model::{Struct, TypeDef};

/// The struct and its impls.
pub fn emit(context: &Context<'_>, def: &TypeDef, object: &Struct) -> Vec<Item> {
    emit_with(context, &StructView::of(context, def, object), docs::of_type(context, def, None))
}

/// The same, with docs from the caller.
pub fn emit_with(context: &Context<'_>, object: &StructView<'_>, docs: TokenStream) -> Vec<Item> {
    let mut items = vec![Item::Code(definition(context, object, &docs))];
    if object.is_request {
        items.extend(constructors::emit(context, object));
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
        let redacted = field.api.redacted.map(|_| quote!(REDACTED));
        let text = ty::is_text(context, &field.api.ty).then(|| quote!(TEXT));
        let reading = object.received.map(|of| reading::flags(context, of, field.api, is_required));
        quote!(#index #name #wire [#required #reading #redacted #text])
    });
    Item::Table { of: quote!(wire::record), head: quote!(#name #made #additional), rows: rows.collect() }
}
