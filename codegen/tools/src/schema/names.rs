//! The names of types that schemas refer to.

use std::collections::{HashMap, HashSet};

use api_model::{Api, Kind, Type, TypeDef, TypeId};

/// The types that schemas refer to by name: all named schemas, and those inline ones that can't be written where they are
/// used, since they are used twice, contain themselves, or are an alternative that a discriminator chooses.
pub(crate) struct Names<'a>(HashMap<&'a TypeId, String>);

impl<'a> Names<'a> {
    /// The names for an API. Named schemas keep theirs, except for characters that OpenAPI does not allow.
    pub(crate) fn new(api: &'a Api) -> Self {
        let lifted = lifted(api);
        let types = || api.types.values().chain(api.unreached.values());
        let named = types().filter(|def| def.id.name().is_some());
        let others = types().filter(|def| def.id.name().is_none() && lifted.contains(&def.id));
        let mut names = HashMap::new();
        let mut taken = HashSet::new();
        for def in named.chain(others) {
            names.entry(&def.id).or_insert_with(|| free(&mut taken, &allowed(&def.id.to_string())));
        }
        Self(names)
    }

    /// The name of a type, if schemas refer to it.
    pub(crate) fn get(&self, id: &TypeId) -> Option<&str> {
        self.0.get(id).map(String::as_str)
    }
}

/// The types that are used twice or chosen by a discriminator. A type that contains itself is used twice, or not at all.
fn lifted(api: &Api) -> HashSet<&TypeId> {
    let (mut seen, mut lifted) = (HashSet::new(), HashSet::new());
    let types = || api.types.values().chain(api.unreached.values());
    let inside = types().flat_map(|def| members(def).into_iter().filter_map(Type::named));
    let operations = api.operations.iter();
    let outside = operations.flat_map(|operation| operation.request_types().chain(operation.response_types()));
    let webhooks: HashSet<&TypeId> = api.webhooks.iter().map(|webhook| &webhook.body).collect();
    for id in inside.chain(outside.filter_map(Type::named)).chain(webhooks) {
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
    lifted
}

/// The types of a definition's members, credentials included.
pub(crate) fn members(def: &TypeDef) -> Vec<&Type> {
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
