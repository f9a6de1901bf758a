//! The input of the emitters of structs: the properties that have a field in Rust, each with its layout.

use super::context::Context;
use super::links::Origin;
use api_model::layout::{FieldLayout, ParametersLayout, Presence};
use api_model::{Docs, Field, Operation, Struct, Type, TypeDef, TypeId};

/// A property that has a field in Rust.
#[derive(Clone, Copy)]
pub struct FieldView<'a> {
    /// The property in the model.
    pub api: &'a Field,
    /// How it looks in Rust.
    pub layout: &'a FieldLayout,
}

impl<'a> FieldView<'a> {
    /// The field's name in Rust.
    pub fn name(self) -> &'a str {
        &self.layout.name
    }

    /// How its presence looks in Rust.
    pub fn presence(self) -> Presence {
        self.layout.presence
    }

    /// Whether the constructor takes it, as an argument or by name.
    pub fn is_argument(self) -> bool {
        self.layout.is_argument()
    }
}

/// The fields of a struct.
pub fn fields<'a>(context: &Context<'a>, def: &TypeDef, object: &'a Struct) -> Vec<FieldView<'a>> {
    context.layout.fields(&def.id, object).map(|(api, layout)| FieldView { api, layout }).collect()
}

/// The layout of an operation's parameters, if it has any.
pub fn parameters_layout<'a>(context: &Context<'a>, operation: &Operation) -> Option<&'a ParametersLayout> {
    context.layout.operations.get(&operation.id)?.parameters.as_ref()
}

/// The name of the struct of an operation's parameters.
pub fn parameters_name<'a>(context: &Context<'a>, operation: &Operation) -> &'a str {
    parameters_layout(context, operation).map_or("", |layout| layout.name.as_str())
}

/// The fields of an operation's parameters.
pub fn parameters<'a>(context: &Context<'a>, operation: &'a Operation) -> Vec<FieldView<'a>> {
    let Some(layout) = parameters_layout(context, operation) else { return Vec::new() };
    let fields = operation.parameters.iter().map(|parameter| &parameter.field);
    fields.zip(&layout.fields).map(|(api, layout)| FieldView { api, layout }).collect()
}

/// A struct to emit.
pub struct StructView<'a> {
    /// Its name in Rust.
    pub name: &'a str,
    /// Its docs.
    pub docs: &'a Docs,
    /// Its fields.
    pub fields: Vec<FieldView<'a>>,
    /// The type of further properties, if the document declares one.
    pub additional: Option<&'a Type>,
    /// Whether it is sent. If so, it has a constructor and setters.
    pub is_request: bool,
    /// The type in the model, if a response or a webhook contains it.
    pub received: Option<&'a TypeId>,
    /// The name of the struct of required fields that its constructor takes, if it takes one.
    pub required: Option<&'a str>,
    /// Whether some field or variant contains it in a box.
    pub is_boxed: bool,
    /// Where its docs are.
    pub origin: Origin,
}

impl<'a> StructView<'a> {
    /// A type of the API.
    pub fn of(context: &Context<'a>, def: &'a TypeDef, object: &'a Struct) -> Self {
        let layout = context.layout.types.get(&def.id);
        Self {
            name: context.name(&def.id),
            docs: &def.docs,
            fields: fields(context, def, object),
            additional: object.additional.typed(),
            is_request: def.usage.request,
            received: (def.usage.response || def.usage.webhook).then_some(&def.id),
            required: layout.and_then(|layout| layout.required.as_deref()),
            is_boxed: layout.is_some_and(|layout| layout.is_boxed),
            origin: Origin::of(context.layout, def),
        }
    }

    /// Whether a value can be created without arguments: it is not sent, or nothing is required.
    pub fn has_default(&self) -> bool {
        !self.is_request || !self.fields.iter().any(|field| field.is_argument())
    }
}
