//! Parameters outside the body: a struct for each operation that has any, and how they are sent.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::links::Origin;
use super::{Context, docs, structs};
use crate::diag::Pointer;
use crate::format::Item;
use crate::ir::{Docs, Field, Kind, Location, Operation, Parameter, ParameterStyle, Struct, TypeDef, TypeId, Usage};

/// The struct of an operation's parameters.
pub fn emit(context: &Context<'_>, operation: &Operation) -> Vec<Item> {
    if operation.parameters.is_empty() {
        return Vec::new();
    }
    let fields = operation.parameters.iter().map(|parameter| parameter.field.clone()).collect();
    let object = Struct { fields, ..Struct::default() };
    let def = TypeDef {
        id: TypeId(format!("{}.parameters", operation.id)),
        name: operation.parameters_name.clone(),
        at: Pointer::root(),
        docs: Docs::default(),
        nullable: false,
        is_inline: true,
        kind: Kind::Struct(object.clone()),
        usage: Usage { request: true, ..Usage::default() },
        module: operation.module,
        users: vec![operation.module],
    };
    let from = Origin::within(operation.module, "");
    let call = context.links.or_span(&format!("{} {}", operation.method, operation.path), from);
    let note = docs::line(&format!("The parameters of {call} outside its body."));
    structs::emit_with(context, &def, &object, note)
}

/// Whether the constructor asks for it.
pub fn is_argument(field: &Field) -> bool {
    field.required && !field.nullable
}

/// The call that sends a parameter.
pub fn sent(parameter: &Parameter) -> TokenStream {
    let wire = &parameter.field.wire;
    let name = crate::ident::raw(&parameter.field.name);
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
