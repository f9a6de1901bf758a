//! The types in the document's order, each inline one after the type it stands in, however lowering came upon them.

use indexmap::IndexMap;

use super::context::Context;
use crate::ir::{Kind, Operation, ResponseBody, Type, TypeDef, TypeId};

/// Takes the types made so far and sorts them.
pub(super) fn as_in_document(cx: &mut Context<'_>, operations: &[Operation]) -> IndexMap<TypeId, TypeDef> {
    let names: Vec<&str> = cx.schema_names().collect();
    let mut unsorted: IndexMap<TypeId, Option<TypeDef>> =
        std::mem::take(&mut cx.types).into_iter().map(|(id, def)| (id, Some(def))).collect();
    let mut sorted = IndexMap::with_capacity(unsorted.len());
    let mut place = |id: &TypeId| place(&mut unsorted, &mut sorted, id);
    // Paths stand before components. Types of shared components come with the operation that refers to them first.
    for id in operations.iter().flat_map(ids_in_operation) {
        if cx.schema(&id.0).is_none() {
            place(&id);
        }
    }
    for name in names {
        place(&TypeId(name.to_owned()));
    }
    let rest: Vec<TypeDef> = unsorted.into_values().flatten().collect();
    sorted.extend(rest.into_iter().map(|def| (def.id.clone(), def)));
    sorted
}

/// Moves a type over, and then what stands in it. It goes as deep as the document does.
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
    let parameters = operation.parameters.iter().map(|parameter| &parameter.field.ty);
    let body = operation.body.iter().map(|body| &body.ty);
    let response = match &operation.response.body {
        ResponseBody::Json(ty) => Some(ty),
        ResponseBody::Binary(_) | ResponseBody::Empty => None,
    };
    let errors = operation.errors.iter().filter_map(|error| error.ty.as_ref());
    parameters.chain(body).chain(response).chain(errors).filter_map(id_in).cloned().collect()
}

fn ids_in_kind(kind: &Kind) -> Vec<TypeId> {
    match kind {
        Kind::Struct(of) => {
            let fields = of.fields.iter().map(|field| &field.ty);
            fields.chain(&of.additional).filter_map(id_in).cloned().collect()
        }
        Kind::Enum(_) => Vec::new(),
        Kind::Union(of) => of.variants.iter().filter_map(|variant| id_in(&variant.ty)).cloned().collect(),
        Kind::Alias(ty) => id_in(ty).into_iter().cloned().collect(),
    }
}

/// The named type in a type: a type holds one at most.
pub(super) fn id_in(ty: &Type) -> Option<&TypeId> {
    let mut ty = ty;
    loop {
        match ty {
            Type::Named(id) => return Some(id),
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => ty = inner,
            _ => return None,
        }
    }
}
