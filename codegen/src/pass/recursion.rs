//! Types that contain themselves: a box where one is needed, and an error where no value could ever end.

use std::collections::{HashMap, HashSet};

use crate::diag::Report;
use crate::ir::{Api, Field, Kind, Type, TypeId};

/// Boxes the fields that close a cycle, and reports types that no value can have.
pub fn run(api: &mut Api, file: &str, report: &mut Report) {
    for (id, place) in recursive_alternatives(api) {
        box_at(api, &id, place);
    }
    // What is left goes through structs only.
    for (id, place) in closing_edges(api) {
        box_at(api, &id, place);
    }
    report_endless(api, file, report);
}

fn box_at(api: &mut Api, id: &TypeId, place: usize) {
    let ty = match api.types.get_mut(id).map(|def| &mut def.kind) {
        Some(Kind::Struct(object)) => object.fields.get_mut(place).map(|field| &mut field.ty),
        Some(Kind::Union(union)) => union.variants.get_mut(place).map(|variant| &mut variant.ty),
        _ => None,
    };
    let Some(ty) = ty else { return };
    let inner = ty.clone();
    wrap(ty);
    let Some(inner) = held(api, &inner).cloned() else { return };
    if let Some(Kind::Struct(object)) = api.types.get_mut(&inner).map(|def| &mut def.kind) {
        object.boxed = true;
    }
}

/// The alternatives of unions that lead back to the union. Boxing there, the runtime needs boxes of structs only.
fn recursive_alternatives(api: &Api) -> Vec<(TypeId, usize)> {
    let mut found = Vec::new();
    for (id, def) in &api.types {
        let Kind::Union(union) = &def.kind else { continue };
        for (place, variant) in union.variants.iter().enumerate() {
            let mut seen = HashSet::new();
            let mut open: Vec<&TypeId> = held(api, &variant.ty).into_iter().collect();
            while let Some(next) = open.pop() {
                if next == id {
                    found.push((id.clone(), place));
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

fn wrap(ty: &mut Type) {
    let inner = std::mem::replace(ty, Type::Json);
    *ty = match inner {
        Type::Nullable(inner) => Type::Nullable(Box::new(Type::Boxed(inner))),
        inner => Type::Boxed(Box::new(inner)),
    };
}

/// The fields (by type and place) that lead back to a type they are part of, without a list or map between.
fn closing_edges(api: &Api) -> Vec<(TypeId, usize)> {
    let mut search = Search { api, done: HashSet::new(), path: HashSet::new(), closing: Vec::new() };
    for id in api.types.keys() {
        search.visit(id);
    }
    search.closing
}

struct Search<'a> {
    api: &'a Api,
    done: HashSet<TypeId>,
    path: HashSet<TypeId>,
    closing: Vec<(TypeId, usize)>,
}

impl Search<'_> {
    fn visit(&mut self, id: &TypeId) {
        let Some(def) = self.api.types.get(id) else { return };
        if self.done.contains(id) {
            return;
        }
        self.path.insert(id.clone());
        for (place, ty) in places(&def.kind) {
            if let Some(next) = held(self.api, ty) {
                if self.path.contains(next) {
                    self.closing.push((id.clone(), place));
                } else {
                    self.visit(next);
                }
            }
        }
        self.path.remove(id);
        self.done.insert(id.clone());
    }
}

fn places(kind: &Kind) -> Vec<(usize, &Type)> {
    match kind {
        Kind::Struct(object) => object.fields.iter().map(|field| &field.ty).enumerate().collect(),
        Kind::Union(union) => union.variants.iter().map(|variant| &variant.ty).enumerate().collect(),
        Kind::Alias(_) | Kind::Enum(_) => Vec::new(),
    }
}

/// The struct or union that a value of this type holds in place, looking through aliases.
fn held<'a>(api: &'a Api, ty: &'a Type) -> Option<&'a TypeId> {
    let mut ty = ty;
    // An alias of itself ends after as many steps as there are types.
    for _ in 0..=api.types.len() {
        match ty {
            Type::Nullable(inner) => ty = inner,
            Type::Named(id) => match &api.types.get(id)?.kind {
                Kind::Alias(target) => ty = target,
                Kind::Struct(_) | Kind::Union(_) => return Some(id),
                Kind::Enum(_) => return None,
            },
            _ => return None,
        }
    }
    None
}

/// Reports structs whose required fields lead back to themselves: such a value would be infinite.
fn report_endless(api: &Api, file: &str, report: &mut Report) {
    let mut ends: HashMap<&TypeId, bool> = HashMap::new();
    loop {
        let mut changed = false;
        for (id, def) in &api.types {
            if ends.contains_key(id) {
                continue;
            }
            let known = |ty: &Type| match needed(api, ty) {
                Some(next) => ends.contains_key(next),
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
                ends.insert(id, true);
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    for (id, def) in &api.types {
        if !ends.contains_key(id) {
            report.error(
                file,
                &def.at,
                format!("`{}` requires itself: no value of it could ever end", id.0),
                "make one of the properties on the way optional or nullable, by a fixup if the document can't be changed",
            );
        }
    }
}

fn must_be_there(field: &Field) -> bool {
    field.required && !field.nullable
}

/// As [`held`], looking through boxes.
fn needed<'a>(api: &'a Api, ty: &'a Type) -> Option<&'a TypeId> {
    match ty {
        Type::Boxed(inner) => held(api, inner),
        ty => held(api, ty),
    }
}
