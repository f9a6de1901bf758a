//! Makes values by type.

mod object;

use super::notes::{Missing, Notes};
use super::why::{self, Why};
use super::{Size, dates, given, limits, text};
use api_model::{Api, EnumValue, Field, Kind, Pointer, Sample, Struct, Type, TypeDef, TypeId, Union};

/// Makes one sample.
pub(super) struct Maker<'a, 'n> {
    api: &'a Api,
    size: Size,
    notes: &'n mut Notes,
    /// The types around the current value.
    around: Vec<&'a TypeId>,
    /// The number of values so far.
    made: usize,
}

/// A full sample with more values than this sets no further optional properties. Types that contain many others at many
/// places would lead to samples that are too long to read.
const FULL: usize = 20_000;

/// No sample has more values than this.
const MOST: usize = 100_000;

/// The property that a value is for.
#[derive(Clone, Copy)]
pub(super) struct Place<'p> {
    pub(super) schema: &'p str,
    /// The property's name in the document.
    pub(super) wire: &'p str,
    /// The same name, or its singular for an element of a list.
    pub(super) property: &'p str,
    pub(super) at: &'p Pointer,
    pub(super) limits: limits::Limits<'p>,
    /// The number of the element in a list.
    pub(super) index: usize,
}

impl<'p> Place<'p> {
    /// A property of a schema.
    pub(super) fn of(schema: &'p str, field: &'p Field, limits: limits::Limits<'p>) -> Self {
        Self { schema, wire: &field.wire, property: &field.wire, at: &field.at, limits, index: 0 }
    }

    /// A value that is not of a property.
    pub(super) fn whole(name: &'p str, at: &'p Pointer) -> Self {
        Self { schema: name, wire: name, property: name, at, limits: &[], index: 0 }
    }

    /// An element of a list, or a value of a map. The limits are those of the list.
    pub(super) fn element(self) -> Self {
        Self { property: text::singular(self.property), limits: &[], ..self }
    }
}

impl<'a, 'n> Maker<'a, 'n> {
    pub(super) fn new(api: &'a Api, size: Size, notes: &'n mut Notes) -> Self {
        Self { api, size, notes, around: Vec::new(), made: 0 }
    }

    /// A whole body. Returns `None` if it requires itself, since the value would be infinite.
    pub(super) fn body(&mut self, ty: &'a Type, hint: Option<(Pointer, &Sample)>) -> Option<Sample> {
        let root = Pointer::root();
        let place = Place::whole("body", &root);
        match hint {
            Some((at, hint)) => {
                let api = self.api;
                let why = |at: &Pointer| why::value(api, ty, hint, place.wire, at, &[]);
                self.hinted(at, hint, why, |maker| maker.given(ty, hint, place))
            }
            None => self.make(ty, place),
        }
    }

    /// An object of parameters.
    pub(super) fn parameters(
        &mut self,
        id: &'a TypeId,
        object: &'a Struct,
        hint: Option<(Pointer, &Sample)>,
    ) -> Option<Sample> {
        let Some((at, hint)) = hint else { return self.object(id, object, &[]) };
        let api = self.api;
        let why = |at: &Pointer| match hint {
            Sample::Object(given) => why::object(api, &id.to_string(), object, given, at),
            _ => None,
        };
        self.hinted(at, hint, why, |maker| match hint {
            Sample::Object(given) => maker.object(id, object, given),
            _ => None,
        })
    }

    /// The payload of a webhook, with the given properties that fit.
    pub(super) fn payload(&mut self, id: &'a TypeId, pair: Vec<(String, Sample)>) -> Option<Sample> {
        let def = self.api.types.get(id)?;
        let Kind::Struct(object) = &def.kind else {
            let root = Pointer::root();
            return self.named(id, Place::whole("payload", &root));
        };
        let mut given = match self.api.hints.schemas.get(&id.to_string()) {
            Some(Sample::Object(given)) => {
                self.notes.used.insert(Pointer::root().child("schemas").child(&id.to_string()));
                given.clone()
            }
            _ => Vec::new(),
        };
        for (name, value) in pair {
            let fits = object.fields.iter().any(|field| field.wire == name && self.api.fits(&field.ty, &value));
            if fits {
                given.retain(|(other, _)| *other != name);
                given.push((name, value));
            }
        }
        self.object(id, object, &given)
    }

