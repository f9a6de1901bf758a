//! Parameters outside the body: a struct for each operation that has any, and how they are sent.

use proc_macro2::TokenStream;
use quote::quote;

use super::links::Origin;
use super::{Context, docs, structs};
use crate::diag::Pointer;
use crate::format::Item;
use crate::ir::{Docs, Field, Kind, Location, Operation, Parameter, Struct, TypeDef, TypeId, Usage};

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
    let call = context.links.operation(&operation.id, Origin::within(operation.module));
    let note = docs::line(&format!("The path, query and header parameters of {call}."));
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
        Location::Query => {
            let explode = parameter.explode;
            quote!(.query(#wire, &parameters.#name, #explode))
        }
        Location::Header => quote!(.header_parameter(#wire, &parameters.#name)),
    }
}
