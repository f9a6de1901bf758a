//! What a set of bodies has not used yet.

use std::collections::{HashMap, HashSet};

use indexmap::IndexSet;

use crate::samples::given;
use api_model::{Api, Field, Kind, Sample, Type, TypeId};

/// Something that at least one body must use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Want<'a> {
    /// A property of a struct with a value.
    Set(&'a TypeId, &'a str),
    /// A struct without the property.
    Omitted(&'a TypeId, &'a str),
    /// The property with `null`.
    Null(&'a TypeId, &'a str),
    /// One of the numbers or booleans that are listed for the property.
    Allowed(&'a TypeId, &'a str, usize),
    /// A value of an enum.
    Value(&'a TypeId, usize),
    /// An alternative of a union.
    Alternative(&'a TypeId, usize),
}

impl<'a> Want<'a> {
    fn of(&self) -> &'a TypeId {
        match self {
            Self::Set(id, _) | Self::Omitted(id, _) | Self::Null(id, _) | Self::Allowed(id, _, _) => id,
            Self::Value(id, _) | Self::Alternative(id, _) => id,
        }
    }
}

/// What is left to use.
pub(super) struct Cover<'a> {
    open: HashSet<Want<'a>>,
    /// How much of it each type has.
    counts: HashMap<&'a TypeId, usize>,
    /// The types, and the types that each of them refers to.
    types: Vec<(&'a TypeId, Vec<&'a TypeId>)>,
}

impl<'a> Cover<'a> {
    /// Everything that values of a type may have.
    pub(super) fn of(api: &'a Api, ty: &'a Type) -> Self {
        let mut cover = Self { open: HashSet::new(), counts: HashMap::new(), types: Vec::new() };
        for id in reach(api, ty) {
            let Some(def) = api.types.get(id) else { continue };
            cover.types.push((id, def.kind.types().into_iter().filter_map(Type::named).collect()));
            let wants: Vec<Want<'a>> = match &def.kind {
                Kind::Struct(object) => object.caller_fields().flat_map(|field| wants(api, id, field)).collect(),
                Kind::Enum(list) => (0..list.values.len()).map(|index| Want::Value(id, index)).collect(),
                Kind::Union(union) => (0..union.variants.len()).map(|index| Want::Alternative(id, index)).collect(),
                Kind::Alias(_) => Vec::new(),
            };
            cover.counts.insert(id, wants.len());
            cover.open.extend(wants);
        }
        cover
    }

    pub(super) fn is_done(&self) -> bool {
        self.open.is_empty()
    }

    /// How much is left.
    pub(super) fn left(&self) -> usize {
        self.open.len()
    }

    pub(super) fn is_open(&self, want: &Want<'a>) -> bool {
        self.open.contains(want)
    }

    pub(super) fn used(&mut self, want: &Want<'a>) {
        if self.open.remove(want)
            && let Some(count) = self.counts.get_mut(want.of())
        {
            *count = count.saturating_sub(1);
        }
    }

    /// The types through which something unused can be reached.
    pub(super) fn needy(&self) -> HashSet<&'a TypeId> {
        let mut needy: HashSet<&TypeId> =
            self.counts.iter().filter(|(_, count)| **count > 0).map(|(id, _)| *id).collect();
        loop {
            let before = needy.len();
            for (id, refers) in self.types.iter().rev() {
                if !needy.contains(id) && refers.iter().any(|to| needy.contains(to)) {
                    needy.insert(id);
                }
            }
            if needy.len() == before {
                return needy;
            }
        }
    }
}

fn wants<'a>(api: &'a Api, id: &'a TypeId, field: &'a Field) -> Vec<Want<'a>> {
    let name = field.wire.as_str();
    let mut wants = vec![Want::Set(id, name)];
    if !field.required {
        wants.push(Want::Omitted(id, name));
    }
    if field.nullable {
        wants.push(Want::Null(id, name));
    }
    wants.extend(allowed(api, field).enumerate().map(|(index, _)| Want::Allowed(id, name, index)));
    wants
}

/// The types that a type leads to, without credentials and merged types.
fn reach<'a>(api: &'a Api, ty: &'a Type) -> IndexSet<&'a TypeId> {
    let mut reached = IndexSet::new();
    let mut open: Vec<&TypeId> = ty.named().into_iter().collect();
    while let Some(id) = open.pop() {
        if let Some(def) = api.types.get(id)
            && reached.insert(id)
        {
            open.extend(def.kind.types().into_iter().filter_map(Type::named));
        }
    }
    reached
}

/// The numbers or booleans that are listed for a property, by its schema or by the one it refers to.
pub(super) fn allowed<'a>(api: &'a Api, field: &'a Field) -> impl Iterator<Item = Sample> + 'a {
    let mut listed = field.docs.constraints.allowed.as_slice();
    let mut ty = &field.ty;
    // An alias can't be longer than the list of types.
    for _ in 0..=api.types.len() {
        let Type::Named(id) = ty else { break };
        let Some(def) = api.types.get(id) else { break };
        let Kind::Alias(target) = &def.kind else { break };
        if listed.is_empty() {
            listed = &def.docs.constraints.allowed;
        }
        ty = target;
    }
    let values = listed.iter().filter_map(|literal| serde_json::to_value(literal).ok());
    values.filter_map(move |value| given::leaf(ty, &given::of_json(&value)))
}
