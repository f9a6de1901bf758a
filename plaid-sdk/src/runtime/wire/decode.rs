//! The reader: fills slots from any self-describing serde format.

use std::fmt;

use rust_decimal::prelude::ToPrimitive;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use serde_json::{Map, Value};

use super::capture::Capture;
use super::key::Key;
use super::path::{Step, without_position};
use super::progress::Progress;
use super::scalar::{A_WHOLE_NUMBER, assign, expected, fill_from_text, is_container, mismatch, no_id};
use super::trace::{Outcome, Trace};
use super::value::{fill_json_list, fill_json_object};
use super::{Entries, List, Record, Slot, Union, View, decimal, surrogate};

/// Reads a value that is in no other.
pub(super) fn fill_root<'de, D: Deserializer<'de>>(
    slot: Slot<'_>,
    deserializer: D,
    trace: &mut Trace,
) -> Result<(), D::Error> {
    let (expected, is_container, before) = (expected(&slot), is_container(&slot), trace.deviations());
    match (Seed { slot, trace: &mut *trace }).deserialize(deserializer)? {
        // A union keeps a null as an unknown value, so none of its alternatives accepts one.
        Outcome::Null if is_container && !trace.is_trial() => trace.deviate(expected, "null"),
        Outcome::Null => return Err(D::Error::invalid_type(Unexpected::Other("null"), &expected)),
        outcome @ (Outcome::Digits | Outcome::ListedDigits) => return Err(no_id(outcome, before, trace)),
        Outcome::Value | Outcome::Deviating | Outcome::Shortened => {}
    }
    Ok(())
}

/// A slot to fill, and the trace that records the path to an error.
pub(super) struct Seed<'s, 't> {
    pub(super) slot: Slot<'s>,
    pub(super) trace: &'t mut Trace,
}

impl<'de> DeserializeSeed<'de> for Seed<'_, '_> {
    type Value = Outcome;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Outcome, D::Error> {
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
    type Value = Outcome;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(expected(&self.slot))
    }

