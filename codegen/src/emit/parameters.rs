//! Parameters outside the body: a struct for each operation that has any, and how they are sent.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::links::Origin;
use super::view::{self, FieldView, StructView};
use super::{Context, docs, structs};
use crate::format::Item;
use crate::ident;
use crate::ir::layout::ParametersLayout;
use crate::ir::{Docs, Location, Operation, Parameter, ParameterStyle};

/// The struct of an operation's parameters.
pub fn emit(context: &Context<'_>, operation: &Operation) -> Vec<Item> {
    let Some(layout) = layout(context, operation) else { return Vec::new() };
    let origin = Origin::within(context.layout.module_of(operation).unwrap_or_default());
    let call = context.links.operation(&operation.id, origin);
    let note = docs::line(&format!("The path, query and header parameters of {call}."));
    let object = StructView {
        name: &layout.name,
        docs: &Docs::default(),
        fields: view::parameters(operation, layout),
        additional: None,
        is_request: true,
        is_boxed: false,
        origin,
    };
    structs::emit_with(context, &object, note)
}

fn layout<'a>(context: &Context<'a>, operation: &Operation) -> Option<&'a ParametersLayout> {
    context.layout.operations.get(&operation.id)?.parameters.as_ref()
}

/// The struct's name in Rust.
pub fn name<'a>(context: &Context<'a>, operation: &Operation) -> &'a str {
    layout(context, operation).map_or("", |layout| layout.name.as_str())
}

/// Its fields.
pub fn fields<'a>(context: &Context<'a>, operation: &'a Operation) -> Vec<FieldView<'a>> {
    layout(context, operation).map(|layout| view::parameters(operation, layout)).unwrap_or_default()
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
