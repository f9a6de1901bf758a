//! The names of schemas under `components`.

use std::collections::{HashMap, HashSet};

use api_model::{Api, Kind, Type, TypeDef, TypeId};

/// The types that need a name, with it: all named schemas, and those inline ones that can't be written where they are
/// used, since they are used twice, contain themselves, or are an alternative that a discriminator chooses.
pub(super) fn all(api: &Api) -> HashMap<&TypeId, String> {
    let (mut seen, mut lifted) = (HashSet::new(), HashSet::new());
    let types = || api.types.values().chain(api.unreached.values());
    let outside = api.operations.iter().flat_map(|operation| operation.request_types().chain(operation.response_types()));
    for id in types().flat_map(members).chain(outside).filter_map(Type::named) {
        if !seen.insert(id) {
            lifted.insert(id);
        }
    }
    for def in types() {
        if let Kind::Union(union) = &def.kind
            && union.discriminator.is_some()
        {
            lifted.extend(union.variants.iter().filter_map(|variant| variant.ty.named()));
        }
    }
    let mut names = HashMap::new();
    let mut taken = HashSet::new();
    // Named schemas first, so that they keep their names.
    let named = types().filter(|def| def.id.name().is_some());
    let others = types().filter(|def| def.id.name().is_none() && lifted.contains(&def.id));
    for def in named.chain(others) {
        if !names.contains_key(&def.id) {
            names.insert(&def.id, free(&mut taken, &allowed(&def.id.to_string())));
        }
    }
    names
}

/// The types of a definition's members, credentials included.
fn members(def: &TypeDef) -> Vec<&Type> {
    match &def.kind {
        Kind::Struct(object) => object.fields.iter().map(|field| &field.ty).chain(object.additional.typed()).collect(),
        other => other.types(),
    }
}

/// OpenAPI allows letters and digits of ASCII, `.`, `-` and `_`.
fn allowed(id: &str) -> String {
    let id = id.replace("[]", ".items").replace("{}", ".values").replace('#', ".");
    id.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' }).collect()
}

fn free(taken: &mut HashSet<String>, name: &str) -> String {
    let mut free = name.to_owned();
    let mut number = 2;
    while !taken.insert(free.clone()) {
        free = format!("{name}_{number}");
        number += 1;
    }
    free
}
