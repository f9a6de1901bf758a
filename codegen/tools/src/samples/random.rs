//! Random bodies, which together use everything that a request may have.

mod cover;
mod numbers;
mod values;

use std::collections::{HashMap, HashSet};

use self::cover::{Cover, Want};
use self::numbers::Numbers;
use super::Size;
use super::exclusive::excluded;
use super::limits::{self, Limits};
use super::maker::{Maker, Place};
use super::notes::Notes;
use api_model::{Api, Field, Kind, Pointer, Sample, Struct, Type, TypeDef, TypeId, Union};

/// At least as many bodies are made.
const LEAST: usize = 20;

/// After as many bodies that use nothing new, what is left can't be used: properties that exclude each other, and types
/// that contain themselves.
const PATIENCE: usize = 10;

/// A body with as many values sets no further optional properties.
const LARGEST: usize = 5_000;

/// No set has more bodies.
const MOST: usize = 2_000;

/// Bodies of a type. Together they set, omit and, where it is nullable, null every property, and use every value of every
/// enum and every alternative of every union, at least once each.
pub(super) fn bodies(api: &Api, ty: &Type, seed: u64) -> Vec<Sample> {
    let mut random = Random {
        api,
        numbers: Numbers::new(seed),
        cover: Cover::of(api, ty),
        needy: HashSet::new(),
        around: Vec::new(),
        made: 0,
    };
    let root = Pointer::root();
    let mut all = Vec::new();
    let mut idle = 0;
    while all.len() < MOST && (all.len() < LEAST || (!random.cover.is_done() && idle < PATIENCE)) {
        let before = random.cover.left();
        random.needy = random.cover.needy();
        random.made = 0;
        let Some(body) = random.make(ty, Place::whole("body", &root)) else { break };
        idle = if random.cover.left() < before { 0 } else { idle + 1 };
        all.push(body);
    }
    all
}

struct Random<'a> {
    api: &'a Api,
    numbers: Numbers,
    cover: Cover<'a>,
    /// The types through which something unused can be reached, when the body was begun.
    needy: HashSet<&'a TypeId>,
    /// The types around the current value.
    around: Vec<&'a TypeId>,
    /// The number of values in the body so far.
    made: usize,
}

/// What becomes of a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sets {
    Value,
    Null,
    Nothing,
}

impl<'a> Random<'a> {
    fn make(&mut self, ty: &'a Type, place: Place<'_>) -> Option<Sample> {
        self.made += 1;
        match ty {
            Type::Nullable(inner) => {
                if self.numbers.one_in(4) {
                    return Some(Sample::Null);
                }
                Some(self.make(inner, place).unwrap_or(Sample::Null))
            }
            Type::List(element) => self.list(element, place),
            Type::Map(value) => self.map(value, place),
            Type::Named(id) => self.named(id, place),
            leaf => self.leaf(leaf, place),
        }
    }

    fn named(&mut self, id: &'a TypeId, place: Place<'_>) -> Option<Sample> {
        if self.is_deep(id) {
            return None;
        }
        let TypeDef { kind, docs, .. } = self.api.types.get(id)?;
        self.around.push(id);
        let made = match kind {
            Kind::Alias(ty) => {
                let limits = [place.limits, &[&docs.constraints]].concat();
                self.make(ty, Place { limits: &limits, ..place })
            }
            Kind::Struct(object) => self.object(id, object, None),
            Kind::Enum(list) => {
                let open = |index: &usize| self.cover.is_open(&Want::Value(id, *index));
                let index = (0..list.values.len()).find(open);
                let index = index.unwrap_or_else(|| self.numbers.below(list.values.len()));
                self.cover.used(&Want::Value(id, index));
                list.values.get(index).map(|value| Sample::Text(value.value.to_string()))
            }
            Kind::Union(union) => self.union(id, union, place),
        };
        self.around.pop();
        // An enum without values allows any.
        made.or_else(|| {
            matches!(kind, Kind::Enum(list) if list.values.is_empty()).then(|| Sample::Text("value".to_owned()))
        })
    }

