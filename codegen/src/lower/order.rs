//! Sorts the types into the document's order, each inline type after the type that contains it.

use indexmap::IndexMap;

use super::context::Context;
use api_model::{Kind, Operation, Type, TypeDef, TypeId};

/// Takes the types so far and sorts them.
pub(super) fn as_in_document(cx: &mut Context<'_>, operations: &[Operation]) -> IndexMap<TypeId, TypeDef> {
    let names: Vec<&str> = cx.schema_names().collect();
    let mut unsorted: IndexMap<TypeId, Option<TypeDef>> =
        std::mem::take(&mut cx.types).into_iter().map(|(id, def)| (id, Some(def))).collect();
    let mut sorted = IndexMap::with_capacity(unsorted.len());
    let mut place = |id: &TypeId| place(&mut unsorted, &mut sorted, id);
    // Paths come before components. Types of shared components come with the first operation that refers to them.
    for id in operations.iter().flat_map(ids_in_operation) {
        if id.name().is_none() {
            place(&id);
        }
    }
    for name in names {
        place(&TypeId::schema(name));
    }
    let rest: Vec<TypeDef> = unsorted.into_values().flatten().collect();
    sorted.extend(rest.into_iter().map(|def| (def.id.clone(), def)));
    sorted
}

/// Moves a type to the sorted list, and then the types that it contains. The depth is limited by the document's.
fn place(from: &mut IndexMap<TypeId, Option<TypeDef>>, to: &mut IndexMap<TypeId, TypeDef>, id: &TypeId) {
    let Some(def) = from.get_mut(id).and_then(Option::take) else { return };
    let inside = format!("{}/", def.at);
    let ids = ids_in_kind(&def.kind);
    to.insert(id.clone(), def);
    for id in ids {
        if from.get(&id).and_then(Option::as_ref).is_some_and(|def| def.at.as_str().starts_with(&inside)) {
            place(from, to, &id);
        }
    }
}

fn ids_in_operation(operation: &Operation) -> Vec<TypeId> {
    operation.request_types().chain(operation.response_types()).filter_map(Type::named).cloned().collect()
}

fn ids_in_kind(kind: &Kind) -> Vec<TypeId> {
    kind.types().into_iter().filter_map(Type::named).cloned().collect()
}
