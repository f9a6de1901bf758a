//! Who reaches a type: requests, responses, webhooks.

use std::collections::HashSet;

use crate::ir::{Api, Kind, Operation, ResponseBody, Type, TypeId, Usage};

/// Fills in every type's usage.
pub fn run(api: &mut Api) {
    let request = reach(api, api.operations.iter().flat_map(request_roots));
    let response = reach(api, api.operations.iter().flat_map(response_roots));
    let webhook = reach(api, api.webhooks.iter().map(|webhook| webhook.body.clone()));
    for (id, def) in &mut api.types {
        def.usage =
            Usage { request: request.contains(id), response: response.contains(id), webhook: webhook.contains(id) };
    }
}

/// The types that a request names itself.
pub fn request_roots(operation: &Operation) -> Vec<TypeId> {
    let parameters = operation.parameters.iter().map(|parameter| &parameter.field.ty);
    parameters.chain(operation.body.iter().map(|body| &body.ty)).flat_map(names).collect()
}

/// The types that a response names itself.
pub fn response_roots(operation: &Operation) -> Vec<TypeId> {
    let body = match &operation.response.body {
        ResponseBody::Json(ty) => Some(ty),
        ResponseBody::Binary(_) | ResponseBody::Empty => None,
    };
    body.into_iter().chain(operation.errors.iter().filter_map(|error| error.ty.as_ref())).flat_map(names).collect()
}

/// Every type that the roots lead to, themselves included.
pub fn reach(api: &Api, roots: impl Iterator<Item = TypeId>) -> HashSet<TypeId> {
    let mut reached = HashSet::new();
    let mut open: Vec<TypeId> = roots.collect();
    while let Some(id) = open.pop() {
        if let Some(def) = api.types.get(&id)
            && reached.insert(id)
        {
            open.extend(parts(&def.kind));
        }
    }
    reached
}

/// The types that a type's definition names.
pub fn parts(kind: &Kind) -> Vec<TypeId> {
    match kind {
        Kind::Struct(object) => {
            let types = object.fields.iter().map(|field| &field.ty).chain(&object.additional);
            types.flat_map(names).chain(object.merged.iter().cloned()).collect()
        }
        Kind::Union(union) => union.variants.iter().flat_map(|variant| names(&variant.ty)).collect(),
        Kind::Alias(ty) => names(ty),
        Kind::Enum(_) => Vec::new(),
    }
}

/// The types that a type names.
pub fn names(ty: &Type) -> Vec<TypeId> {
    match ty {
        Type::Named(id) => vec![id.clone()],
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => names(inner),
        _ => Vec::new(),
    }
}
