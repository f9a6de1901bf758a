//! The writer: serializes views with any serde format.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::{Record, View, Wire, decimal};

/// Serializes a value. The body of every generated `Serialize`.
pub fn serialize<T: Wire + ?Sized, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    Written { view: value.view(), text: false, raw: false }.serialize(serializer)
}

/// A view to serialize.
pub(super) struct Written<'a> {
    pub(super) view: View<'a>,
    /// Whether decimals are written as strings.
    pub(super) text: bool,
    /// Whether the serializer is serde_json's own, which accepts raw text.
    pub(super) raw: bool,
}

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.view {
            View::Absent | View::Null => serializer.serialize_unit(),
            View::Bool(value) => serializer.serialize_bool(value),
            View::Integer(value) => serializer.serialize_i64(value),
            View::Float(value) => serializer.serialize_f64(value),
            View::Decimal(value) if self.text => serializer.collect_str(value),
            View::Decimal(value) => decimal::serialize(value, self.raw, serializer),
            View::String(value) => serializer.serialize_str(value),
            View::Date(value) => serializer.collect_str(&value),
            View::Timestamp(value) => serializer.collect_str(value),
            View::Json(value) => value.serialize(serializer),
            View::JsonObject(value) => value.serialize(serializer),
            View::Struct(record) => self.serialize_struct(record, serializer),
            View::Union(union) => Written { view: union.view(), ..*self }.serialize(serializer),
            View::List(list) => {
                let mut seq = serializer.serialize_seq(Some(list.count()))?;
                for index in 0..list.count() {
                    seq.serialize_element(&Written { view: list.get(index), ..*self })?;
                }
                seq.end()
            }
            View::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.count()))?;
                self.serialize_entries(entries, &mut map)?;
                map.end()
            }
        }
    }
}

impl Written<'_> {
    fn serialize_struct<S: Serializer>(&self, record: &dyn Record, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = &record.info().fields;
        let is_omitted = |index: usize| !fields[index].is_required() && matches!(record.view(index), View::Absent);
        // Formats that write the length first (CBOR, MessagePack) need the exact number.
        let mut length = (0..fields.len()).filter(|index| !is_omitted(*index)).count();
        length += record.additional_view().map_or(0, |entries| entries.count());
        let mut map = serializer.serialize_map(Some(length))?;
        for (index, field) in fields.iter().enumerate() {
            if !is_omitted(index) {
                let view = record.view(index);
                map.serialize_entry(field.name, &Written { view, text: field.is_text(), raw: self.raw })?;
            }
        }
        if let Some(entries) = record.additional_view() {
            self.serialize_entries(entries, &mut map)?;
        }
        map.end()
    }

    fn serialize_entries<M: SerializeMap>(&self, entries: &dyn super::Entries, map: &mut M) -> Result<(), M::Error> {
        let mut result = Ok(());
        entries.visit(&mut |key, view| {
            result = map.serialize_entry(key, &Written { view, ..*self });
            result.is_ok()
        });
        result
    }
}
