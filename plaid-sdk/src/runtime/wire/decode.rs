//! The reader: fills slots from any self-describing serde format.

use std::fmt;

use rust_decimal::prelude::ToPrimitive;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use serde_json::{Map, Value};

use super::r#enum::EnumSlot;
use super::record_info::RecordInfo;
use super::seen::Seen;
use super::union::Capture;
use super::{Entries, List, Record, Slot, Trace, Wire, decimal, json};
use crate::runtime::timestamp::parse_date;

/// Deserializes a value. The body of every generated `Deserialize`. An error starts with the path: `added[3].amount: …`.
pub fn deserialize<'de, T: Wire, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::blank();
    fill(value.slot(), deserializer)?;
    Ok(value)
}

fn fill<'de, D: Deserializer<'de>>(slot: Slot<'_>, deserializer: D) -> Result<(), D::Error> {
    let mut trace = Trace::default();
    Seed { slot, trace: &mut trace }.deserialize(deserializer).map_err(|error| {
        // serde_json parses line and column from the text.
        if trace.is_empty() { error } else { D::Error::custom(format_args!("{trace}: {error}")) }
    })
}

/// A slot to fill, and the trace that records the path to an error.
pub(super) struct Seed<'s, 't> {
    pub(super) slot: Slot<'s>,
    pub(super) trace: &'t mut Trace,
}