    fn union(&mut self, id: &'a TypeId, union: &'a Union, place: Place<'_>) -> Option<Sample> {
        let count = union.variants.len();
        let start = self.numbers.below(count);
        let mut order: Vec<usize> = (0..count).map(|index| (start + index) % count).collect();
        // A stable sort: what is unused comes first.
        order.sort_by_key(|index| {
            let is_needy = union.variants.get(*index).is_some_and(|variant| self.is_needy(&variant.ty));
            (!self.cover.is_open(&Want::Alternative(id, *index)), !is_needy)
        });
        order.into_iter().find_map(|index| {
            let variant = union.variants.get(index)?;
            let tag = union.discriminator.as_deref().zip(self.numbers.pick(&variant.tags).map(String::as_str));
            let made = match (tag, self.api.resolve(&variant.ty)) {
                (Some((property, tag)), Type::Named(of))
                    if !self.is_deep(of)
                        && let Some(object) = self.api.object(of)
                        && object.fields.iter().any(|field| field.wire == property) =>
                {
                    self.around.push(of);
                    let made = self.object(of, object, Some((property, tag)));
                    self.around.pop();
                    made
                }
                _ => self.make(&variant.ty, place),
            }?;
            self.cover.used(&Want::Alternative(id, index));
            Some(made)
        })
    }

    /// A list of none, one or some elements, with different values of an enum.
    fn list(&mut self, element: &'a Type, place: Place<'_>) -> Option<Sample> {
        let (least, most) = limits::items(place.limits);
        let is_needy = self.is_needy(element);
        let wanted = match self.numbers.below(4) {
            0 if !is_needy => 0,
            1 => 2,
            2 if is_needy => 4,
            _ => 1,
        };
        let mut all: Vec<Sample> = Vec::new();
        // The first tries may lead to elements that are there already.
        let count = wanted.max(least).min(most);
        for _ in 0..count * 4 {
            if all.len() == count {
                break;
            }
            let Some(made) = self.make(element, place.element()) else { break };
            if all.len() < least || !all.contains(&made) {
                all.push(made);
            }
        }
        limits::is_list_allowed(&all, place.limits).then_some(Sample::List(all))
    }

    fn map(&mut self, value: &'a Type, place: Place<'_>) -> Option<Sample> {
        let least = place.limits.iter().filter_map(|limits| limits.min_properties).max().unwrap_or_default();
        let most = place.limits.iter().filter_map(|limits| limits.max_properties).min().unwrap_or(usize::MAX);
        let count = if self.is_needy(value) { 1 } else { self.numbers.below(3) }.max(least).min(most);
        let keys = (1..=count).map(|number| format!("key{number}"));
        let all: Vec<(String, Sample)> =
            keys.filter_map(|key| Some((key, self.make(value, place.element())?))).collect();
        (all.len() >= least).then_some(Sample::Object(all))
    }

    /// An object, with the discriminator's value if it is an alternative.
    fn object(&mut self, id: &'a TypeId, object: &'a Struct, tag: Option<(&str, &str)>) -> Option<Sample> {
        let owner = id.to_string();
        let fields: Vec<&'a Field> = object.caller_fields().collect();
        let wishes: HashMap<&str, (Sets, u64)> =
            fields.iter().map(|field| (field.wire.as_str(), (self.wish(id, field), self.numbers.next()))).collect();
        let claim = |name: &str| {
            let (wish, number) = *wishes.get(name)?;
            let field = fields.iter().find(|field| field.wire == name)?;
            let is_unused = self.is_needy(&field.ty) || self.cover.is_open(&Want::Set(id, &field.wire));
            (wish == Sets::Value).then_some((field.required && !field.nullable, is_unused, number))
        };
        let out = excluded(&self.api.hints.exclusive, &owner, object, claim, &mut Notes::default());
        let mut set = Vec::new();
        for field in fields {
            let (mut wish, _) = *wishes.get(field.wire.as_str())?;
            if wish == Sets::Value && out.contains(field.wire.as_str()) {
                wish = without(field);
            }
            let limits = [&field.docs.constraints];
            let value = match (tag, wish) {
                (Some((property, tag)), _) if field.wire == property => Some(Sample::Text(tag.to_owned())),
                (_, Sets::Value) => {
                    let place = Place::of(&owner, field, &limits);
                    match self.allowed(id, field).or_else(|| self.make(&field.ty, place)) {
                        Some(value) => Some(value),
                        // It contains itself.
                        None if without(field) == Sets::Value => return None,
                        None => (without(field) == Sets::Null).then_some(Sample::Null),
                    }
                }
                (_, Sets::Null) => Some(Sample::Null),
                (_, Sets::Nothing) => None,
            };
            let use_of = match &value {
                Some(Sample::Null) if field.nullable => Want::Null,
                Some(_) => Want::Set,
                None => Want::Omitted,
            };
            self.cover.used(&use_of(id, &field.wire));
            set.extend(value.map(|value| (field.wire.clone(), value)));
        }
        Some(Sample::Object(set))
    }

