//! What refers to a type: requests, responses, webhooks.

use std::collections::HashSet;

use api_model::{Api, Operation, Type, TypeId, Usage};

/// Fills in every type's usage.
pub fn run(api: &mut Api) {
    let requests = owned(api, api.operations.iter().flat_map(Operation::request_types));
    let responses = owned(api, api.operations.iter().flat_map(Operation::response_types));
    let webhooks: HashSet<TypeId> =
        api.reach(api.webhooks.iter().map(|webhook| &webhook.body)).into_iter().cloned().collect();
    for (id, def) in &mut api.types {
        def.usage =
            Usage { request: requests.contains(id), response: responses.contains(id), webhook: webhooks.contains(id) };
    }
}

fn owned<'a>(api: &'a Api, types: impl Iterator<Item = &'a Type>) -> HashSet<TypeId> {
    api.reach(types.filter_map(Type::named)).into_iter().cloned().collect()
}