impl<'de> DeserializeSeed<'de> for Seed<'_, '_> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.slot {
            // These need the JSON text, which serde_json provides only under this name; other formats ignore the name.
            Slot::Decimal(_) | Slot::OptionalDecimal(_) | Slot::Union(_) => {
                deserializer.deserialize_newtype_struct(decimal::RAW, self)
            }
            Slot::Enum(ref slot) if slot.scalars() => deserializer.deserialize_newtype_struct(decimal::RAW, self),
            Slot::OptionalText(_) => deserializer.deserialize_option(self),
            _ => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Seed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(expected(&self.slot))
    }

    #[inline]
    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        match self.slot {
            Slot::String(out) => {
                out.clear();
                out.push_str(text);
            }
            Slot::OptionalString(out) => *out = Some(text.to_owned()),
            Slot::Enum(out) => assign(out, text, self.trace),
            Slot::Json(out) => *out = Value::String(text.to_owned()),
            slot => {
                if matches!(slot, Slot::Decimal(_) | Slot::OptionalDecimal(_)) {
                    // Accepted, but in a union, an alternative that is a string fits better.
                    self.trace.undeclared();
                }
                return fill_from_text(slot, text, self.trace);
            }
        }
        Ok(())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<(), E> {
        match self.slot {
            Slot::String(out) => *out = text,
            Slot::OptionalString(out) => *out = Some(text),
            Slot::Json(out) => *out = Value::String(text),
            slot => return Seed { slot, trace: self.trace }.visit_str(&text),
        }
        Ok(())
    }

    #[inline]
    fn visit_unit<E: Error>(self) -> Result<(), E> {
        match self.slot {
            Slot::OptionalString(out) => *out = None,
            Slot::OptionalDecimal(out) => *out = None,
            Slot::Optional(out) | Slot::OptionalText(out) => out.none(),
            // Plaid sometimes sends null for an empty list.
            Slot::List(out) => out.clear(),
            Slot::Map(out) => out.clear(),
            Slot::JsonObject(out) => out.clear(),
            Slot::Json(out) => *out = Value::Null,
            slot => return Err(mismatch(slot, "null", self.trace)),
        }
        Ok(())
    }

    #[inline]
    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.slot {
            Slot::Optional(out) | Slot::OptionalText(out) => {
                Seed { slot: out.some(), trace: self.trace }.deserialize(deserializer)
            }
            slot => Seed { slot, trace: self.trace }.deserialize(deserializer),
        }
    }

    // Called by formats without raw text (see `deserialize`).
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        match self.slot {
            Slot::Bool(out) => *out = value,
            Slot::Json(out) => *out = Value::Bool(value),
            Slot::Enum(out) if out.scalars() => assign(out, if value { "true" } else { "false" }, self.trace),
            Slot::Optional(out) | Slot::OptionalText(out) => {
                return Seed { slot: out.some(), trace: self.trace }.visit_bool(value);
            }
            slot => return Err(mismatch(slot, "a boolean", self.trace)),
        }
        Ok(())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        match self.slot {
            Slot::Integer(out) => *out = value,
            Slot::Float(out) => *out = value.to_f64().unwrap_or_default(),
            Slot::Decimal(out) => *out = value.into(),
            Slot::OptionalDecimal(out) => *out = Some(value.into()),
            Slot::Json(out) => *out = value.into(),
            Slot::Enum(out) if out.scalars() => assign(out, &value.to_string(), self.trace),
            Slot::Optional(out) | Slot::OptionalText(out) => {
                return Seed { slot: out.some(), trace: self.trace }.visit_i64(value);
            }
            slot => return Err(mismatch(slot, "a whole number", self.trace)),
        }
        Ok(())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        if let Ok(value) = i64::try_from(value) {
            return self.visit_i64(value);
        }
        match self.slot {
            Slot::Float(out) => *out = value.to_f64().unwrap_or_default(),
            Slot::Decimal(out) => *out = value.into(),
            Slot::OptionalDecimal(out) => *out = Some(value.into()),
            Slot::Json(out) => *out = value.into(),
            Slot::Enum(out) if out.scalars() => assign(out, &value.to_string(), self.trace),
            Slot::Optional(out) | Slot::OptionalText(out) => {
                return Seed { slot: out.some(), trace: self.trace }.visit_u64(value);
            }
            slot => return Err(mismatch(slot, "a whole number", self.trace)),
        }
        Ok(())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        match self.slot {
            Slot::Float(out) => *out = value,
            // `3.0` is a whole number too. Beyond 2^53, floats skip some.
            Slot::Integer(out) if value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0 => {
                *out = value.to_i64().unwrap_or_default();
            }
            Slot::Json(out) => *out = value.into(),
            Slot::Decimal(_) | Slot::OptionalDecimal(_) => {
                return fill_from_text(self.slot, &value.to_string(), self.trace);
            }
            Slot::Enum(out) if out.scalars() => assign(out, &value.to_string(), self.trace),
            Slot::Optional(out) | Slot::OptionalText(out) => {
                return Seed { slot: out.some(), trace: self.trace }.visit_f64(value);
            }
            slot => return Err(mismatch(slot, "a number", self.trace)),
        }
        Ok(())
    }

    #[inline]
    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<(), A::Error> {
        match self.slot {
            Slot::List(out) => fill_list(out, seq, self.trace),
            Slot::Json(out) => fill_json_list(out, seq),
            Slot::Union(out) => {
                let mut value = Value::Null;
                fill_json_list(&mut value, seq)?;
                out.assign(Capture::Value(value), self.trace).map_err(A::Error::custom)
            }
            Slot::Optional(out) | Slot::OptionalText(out) => {
                Seed { slot: out.some(), trace: self.trace }.visit_seq(seq)
            }
            slot => Err(mismatch(slot, "an array", self.trace)),
        }
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        match self.slot {
            Slot::Struct(out) => fill_struct(out, map, self.trace),
            Slot::Map(out) => fill_map(out, map, self.trace),
            Slot::JsonObject(out) => fill_json_object(out, map),
            Slot::Json(out) => {
                let mut object = Map::new();
                fill_json_object(&mut object, map)?;
                *out = Value::Object(object);
                Ok(())
            }
            slot @ (Slot::Decimal(_) | Slot::OptionalDecimal(_) | Slot::Union(_) | Slot::Enum(_)) => {
                fill_from_raw(slot, map, self.trace)
            }
            Slot::Optional(out) | Slot::OptionalText(out) => {
                Seed { slot: out.some(), trace: self.trace }.visit_map(map)
            }
            slot => Err(mismatch(slot, "an object", self.trace)),
        }
    }
}

