//! All webhooks as one enum.

use quote::quote;

use super::{Context, docs};
use crate::format::Item;
use crate::ident;

/// The name of the enum.
pub const NAME: &str = "Webhook";

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
    let name = ident::raw(NAME);
    vec![
        Item::Code(quote! {
            /// What the API tells an application by a webhook: one variant for each type and code.
            ///
            /// Where one pair is sent in several shapes, there is a variant for each. A webhook of a type or code that this
            /// version does not list is kept whole. It can be stored and read again, for example to go on a queue.
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants,)*
                /// Any other, as it came.
                Unknown(Box<crate::UnknownWebhook>),
            }
        }),
        Item::Table { of: quote!(crate::event::webhooks), head: quote!(#name), rows: rows.collect() },
    ]
}
