//! Parameters outside the body: a struct for each operation that has any, and how they are sent.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::context::Context;
use super::links::Origin;
use super::view::{self, FieldView, StructView};
use super::{docs, structs};
use crate::format::Item;
use crate::ident;
use api_model::{Docs, Location, Operation, Parameter, ParameterStyle};

/// The struct of an operation's parameters.
pub fn emit(context: &Context<'_>, operation: &Operation) -> Vec<Item> {
    let Some(layout) = view::parameters_layout(context, operation) else { return Vec::new() };
    let origin = Origin::within(context.layout.module_of(operation).unwrap_or_default());
    let call = context.links.operation(&operation.id, origin);
    let note = docs::line(&format!("The path, query and header parameters of {call}."));
    let object = StructView {
        name: &layout.name,
        docs: &Docs::default(),
        fields: view::parameters(context, operation),
        additional: None,
        is_request: true,
        received: None,
        required: layout.required.as_deref(),
        is_boxed: false,
        origin,
    };
    structs::emit_with(context, &object, note)
}

/// The call that sends a parameter.
pub fn sent(parameter: &Parameter, field: FieldView<'_>) -> TokenStream {
    let wire = &parameter.field.wire;
    let name = ident::raw(field.name());
    match parameter.location {
        Location::Path => quote!(.path_of(#wire, &parameters.#name)),
        Location::Query => {
            let style = style(parameter.style);
            quote!(.query_of(#wire, &parameters.#name, #style))
        }
        Location::Header => quote!(.header_of(#wire, &parameters.#name)),
    }
}

/// The runtime's name for a style.
pub fn style(style: ParameterStyle) -> TokenStream {
    let name = format_ident!("{style:?}");
    quote!(crate::runtime::ParameterStyle::#name)
}
