//! Makes values by type. Required properties are set, and those that a hint names.

use std::collections::HashSet;

use serde_yaml::{Mapping, Value};

use super::{Missing, hints, text};
use crate::config::Sdk;
use crate::diag::{Pointer, Report};
use api_model::{Api, Constraints, EnumValue, Field, Kind, Sample, Struct, Type, TypeDef, TypeId, Union};

/// Makes the values of one operation.
pub(super) struct Maker<'a, 'r> {
    api: &'a Api,
    sdk: &'a Sdk,
    report: &'r mut Report,
    /// The structs around the current value.
    around: Vec<&'a TypeId>,
    /// The idempotency keys of requests, which the client fills in.
    keys: HashSet<(&'a TypeId, &'a str)>,
    /// The number of dates and times so far.
    dates: usize,
    /// The strings without a value.
    pub(super) missing: Vec<Missing>,
}

/// The property that a value is for.
#[derive(Clone, Copy)]
struct Place<'p> {
    schema: &'p str,
    /// The property's name in the document.
    wire: &'p str,
    /// The same name, or its singular for an element of a list.
    property: &'p str,
    at: &'p Pointer,
    constraints: &'p Constraints,
}

impl<'a, 'r> Maker<'a, 'r> {
    pub(super) fn new(api: &'a Api, sdk: &'a Sdk, report: &'r mut Report) -> Self {
        Self { api, sdk, report, keys: api.idempotency_keys(), around: Vec::new(), dates: 0, missing: Vec::new() }
    }

    /// A value of a request's type. Returns `None` if it contains itself, since the value would be infinite.
    pub(super) fn value(&mut self, ty: &'a Type) -> Option<Sample> {
        let place = Place {
            schema: "request",
            wire: "request",
            property: "request",
            at: &Pointer::root(),
            constraints: &Constraints::default(),
        };
        self.make(ty, place)
    }

    /// A value of a property of a schema.
    pub(super) fn field(&mut self, schema: &str, field: &'a Field) -> Option<Sample> {
        let place = Place {
            schema,
            wire: &field.wire,
            property: &field.wire,
            at: &field.at,
            constraints: &field.docs.constraints,
        };
        let hints = &self.sdk.samples;
        let of_field = hints.fields.get_key_value(&format!("{schema}.{}", field.wire));
        if let Some((key, hint)) = of_field {
            let at = hints::place("fields", key);
            self.sdk.used.mark(at.as_str());
            let sample = self.given(&field.ty, hint, place);
            if sample.is_none() {
                let what = format!("`{}` is not a value of `{key}`", hints::shown(hint));
                self.report.error(&self.sdk.file, &at, what, "write a value of the property's type, within its limits");
            }
            return sample;
        }
        let names = [field.wire.as_str(), text::singular(&field.wire)];
        for (key, hint) in names.into_iter().filter_map(|name| hints.properties.get_key_value(name)) {
            if let Some(sample) = self.given(&field.ty, hint, place) {
                self.sdk.used.mark(hints::place("properties", key).as_str());
                return Some(sample);
            }
        }
        self.make(&field.ty, place)
    }

    /// The value of a hint, if it matches the type and its limits.
    fn given(&mut self, ty: &'a Type, hint: &Value, place: Place<'_>) -> Option<Sample> {
        match (ty, hint) {
            (Type::Nullable(_), Value::Null) => Some(Sample::Null),
            (Type::Nullable(inner), _) => self.given(inner, hint, place),
            (Type::List(element), Value::Sequence(all)) => {
                let all = all.iter().map(|hint| self.given(element, hint, place));
                all.collect::<Option<Vec<_>>>().map(Sample::List)
            }
            (Type::List(element), _) => Some(Sample::List(vec![self.given(element, hint, place)?])),
            (Type::Map(value), Value::Mapping(all)) => {
                let all =
                    all.iter().map(|(key, hint)| Some((key.as_str()?.to_owned(), self.given(value, hint, place)?)));
                all.collect::<Option<Vec<_>>>().map(Sample::Object)
            }
            (Type::Named(id), _) => {
                let def = self.api.types.get(id)?;
                self.given_named(def, hint, place)
            }
            (ty, _) => hints::leaf(ty, hint).filter(|sample| text::is_allowed(sample, place.constraints)),
        }
    }

