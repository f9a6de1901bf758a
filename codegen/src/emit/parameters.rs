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
        Location::Path => quote!(.path(#wire, &parameters.#name)),
        Location::Query => match parameter.style {
            ParameterStyle::Form => quote!(.query(#wire, &parameters.#name, false)),
            ParameterStyle::FormExploded => quote!(.query(#wire, &parameters.#name, true)),
            other => {
                let style = style(other);
                quote!(.query_styled(#wire, &parameters.#name, #style))
            }
        },
        Location::Header => quote!(.header_parameter(#wire, &parameters.#name)),
    }
}

/// The runtime's name of a style.
pub fn style(style: ParameterStyle) -> TokenStream {
    let name = format_ident!("{style:?}");
    quote!(crate::ParameterStyle::#name)
}
