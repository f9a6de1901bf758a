//! Builds values from the types of the catalogue: what is known under a property's name, else what the type needs.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::{Map, Value, json};

use plaid_catalog::Catalog;
use plaid_catalog::model::{Api, Field, Kind, Struct, Type, TypeId, Union};

use super::sample;
use crate::fields::time;
use crate::ids::Ids;
use crate::newer;

/// The properties that mean the same wherever they are, so that what is known about the Item or the user fits.
const FACTS: [&str; 10] = [
    "account_id",
    "accounts",
    "client_user_id",
    "institution_id",
    "institution_name",
    "item",
    "item_id",
    "item_ids",
    "items",
    "user_id",
];
/// How deep optional properties are filled.
const DEPTH: usize = 12;

/// Builds values.
pub struct Filler {
    api: &'static Api,
    now: DateTime<Utc>,
    ids: Ids,
    /// Whether optional properties are filled, too.
    full: bool,
    /// What is known, from the outside to the inside.
    known: Vec<Value>,
    /// The types around the current value.
    around: Vec<&'static TypeId>,
}

impl Filler {
    /// A filler. `facts` are what is known about the Item and the user.
    pub fn new(now: DateTime<Utc>, ids: Ids, full: bool, facts: Value) -> Self {
        Self { api: Catalog::plaid().api(), now, ids, full, known: vec![facts], around: Vec::new() }
    }

    /// A value of a type, from what is known of it.
    pub fn fill(&mut self, ty: &'static Type, known: &Value, sample: &Value) -> Value {
        self.value("", ty, Some(known), sample)
    }

    /// A value of a named type, from what is known of it.
    pub fn fill_named(&mut self, id: &'static TypeId, known: &Value) -> Value {
        let sample = sample::of(&Type::Named(id.clone()));
        self.named("", id, Some(known), &sample)
    }

    fn value(&mut self, name: &str, ty: &'static Type, known: Option<&Value>, sample: &Value) -> Value {
        match ty {
            Type::Nullable(inner) => match known {
                Some(Value::Null) => Value::Null,
                known => self.value(name, inner, known, sample),
            },
            Type::List(element) => self.list(name, element, known, sample),
            Type::Named(id) => self.named(name, id, known, sample),
            Type::Map(_) | Type::Json | Type::JsonObject => known.unwrap_or(sample).clone(),
            leaf => match known {
                Some(known) => known.clone(),
                None => self.leaf(name, leaf, sample),
            },
        }
    }

    fn named(&mut self, name: &str, id: &'static TypeId, known: Option<&Value>, sample: &Value) -> Value {
        let Some(def) = self.api.get(id) else { return Value::Null };
        match &def.kind {
            Kind::Alias(ty) => self.value(name, ty, known, sample),
            Kind::Enum(list) => match known {
                Some(known) => known.clone(),
                None if sample.is_string() => sample.clone(),
                None => list.values.first().map_or(Value::Null, |first| first.value.to_string().into()),
            },
            Kind::Struct(object) => self.object(id, object, known, sample),
            Kind::Union(union) => match self.variant(union, known, sample) {
                Some(variant) => self.value(name, variant, known, sample),
                None => known.unwrap_or(sample).clone(),
            },
        }
    }

    fn list(&mut self, name: &str, element: &'static Type, known: Option<&Value>, sample: &Value) -> Value {
        let first = sample.get(0).unwrap_or(&Value::Null);
        match known.and_then(Value::as_array) {
            Some(all) => {
                let fits = |one: &&Value| self.fits(element, one);
                let all: Vec<&Value> = all.iter().filter(fits).collect();
                all.into_iter().map(|one| self.value(name, element, Some(one), first)).collect()
            }
            None => {
                let made: Vec<Value> = sample.as_array().into_iter().flatten().take(1).cloned().collect();
                made.iter().map(|one| self.value(name, element, None, one)).collect()
            }
        }
    }

    /// The alternative that a value belongs to: by its tag, else the first that has its shape.
    fn variant(&self, union: &'static Union, known: Option<&Value>, sample: &Value) -> Option<&'static Type> {
        let value = known.unwrap_or(sample);
        let tag = union.discriminator.as_ref().and_then(|tag| value.get(tag)?.as_str().or(sample.get(tag)?.as_str()));
        let by_tag = tag.and_then(|tag| union.variants.iter().find(|one| one.tags.iter().any(|other| other == tag)));
        let has_all = |ty: &'static Type| match super::table::object(ty) {
            Some(object) => object.fields.iter().all(|field| !field.required || value.get(&field.wire).is_some()),
            None => true,
        };
        let by_shape = || union.variants.iter().find(|one| self.fits(&one.ty, value) && has_all(&one.ty));
        by_tag.or_else(by_shape).or_else(|| union.variants.first()).map(|one| &one.ty)
    }

