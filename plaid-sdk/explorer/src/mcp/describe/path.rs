//! A property at a dotted path below a type.

use plaid_catalog::model::{Api, Field, Kind, Type, TypeId};
use plaid_catalog::tools::nearest::nearest;

use crate::mcp::text;

/// What a path leads to.
#[derive(Clone, Copy, Debug)]
pub enum Place<'a> {
    /// A property.
    Field(&'a Field),
    /// The values of a map.
    Values(&'a Type),
}

/// The property at a path: `user.address.city`. Indexes are passed over: `accounts[0].balances` and `accounts[].balances`.
pub fn find<'a>(api: &'a Api, fields: &[&'a Field], path: &str) -> Result<Place<'a>, String> {
    let mut parts = path.split('.').map(|part| part.split_once('[').map_or(part, |(name, _)| name).trim());
    let first = parts.next().unwrap_or_default();
    let mut place = Place::Field(named(fields, first)?);
    for name in parts {
        let ty = match place {
            Place::Field(field) => &field.ty,
            Place::Values(ty) => ty,
        };
        place = below(api, ty, name)?;
    }
    Ok(place)
}

fn below<'a>(api: &'a Api, ty: &'a Type, name: &str) -> Result<Place<'a>, String> {
    match api.resolve(ty) {
        Type::List(inner) | Type::Nullable(inner) => below(api, inner, name),
        Type::Map(value) => Ok(Place::Values(value)),
        Type::Named(id) => named(&members(api, id, &mut Vec::new()), name).map(Place::Field),
        _ => Err(format!("there is nothing inside that could be `{}`", text::short(name, 100))),
    }
}

/// The fields of a type. A union has those of its alternatives.
pub fn members<'a>(api: &'a Api, id: &'a TypeId, seen: &mut Vec<&'a TypeId>) -> Vec<&'a Field> {
    if seen.contains(&id) {
        return Vec::new();
    }
    seen.push(id);
    match api.get(id).map(|def| &def.kind) {
        Some(Kind::Struct(object)) => object.caller_fields().collect(),
        Some(Kind::Union(union)) => {
            let types = union.variants.iter().filter_map(|variant| variant.ty.named());
            types.flat_map(|id| members(api, id, seen)).collect()
        }
        Some(Kind::Alias(target)) => target.named().map(|id| members(api, id, seen)).unwrap_or_default(),
        Some(Kind::Enum(_)) | None => Vec::new(),
    }
}

fn named<'a>(fields: &[&'a Field], name: &str) -> Result<&'a Field, String> {
    if let Some(field) = fields.iter().find(|field| field.wire == name) {
        return Ok(field);
    }
    let names: Vec<&str> = fields.iter().map(|field| field.wire.as_str()).collect();
    let close = nearest(name, names.iter().copied());
    let listed = if close.is_empty() { names } else { close };
    if listed.is_empty() {
        return Err(format!("there is nothing inside that could be `{}`", text::short(name, 100)));
    }
    Err(format!("unknown property `{}`. The properties are: {}", text::short(name, 100), listed.join(", ")))
}
