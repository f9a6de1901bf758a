//! JSON with the text of its numbers, so that they can be compared to the last digit.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_yaml::Value;

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it is written.
    Number(String),
    /// A string.
    String(String),
    /// An array.
    List(Vec<Json>),
    /// An object. The order of its members means nothing.
    Object(BTreeMap<String, Json>),
}

impl Json {
    /// Reads JSON text.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        let text = text.trim();
        Ok(match text.as_bytes().first() {
            Some(b'{') => {
                let members: BTreeMap<String, &RawValue> = serde_json::from_str(text)?;
                let members = members.into_iter().map(|(name, raw)| Ok((name, Self::parse(raw.get())?)));
                Self::Object(members.collect::<Result<_, serde_json::Error>>()?)
            }
            Some(b'[') => {
                let elements: Vec<&RawValue> = serde_json::from_str(text)?;
                Self::List(elements.into_iter().map(|raw| Self::parse(raw.get())).collect::<Result<_, _>>()?)
            }
            Some(b'"') => Self::String(serde_json::from_str(text)?),
            Some(b't' | b'f') => Self::Bool(serde_json::from_str(text)?),
            Some(b'n') => serde_json::from_str(text).map(|()| Self::Null)?,
            _ => Self::Number(serde_json::from_str::<&RawValue>(text)?.get().to_owned()),
        })
    }

    /// Reads YAML text whose value is known apart from the digits of its numbers.
    pub fn of_yaml(text: &str, value: &Value) -> Result<Self, serde_yaml::Error> {
        Guided(value).deserialize(serde_yaml::Deserializer::from_str(text))
    }

    /// The object's member with this name.
    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.get(name),
            _ => None,
        }
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Number(text) => f.write_str(text),
            Self::String(text) => f.write_str(&quoted(text)),
            Self::List(elements) => {
                f.write_str("[")?;
                for (at, element) in elements.iter().enumerate() {
                    write!(f, "{}{element}", if at == 0 { "" } else { "," })?;
                }
                f.write_str("]")
            }
            Self::Object(members) => {
                f.write_str("{")?;
                for (at, (name, value)) in members.iter().enumerate() {
                    write!(f, "{}{}:{value}", if at == 0 { "" } else { "," }, quoted(name))?;
                }
                f.write_str("}")
            }
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string()
}

/// Whether two JSON numbers are the same decimal: `1.0` is `1`, `1e2` is `100`, and nothing is rounded.
pub fn same_number(a: &str, b: &str) -> bool {
    a == b || matches!((canonical(a), canonical(b)), (Some(a), Some(b)) if a == b)
}

/// Sign, digits without zeros at either end, and the power of ten they are multiplied by.
fn canonical(number: &str) -> Option<(bool, String, i64)> {
    let (negative, rest) = number.strip_prefix('-').map_or((false, number), |rest| (true, rest));
    let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
        None => (rest, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_end_matches('0');
    let zeros = i64::try_from(digits.len() - significant.len()).ok()?;
    let exponent = exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?.checked_add(zeros)?;
    match significant.trim_start_matches('0') {
        "" => Some((false, String::new(), 0)),
        significant => Some((negative, significant.to_owned(), exponent)),
    }
}

/// Reads YAML again, guided by a value that was read from it, and gets its numbers as text, since serde's data model
/// would round them.
struct Guided<'a>(&'a Value);

impl<'de> DeserializeSeed<'de> for Guided<'_> {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        match self.0 {
            Value::Number(_) => deserializer.deserialize_str(self),
            Value::Sequence(_) => deserializer.deserialize_seq(self),
            Value::Mapping(_) => deserializer.deserialize_map(self),
            value => {
                deserializer.deserialize_ignored_any(serde::de::IgnoredAny)?;
                Ok(match value {
                    Value::Bool(value) => Json::Bool(*value),
                    Value::String(text) => Json::String(text.clone()),
                    _ => Json::Null,
                })
            }
        }
    }
}

impl<'de> Visitor<'de> for Guided<'_> {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what was read there before")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Json, E> {
        // YAML writes some numbers as JSON does not: 0x1f, .5, 1_000.
        let is_json = matches!(text.as_bytes().first(), Some(b'-' | b'0'..=b'9'))
            && serde_json::from_str::<&RawValue>(text).is_ok();
        match self.0 {
            Value::Number(number) if !is_json => Ok(Json::Number(number.to_string())),
            _ => Ok(Json::Number(text.to_owned())),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json, A::Error> {
        let mut elements = Vec::new();
        for value in self.0.as_sequence().into_iter().flatten() {
            elements.extend(seq.next_element_seed(Guided(value))?);
        }
        // The end must be read too.
        match seq.next_element::<serde::de::IgnoredAny>()? {
            Some(_) => Err(A::Error::custom("the list is longer than before")),
            None => Ok(Json::List(elements)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut members = BTreeMap::new();
        while let Some(name) = map.next_key::<String>()? {
            let value = self.0.get(&name).ok_or_else(|| A::Error::custom(format!("`{name}` was not there before")))?;
            members.insert(name, map.next_value_seed(Guided(value))?);
        }
        Ok(Json::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digits_of_numbers_are_kept() {
        let yaml = "a: 1.10\nb: [-47.74104242992852, 100.00, .5]\n200: {c: ~, d: '1.0', e: true}\n";
        let mut value: Value = serde_yaml::from_str(yaml).unwrap();
        // The generator's reader makes every key a string.
        let inner = value.as_mapping_mut().unwrap().remove(Value::from(200)).unwrap();
        value.as_mapping_mut().unwrap().insert("200".into(), inner);
        let json = Json::of_yaml(yaml, &value).unwrap();
        let text = r#"{"200":{"c":null,"d":"1.0","e":true},"a":1.10,"b":[-47.74104242992852,100.00,0.5]}"#;
        assert_eq!(json.to_string(), text);
        assert_eq!(Json::parse(text).unwrap(), json);
    }

    #[test]
    fn numbers_are_the_same_as_decimals() {
        for (a, b) in [("1.0", "1"), ("100", "1e2"), ("0.10", "1E-1"), ("-0", "0.00"), ("1.5e3", "1500.0")] {
            assert!(same_number(a, b), "{a} {b}");
        }
        for (a, b) in [("1", "-1"), ("10", "1"), ("0.1", "0.10000000000000001"), ("1e400", "1e401")] {
            assert!(!same_number(a, b), "{a} {b}");
        }
    }
}
