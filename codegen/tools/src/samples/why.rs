//! Why a hint does not fit: the first place in it that is wrong.

use super::given;
use super::limits::{self, Limits};
use crate::json;
use api_model::{Api, Kind, Pointer, Sample, Struct, Type};

/// A place in a hint, and what is wrong there.
pub(super) type Why = (Pointer, String);

/// The first wrong place in a value of a type. `of` is what the value is for, as messages show it.
pub(super) fn value(api: &Api, ty: &Type, hint: &Sample, of: &str, at: &Pointer, limits: Limits<'_>) -> Option<Why> {
    let wrong = || Some((at.clone(), format!("`{}` is not a value of `{of}`", shown(hint))));
    match (ty, hint) {
        (Type::Nullable(_), Sample::Null) => None,
        (Type::Nullable(inner), _) => value(api, inner, hint, of, at, limits),
        (Type::List(element), Sample::List(all)) => {
            let mut each = all.iter().enumerate();
            let inside = each.find_map(|(index, one)| value(api, element, one, of, &at.index(index), &[]));
            inside.or_else(|| if limits::is_list_allowed(all, limits) { None } else { wrong() })
        }
        (Type::List(element), _) => value(api, element, hint, of, at, &[]),
        (Type::Map(inner), Sample::Object(all)) => {
            all.iter().find_map(|(key, one)| value(api, inner, one, of, &at.child(key), limits))
        }
        (Type::Named(id), _) => {
            let def = api.types.get(id)?;
            match (&def.kind, hint) {
                // Aliases form no circle that has a value.
                (Kind::Alias(target), _) if target.named() != Some(id) => {
                    value(api, target, hint, of, at, &[limits, &[&def.docs.constraints]].concat())
                }
                (Kind::Struct(struct_), Sample::Object(given)) => object(api, &id.to_string(), struct_, given, at),
                (Kind::Enum(list), _) => {
                    let word = given::word(hint);
                    if list.values.iter().any(|listed| Some(listed.value.to_string()) == word) { None } else { wrong() }
                }
                (Kind::Union(union), _) => {
                    let mut all = union.variants.iter().map(|variant| value(api, &variant.ty, hint, of, at, limits));
                    if all.any(|why| why.is_none()) { None } else { wrong() }
                }
                _ => wrong(),
            }
        }
        (ty, _) => {
            let fits = given::leaf(ty, hint).is_some_and(|sample| limits::is_allowed(&sample, limits));
            if fits { None } else { wrong() }
        }
    }
}

/// The first wrong place in an object.
pub(super) fn object(
    api: &Api,
    schema: &str,
    object: &Struct,
    given: &[(String, Sample)],
    at: &Pointer,
) -> Option<Why> {
    let inside = given.iter().find_map(|(name, hint)| {
        let at = at.child(name);
        match object.caller_fields().find(|field| field.wire == *name) {
            None => Some((at, format!("`{schema}` has no property `{name}`"))),
            Some(field) if field.nullable && *hint == Sample::Null => None,
            Some(field) => value(api, &field.ty, hint, &format!("{schema}.{name}"), &at, &[&field.docs.constraints]),
        }
    });
    inside.or_else(|| {
        let hints = &api.hints.exclusive;
        let is_given = |name: &&String| given.iter().any(|(given, hint)| given == *name && *hint != Sample::Null);
        hints.schemas.get(schema).into_iter().flatten().chain(&hints.properties).find_map(|group| {
            let mut set = group.iter().filter(is_given);
            let (first, second) = (set.next()?, set.next()?);
            Some((at.child(second), format!("`{second}` and `{first}` of `{schema}` exclude each other")))
        })
    })
}

/// A hint, as shown in messages.
pub(super) fn shown(hint: &Sample) -> String {
    given::word(hint).unwrap_or_else(|| json::json(hint))
}
