//! Makes objects: which properties are set, and to what.

use super::{FULL, Maker, Place};
use crate::samples::exclusive::{Claim, excluded};
use crate::samples::notes::Notes;
use crate::samples::{Size, derive, given, limits};
use api_model::{Field, Pointer, Sample, Struct, Type, TypeId};

/// The value of a property in a sample, if no hint for the whole object sets it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sets {
    Value,
    Null,
    Nothing,
}

impl<'a> Maker<'a, '_> {
    /// A struct with the given properties and those that the size asks for.
    pub(super) fn object(&mut self, id: &'a TypeId, object: &'a Struct, given: &[(String, Sample)]) -> Option<Sample> {
        if self.around.contains(&id) {
            return None;
        }
        let is_known = |(name, _): &(String, Sample)| object.caller_fields().any(|field| field.wire == *name);
        if !given.iter().all(is_known) {
            return None;
        }
        let owner = id.to_string();
        let mut notes = Notes::default();
        let claim = |name: &str| self.claim(&owner, object, name, given);
        let out = excluded(&self.api.hints.exclusive, &owner, object, claim, &mut notes);
        self.notes.add(notes);
        // A hint that sets two that exclude each other does not fit.
        if given.iter().any(|(name, value)| *value != Sample::Null && out.contains(name.as_str())) {
            return None;
        }
        self.around.push(id);
        let mut set = Vec::new();
        let mut is_whole = true;
        for field in object.caller_fields() {
            let hint = given.iter().find(|(name, _)| *name == field.wire).map(|(_, hint)| hint);
            let sets = match self.sets(&owner, field) {
                Sets::Value if hint.is_none() && out.contains(field.wire.as_str()) => without(field),
                sets => sets,
            };
            let limits = [&field.docs.constraints];
            let place = Place::of(&owner, field, &limits);
            let value = match (hint, sets) {
                (Some(Sample::Null), _) if field.nullable => Some(Sample::Null),
                (Some(hint), _) => self.given(&field.ty, hint, place),
                (None, Sets::Value) => match self.field(&owner, field) {
                    // It contains itself, or has too many values.
                    None if without(field) == Sets::Nothing => continue,
                    None if without(field) == Sets::Null => Some(Sample::Null),
                    value => value,
                },
                (None, Sets::Null) => Some(Sample::Null),
                (None, Sets::Nothing) => continue,
            };
            match value {
                Some(value) => set.push((field.wire.clone(), value)),
                None => is_whole = false,
            }
        }
        self.around.pop();
        let sample = Sample::Object(set);
        is_whole.then(|| self.derived(&owner, object, sample, given))
    }

    /// The value of a property, if no hint for the whole object sets it.
    fn sets(&mut self, owner: &str, field: &Field) -> Sets {
        if let Some(index) = self.also(owner, field) {
            self.notes.used.insert(Pointer::root().child("also").child(owner).index(index));
        }
        self.wanted(owner, field)
    }

    fn wanted(&self, owner: &str, field: &Field) -> Sets {
        if self.also(owner, field).is_some() || (self.size == Size::Full && self.made < FULL) {
            return Sets::Value;
        }
        match (field.required, field.nullable) {
            (true, false) => Sets::Value,
            (true, true) => Sets::Null,
            (false, _) => Sets::Nothing,
        }
    }

    /// The index of the property among those that a minimal sample also sets.
    fn also(&self, owner: &str, field: &Field) -> Option<usize> {
        self.api.hints.also.get(owner)?.iter().position(|name| *name == field.wire)
    }

    fn claim(&self, owner: &str, object: &Struct, name: &str, given: &[(String, Sample)]) -> Option<Claim> {
        let field = object.caller_fields().find(|field| field.wire == name)?;
        if let Some((_, value)) = given.iter().find(|(given, _)| given == name) {
            return (*value != Sample::Null).then_some(Claim::Given);
        }
        match self.wanted(owner, field) {
            Sets::Nothing | Sets::Null => None,
            Sets::Value if field.required && !field.nullable => Some(Claim::Required),
            Sets::Value if self.also(owner, field).is_some() => Some(Claim::Also),
            Sets::Value => Some(Claim::Free),
        }
    }

    /// The object with the values that follow from others.
    fn derived(&mut self, owner: &str, object: &'a Struct, mut sample: Sample, given: &[(String, Sample)]) -> Sample {
        if self.api.hints.derived.is_empty() {
            return sample;
        }
        for field in object.caller_fields() {
            let key = format!("{owner}.{}", field.wire);
            let Some(expression) = self.api.hints.derived.get(&key) else { continue };
            let is_given = given.iter().any(|(name, _)| *name == field.wire);
            let is_set = sample.get(&field.wire).is_some_and(|value| *value != Sample::Null);
            let Some(value) = derive::value(expression, &sample).filter(|_| is_set && !is_given) else { continue };
            let at = Pointer::root().child("derived").child(&key);
            self.notes.used.insert(at.clone());
            let ty = self.api.resolve(&field.ty);
            let made = match ty {
                Type::Integer if !value.is_whole() => None,
                Type::Integer | Type::Float | Type::Decimal => Some(Sample::Number(value.digits())),
                Type::DecimalString => Some(Sample::Text(value.digits())),
                _ => None,
            };
            let fits =
                |made: &Sample| given::leaf(ty, made).is_some() && limits::is_allowed(made, &[&field.docs.constraints]);
            match (made.filter(fits), &mut sample) {
                (Some(made), Sample::Object(all)) => {
                    all.iter_mut().filter(|(name, _)| *name == field.wire).for_each(|(_, value)| *value = made.clone());
                }
                _ => {
                    self.notes.misfits.insert(at, format!("`{}` is not a value of `{key}`", value.digits()));
                }
            }
        }
        sample
    }
}

/// How a sample leaves out the value of a property.
fn without(field: &Field) -> Sets {
    match (field.required, field.nullable) {
        (true, true) => Sets::Null,
        (true, false) => Sets::Value,
        (false, _) => Sets::Nothing,
    }
}
