//! What a type is for, where its place in the API tells: the request or response of one operation, what webhooks carry, or what
//! stands in a property, for a schema without a name.

use std::collections::HashMap;

use crate::ir::{Api, Kind, Operation, ResponseBody, Type, TypeId};

/// The roles of types.
pub struct Roles(HashMap<TypeId, Role>);

/// What a type is for.
pub enum Role {
    /// The body of this operation's request.
    Request(String),
    /// The body of its response.
    Response(String),
    /// What the webhooks of these pairs carry.
    Webhook(Vec<String>),
    /// What stands in a property, where its schema stands too.
    Property {
        /// The property's name.
        wire: String,
        /// Its struct and field: `Pet::name`.
        path: String,
    },
}

impl Roles {
    /// Those of an API's types. What is used in two ways has none.
    pub fn of(api: &Api) -> Self {
        let mut all: HashMap<TypeId, Vec<Role>> = HashMap::new();
        let name = |operation: &Operation| format!("{} {}", operation.method, operation.path);
        for operation in &api.operations {
            if let Some(Type::Named(id)) = operation.body.as_ref().map(|body| &body.ty) {
                all.entry(id.clone()).or_default().push(Role::Request(name(operation)));
            }
            if let ResponseBody::Json(Type::Named(id)) = &operation.response.body {
                all.entry(id.clone()).or_default().push(Role::Response(name(operation)));
            }
        }
        for webhook in &api.webhooks {
            let roles = all.entry(webhook.body.clone()).or_default();
            let pair = format!("{}: {}", webhook.kind, webhook.code);
            match roles.as_mut_slice() {
                [Role::Webhook(pairs)] => pairs.push(pair),
                _ => roles.push(Role::Webhook(Vec::from([pair]))),
            }
        }
        for def in api.types.values() {
            let Kind::Struct(object) = &def.kind else { continue };
            for field in &object.fields {
                if let Some(id) = inline(&field.ty, &format!("{}.{}", def.id.0, field.wire)) {
                    let path = format!("{}::{}", def.name, field.name);
                    all.entry(id.clone()).or_default().push(Role::Property { wire: field.wire.clone(), path });
                }
            }
        }
        let only = |mut roles: Vec<Role>| if roles.len() == 1 { roles.pop() } else { None };
        Self(all.into_iter().filter_map(|(id, roles)| Some((id, only(roles)?))).collect())
    }

    /// A type's role.
    pub fn get(&self, id: &TypeId) -> Option<&Role> {
        self.0.get(id)
    }
}

/// The named type in a field's, if it is the one of this id.
fn inline<'a>(ty: &'a Type, expected: &str) -> Option<&'a TypeId> {
    match ty {
        Type::Named(id) => (id.0 == expected).then_some(id),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => inline(inner, expected),
        _ => None,
    }
}