    fn object(&mut self, id: &'static TypeId, object: &'static Struct, known: Option<&Value>, sample: &Value) -> Value {
        if self.around.contains(&id) && known.is_none() {
            return sample.clone();
        }
        let made;
        let sample = match sample {
            Value::Object(_) => sample,
            _ => {
                made = sample::of(&Type::Named(id.clone()));
                &*made
            }
        };
        self.around.push(id);
        let is_scope = known.is_some_and(|known| known.get("item_id").or(known.get("account_id")).is_some());
        if let Some(known) = known.filter(|_| is_scope) {
            self.known.push(known.clone());
        }
        let mut filled = Map::new();
        for field in object.fields.iter().filter(|field| field.wire != "request_id") {
            let of_sample = sample.get(&field.wire).unwrap_or(&Value::Null);
            if let Some(value) = self.field(field, known, of_sample) {
                filled.insert(field.wire.clone(), value);
            }
        }
        if let (Some(Value::Object(known)), Some(_)) = (known, object.additional.typed()) {
            let more = known.iter().filter(|(name, _)| !object.fields.iter().any(|field| field.wire == **name));
            filled.extend(more.map(|(name, value)| (name.clone(), value.clone())));
        }
        if is_scope {
            self.known.pop();
        }
        self.around.pop();
        newer::add(&id.to_string(), &mut filled);
        Value::Object(filled)
    }

    /// A property. `None` leaves it out.
    fn field(&mut self, field: &'static Field, known: Option<&Value>, sample: &Value) -> Option<Value> {
        let mask = known.filter(|_| field.wire == "account_mask").and_then(mask);
        let given = known.and_then(|known| known.get(&field.wire)).or(mask.as_ref());
        let fact = || {
            let named = FACTS.contains(&field.wire.as_str());
            self.known.iter().rev().filter(|_| named).find_map(|known| known.get(&field.wire)).cloned()
        };
        match given {
            Some(Value::Null) if field.nullable || is_nullable(&field.ty) => return Some(Value::Null),
            Some(given) if self.fits(&field.ty, given) => {
                return Some(self.value(&field.wire, &field.ty, Some(given), sample));
            }
            _ => {}
        }
        if let Some(fact) = fact().filter(|fact| self.is_fact(&field.ty, fact)) {
            if field.required || self.full {
                return Some(self.value(&field.wire, &field.ty, Some(&fact), sample));
            }
            return None;
        }
        let is_nullable = field.nullable || is_nullable(&field.ty);
        let is_full = self.full && self.around.len() < DEPTH && !field.docs.deprecated && field.wire != "error";
        match (field.required, is_nullable) {
            (true, true) if !is_full => Some(Value::Null),
            (false, _) if !is_full || sample.is_null() => None,
            (true, _) => Some(self.required(field, sample)),
            (false, _) => Some(self.value(&field.wire, &field.ty, None, sample)),
        }
    }

    fn required(&mut self, field: &'static Field, sample: &Value) -> Value {
        let is_list = matches!(self.api.resolve(&field.ty), Type::List(_));
        let least = field.docs.constraints.min_items.unwrap_or(0);
        if is_list && least == 0 && (!self.full || field.wire == "warnings") {
            return json!([]);
        }
        let made;
        let sample = match sample {
            Value::Null => {
                made = sample::of(&field.ty);
                &*made
            }
            sample => sample,
        };
        self.value(&field.wire, &field.ty, None, sample)
    }

    /// Whether a fact is what a property is about: a list of accounts can't be filled with texts.
    fn is_fact(&self, ty: &'static Type, fact: &Value) -> bool {
        let of_element = |name: &str| match self.api.resolve(ty) {
            Type::List(element) => super::table::object(element).is_some_and(|one| has(one, name)),
            _ => false,
        };
        match fact {
            Value::Array(all) => match all.first() {
                Some(first) if first.is_string() => self.fits(ty, fact),
                Some(first) if first.get("account_id").is_some() => of_element("account_id"),
                Some(_) => of_element("item_id") || of_element("accounts"),
                None => of_element("account_id") || of_element("item_id") || of_element("accounts"),
            },
            Value::Object(_) => super::table::object(ty).is_some_and(|one| has(one, "item_id")),
            fact => self.fits(ty, fact),
        }
    }

