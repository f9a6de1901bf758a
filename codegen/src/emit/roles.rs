//! What a type is for, if its place in the API shows it: the request or response of one operation, the payload of
//! webhooks, or, for a schema without a name, the value of a property, a list or a map.

use std::collections::HashMap;

use super::links::{Links, Origin};
use api_model::{Api, ErrorResponse, Field, Kind, Operation, ResponseBody, Target, Type, TypeDef, TypeId};

/// The roles of types.
pub struct Roles<'a>(HashMap<&'a TypeId, Role<'a>>);

/// What a type is for.
pub enum Role<'a> {
    /// The body of this operation's request.
    Request(&'a Operation),
    /// The body of its response.
    Response(&'a Operation),
    /// The payload of webhooks: their link targets, each with the pair that it is shown as.
    Webhook(Vec<(String, Target)>),
    /// An inline schema, in its only place.
    Inline(Step, Holder<'a>),
}

/// How an inline schema is contained in its holder.
#[derive(Clone, Copy)]
pub enum Step {
    /// It is the value.
    Value,
    /// It is an element of a list.
    Element,
    /// It is a value of a map.
    Entry,
}

/// The holder of an inline schema.
#[derive(Clone, Copy)]
pub enum Holder<'a> {
    /// The body of this operation's request.
    Request(&'a Operation),
    /// The body of its response.
    Response(&'a Operation),
    /// The body of one of its error responses.
    Error(&'a Operation, &'a ErrorResponse),
    /// One of its parameters.
    Parameter(&'a Operation, &'a Field),
    /// A field.
    Field(&'a TypeDef, &'a Field),
    /// The additional properties of a struct.
    Additional(&'a TypeDef),
    /// A named list or map.
    Alias(&'a TypeDef),
    /// An alternative of a union.
    Alternative(&'a TypeDef),
}

impl<'a> Roles<'a> {
    /// The roles of an API's types. A type that is used in two ways has none.
    pub fn of(api: &'a Api) -> Self {
        let mut all: HashMap<&TypeId, Vec<Role<'_>>> = HashMap::new();
        for operation in &api.operations {
            if let Some(Type::Named(id)) = operation.body.as_ref().map(|body| &body.ty) {
                all.entry(id).or_default().push(Role::Request(operation));
            }
            if let ResponseBody::Json(Type::Named(id)) = &operation.response.body {
                all.entry(id).or_default().push(Role::Response(operation));
            }
        }
        for webhook in &api.webhooks {
            let roles = all.entry(&webhook.body).or_default();
            let (kind, code) = (webhook.kind.clone(), webhook.code.clone());
            let pair = format!("{kind}: {code}");
            let target = Target::Webhook { kind, code, body: webhook.body.clone() };
            match roles.as_mut_slice() {
                [Role::Webhook(pairs)] => pairs.push((pair, target)),
                _ => roles.push(Role::Webhook(vec![(pair, target)])),
            }
        }
        let only = |mut roles: Vec<Role<'a>>| if roles.len() == 1 { roles.pop() } else { None };
        let mut roles: HashMap<_, _> = all.into_iter().filter_map(|(id, roles)| Some((id, only(roles)?))).collect();
        for (ty, holder) in holders(api) {
            if let Some((id, step)) = inline(api, ty, holder) {
                roles.entry(id).or_insert(Role::Inline(step, holder));
            }
        }
        Self(roles)
    }

    /// A type's role.
    pub fn get(&self, id: &TypeId) -> Option<&Role<'a>> {
        self.0.get(id)
    }
}

/// Everything that can contain an inline schema, with its type.
fn holders(api: &Api) -> impl Iterator<Item = (&Type, Holder<'_>)> {
    let operations = api.operations.iter().flat_map(|operation| {
        let body = operation.body.iter().map(move |body| (&body.ty, Holder::Request(operation)));
        let response = match &operation.response.body {
            ResponseBody::Json(ty) => Some((ty, Holder::Response(operation))),
            ResponseBody::Binary(_) | ResponseBody::Empty => None,
        };
        let errors = operation.errors.iter();
        let errors = errors.filter_map(move |error| Some((error.ty.as_ref()?, Holder::Error(operation, error))));
        let parameters = operation.parameters.iter().map(|parameter| &parameter.field);
        let parameters = parameters.map(move |field| (&field.ty, Holder::Parameter(operation, field)));
        body.chain(response).chain(errors).chain(parameters)
    });
    operations.chain(api.types.values().flat_map(held))
}

/// The types that a type contains.
fn held(def: &TypeDef) -> Vec<(&Type, Holder<'_>)> {
    match &def.kind {
        Kind::Struct(object) => {
            let fields = object.caller_fields().map(|field| (&field.ty, Holder::Field(def, field)));
            fields.chain(object.additional.typed().into_iter().map(|ty| (ty, Holder::Additional(def)))).collect()
        }
        Kind::Union(union) => union.variants.iter().map(|variant| (&variant.ty, Holder::Alternative(def))).collect(),
        Kind::Alias(ty) => vec![(ty, Holder::Alias(def))],
        Kind::Enum(_) => Vec::new(),
    }
}

/// The inline schema in a type, if it is declared here. A schema that merges in another one (`allOf`) also has that
/// one's inline schemas.
fn inline<'a>(api: &Api, ty: &'a Type, holder: Holder<'_>) -> Option<(&'a TypeId, Step)> {
    match ty {
        Type::Named(id) => {
            let def = api.types.get(id).filter(|def| def.id.name().is_none())?;
            let is_here = holder.ty().is_none_or(|holder| {
                def.at.as_str().strip_prefix(holder.at.as_str()).is_some_and(|rest| rest.starts_with('/'))
            });
            is_here.then_some((id, Step::Value))
        }
        Type::List(inner) => Some((inline(api, inner, holder)?.0, Step::Element)),
        Type::Map(inner) => Some((inline(api, inner, holder)?.0, Step::Entry)),
        Type::Nullable(inner) => inline(api, inner, holder),
        _ => None,
    }
}

impl Role<'_> {
    /// The role as a sentence.
    pub fn sentence(&self, links: &Links<'_>, def: &TypeDef, from: Origin) -> String {
        match self {
            Role::Request(operation) => format!("The request of {}.", links.operation(&operation.id, from)),
            Role::Response(operation) => format!("The response to {}.", links.operation(&operation.id, from)),
            Role::Webhook(pairs) => {
                let plural = crate::diag::plural(pairs.len());
                let pairs: Vec<String> = pairs.iter().map(|(pair, target)| links.link(pair, target, from)).collect();
                format!("The payload of the webhook{plural} {}.", pairs.join(", "))
            }
            Role::Inline(step, holder) => {
                let what = match (step, &def.kind, holder) {
                    (Step::Value, _, Holder::Alternative(_)) => "An alternative of",
                    (Step::Value, Kind::Enum(_), _) => "The values of",
                    (Step::Value, Kind::Struct(_), Holder::Field(..)) => "The object in",
                    (Step::Value, _, Holder::Additional(_)) | (Step::Entry, _, _) => "A value in",
                    (Step::Value, _, _) => "The value of",
                    (Step::Element, _, _) => "An element of",
                };
                format!("{what} {}.", holder.name(links, from))
            }
        }
    }
}

impl<'a> Holder<'a> {
    /// The type that contains it.
    fn ty(self) -> Option<&'a TypeDef> {
        match self {
            Holder::Field(def, _) | Holder::Additional(def) | Holder::Alias(def) | Holder::Alternative(def) => {
                Some(def)
            }
            Holder::Request(_) | Holder::Response(_) | Holder::Error(..) | Holder::Parameter(..) => None,
        }
    }

    fn name(self, links: &Links<'_>, from: Origin) -> String {
        let call = |operation: &Operation| links.operation(&operation.id, from);
        match self {
            Holder::Request(operation) => format!("the request of {}", call(operation)),
            Holder::Response(operation) => format!("the response to {}", call(operation)),
            Holder::Error(operation, error) => {
                let status = match (error.status, error.class) {
                    (Some(status), _) => format!(" with status {status}"),
                    (None, Some(class)) => format!(" with a status from {class}00 to {class}99"),
                    (None, None) => String::new(),
                };
                format!("the error response to {}{status}", call(operation))
            }
            Holder::Parameter(operation, field) => format!("the parameter `{}` of {}", field.wire, call(operation)),
            Holder::Field(def, field) => {
                let target = Target::Field { of: def.id.clone(), property: field.wire.clone() };
                format!("{} in {}", links.link(&field.wire, &target, from), links.ty(&def.id, from))
            }
            Holder::Additional(def) => format!("the additional properties of {}", links.ty(&def.id, from)),
            Holder::Alias(def) | Holder::Alternative(def) => links.ty(&def.id, from),
        }
    }
}