    /// Takes a hint that must fit.
    fn hinted(
        &mut self,
        at: Pointer,
        hint: &Sample,
        why: impl FnOnce(&Pointer) -> Option<Why>,
        make: impl FnOnce(&mut Self) -> Option<Sample>,
    ) -> Option<Sample> {
        self.notes.used.insert(at.clone());
        let sample = make(self);
        if sample.is_none() {
            // A hint that fits by itself may be inside a value of the same type.
            let is_whole = self.around.is_empty();
            let unknown = || is_whole.then(|| (at.clone(), format!("`{}` leads to no value", why::shown(hint))));
            self.notes.misfits.extend(why(&at).or_else(unknown));
        }
        sample
    }

    /// Tries a hint that need not fit. If it doesn't, nothing is noted.
    fn tried(&mut self, make: impl FnOnce(&mut Self) -> Option<Sample>) -> Option<Sample> {
        let before = std::mem::take(self.notes);
        let sample = make(self);
        let tried = std::mem::replace(self.notes, before);
        if sample.is_some() {
            self.notes.add(tried);
        }
        sample
    }

    /// A value of a property of a schema.
    fn field(&mut self, schema: &str, field: &'a Field) -> Option<Sample> {
        let limits = [&field.docs.constraints];
        self.value(&field.ty, Place::of(schema, field, &limits))
    }

    /// A value for a place, by its hints or by the rules.
    pub(super) fn value(&mut self, ty: &'a Type, place: Place<'_>) -> Option<Sample> {
        let hints = &self.api.hints;
        let of_field = hints.fields.get_key_value(&format!("{}.{}", place.schema, place.wire));
        if let Some((key, hint)) = of_field {
            let at = Pointer::root().child("fields").child(key);
            let api = self.api;
            let why = |at: &Pointer| why::value(api, ty, hint, key, at, place.limits);
            let sample = self.hinted(at, hint, why, |maker| maker.given(ty, hint, place));
            if sample.is_some() {
                return sample;
            }
            // There is a hint, so none is missing.
            let missing = self.notes.missing.clone();
            let sample = self.make(ty, place);
            self.notes.missing = missing;
            return sample;
        }
        let names = [place.wire, text::singular(place.wire)];
        for (key, hint) in names.into_iter().filter_map(|name| hints.properties.get_key_value(name)) {
            if let Some(sample) = self.tried(|maker| maker.given(ty, hint, place)) {
                self.notes.used.insert(Pointer::root().child("properties").child(key));
                return Some(sample);
            }
        }
        self.make(ty, place)
    }

    /// The value of a hint, if it matches the type and its limits.
    fn given(&mut self, ty: &'a Type, hint: &Sample, place: Place<'_>) -> Option<Sample> {
        match (ty, hint) {
            (Type::Nullable(_), Sample::Null) => Some(Sample::Null),
            (Type::Nullable(inner), _) => self.given(inner, hint, place),
            (Type::List(element), Sample::List(all)) => {
                let inner = place.element();
                let all = all.iter().map(|hint| self.given(element, hint, inner));
                let all = all.collect::<Option<Vec<_>>>()?;
                limits::is_list_allowed(&all, place.limits).then_some(Sample::List(all))
            }
            (Type::List(element), _) => {
                let all = vec![self.given(element, hint, place.element())?];
                limits::is_list_allowed(&all, place.limits).then_some(Sample::List(all))
            }
            (Type::Map(value), Sample::Object(all)) => {
                let all = all.iter().map(|(key, hint)| Some((key.clone(), self.given(value, hint, place)?)));
                all.collect::<Option<Vec<_>>>().map(Sample::Object)
            }
            (Type::Named(id), _) => {
                let def = self.api.types.get(id)?;
                self.given_named(def, hint, place)
            }
            (ty, _) => given::leaf(ty, hint).filter(|sample| limits::is_allowed(sample, place.limits)),
        }
    }

