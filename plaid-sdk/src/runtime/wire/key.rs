//! Reading the key of an object as the field that it names.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, Visitor};

use super::record_info::RecordInfo;

/// Reads a key as the index of a field.
pub(super) struct Key(pub(super) &'static RecordInfo);

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