fn expected(slot: &Slot<'_>) -> &'static str {
    match slot {
        Slot::Bool(_) => "true or false",
        Slot::Integer(_) => "a whole number",
        Slot::Float(_) => "a number",
        Slot::Decimal(_) | Slot::OptionalDecimal(_) => "a decimal number of at most 28 digits",
        Slot::String(_) | Slot::Enum(_) => "a string",
        Slot::OptionalString(_) => "a string or null",
        Slot::Date(_) => "a date such as 2026-03-01",
        Slot::Timestamp(_) => "a timestamp such as 2026-03-01T09:30:00Z",
        Slot::Json(_) => "any value",
        Slot::JsonObject(_) | Slot::Map(_) | Slot::Struct(_) => "an object",
        Slot::Union(union) => union.expecting(),
        Slot::List(_) => "an array",
        Slot::Optional(_) | Slot::OptionalText(_) => "a value or null",
    }
}

#[inline]
fn assign(out: &mut dyn EnumSlot, text: &str, trace: &mut Trace) {
    if !out.assign(text) {
        trace.undeclared();
    }
}

/// The error contains only the kind of the value: the value may be secret, and errors are logged.
#[cold]
fn mismatch<E: Error>(slot: Slot<'_>, found: &str, trace: &mut Trace) -> E {
    E::invalid_type(Unexpected::Other(found), &Seed { slot, trace })
}

/// Reads a value of another type from a string.
fn fill_from_text<E: Error>(slot: Slot<'_>, text: &str, trace: &mut Trace) -> Result<(), E> {
    let expected = expected(&slot);
    let read = match slot {
        Slot::Date(out) => parse_date(text).map(|date| *out = date).is_some(),
        Slot::Timestamp(out) => text.parse().map(|timestamp| *out = timestamp).is_ok(),
        Slot::Decimal(out) => decimal::parse(text).map(|decimal| *out = decimal).is_some(),
        Slot::OptionalDecimal(out) => decimal::parse(text).map(|decimal| *out = Some(decimal)).is_some(),
        Slot::Optional(out) | Slot::OptionalText(out) => return fill_from_text(out.some(), text, trace),
        Slot::Union(out) => {
            return out.assign(Capture::Value(Value::String(text.to_owned())), trace).map_err(E::custom);
        }
        Slot::Enum(out) => {
            assign(out, text, trace);
            true
        }
        Slot::String(out) => {
            text.clone_into(out);
            true
        }
        slot => return Err(mismatch(slot, "a string", trace)),
    };
    if read { Ok(()) } else { Err(E::custom(format_args!("invalid value: expected {expected}"))) }
}

#[inline]
fn fill_struct<'de, A: MapAccess<'de>>(record: &mut dyn Record, mut map: A, trace: &mut Trace) -> Result<(), A::Error> {
    let info = record.info();
    if info.open {
        return fill_open_struct(record, info, map, trace);
    }
    let mut seen = Seen::default();
    while let Some(key) = map.next_key_seed(Key(info))? {
        let Some((index, slot)) = key.and_then(|index| Some((index, record.slot(index)?))) else {
            map.next_value::<IgnoredAny>()?;
            trace.undeclared();
            continue;
        };
        seen.insert(index, info)?;
        if let Err(error) = map.next_value_seed(Seed { slot, trace }) {
            trace.field(info.fields[index].name);
            return Err(error);
        }
    }
    seen.check(info)
}

/// Reads a struct that keeps undeclared properties.
fn fill_open_struct<'de, A: MapAccess<'de>>(
    record: &mut dyn Record,
    info: &'static RecordInfo,
    mut map: A,
    trace: &mut Trace,
) -> Result<(), A::Error> {
    let mut seen = Seen::default();
    while let Some(key) = map.next_key::<String>()? {
        let slot = match info.find(&key) {
            Some(index) => {
                seen.insert(index, info)?;
                record.slot(index)
            }
            None => record.additional().map(|entries| entries.insert(key.clone())),
        };
        let Some(slot) = slot else { continue };
        if let Err(error) = map.next_value_seed(Seed { slot, trace }) {
            trace.key(&key);
            return Err(error);
        }
    }
    seen.check(info)
}

/// Reads a key as the index of a field.
struct Key(&'static RecordInfo);

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Option<usize>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<usize>, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Key {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    #[inline]
    fn visit_str<E: Error>(self, name: &str) -> Result<Option<usize>, E> {
        Ok(self.0.find(name))
    }
}

#[inline]
fn fill_list<'de, A: SeqAccess<'de>>(list: &mut dyn List, mut seq: A, trace: &mut Trace) -> Result<(), A::Error> {
    list.clear();
    loop {
        let index = list.count();
        // `Element` appends to the list only when there is an element to read.
        match seq.next_element_seed(Element { list, trace }) {
            Ok(Some(())) => {}
            Ok(None) => return Ok(()),
            Err(error) => {
                trace.index(index);
                return Err(error);
            }
        }
    }
}

/// The next element of a list, appended when serde has found one.
struct Element<'l, 't> {
    list: &'l mut dyn List,
    trace: &'t mut Trace,
}

impl<'de> DeserializeSeed<'de> for Element<'_, '_> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        Seed { slot: self.list.push(), trace: self.trace }.deserialize(deserializer)
    }
}