    fn given_named(&mut self, def: &'a TypeDef, hint: &Value, place: Place<'_>) -> Option<Sample> {
        match &def.kind {
            Kind::Alias(ty) => self.given(ty, hint, Place { constraints: &def.docs.constraints, ..place }),
            Kind::Enum(list) => {
                let value = hints::word(hint)?;
                list.values.iter().any(|listed| listed.value.to_string() == value).then_some(Sample::Text(value))
            }
            Kind::Struct(object) => self.object(def, object, Some(hint.as_mapping()?)),
            Kind::Union(union) => union.variants.iter().find_map(|variant| self.given(&variant.ty, hint, place)),
        }
    }

    /// A value by type, format, limits and name.
    fn make(&mut self, ty: &'a Type, place: Place<'_>) -> Option<Sample> {
        Some(match ty {
            Type::Nullable(inner) => self.make(inner, place)?,
            Type::List(element) => {
                let count = place.constraints.min_items.unwrap_or(1).max(1);
                let of_list = Place { property: text::singular(place.property), ..place };
                let element = self.make(element, Place { constraints: &Constraints::default(), ..of_list })?;
                Sample::List(vec![element; count])
            }
            Type::Map(value) => Sample::Object(vec![("key".to_owned(), self.make(value, place)?)]),
            Type::JsonObject => Sample::Object(Vec::new()),
            Type::Named(id) => return self.named(id, place),
            leaf => self.leaf(leaf, place),
        })
    }

    fn leaf(&mut self, ty: &Type, place: Place<'_>) -> Sample {
        if let Some(sample) = hints::constant(ty, place.constraints) {
            return sample;
        }
        match ty {
            Type::Bool => Sample::Bool(true),
            Type::Integer => Sample::Number(text::number("1", place.constraints)),
            Type::Float => Sample::Number(text::number("0.5", place.constraints)),
            Type::Decimal => Sample::Number(text::number("12.34", place.constraints)),
            Type::DecimalString => Sample::Text(text::number("12.34", place.constraints)),
            Type::Date | Type::DateTime => {
                let is_end = text::is_end(place.property).unwrap_or(self.dates > 0);
                self.dates += 1;
                let day = if is_end { "2026-01-31" } else { "2026-01-01" };
                let time = if *ty == Type::Date { "" } else { "T12:00:00Z" };
                Sample::Text(format!("{day}{time}"))
            }
            _ => {
                let made = text::of(place.property, place.constraints).map(Sample::Text);
                made.filter(|sample| text::is_allowed(sample, place.constraints)).unwrap_or_else(|| {
                    self.missing.push(Missing {
                        schema: place.schema.to_owned(),
                        property: place.wire.to_owned(),
                        at: place.at.clone(),
                    });
                    Sample::Text(place.property.to_owned())
                })
            }
        }
    }

