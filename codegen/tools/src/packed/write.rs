//! Writes values.

use std::collections::HashMap;

use serde::ser::{self, Serialize};

use super::Error;

/// A value as bytes.
///
/// # Errors
/// A value with a list or map of unknown length, or a struct of more than 64 members. The model has neither.
pub fn to_bytes<T: Serialize>(value: &T) -> Result<Vec<u8>, Error> {
    let mut writer = Writer::default();
    value.serialize(&mut writer)?;
    let mut bytes = Vec::with_capacity(writer.text.len() + writer.tree.len() + writer.lengths.len() * 2);
    number(&mut bytes, writer.lengths.len() as u64);
    for length in writer.lengths {
        number(&mut bytes, length as u64);
    }
    bytes.extend_from_slice(writer.text.as_bytes());
    bytes.extend_from_slice(&writer.tree);
    Ok(bytes)
}

#[derive(Default)]
struct Writer {
    numbers: HashMap<String, u64>,
    lengths: Vec<usize>,
    text: String,
    tree: Vec<u8>,
}

impl Writer {
    fn string(&mut self, text: &str) {
        let known = self.numbers.get(text).copied();
        let index = known.unwrap_or_else(|| {
            let next = self.lengths.len() as u64;
            self.numbers.insert(text.to_owned(), next);
            self.lengths.push(text.len());
            self.text.push_str(text);
            next
        });
        number(&mut self.tree, index);
    }

    fn length(&mut self, length: Option<usize>) -> Result<&mut Self, Error> {
        let length = length.ok_or_else(|| Error::new("the length of a list is not known in advance"))?;
        number(&mut self.tree, length as u64);
        Ok(self)
    }

    fn members(&mut self) -> Members<'_> {
        Members { start: self.tree.len(), writer: self, written: 0, count: 0 }
    }
}

/// A whole number, seven bits a byte, the lowest first. The highest bit of a byte says that another one follows.
fn number(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// A struct whose members are being written.
struct Members<'a> {
    writer: &'a mut Writer,
    start: usize,
    written: u64,
    count: u32,
}

impl Members<'_> {
    fn member<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        let bit = 1_u64.checked_shl(self.count).ok_or_else(|| Error::new("a struct has more than 64 members"))?;
        self.written |= bit;
        self.count += 1;
        value.serialize(&mut *self.writer)
    }

    fn finish(self) {
        let mut bits = Vec::new();
        number(&mut bits, self.written);
        self.writer.tree.splice(self.start..self.start, bits);
    }
}

impl ser::SerializeStruct for Members<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, _: &'static str, value: &T) -> Result<(), Error> {
        self.member(value)
    }

    fn skip_field(&mut self, _: &'static str) -> Result<(), Error> {
        self.count += 1;
        Ok(())
    }

    fn end(self) -> Result<(), Error> {
        self.finish();
        Ok(())
    }
}

impl ser::SerializeStructVariant for Members<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, _: &'static str, value: &T) -> Result<(), Error> {
        self.member(value)
    }

    fn skip_field(&mut self, _: &'static str) -> Result<(), Error> {
        self.count += 1;
        Ok(())
    }

    fn end(self) -> Result<(), Error> {
        self.finish();
        Ok(())
    }
}

/// The elements of a list, a tuple or a map.
macro_rules! elements {
    ($($trait:ident $method:ident),*) => {$(
        impl ser::$trait for &mut Writer {
            type Ok = ();
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                value.serialize(&mut **self)
            }

            fn end(self) -> Result<(), Error> {
                Ok(())
            }
        }
    )*};
}

elements!(
    SerializeSeq serialize_element, SerializeTuple serialize_element, SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field
);

impl ser::SerializeMap for &mut Writer {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        key.serialize(&mut **self)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Error> {
        Ok(())
    }
}

/// Numbers, each as the given conversion to `u64`.
macro_rules! numbers {
    ($($method:ident $number:ty),*) => {$(
        fn $method(self, value: $number) -> Result<(), Error> {
            number(&mut self.tree, u64::from(value));
            Ok(())
        }
    )*};
}

macro_rules! signed {
    ($($method:ident $number:ty),*) => {$(
        fn $method(self, value: $number) -> Result<(), Error> {
            let value = i64::from(value);
            // The sign is the lowest bit, so that small negative numbers are short as well.
            number(&mut self.tree, ((value << 1) ^ (value >> 63)) as u64);
            Ok(())
        }
    )*};
}

impl<'a> ser::Serializer for &'a mut Writer {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Members<'a>;
    type SerializeStructVariant = Members<'a>;

    numbers!(serialize_bool bool, serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64, serialize_char char);
    signed!(serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64);

    fn is_human_readable(&self) -> bool {
        false
    }

    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        self.serialize_f64(f64::from(value))
    }

    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        self.tree.extend_from_slice(&value.to_bits().to_le_bytes());
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        self.string(value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Error> {
        number(&mut self.tree, value.len() as u64);
        self.tree.extend_from_slice(value);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.tree.push(0);
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        self.tree.push(1);
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, index: u32, _: &'static str) -> Result<(), Error> {
        self.serialize_u32(index)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        number(&mut self.tree, u64::from(index));
        value.serialize(self)
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Self, Error> {
        self.length(length)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Error> {
        Ok(self)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Error> {
        Ok(self)
    }

    fn serialize_tuple_variant(self, _: &'static str, index: u32, _: &'static str, _: usize) -> Result<Self, Error> {
        number(&mut self.tree, u64::from(index));
        Ok(self)
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Self, Error> {
        self.length(length)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members<'a>, Error> {
        Ok(self.members())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Members<'a>, Error> {
        number(&mut self.tree, u64::from(index));
        Ok(self.members())
    }
}
