//! All webhooks as one enum.

use quote::quote;

use super::context::Context;
use super::docs;
use super::names::WEBHOOKS;
use crate::format::Item;
use crate::ident;

/// The enum and its table.
pub fn emit(context: &Context<'_>) -> Vec<Item> {
    let events = || context.api.events.iter().zip(&context.layout.events);
    let variants = events().map(|(event, name)| {
        let name = ident::raw(name);
        let body = ident::raw(context.name(&event.body));
        let docs = docs::of_event(context, event);
        quote!(#docs #name(Box<#body>))
    });
    let rows = events().map(|(event, name)| {
        let name = ident::raw(name);
        let (kind, code) = &event.pair;
        let has = event.has.as_ref().map(|property| quote!(has #property));
        quote!(#name #kind #code #has)
    });
    let name = ident::raw(WEBHOOKS);
    vec![
        Item::Code(quote! {
            /// A webhook that the API sends, with a variant for each webhook type and code.
            ///
            /// If a type and code come with several payloads, each payload has a variant. An unknown webhook is kept whole.
            /// Webhooks can be serialized and deserialized again, for example to put them on a queue.
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants,)*
                /// An unknown webhook, unchanged.
                Unknown(Box<crate::runtime::UnknownWebhook>),
            }
        }),
        Item::Table { of: quote!(crate::runtime::webhooks), head: quote!(#name), rows: rows.collect() },
    ]
}