    /// Whether a value can be one of a type, as far as its own kind goes.
    fn fits(&self, ty: &'static Type, value: &Value) -> bool {
        match (ty, value) {
            (Type::Nullable(_), Value::Null) | (Type::Json, _) => true,
            (Type::Nullable(inner), value) => self.fits(inner, value),
            (Type::String | Type::DecimalString, Value::String(_)) | (Type::Bool, Value::Bool(_)) => true,
            (Type::Date, Value::String(text)) => NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok(),
            (Type::DateTime, Value::String(text)) => DateTime::parse_from_rfc3339(text).is_ok(),
            (Type::Integer, Value::Number(number)) => number.is_i64() || number.is_u64(),
            (Type::Float | Type::Decimal, Value::Number(_)) | (Type::List(_), Value::Array(_)) => true,
            (Type::Map(_) | Type::JsonObject, Value::Object(_)) => true,
            (Type::Named(id), value) => match self.api.get(id).map(|def| &def.kind) {
                Some(Kind::Alias(ty)) => self.fits(ty, value),
                Some(Kind::Enum(list)) => match value {
                    Value::String(text) => list.values.iter().any(|one| one.value.to_string() == *text),
                    _ => false,
                },
                Some(Kind::Struct(_)) => value.is_object(),
                Some(Kind::Union(union)) => union.variants.iter().any(|one| self.fits(&one.ty, value)),
                None => false,
            },
            _ => false,
        }
    }

    fn leaf(&mut self, name: &str, ty: &Type, sample: &Value) -> Value {
        let text = sample.as_str().unwrap_or_default();
        match ty {
            Type::DateTime => time(self.moment(name)).into(),
            Type::Date => self.day(name, text),
            Type::String if DateTime::parse_from_rfc3339(text).is_ok() => time(self.moment(name)).into(),
            Type::String if NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok() => self.day(name, text),
            Type::String if is_id(name) && !text.is_empty() => self.id(text).into(),
            Type::Bool if sample.is_null() => false.into(),
            Type::Integer | Type::Float | Type::Decimal if sample.is_null() => 0.into(),
            Type::DecimalString if text.is_empty() => "0.00".into(),
            Type::String if sample.is_null() => name.into(),
            _ => sample.clone(),
        }
    }

    /// An id in the form of another one.
    fn id(&mut self, like: &str) -> String {
        let mut parts = like.splitn(3, '-');
        if let (Some(kind), Some("sandbox" | "production")) = (parts.next(), parts.next()) {
            return self.ids.token(kind);
        }
        let is_hex = like.bytes().all(|byte| byte.is_ascii_hexdigit());
        match like.split_once('_') {
            _ if like.len() == 36 && like.split('-').count() == 5 => self.ids.uuid(),
            _ if like.len() == 24 && is_hex => self.ids.uuid().replace('-', "").chars().take(24).collect(),
            Some((prefix, _)) if prefix.len() < 10 => self.ids.short(&format!("{prefix}_")),
            _ if like.len() > 20 => self.ids.long(),
            _ => like.to_owned(),
        }
    }

    fn moment(&self, name: &str) -> DateTime<Utc> {
        if is_later(name) { self.now + TimeDelta::days(1) } else { self.now }
    }

    fn day(&self, name: &str, sample: &str) -> Value {
        let today = self.now.date_naive();
        match name {
            name if name.contains("birth") => sample.into(),
            name if name.contains("start") || name.contains("oldest") => json!(today - TimeDelta::days(30)),
            name if is_later(name) => json!(today + TimeDelta::days(30)),
            _ => json!(today),
        }
    }
}

/// The mask of an account whose number is known.
fn mask(known: &Value) -> Option<Value> {
    let number = known.get("account_number")?.as_str()?;
    let start = number.char_indices().rev().nth(3).map_or(0, |(place, _)| place);
    number.get(start..).map(Value::from)
}

fn has(object: &Struct, name: &str) -> bool {
    object.fields.iter().any(|field| field.wire == name)
}

fn is_nullable(ty: &'static Type) -> bool {
    match ty {
        Type::Nullable(_) => true,
        Type::Named(id) => match Catalog::plaid().api().get(id) {
            Some(def) if def.nullable => true,
            Some(def) => matches!(&def.kind, Kind::Alias(ty) if is_nullable(ty)),
            None => false,
        },
        _ => false,
    }
}

fn is_later(name: &str) -> bool {
    ["expir", "next_", "due", "estimated", "optimal"].iter().any(|part| name.contains(part))
}

/// Whether a property's name says that it has an id or a token.
fn is_id(name: &str) -> bool {
    name == "id" || ["_id", "_ids", "_token", "_secret", "_key"].iter().any(|end| name.ends_with(end))
}