    fn named(&mut self, id: &'a TypeId, place: Place<'_>) -> Option<Sample> {
        let def = self.api.types.get(id)?;
        if self.around.contains(&id) {
            return None;
        }
        if let Some((key, hint)) = self.sdk.samples.schemas.get_key_value(&def.id.to_string()) {
            let at = hints::place("schemas", key);
            self.sdk.used.mark(at.as_str());
            let sample = self.given_named(def, hint, place);
            if sample.is_none() {
                let what = format!("`{}` is not a value of `{key}`", hints::shown(hint));
                self.report.error(&self.sdk.file, &at, what, "write a value of the schema, within its limits");
            }
            return sample;
        }
        match &def.kind {
            Kind::Alias(ty) => {
                self.around.push(id);
                let value = self.make(ty, Place { constraints: &def.docs.constraints, ..place });
                self.around.pop();
                value
            }
            Kind::Struct(object) => self.object(def, object, None),
            Kind::Enum(list) => {
                let default = def.docs.constraints.default.as_ref().or(place.constraints.default.as_ref());
                let by_default = default.and_then(hints::json_word);
                let is_default = |value: &&EnumValue| by_default == Some(value.value.to_string());
                let chosen = list.values.iter().find(is_default);
                let chosen = chosen.or_else(|| list.values.iter().find(|value| !value.docs.deprecated));
                let chosen = chosen.or(list.values.first());
                Some(Sample::Text(chosen.map_or_else(|| place.property.to_owned(), |value| value.value.to_string())))
            }
            Kind::Union(union) => self.union(union, place),
        }
    }

    /// The first alternative, with the discriminator's value that chooses it.
    fn union(&mut self, union: &'a Union, place: Place<'_>) -> Option<Sample> {
        let first = union.variants.first()?;
        let tag = union.discriminator.clone().zip(first.tags.first().cloned());
        if let (Some((property, tag)), Type::Named(id)) = (tag, &first.ty)
            && let Some(def) = self.api.types.get(id)
            && let Kind::Struct(object) = &def.kind
            && object.fields.iter().any(|field| field.wire == property)
        {
            let tagged = Mapping::from_iter([(Value::String(property), Value::String(tag))]);
            return self.object(def, object, Some(&tagged));
        }
        self.make(&first.ty, place)
    }

    /// A struct with the required and the given properties.
    fn object(&mut self, def: &'a TypeDef, object: &'a Struct, given: Option<&Mapping>) -> Option<Sample> {
        if self.around.contains(&&def.id) {
            return None;
        }
        let is_known = |key: &Value| object.caller_fields().any(|field| Some(field.wire.as_str()) == key.as_str());
        if given.is_some_and(|given| !given.keys().all(is_known)) {
            return None;
        }
        let owner = def.id.to_string();
        self.around.push(&def.id);
        let mut set = Vec::new();
        let mut is_whole = true;
        for field in object.caller_fields() {
            let hint = given.and_then(|given| given.get(field.wire.as_str()));
            let place = Place {
                schema: &owner,
                wire: &field.wire,
                property: &field.wire,
                at: &field.at,
                constraints: &field.docs.constraints,
            };
            let value = match hint {
                Some(Value::Null) if field.nullable => Some(Sample::Null),
                Some(hint) => self.given(&field.ty, hint, place),
                None => match self.sets(def, field) {
                    Sets::Value => self.field(&owner, field),
                    Sets::Null => Some(Sample::Null),
                    Sets::Nothing => continue,
                },
            };
            match value {
                Some(value) => set.push((field.wire.clone(), value)),
                None => is_whole = false,
            }
        }
        self.around.pop();
        is_whole.then_some(Sample::Object(set))
    }

    /// The value of a property, if no hint for the whole object sets it.
    fn sets(&self, def: &TypeDef, field: &Field) -> Sets {
        let owner = def.id.to_string();
        let also = self.sdk.samples.also.get(&owner);
        if let Some(index) = also.and_then(|also| also.iter().position(|name| *name == field.wire)) {
            self.sdk.used.mark(hints::place("also", &owner).index(index).as_str());
            return Sets::Value;
        }
        if self.keys.contains(&(&def.id, field.wire.as_str())) {
            return Sets::Nothing;
        }
        match (field.required, field.nullable) {
            (true, false) => Sets::Value,
            (true, true) => Sets::Null,
            (false, _) => Sets::Nothing,
        }
    }
}

/// The value of a property in a sample.
enum Sets {
    Value,
    Null,
    Nothing,
}
