//! The types of JSON that values have, for schemas that contain nothing else about them.

use api_model::{Api, Kind, Type, TypeDef};

use crate::object::{Object, text, texts};

/// How many names are followed.
const MAX_HOPS: usize = 32;

/// The schema of a definition without anything about the content of its values.
pub(super) fn of(api: &Api, def: &TypeDef) -> Object {
    let mut types = Vec::new();
    if !of_definition(api, def, MAX_HOPS, &mut types) {
        return Object::default();
    }
    match types.as_slice() {
        [] => Object::default(),
        [one] => Object::default().with("type", text(*one)),
        several => Object::default().with("type", texts(several.iter().copied())),
    }
}

/// Adds the types of a definition's values. Returns whether these are all.
fn of_definition(api: &Api, def: &TypeDef, hops: usize, types: &mut Vec<&'static str>) -> bool {
    match &def.kind {
        Kind::Struct(_) => add("object", types),
        Kind::Enum(list) => list.values.iter().all(|value| !value.value.is_scalar()) && add("string", types),
        Kind::Union(union) => union.variants.iter().all(|variant| of_type(api, &variant.ty, hops, types)),
        Kind::Alias(ty) => of_type(api, ty, hops, types),
    }
}

fn of_type(api: &Api, ty: &Type, hops: usize, types: &mut Vec<&'static str>) -> bool {
    match ty {
        Type::String | Type::DecimalString | Type::Date | Type::DateTime => add("string", types),
        Type::Bool => add("boolean", types),
        Type::Integer => add("integer", types),
        Type::Float | Type::Decimal => add("number", types),
        Type::Json => false,
        Type::JsonObject | Type::Map(_) => add("object", types),
        Type::List(_) => add("array", types),
        Type::Nullable(inner) => add("null", types) && of_type(api, inner, hops, types),
        Type::Named(id) => match (api.get(id), hops.checked_sub(1)) {
            (Some(def), Some(hops)) => of_definition(api, def, hops, types),
            _ => false,
        },
    }
}

fn add(name: &'static str, types: &mut Vec<&'static str>) -> bool {
    if !types.contains(&name) {
        types.push(name);
    }
    true
}
