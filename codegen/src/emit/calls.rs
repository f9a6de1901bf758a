//! Tables for the runtime's pager: which properties play which role in paged operations.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::context::Context;
use crate::format::Item;
use crate::ident;
use api_model::{List, ListStyle, Operation, Paging, Property, Sync, TypeId};

/// The table of an operation, if its responses are paged.
pub fn emit(context: &Context<'_>, operation: &Operation) -> Option<Item> {
    let (of, mut rows) = match operation.paging.as_ref()? {
        Paging::List(pages) => (quote!(crate::runtime::paged), list(context, pages)),
        Paging::Sync(pages) => (quote!(crate::runtime::synced), sync(context, pages)),
    };
    let head = rows.remove(0);
    Some(Item::Table { of, head, rows })
}

fn list(context: &Context<'_>, list: &List) -> Vec<TokenStream> {
    let [request, response, item] = [&list.request, &list.response, &list.item].map(|id| ident::raw(context.name(id)));
    let sizes = list.sizes.map(|sizes| {
        let (default, max) = (Literal::u32_unsuffixed(sizes.default), Literal::u32_unsuffixed(sizes.max));
        quote!(#default #max)
    });
    let of_response = |property: &str| ident::raw(context.field_name(&list.response, property));
    let of_item = |property: &str| ident::raw(context.field_name(&list.item, property));
    let (style, position) = match &list.style {
        ListStyle::Cursor { .. } => (quote!(CURSOR), quote!(cursor)),
        ListStyle::Offset => (quote!(OFFSET), quote!(offset)),
        ListStyle::FilteredOffset => (quote!(OFFSET_FILTERED), quote!(offset)),
        ListStyle::After { .. } => (quote!(AFTER), quote!(after)),
    };
    let at = property(context, &list.request, &list.start);
    let items = of_response(&list.items);
    let mut rows = vec![quote!(#request #response #item), quote!(#style #sizes), quote!(at #at #position)];
    if let Some(count) = &list.count {
        let count = property(context, &list.request, count);
        rows.push(quote!(count #count));
    }
    rows.push(quote!(items #items));
    if let ListStyle::Cursor { next } = &list.style {
        let next = of_response(next);
        rows.push(quote!(next #next));
    }
    if let Some(more) = &list.more {
        let more = of_response(more);
        rows.push(quote!(more #more));
    }
    if let Some(total) = &list.total {
        let total = of_response(total);
        rows.push(quote!(total #total));
    }
    if let ListStyle::After { id } = &list.style {
        let last = of_item(id);
        rows.push(quote!(last #last));
    }
    if let Some(key) = &list.key {
        let key = of_item(key);
        rows.push(quote!(key #key));
    }
    rows
}

fn sync(context: &Context<'_>, sync: &Sync) -> Vec<TokenStream> {
    let ids = [&sync.request, &sync.response, &sync.row, &sync.gone, &sync.account];
    let [request, response, row, gone, account] = ids.map(|id| ident::raw(context.name(id)));
    let account_id = ident::raw(context.field_name(&sync.account, &sync.account_id));
    let asked = [&sync.cursor, &sync.count].map(|name| ident::raw(context.field_name(&sync.request, name)));
    let given =
        [&sync.added, &sync.modified, &sync.removed, &sync.accounts, &sync.next_cursor, &sync.has_more, &sync.status]
            .map(|name| ident::raw(context.field_name(&sync.response, name)));
    vec![quote!(#request #response), quote!(#row #gone #account #account_id), quote!(#(#asked)*), quote!(#(#given)*)]
}

fn property(context: &Context<'_>, of: &TypeId, property: &Property) -> TokenStream {
    match &property.inside {
        None => {
            let name = ident::raw(context.field_name(of, &property.name));
            quote!(#name)
        }
        Some(outer) => {
            let parent = ident::raw(context.field_name(of, outer));
            let name = ident::raw(context.field_name_inside(of, outer, &property.name));
            quote!([#parent] #name)
        }
    }
}
