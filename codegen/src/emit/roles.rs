//! What a type is for, where its place in the API tells: the request or response of one operation, what webhooks carry, or what
//! stands in a property, for a schema without a name.

use std::collections::HashMap;

use crate::ir::layout::Layout;
use crate::ir::{Api, Kind, Operation, ResponseBody, Step, Type, TypeId};

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
    pub fn of(api: &Api, layout: &Layout) -> Self {
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
            for (field, field_layout) in layout.fields(&def.id, object) {
                if let Some(id) = field.ty.named().filter(|id| is_inside(id, &def.id, &field.wire)) {
                    let path = format!("{}::{}", layout.name(&def.id), field_layout.name);
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

/// Whether a type is the schema of a property.
fn is_inside(id: &TypeId, owner: &TypeId, property: &str) -> bool {
    match id {
        TypeId::Inline { inside, step: Step::Property(name) } => **inside == *owner && name == property,
        _ => false,
    }
}