    #[inline]
    fn visit_str<E: Error>(self, text: &str) -> Result<Outcome, E> {
        match self.slot {
            Slot::String(out) => {
                out.clear();
                out.push_str(text);
            }
            Slot::OptionalString(out) => *out = Some(text.to_owned()),
            Slot::Enum(out) => return assign(out, text, self.trace),
            Slot::Json(out) => *out = Value::String(text.to_owned()),
            slot => {
                if matches!(slot, Slot::Decimal(_) | Slot::OptionalDecimal(_)) {
                    // Accepted, but in a union, an alternative that is a string fits better.
                    self.trace.undeclared();
                }
                return fill_from_string(slot, text, self.trace);
            }
        }
        Ok(Outcome::Value)
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Outcome, E> {
        match self.slot {
            Slot::String(out) => *out = text,
            Slot::OptionalString(out) => *out = Some(text),
            Slot::Json(out) => *out = Value::String(text),
            slot => return Seed { slot, trace: self.trace }.visit_str(&text),
        }
        Ok(Outcome::Value)
    }

    #[inline]
    fn visit_unit<E: Error>(self) -> Result<Outcome, E> {
        match self.slot {
            Slot::OptionalString(out) => *out = None,
            Slot::OptionalDecimal(out) => *out = None,
            Slot::Optional(out) | Slot::OptionalText(out) => out.none(),
            Slot::Json(out) => *out = Value::Null,
            // Only what contains the value knows whether it may be left out.
            _ => return Ok(Outcome::Null),
        }
        Ok(Outcome::Value)
    }

    #[inline]
    fn visit_none<E: Error>(self) -> Result<Outcome, E> {
        self.visit_unit()
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Outcome, D::Error> {
        match self.slot {
            Slot::Optional(out) | Slot::OptionalText(out) => {
                Seed { slot: out.some(), trace: self.trace }.deserialize(deserializer)
            }
            slot => Seed { slot, trace: self.trace }.deserialize(deserializer),
        }
    }

    // Called by formats without raw text (see `deserialize`).
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Outcome, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Outcome, E> {
        match self.slot {
            Slot::Bool(out) => *out = value,
            Slot::Json(out) => *out = Value::Bool(value),
            Slot::Enum(out) if out.scalars() => return assign(out, if value { "true" } else { "false" }, self.trace),
            Slot::Optional(out) | Slot::OptionalText(out) => {
                return Seed { slot: out.some(), trace: self.trace }.visit_bool(value);
            }
            slot => return Err(mismatch(&slot, "a boolean")),
        }
        Ok(Outcome::Value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Outcome, E> {
        match self.slot {
            Slot::Integer(out) => *out = value,
            Slot::Float(out) => *out = value.to_f64().unwrap_or_default(),
            Slot::Decimal(out) => *out = value.into(),
            Slot::OptionalDecimal(out) => *out = Some(value.into()),
            Slot::Json(out) => *out = value.into(),
            Slot::Enum(out) if out.scalars() => return assign(out, &value.to_string(), self.trace),
            Slot::Optional(out) | Slot::OptionalText(out) => {
                return Seed { slot: out.some(), trace: self.trace }.visit_i64(value);
            }
            Slot::String(out) => return Ok(fill_from_digits(out, value.to_string())),
            Slot::OptionalString(out) => {
                return Ok(fill_from_digits(out.insert(String::new()), value.to_string()));
            }
            slot => return Err(mismatch(&slot, A_WHOLE_NUMBER)),
        }
        Ok(Outcome::Value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Outcome, E> {
        if let Ok(value) = i64::try_from(value) {
            return self.visit_i64(value);
        }
        match self.slot {
            Slot::Float(out) => *out = value.to_f64().unwrap_or_default(),
            Slot::Decimal(out) => *out = value.into(),
            Slot::OptionalDecimal(out) => *out = Some(value.into()),
            Slot::Json(out) => *out = value.into(),
            Slot::Enum(out) if out.scalars() => return assign(out, &value.to_string(), self.trace),
            Slot::Optional(out) | Slot::OptionalText(out) => {
                return Seed { slot: out.some(), trace: self.trace }.visit_u64(value);
            }
            Slot::String(out) => return Ok(fill_from_digits(out, value.to_string())),
            Slot::OptionalString(out) => {
                return Ok(fill_from_digits(out.insert(String::new()), value.to_string()));
            }
            slot => return Err(mismatch(&slot, A_WHOLE_NUMBER)),
        }
        Ok(Outcome::Value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Outcome, E> {
        match self.slot {
            Slot::Float(out) => *out = value,
            // `3.0` is a whole number too. Beyond 2^53, floats skip some.
            Slot::Integer(out) if value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0 => {
                self.trace.deviate("a whole number", "a number with a decimal point or exponent");
                *out = value.to_i64().unwrap_or_default();
                return Ok(Outcome::Deviating);
            }
            Slot::Json(out) => *out = value.into(),
            Slot::Decimal(_) | Slot::OptionalDecimal(_) => {
                return fill_from_text(self.slot, &value.to_string(), self.trace);
            }
            Slot::Enum(out) if out.scalars() => return assign(out, &value.to_string(), self.trace),
            Slot::Optional(out) | Slot::OptionalText(out) => {
                return Seed { slot: out.some(), trace: self.trace }.visit_f64(value);
            }
            slot => return Err(mismatch(&slot, "a number")),
        }
        Ok(Outcome::Value)
    }

    #[inline]
    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Outcome, A::Error> {
        match self.slot {
            Slot::List(out) => fill_list(out, seq, self.trace),
            Slot::Json(out) => {
                fill_json_list(out, seq)?;
                Ok(Outcome::Value)
            }
            Slot::Union(out) => {
                let mut value = Value::Null;
                fill_json_list(&mut value, seq)?;
                fill_union(out, Capture::Value(value), self.trace).map_err(A::Error::custom)
            }
            Slot::Optional(out) | Slot::OptionalText(out) => {
                Seed { slot: out.some(), trace: self.trace }.visit_seq(seq)
            }
            slot => Err(mismatch(&slot, "an array")),
        }
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Outcome, A::Error> {
        match self.slot {
            Slot::Struct(out) => fill_struct(out, map, self.trace),
            Slot::Map(out) => fill_map(out, map, self.trace),
            Slot::JsonObject(out) => {
                fill_json_object(out, map)?;
                Ok(Outcome::Value)
            }
            Slot::Json(out) => {
                let mut object = Map::new();
                fill_json_object(&mut object, map)?;
                *out = Value::Object(object);
                Ok(Outcome::Value)
            }
            slot @ (Slot::Decimal(_) | Slot::OptionalDecimal(_) | Slot::Union(_) | Slot::Enum(_)) => {
                fill_from_raw(slot, map, self.trace)
            }
            Slot::Optional(out) | Slot::OptionalText(out) => {
                Seed { slot: out.some(), trace: self.trace }.visit_map(map)
            }
            slot => Err(mismatch(&slot, "an object")),
        }
    }
}

/// Reads what is not a string itself. Not part of `visit_str`, which is inlined.
fn fill_from_string<E: Error>(slot: Slot<'_>, text: &str, trace: &mut Trace) -> Result<Outcome, E> {
    match slot {
        Slot::Optional(out) | Slot::OptionalText(out) => Seed { slot: out.some(), trace }.visit_str(text),
        Slot::Union(out) => fill_union(out, Capture::Value(Value::String(text.to_owned())), trace).map_err(E::custom),
        slot => fill_from_text(slot, text, trace),
    }
}

/// A number for a string: its digits are the text, if it is an id's.
#[cold]
fn fill_from_digits(out: &mut String, digits: String) -> Outcome {
    *out = digits;
    Outcome::Digits
}

fn fill_union(out: &mut dyn Union, captured: Capture<'_>, trace: &mut Trace) -> Result<Outcome, String> {
    let before = trace.deviations();
    out.assign(captured, trace)?;
    // A union keeps a null as an unknown value.
    if matches!(out.view(), View::Json(Value::Null)) {
        trace.deviate(out.expecting(), "null");
    }
    Ok(if trace.deviations() == before { Outcome::Value } else { Outcome::Deviating })
}

#[inline]
fn fill_struct<'de, A: MapAccess<'de>>(
    record: &mut dyn Record,
    mut map: A,
    trace: &mut Trace,
) -> Result<Outcome, A::Error> {
    let info = record.info();
    let mut progress = Progress::of(info, trace);
    if info.open {
        return fill_open_struct(record, progress, map, trace);
    }
    while let Some(key) = map.next_key_seed(Key(info))? {
        let Some((index, slot)) = key.and_then(|index| Some((index, record.slot(index)?))) else {
            map.next_value::<IgnoredAny>()?;
            trace.undeclared();
            continue;
        };
        progress.seen.insert(index, info)?;
        match map.next_value_seed(Seed { slot, trace }) {
            Ok(Outcome::Value) => {}
            outcome => progress.report(record, index, outcome, trace)?,
        }
    }
    progress.finish(record, trace)
}

/// Reads a struct that keeps undeclared properties.
fn fill_open_struct<'de, A: MapAccess<'de>>(
    record: &mut dyn Record,
    mut progress: Progress,
    mut map: A,
    trace: &mut Trace,
) -> Result<Outcome, A::Error> {
    while let Some(key) = map.next_key::<String>()? {
        if let Some(index) = progress.info.find(&key) {
            progress.seen.insert(index, progress.info)?;
            let Some(slot) = record.slot(index) else { continue };
            match map.next_value_seed(Seed { slot, trace }) {
                Ok(Outcome::Value) => {}
                outcome => progress.report(record, index, outcome, trace)?,
            }
        } else if let Some(entries) = record.additional() {
            fill_entry(entries, key, &mut map, trace)?;
            progress.skip(trace);
        }
    }
    progress.finish(record, trace)
}

#[inline]
fn fill_list<'de, A: SeqAccess<'de>>(list: &mut dyn List, mut seq: A, trace: &mut Trace) -> Result<Outcome, A::Error> {
    let start = trace.deviations();
    let (mut before, mut skipped, mut has_digits) = (start, 0, false);
    loop {
        let index = list.count();
        // `Element` appends to the list only when there is an element to read.
        match seq.next_element_seed(Element { list, trace }) {
            Ok(Some(Outcome::Value)) => continue,
            Ok(None) => break,
            Ok(Some(Outcome::Deviating | Outcome::Shortened)) => {}
            Ok(Some(Outcome::Null)) => {
                list.truncate(index);
                trace.deviate(expected(&list.push()), "null");
                list.truncate(index);
                before = trace.deviations_in(before, &Step::Index(index + skipped));
                skipped += 1;
                continue;
            }
            Ok(Some(Outcome::Digits)) => {
                trace.deviate("a string", A_WHOLE_NUMBER);
                has_digits = true;
            }
            Ok(Some(Outcome::ListedDigits)) => {
                // Ids are in no lists of lists.
                let error = no_id(Outcome::ListedDigits, before, trace);
                trace.error_in(Step::Index(index + skipped));
                return Err(error);
            }
            Err(error) => {
                trace.error_in(Step::Index(index + skipped));
                return Err(error);
            }
        }
        before = trace.deviations_in(before, &Step::Index(index + skipped));
    }
    Ok(match (has_digits, skipped) {
        (true, _) => Outcome::ListedDigits,
        (false, 0) => trace.outcome_since(start),
        (false, _) => Outcome::Shortened,
    })
}

/// The next element of a list, appended when serde has found one.
struct Element<'l, 't> {
    list: &'l mut dyn List,
    trace: &'t mut Trace,
}

impl<'de> DeserializeSeed<'de> for Element<'_, '_> {
    type Value = Outcome;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Outcome, D::Error> {
        Seed { slot: self.list.push(), trace: self.trace }.deserialize(deserializer)
    }
}

fn fill_map<'de, A: MapAccess<'de>>(
    entries: &mut dyn Entries,
    mut map: A,
    trace: &mut Trace,
) -> Result<Outcome, A::Error> {
    let start = trace.deviations();
    while let Some(key) = map.next_key::<String>()? {
        fill_entry(entries, key, &mut map, trace)?;
    }
    Ok(trace.outcome_since(start))
}

/// Reads the value of a key.
fn fill_entry<'de, A: MapAccess<'de>>(
    entries: &mut dyn Entries,
    key: String,
    map: &mut A,
    trace: &mut Trace,
) -> Result<(), A::Error> {
    let before = trace.deviations();
    let slot = entries.insert(key.clone());
    let (expected, is_container) = (expected(&slot), is_container(&slot));
    match map.next_value_seed(Seed { slot, trace }) {
        Ok(Outcome::Value) => return Ok(()),
        Ok(Outcome::Deviating | Outcome::Shortened) => {}
        Ok(outcome @ (Outcome::Digits | Outcome::ListedDigits)) => {
            let error = no_id(outcome, before, trace);
            trace.error_in(Step::Key(key));
            return Err(error);
        }
        Ok(Outcome::Null) => {
            if !is_container {
                entries.remove(&key);
            }
            trace.deviate(expected, "null");
        }
        Err(error) => {
            trace.error_in(Step::Key(key));
            return Err(error);
        }
    }
    trace.deviations_in(before, &Step::Key(key));
    Ok(())
}

/// Reads the raw text of serde_json (see [`decimal::RAW`]), or, for a union, an object of another format.
fn fill_from_raw<'de, A: MapAccess<'de>>(slot: Slot<'_>, mut map: A, trace: &mut Trace) -> Result<Outcome, A::Error> {
    let Some(key) = map.next_key::<String>()? else {
        return match slot {
            Slot::Union(out) => {
                fill_union(out, Capture::Value(Value::Object(Map::new())), trace).map_err(A::Error::custom)
            }
            slot => Err(mismatch(&slot, "an object")),
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
            fill_union(out, Capture::Value(Value::Object(object)), trace).map_err(A::Error::custom)
        }
        slot => Err(mismatch(&slot, "an object")),
    }
}

/// The raw JSON text of a value.
struct Raw<'s, 't> {
    slot: Slot<'s>,
    trace: &'t mut Trace,
}

impl<'de> DeserializeSeed<'de> for Raw<'_, '_> {
    type Value = Outcome;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Outcome, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Raw<'_, '_> {
    type Value = Outcome;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text of a JSON value")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Outcome, E> {
        let Self { slot, trace } = self;
        match (slot, text.as_bytes().first()) {
            // serde_json does not check the escapes of raw text, and no alternative must be refused for one.
            (Slot::Union(_), _) if surrogate::is_in(text) => Err(E::custom("a lone surrogate")),
            (Slot::Union(out), _) => fill_union(out, Capture::Text(text), trace).map_err(E::custom),
            (slot @ (Slot::Decimal(_) | Slot::OptionalDecimal(_)), Some(b'-' | b'0'..=b'9')) => {
                fill_from_text(slot, text, trace)
            }
            (Slot::Enum(out), Some(b'-' | b'0'..=b'9' | b't' | b'f')) => assign(out, text, trace),
            // Strings and mismatches: the usual way.
            (slot, _) => {
                let mut deserializer = serde_json::Deserializer::from_str(text);
                serde::Deserializer::deserialize_any(&mut deserializer, Seed { slot, trace })
                    .map_err(|error| E::custom(without_position(&error)))
            }
        }
    }
}
