//! Decides which fields and alternatives are boxed, since a type that contains itself without a box has no size.

use std::collections::HashSet;

use api_model::{Api, Kind, Type, TypeId};

/// The boxes of an API.
#[derive(Default)]
pub(super) struct Boxes<'a> {
    /// A type and the index of its field or alternative.
    places: HashSet<(&'a TypeId, usize)>,
    /// The types that are in a box somewhere.
    boxed: HashSet<&'a TypeId>,
}

impl<'a> Boxes<'a> {
    /// Boxes the fields and alternatives that close a cycle. Alternatives of unions come first: with those boxed, the
    /// runtime only needs boxes of structs.
    pub(super) fn of(api: &'a Api) -> Self {
        let mut boxes = Self::default();
        for (id, place, held) in recursive_alternatives(api) {
            boxes.add(id, place, held);
        }
        let mut search = Search { api, boxes: &boxes, done: HashSet::new(), path: HashSet::new(), closing: Vec::new() };
        api.types.keys().for_each(|id| search.visit(id));
        for (id, place, held) in search.closing {
            boxes.add(id, place, held);
        }
        boxes
    }

    fn add(&mut self, id: &'a TypeId, place: usize, held: &'a TypeId) {
        self.places.insert((id, place));
        self.boxed.insert(held);
    }

    /// Whether a type's field or alternative is boxed.
    pub(super) fn has(&self, id: &TypeId, place: usize) -> bool {
        self.places.contains(&(id, place))
    }

    /// Whether a type is in a box somewhere.
    pub(super) fn contains(&self, id: &TypeId) -> bool {
        self.boxed.contains(id)
    }
}

/// The alternatives of unions that lead back to the union.
fn recursive_alternatives(api: &Api) -> Vec<(&TypeId, usize, &TypeId)> {
    let mut found = Vec::new();
    for (id, def) in &api.types {
        let Kind::Union(union) = &def.kind else { continue };
        for (place, variant) in union.variants.iter().enumerate() {
            let Some(first) = held(api, &variant.ty) else { continue };
            let mut seen = HashSet::new();
            let mut open = vec![first];
            while let Some(next) = open.pop() {
                if next == id {
                    found.push((id, place, first));
                    break;
                }
                if seen.insert(next)
                    && let Some(def) = api.types.get(next)
                {
                    open.extend(places(&def.kind).into_iter().filter_map(|(_, ty)| held(api, ty)));
                }
            }
        }
    }
    found
}

/// Finds fields that lead back to a type that contains them, without a list or map in between.
struct Search<'a, 'b> {
    api: &'a Api,
    boxes: &'b Boxes<'a>,
    done: HashSet<&'a TypeId>,
    path: HashSet<&'a TypeId>,
    closing: Vec<(&'a TypeId, usize, &'a TypeId)>,
}

impl<'a> Search<'a, '_> {
    fn visit(&mut self, id: &'a TypeId) {
        let Some(def) = self.api.types.get(id) else { return };
        if self.done.contains(id) {
            return;
        }
        self.path.insert(id);
        for (place, ty) in places(&def.kind) {
            if !self.boxes.has(id, place)
                && let Some(next) = held(self.api, ty)
            {
                if self.path.contains(next) {
                    self.closing.push((id, place, next));
                } else {
                    self.visit(next);
                }
            }
        }
        self.path.remove(id);
        self.done.insert(id);
    }
}

fn places(kind: &Kind) -> Vec<(usize, &Type)> {
    match kind {
        Kind::Struct(object) => object.fields.iter().map(|field| &field.ty).enumerate().collect(),
        Kind::Union(union) => union.variants.iter().map(|variant| &variant.ty).enumerate().collect(),
        Kind::Alias(_) | Kind::Enum(_) => Vec::new(),
    }
}

/// The struct or union that a value of this type contains without a box, looking through aliases.
fn held<'a>(api: &'a Api, ty: &'a Type) -> Option<&'a TypeId> {
    let mut ty = api.resolve(ty);
    while let Type::Nullable(inner) = ty {
        ty = api.resolve(inner);
    }
    match ty {
        Type::Named(id) => matches!(api.types.get(id)?.kind, Kind::Struct(_) | Kind::Union(_)).then_some(id),
        _ => None,
    }
}