    /// What is unused first: a value if its type has something unused, then what the property itself lacks, then anything.
    fn wish(&mut self, id: &'a TypeId, field: &'a Field) -> Sets {
        if self.made > LARGEST {
            return without(field);
        }
        let all = [(Sets::Value, true), (Sets::Nothing, !field.required), (Sets::Null, field.nullable)];
        let possible: Vec<Sets> =
            all.into_iter().filter(|(_, is_possible)| *is_possible).map(|(sets, _)| sets).collect();
        if self.is_needy(&field.ty)
            || cover::allowed(self.api, field).next().is_some_and(|_| self.has_open_value(id, field))
        {
            return Sets::Value;
        }
        let is_open = |sets: &Sets| {
            let want = match sets {
                Sets::Value => Want::Set,
                Sets::Nothing => Want::Omitted,
                Sets::Null => Want::Null,
            };
            self.cover.is_open(&want(id, &field.wire))
        };
        let open: Vec<Sets> = possible.iter().copied().filter(is_open).collect();
        let among = if open.is_empty() { &possible } else { &open };
        self.numbers.pick(among).copied().unwrap_or(Sets::Value)
    }

    fn has_open_value(&self, id: &'a TypeId, field: &'a Field) -> bool {
        let mut indices = cover::allowed(self.api, field).enumerate().map(|(index, _)| index);
        indices.any(|index| self.cover.is_open(&Want::Allowed(id, &field.wire, index)))
    }

    /// One of the numbers or booleans that are listed for a property.
    fn allowed(&mut self, id: &'a TypeId, field: &'a Field) -> Option<Sample> {
        let all: Vec<Sample> = cover::allowed(self.api, field).collect();
        let open = |index: &usize| self.cover.is_open(&Want::Allowed(id, &field.wire, *index));
        let index = (0..all.len()).find(open).unwrap_or_else(|| self.numbers.below(all.len()));
        let value = all.into_iter().nth(index)?;
        self.cover.used(&Want::Allowed(id, &field.wire, index));
        Some(value)
    }

    /// Whether a type contains itself as often as it may: once, since a property with its own type must be set too.
    fn is_deep(&self, id: &TypeId) -> bool {
        self.around.iter().filter(|around| **around == id).count() > 1
    }

    /// Whether something unused can be reached through a type that is not around the value already.
    fn is_needy(&self, ty: &Type) -> bool {
        ty.named().is_some_and(|id| self.needy.contains(id) && !self.around.contains(&id))
    }

    /// A value as the other samples have it, or a less common one.
    fn leaf(&mut self, ty: &'a Type, place: Place<'_>) -> Option<Sample> {
        let usual = Maker::new(self.api, Size::Minimal, &mut Notes::default()).value(ty, place)?;
        let others = values::others(ty, &usual);
        let is_good = |value: &Sample| is_good(value, place.limits);
        let good: Vec<Sample> = others.into_iter().filter(is_good).collect();
        match self.numbers.pick(&good) {
            Some(other) if self.numbers.one_in(2) => Some(other.clone()),
            _ => Some(usual),
        }
    }
}

fn is_good(value: &Sample, limits: Limits<'_>) -> bool {
    let is_free = limits.iter().all(|limits| limits.format.is_none());
    (is_free || !matches!(value, Sample::Text(_))) && limits::is_allowed(value, limits)
}

/// How a sample leaves out the value of a property.
fn without(field: &Field) -> Sets {
    match (field.required, field.nullable) {
        (true, true) => Sets::Null,
        (true, false) => Sets::Value,
        (false, _) => Sets::Nothing,
    }
}