    fn given_named(&mut self, def: &'a TypeDef, hint: &Sample, place: Place<'_>) -> Option<Sample> {
        match &def.kind {
            Kind::Alias(ty) => {
                if self.around.contains(&&def.id) {
                    return None;
                }
                self.around.push(&def.id);
                let limits = [place.limits, &[&def.docs.constraints]].concat();
                let sample = self.given(ty, hint, Place { limits: &limits, ..place });
                self.around.pop();
                sample
            }
            Kind::Enum(list) => {
                let value = given::word(hint)?;
                list.values.iter().any(|listed| listed.value.to_string() == value).then_some(Sample::Text(value))
            }
            Kind::Struct(object) => match hint {
                Sample::Object(given) => self.object(&def.id, object, given),
                _ => None,
            },
            Kind::Union(union) => {
                union.variants.iter().find_map(|variant| self.tried(|maker| maker.given(&variant.ty, hint, place)))
            }
        }
    }

    /// A value by type, format, limits and name.
    fn make(&mut self, ty: &'a Type, place: Place<'_>) -> Option<Sample> {
        self.made += 1;
        if self.made > MOST {
            return None;
        }
        Some(match ty {
            Type::Nullable(inner) => self.make(inner, place)?,
            Type::List(element) => self.list(element, place)?,
            Type::Map(value) => {
                let least = place.limits.iter().filter_map(|limits| limits.min_properties).max();
                let count = least.unwrap_or(1).clamp(1, MOST);
                let Some(value) = self.make(value, place.element()) else {
                    return least.is_none_or(|least| least == 0).then(|| Sample::Object(Vec::new()));
                };
                let key = |index: usize| if index == 0 { "key".to_owned() } else { format!("key{}", index + 1) };
                Sample::Object((0..count).map(|index| (key(index), value.clone())).collect())
            }
            Type::JsonObject => Sample::Object(Vec::new()),
            Type::Named(id) => return self.named(id, place),
            leaf => self.leaf(leaf, place),
        })
    }

    /// A list with as many elements as it must have. A full one has an element for each alternative of a union.
    fn list(&mut self, element: &'a Type, place: Place<'_>) -> Option<Sample> {
        let (least, most) = limits::items(place.limits);
        let is_set = place.limits.iter().any(|limits| limits.unique_items);
        let inner = place.element();
        let mut all = Vec::new();
        if self.size == Size::Full
            && let Type::Named(id) = element
            && let Some(TypeDef { kind: Kind::Union(union), .. }) = self.api.types.get(id)
            && !self.api.hints.schemas.contains_key(&id.to_string())
            && !self.around.contains(&id)
        {
            self.around.push(id);
            for alternative in 0..union.variants.len() {
                all.extend(self.alternative(union, alternative, inner));
            }
            self.around.pop();
        }
        let count = least.max(1).min(most).min(MOST);
        all.truncate(most);
        while all.len() < count {
            // An element is like the first one, unless each must be different.
            let made = match all.first() {
                Some(first) if !is_set => Some(first.clone()),
                _ => self.make(element, Place { index: all.len(), ..inner }),
            };
            match made {
                Some(made) => all.push(made),
                None if least == 0 => break,
                None => return None,
            }
        }
        Some(Sample::List(all))
    }