fn fill_map<'de, A: MapAccess<'de>>(entries: &mut dyn Entries, mut map: A, trace: &mut Trace) -> Result<(), A::Error> {
    entries.clear();
    while let Some(key) = map.next_key::<String>()? {
        if let Err(error) = map.next_value_seed(Seed { slot: entries.insert(key.clone()), trace }) {
            trace.key(&key);
            return Err(error);
        }
    }
    Ok(())
}

fn fill_json_list<'de, A: SeqAccess<'de>>(out: &mut Value, mut seq: A) -> Result<(), A::Error> {
    let mut list = Vec::new();
    while let Some(value) = seq.next_element()? {
        list.push(value);
    }
    *out = Value::Array(list);
    Ok(())
}

fn fill_json_object<'de, A: MapAccess<'de>>(out: &mut Map<String, Value>, mut map: A) -> Result<(), A::Error> {
    out.clear();
    while let Some((key, value)) = map.next_entry()? {
        out.insert(key, value);
    }
    Ok(())
}

/// Reads the raw text of serde_json (see [`decimal::RAW`]), or, for a union, an object of another format.
fn fill_from_raw<'de, A: MapAccess<'de>>(slot: Slot<'_>, mut map: A, trace: &mut Trace) -> Result<(), A::Error> {
    let Some(key) = map.next_key::<String>()? else {
        return match slot {
            Slot::Union(out) => out.assign(Capture::Value(Value::Object(Map::new())), trace).map_err(A::Error::custom),
            slot => Err(mismatch(slot, "an object", trace)),
        };
    };
    if key == decimal::RAW {
        return map.next_value_seed(Raw { slot, trace });
    }
    match slot {
        Slot::Union(out) => {
            let mut object = Map::new();
            object.insert(key, map.next_value()?);
            while let Some((key, value)) = map.next_entry()? {
                object.insert(key, value);
            }
            out.assign(Capture::Value(Value::Object(object)), trace).map_err(A::Error::custom)
        }
        slot => Err(mismatch(slot, "an object", trace)),
    }
}

/// The raw JSON text of a value.
struct Raw<'s, 't> {
    slot: Slot<'s>,
    trace: &'t mut Trace,
}

impl<'de> DeserializeSeed<'de> for Raw<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Raw<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text of a JSON value")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        let Self { slot, trace } = self;
        match (slot, text.as_bytes().first()) {
            (Slot::Union(out), _) => out.assign(Capture::Text(text), trace).map_err(E::custom),
            (slot @ (Slot::Decimal(_) | Slot::OptionalDecimal(_)), Some(b'-' | b'0'..=b'9')) => {
                fill_from_text(slot, text, trace)
            }
            (Slot::Enum(out), Some(b'-' | b'0'..=b'9' | b't' | b'f')) => {
                assign(out, text, trace);
                Ok(())
            }
            // Strings and mismatches: the usual way.
            (slot, _) => {
                let mut deserializer = serde_json::Deserializer::from_str(text);
                serde::Deserializer::deserialize_any(&mut deserializer, Seed { slot, trace })
                    .map_err(|error| E::custom(json::without_position(&error)))
            }
        }
    }
}
