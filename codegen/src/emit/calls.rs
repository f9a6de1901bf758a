//! Which properties play which role where responses come in pages, as tables for the runtime's pager.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::Context;
use crate::format::Item;
use crate::ident;
use crate::ir::{Operation, Pages, Paging, Property, SyncPages, TypeId};

/// The table of an operation, if its responses come in pages.
pub fn emit(context: &Context<'_>, operation: &Operation) -> Option<Item> {
    let (of, mut rows) = match operation.paging.as_ref()? {
        Paging::List(pages) => (quote!(crate::paging::roles::paged), list(context, operation, pages)),
        Paging::Sync(pages) => (quote!(crate::paging::roles::synced), sync(context, operation, pages)),
    };
    let head = rows.remove(0);
    Some(Item::Table { of, head, rows })
}

fn list(context: &Context<'_>, operation: &Operation, pages: &Pages) -> Vec<TokenStream> {
    let [request, response, item] = [&pages.request, &pages.response, &pages.item].map(|id| name(context, id));
    let call = ident::raw(&operation.name);
    let style = format_ident!("{}", pages.style);
    let sizes = pages.sizes.map(|(default, most)| {
        let (default, most) = (Literal::u32_unsuffixed(default), Literal::u32_unsuffixed(most));
        quote!(#default #most)
    });
    let (at, position) = (property(&pages.at), format_ident!("{}", pages.position));
    let items = ident::raw(&pages.items);
    let mut rows = vec![quote!(#request #call #response #item), quote!(#style #sizes), quote!(at #at #position)];
    if let Some(count) = &pages.count {
        let count = property(count);
        rows.push(quote!(count #count));
    }
    rows.push(quote!(items #items));
    rows.extend(pages.rest.iter().map(|(role, name)| {
        let (role, name) = (format_ident!("{role}"), ident::raw(name));
        quote!(#role #name)
    }));
    rows
}

fn sync(context: &Context<'_>, operation: &Operation, pages: &SyncPages) -> Vec<TokenStream> {
    let ids = [&pages.request, &pages.response, &pages.row, &pages.gone, &pages.account];
    let [request, response, row, gone, account] = ids.map(|id| name(context, id));
    let (call, account_id) = (ident::raw(&operation.name), ident::raw(&pages.account_id));
    let asked = pages.request_properties.iter().map(|name| ident::raw(name));
    let given = pages.response_properties.iter().map(|name| ident::raw(name));
    vec![
        quote!(#request #call #response),
        quote!(#row #gone #account #account_id),
        quote!(#(#asked)*),
        quote!(#(#given)*),
    ]
}

fn name(context: &Context<'_>, id: &TypeId) -> proc_macro2::Ident {
    ident::raw(context.api.types.get(id).map_or(id.0.as_str(), |def| def.name.as_str()))
}

fn property(property: &Property) -> TokenStream {
    let name = ident::raw(&property.name);
    let inside = property.inside.as_ref().map(|parent| {
        let parent = ident::raw(parent);
        quote!([#parent])
    });
    quote!(#inside #name)
}
