//! Finds one property of a JSON object without reading the rest into memory.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// The value of a property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Member {
    /// The property is absent, or the document is not an object.
    Absent,
    /// `null`.
    Null,
    /// A string.
    Text(String),
    /// Anything else.
    Other,
}

/// Finds a property of the top-level object of a document, which may be truncated or malformed after it.
pub(crate) fn find(json: &[u8], name: &str) -> Member {
    let mut found = Member::Absent;
    // An error after the property does not discard it.
    let _ = serde_json::Deserializer::from_slice(json).deserialize_map(Search { name, found: &mut found });
    found
}

struct Search<'a> {
    name: &'a str,
    found: &'a mut Member,
}

impl<'de> Visitor<'de> for Search<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == self.name {
                *self.found = map.next_value_seed(Value)?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

struct Value;

impl<'de> DeserializeSeed<'de> for Value {
    type Value = Member;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Member, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value {
    type Value = Member;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Member, E> {
        Ok(Member::Text(text.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Member, E> {
        Ok(Member::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Member, E> {
        Ok(Member::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Member, E> {
        Ok(Member::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Member, E> {
        Ok(Member::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Member, E> {
        Ok(Member::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Member, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Member::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Member, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Member::Other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_value_is_told_apart() {
        let found = |json: &str| find(json.as_bytes(), "key");
        assert_eq!(found(r#"{"a": {"key": "no"}, "key": "yes"}"#), Member::Text("yes".to_owned()));
        assert_eq!(found(r#"{"key": "yes", "a": [1, "#), Member::Text("yes".to_owned()));
        assert_eq!(found(r#"{"key": null}"#), Member::Null);
        for other in ["7", "-7", "7.5", "true", "[1, {}]", r#"{"a": [1]}"#] {
            assert_eq!(found(&format!(r#"{{"key": {other}}}"#)), Member::Other, "{other}");
        }
        for none in ["", "{}", "[]", "<html>", r#""key""#] {
            assert_eq!(found(none), Member::Absent, "{none}");
        }
    }
}
