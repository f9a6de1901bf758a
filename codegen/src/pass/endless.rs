//! Finds types that have no finite value, since they require themselves.

use std::collections::HashSet;

use crate::diag::Report;
use api_model::{Api, Field, Kind, Type, TypeId};

/// Reports structs whose required fields lead back to themselves: a value would be infinite.
pub fn run(api: &Api, file: &str, report: &mut Report) {
    let mut ends: HashSet<&TypeId> = HashSet::new();
    loop {
        let mut changed = false;
        for (id, def) in &api.types {
            if ends.contains(id) {
                continue;
            }
            let known = |ty: &Type| match needed(api, ty) {
                Some(next) => ends.contains(next),
                None => true,
            };
            let ended = match &def.kind {
                Kind::Struct(object) => {
                    object.fields.iter().filter(|field| must_be_there(field)).all(|field| known(&field.ty))
                }
                Kind::Union(union) => {
                    union.variants.is_empty() || union.variants.iter().any(|variant| known(&variant.ty))
                }
                Kind::Alias(_) | Kind::Enum(_) => true,
            };
            if ended {
                ends.insert(id);
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    for (id, def) in &api.types {
        if !ends.contains(id) {
            report.error(
                file,
                &def.at,
                format!("`{}` requires itself, so every value would be infinite", id),
                "make one of the properties on the way optional or nullable, with a fixup if the document can't be changed",
            );
        }
    }
}

/// Whether every value has the property. The client sends credentials itself.
fn must_be_there(field: &Field) -> bool {
    field.required && !field.nullable && !field.is_credential
}

/// The struct, union or enum that a value of this type directly contains, looking through aliases.
fn needed<'a>(api: &'a Api, ty: &'a Type) -> Option<&'a TypeId> {
    match api.resolve(ty) {
        Type::Named(id) => matches!(api.types.get(id)?.kind, Kind::Struct(_) | Kind::Union(_)).then_some(id),
        _ => None,
    }
}