    fn leaf(&mut self, ty: &Type, place: Place<'_>) -> Sample {
        if place.index == 0
            && let Some(sample) = given::constant(ty, place.limits)
        {
            return sample;
        }
        match ty {
            Type::Bool => Sample::Bool(place.index == 0),
            Type::Integer => limits::number(&(place.index + 1).to_string(), ty, place.limits),
            Type::Float => limits::number(&format!("{}.5", place.index), ty, place.limits),
            Type::Decimal | Type::DecimalString => {
                limits::number(&format!("{}.34", place.index + 12), ty, place.limits)
            }
            Type::Date => Sample::Text(dates::day(place.property).to_owned()),
            Type::DateTime => Sample::Text(dates::moment(place.property)),
            Type::Json => self.text(place).map_or_else(|| Sample::Object(Vec::new()), Sample::Text),
            _ => match self.text(place) {
                Some(text) => limits::text(text, place.limits),
                None => {
                    self.notes.missing.insert(Missing {
                        schema: place.schema.to_owned(),
                        property: place.wire.to_owned(),
                        at: place.at.clone(),
                        needed: false,
                    });
                    let number = if place.index == 0 { String::new() } else { (place.index + 1).to_string() };
                    limits::text(format!("{}{number}", place.property), place.limits)
                }
            },
        }
    }

    /// A string by format and name. What is only called `id` is different for each schema.
    fn text(&self, place: Place<'_>) -> Option<String> {
        let mut seed = match place.property {
            "id" => format!("{}.id", place.schema),
            property => property.to_owned(),
        };
        if place.index > 0 {
            seed.push_str(&place.index.to_string());
        }
        text::of(place.property, &seed, place.limits)
    }

    fn named(&mut self, id: &'a TypeId, place: Place<'_>) -> Option<Sample> {
        let def = self.api.types.get(id)?;
        if self.around.contains(&id) {
            return None;
        }
        if let Some((key, hint)) = self.api.hints.schemas.get_key_value(&def.id.to_string()) {
            let at = Pointer::root().child("schemas").child(key);
            let api = self.api;
            let why = |at: &Pointer| why::value(api, &Type::Named(id.clone()), hint, key, at, place.limits);
            let sample = self.hinted(at, hint, why, |maker| maker.given_named(def, hint, place));
            if sample.is_some() {
                return sample;
            }
        }
        match &def.kind {
            Kind::Alias(ty) => {
                self.around.push(id);
                let limits = [place.limits, &[&def.docs.constraints]].concat();
                let value = self.make(ty, Place { limits: &limits, ..place });
                self.around.pop();
                value
            }
            Kind::Struct(object) => self.object(id, object, &[]),
            Kind::Enum(list) => {
                let limits = [&[&def.docs.constraints], place.limits].concat();
                let default = limits.iter().find_map(|limits| limits.default.as_ref());
                let by_default = default.and_then(|default| given::word(&given::of_json(default)));
                let is_default = |value: &&EnumValue| by_default == Some(value.value.to_string());
                let mut current = list.values.iter().filter(|value| !value.docs.deprecated);
                let chosen = match place.index {
                    0 => list.values.iter().find(is_default).or_else(|| current.next()).or(list.values.first()),
                    index => list.values.get(index),
                };
                match chosen {
                    Some(value) => Some(Sample::Text(value.value.to_string())),
                    None => list.values.is_empty().then(|| Sample::Text(place.property.to_owned())),
                }
            }
            Kind::Union(union) => {
                self.around.push(id);
                let value = (0..union.variants.len()).find_map(|index| self.alternative(union, index, place));
                self.around.pop();
                value
            }
        }
    }

    /// An alternative, with the discriminator's value that chooses it.
    fn alternative(&mut self, union: &'a Union, index: usize, place: Place<'_>) -> Option<Sample> {
        let variant = union.variants.get(index)?;
        let tag = union.discriminator.clone().zip(variant.tags.first().cloned());
        if let (Some((property, tag)), Type::Named(id)) = (tag, self.api.resolve(&variant.ty))
            && let Some(def) = self.api.types.get(id)
            && let Kind::Struct(object) = &def.kind
            && object.fields.iter().any(|field| field.wire == property)
        {
            return self.object(&def.id, object, &[(property, Sample::Text(tag))]);
        }
        self.make(&variant.ty, place)
    }
}
