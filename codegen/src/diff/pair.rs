//! Pairs the types and operations of the two documents.
//!
//! If both documents have a name, it is the same thing. The rest is paired by shape, so that a renamed schema is one
//! change.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::side::Side;
use api_model::{Kind, Type, TypeDef, TypeId};

/// The pairs.
pub(super) struct Pairs {
    /// From the old document's type to the new one's.
    forth: HashMap<TypeId, TypeId>,
    back: HashMap<TypeId, TypeId>,
    /// Operations, as indexes into either document's.
    pub(super) operations: Vec<(usize, usize)>,
}

/// How similar the names of two types of one shape must be, if the shape alone is not enough evidence.
const SIMILAR: f64 = 0.5;

impl Pairs {
    pub(super) fn of(old: &Side<'_>, new: &Side<'_>) -> Self {
        let mut pairs = Self { forth: HashMap::new(), back: HashMap::new(), operations: operations(old, new) };
        for def in old.types() {
            if new.get(&def.id).is_some() {
                pairs.insert(def.id.clone(), def.id.clone());
            }
        }
        // If a type and its members are both renamed, the members are paired first.
        while pairs.by_shape(old, new) {}
        pairs.by_overlap(old, new);
        pairs
    }

    pub(super) fn new_of(&self, old: &TypeId) -> Option<&TypeId> {
        self.forth.get(old)
    }

    pub(super) fn old_of(&self, new: &TypeId) -> Option<&TypeId> {
        self.back.get(new)
    }

    /// Whether two types are the same apart from renames.
    pub(super) fn same(&self, old: &Type, new: &Type) -> bool {
        match (old, new) {
            (Type::Named(old), Type::Named(new)) => self.new_of(old) == Some(new),
            (Type::List(old), Type::List(new))
            | (Type::Map(old), Type::Map(new))
            | (Type::Nullable(old), Type::Nullable(new)) => self.same(old, new),
            // Our own data decides which numbers may be rounded.
            (Type::Float | Type::Decimal, Type::Float | Type::Decimal)
            | (Type::String | Type::DecimalString, Type::String | Type::DecimalString) => true,
            (old, new) => old == new,
        }
    }

    fn insert(&mut self, old: TypeId, new: TypeId) {
        self.back.insert(new.clone(), old.clone());
        self.forth.insert(old, new);
    }

    fn unpaired<'a>(&self, old: &Side<'a>, new: &Side<'a>) -> (Vec<&'a TypeDef>, Vec<&'a TypeDef>) {
        let gone = old.types().filter(|def| !self.forth.contains_key(&def.id)).collect();
        let come = new.types().filter(|def| !self.back.contains_key(&def.id)).collect();
        (gone, come)
    }

    /// Pairs types of exactly the same shape. Returns whether it found any.
    fn by_shape(&mut self, old: &Side<'_>, new: &Side<'_>) -> bool {
        let (gone, come) = self.unpaired(old, new);
        let mut shapes: HashMap<String, [Vec<&TypeDef>; 2]> = HashMap::new();
        for (defs, side) in [(gone, 0), (come, 1)] {
            for def in defs {
                shapes.entry(self.shape(def, side == 0)).or_default()[side].push(def);
            }
        }
        let mut candidates = Vec::new();
        for [gone, come] in shapes.values() {
            let alone = gone.len() == 1 && come.len() == 1;
            for (old, new) in gone.iter().flat_map(|old| come.iter().map(move |new| (*old, *new))) {
                let score = similarity(&old.id.to_string(), &new.id.to_string());
                if score >= SIMILAR || (alone && weight(old) > 2) {
                    candidates.push((score, old, new));
                }
            }
        }
        self.take_best(candidates)
    }

    /// Pairs objects that share most properties and part of the name: they were renamed and edited at the same time.
    fn by_overlap(&mut self, old: &Side<'_>, new: &Side<'_>) {
        let (gone, come) = self.unpaired(old, new);
        let (gone, come) = (with_names(gone), with_names(come));
        let mut candidates = Vec::new();
        for (old, names) in &gone {
            for (new, others) in &come {
                let overlap = ratio(names.intersection(others).count(), names.union(others).count());
                if overlap < 0.75 {
                    continue;
                }
                let name = similarity(&old.id.to_string(), &new.id.to_string());
                if name >= 0.3 {
                    candidates.push((overlap + name, *old, *new));
                }
            }
        }
        self.take_best(candidates);
    }

    /// Takes the candidates, the best first, each type once. The result does not depend on which document is the old
    /// one. Returns whether there were any.
    fn take_best(&mut self, mut candidates: Vec<(f64, &TypeDef, &TypeDef)>) -> bool {
        let order = |(_, old, new): &(f64, &TypeDef, &TypeDef)| {
            let (a, b) = (old.id.clone(), new.id.clone());
            if a < b { (a, b) } else { (b, a) }
        };
        candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| order(a).cmp(&order(b))));
        let mut any = false;
        for (_, old, new) in candidates {
            if !self.forth.contains_key(&old.id) && !self.back.contains_key(&new.id) {
                self.insert(old.id.clone(), new.id.clone());
                any = true;
            }
        }
        any
    }

    /// The shape as text. It is the same for two types that differ only in their names.
    fn shape(&self, def: &TypeDef, is_old: bool) -> String {
        let ty = |ty: &Type| self.shape_of(ty, is_old);
        match &def.kind {
            Kind::Struct(object) => {
                let fields = object.caller_fields();
                let fields = fields.map(|f| format!("{}:{}:{}:{}", f.wire, f.required, f.nullable, ty(&f.ty)));
                let mut fields: Vec<String> = fields.collect();
                fields.sort();
                format!("object {} {:?}", fields.join(" "), object.additional.typed().map(ty))
            }
            Kind::Enum(list) => {
                let mut values: Vec<String> = list.values.iter().map(|value| value.value.to_string()).collect();
                values.sort_unstable();
                format!("enum {values:?}")
            }
            Kind::Union(union) => {
                let types: Vec<String> = union.variants.iter().map(|variant| ty(&variant.ty)).collect();
                format!("union {types:?} {:?}", union.discriminator)
            }
            Kind::Alias(of) => format!("alias {}", ty(of)),
        }
    }

    fn shape_of(&self, ty: &Type, is_old: bool) -> String {
        match ty {
            Type::List(inner) => format!("[{}]", self.shape_of(inner, is_old)),
            Type::Map(inner) => format!("{{{}}}", self.shape_of(inner, is_old)),
            Type::Nullable(inner) => format!("{}?", self.shape_of(inner, is_old)),
            // A type that is not paired yet may be any type.
            Type::Named(id) => match if is_old { self.forth.get(id) } else { self.back.get(id).map(|_| id) } {
                Some(id) => id.to_string(),
                None => "*".to_owned(),
            },
            other => format!("{other:?}"),
        }
    }
}

