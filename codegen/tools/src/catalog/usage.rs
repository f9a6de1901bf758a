//! What uses a type.

use std::collections::HashMap;

use api_model::{Api, Operation, Type, TypeDef, TypeId, Webhook};

/// What uses a type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UsedBy<'a> {
    /// The types that contain it, or merge in its properties.
    pub types: Vec<&'a TypeDef>,
    /// The operations that reach it, directly or through other types, and from where.
    pub operations: Vec<(&'a Operation, Role)>,
    /// The webhooks whose payloads reach it.
    pub webhooks: Vec<&'a Webhook>,
}

/// The part of an operation that reaches a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The parameters or the body of its request.
    Request,
    /// The body of one of its responses.
    Response,
}

/// What uses each type, as positions.
#[derive(Debug)]
pub(super) struct Usages(HashMap<TypeId, Usage>);

#[derive(Debug, Default)]
struct Usage {
    types: Vec<usize>,
    operations: Vec<(usize, Role)>,
    webhooks: Vec<usize>,
}

impl Usages {
    pub(super) fn of(api: &Api) -> Self {
        let mut all: HashMap<TypeId, Usage> = HashMap::new();
        let mut add = |id: &TypeId, user: &dyn Fn(&mut Usage)| user(all.entry(id.clone()).or_default());
        for (index, def) in api.types.values().enumerate() {
            let mut refs: Vec<&TypeId> = def.kind.refs().collect();
            refs.sort_unstable();
            refs.dedup();
            refs.into_iter().for_each(|id| add(id, &|usage| usage.types.push(index)));
        }
        for (index, operation) in api.operations.iter().enumerate() {
            for id in api.reach(operation.request_types().filter_map(Type::named)) {
                add(id, &|usage| usage.operations.push((index, Role::Request)));
            }
            for id in api.reach(operation.response_types().filter_map(Type::named)) {
                add(id, &|usage| usage.operations.push((index, Role::Response)));
            }
        }
        for (index, webhook) in api.webhooks.iter().enumerate() {
            for id in api.reach([&webhook.body]) {
                add(id, &|usage| usage.webhooks.push(index));
            }
        }
        Self(all)
    }

    pub(super) fn used_by<'a>(&self, api: &'a Api, id: &TypeId) -> UsedBy<'a> {
        let Some(usage) = self.0.get(id) else { return UsedBy::default() };
        let types = usage.types.iter().filter_map(|index| Some(api.types.get_index(*index)?.1));
        let operations = usage.operations.iter().filter_map(|(index, role)| Some((api.operations.get(*index)?, *role)));
        let webhooks = usage.webhooks.iter().filter_map(|index| api.webhooks.get(*index));
        UsedBy { types: types.collect(), operations: operations.collect(), webhooks: webhooks.collect() }
    }
}