/// Pairs operations by method and path, and moved ones by their id.
fn operations(old: &Side<'_>, new: &Side<'_>) -> Vec<(usize, usize)> {
    let mut places: HashMap<(&str, &str), usize> = HashMap::new();
    let mut ids: HashMap<&str, usize> = HashMap::new();
    for (index, operation) in new.api().operations.iter().enumerate() {
        places.insert((&operation.method, &operation.path), index);
        ids.insert(&operation.id, index);
    }
    let mut taken: HashSet<usize> = HashSet::new();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (index, operation) in old.api().operations.iter().enumerate() {
        if let Some(found) = places.get(&(operation.method.as_str(), operation.path.as_str())) {
            taken.insert(*found);
            pairs.push((index, *found));
        }
    }
    let placed: HashSet<usize> = pairs.iter().map(|(index, _)| *index).collect();
    for (index, operation) in old.api().operations.iter().enumerate().filter(|(index, _)| !placed.contains(index)) {
        if let Some(found) = ids.get(operation.id.as_str()).filter(|found| !taken.contains(*found)) {
            pairs.push((index, *found));
        }
    }
    pairs
}

/// The types that have enough properties to be recognised by most of them, with these properties.
fn with_names(defs: Vec<&TypeDef>) -> Vec<(&TypeDef, BTreeSet<&str>)> {
    let large = defs.into_iter().filter(|def| weight(def) >= 4);
    large.map(|def| (def, properties(def))).filter(|(_, names)| !names.is_empty()).collect()
}

/// How much evidence a shape is: two objects with one property may be equal by chance.
fn weight(def: &TypeDef) -> usize {
    match &def.kind {
        Kind::Struct(object) => object.caller_fields().count(),
        Kind::Enum(list) => list.values.len(),
        Kind::Union(union) => union.variants.len(),
        Kind::Alias(_) => 0,
    }
}

fn properties(def: &TypeDef) -> BTreeSet<&str> {
    match &def.kind {
        Kind::Struct(object) => object.caller_fields().map(|field| field.wire.as_str()).collect(),
        _ => BTreeSet::new(),
    }
}

/// How similar two names are: the share of their words that both contain.
pub(super) fn similarity(a: &str, b: &str) -> f64 {
    let (a, b) = (words(a), words(b));
    ratio(a.intersection(&b).count(), a.union(&b).count())
}

fn words(name: &str) -> BTreeSet<String> {
    heck::AsSnakeCase(name).to_string().split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn ratio(part: usize, whole: usize) -> f64 {
    let float = |count| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    if whole == 0 { 0.0 } else { float(part) / float(whole) }
}
