//! Samples as JSON text and JSON text as samples, with the order of properties and the digits of numbers.

use std::fmt;

use api_model::Sample;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// How deep lists and objects may be nested in a text that is read.
const MAX_DEPTH: usize = 128;

/// Reads JSON text. Of a property that is there twice, both are kept.
///
/// # Errors
/// A text that is not JSON, or that is nested deeper than 128 lists and objects.
pub fn parse(text: &str) -> Result<Sample, serde_json::Error> {
    value(serde_json::from_str(text)?, MAX_DEPTH)
}

fn value(raw: &RawValue, depth: usize) -> Result<Sample, serde_json::Error> {
    let text = raw.get();
    let inner = || depth.checked_sub(1).ok_or_else(|| serde::de::Error::custom("the text is nested too deeply"));
    Ok(match text.as_bytes().first() {
        Some(b'{') => {
            let inner = inner()?;
            let members = members(text)?.into_iter().map(|(name, raw)| Ok((name, value(raw, inner)?)));
            Sample::Object(members.collect::<Result<_, serde_json::Error>>()?)
        }
        Some(b'[') => {
            let inner = inner()?;
            let elements: Vec<&RawValue> = serde_json::from_str(text)?;
            Sample::List(elements.into_iter().map(|raw| value(raw, inner)).collect::<Result<_, _>>()?)
        }
        Some(b'"') => Sample::Text(serde_json::from_str(text)?),
        Some(b'n') => Sample::Null,
        Some(b't' | b'f') => Sample::Bool(serde_json::from_str(text)?),
        _ => Sample::Number(text.to_owned()),
    })
}

/// The members of an object in JSON text, in its order, each with the text of its value. A property that is there twice is
/// two members.
///
/// # Errors
/// A text that is not a JSON object.
pub fn members(text: &str) -> Result<Vec<(String, &RawValue)>, serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let Members(members) = reader.deserialize_map(MembersVisitor)?;
    reader.end()?;
    Ok(members)
}

struct Members<'a>(Vec<(String, &'a RawValue)>);

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}

/// A sample as JSON, on one line.
pub fn json(sample: &Sample) -> String {
    let mut text = String::new();
    write(sample, None, &mut text);
    text
}

/// A sample as JSON, with a line for each member, indented by two spaces.
pub fn pretty_json(sample: &Sample) -> String {
    let mut text = String::new();
    write(sample, Some(0), &mut text);
    text
}

fn write(sample: &Sample, depth: Option<usize>, text: &mut String) {
    match sample {
        Sample::Null => text.push_str("null"),
        Sample::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Sample::Number(digits) => text.push_str(digits),
        Sample::Text(value) => text.push_str(&quoted(value)),
        Sample::List(all) => bracketed(('[', ']'), all, depth, text, write),
        Sample::Object(all) => bracketed(('{', '}'), all, depth, text, |(name, sample), depth, text| {
            text.push_str(&quoted(name));
            text.push_str(if depth.is_some() { ": " } else { ":" });
            write(sample, depth, text);
        }),
    }
}

fn bracketed<T>(
    brackets: (char, char),
    all: &[T],
    depth: Option<usize>,
    text: &mut String,
    member: impl Fn(&T, Option<usize>, &mut String),
) {
    let line = |depth: Option<usize>, text: &mut String| {
        if let Some(depth) = depth {
            text.push('\n');
            text.push_str(&"  ".repeat(depth));
        }
    };
    let inner = depth.map(|depth| depth + 1);
    text.push(brackets.0);
    for (index, one) in all.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        line(inner, text);
        member(one, inner, text);
    }
    if !all.is_empty() {
        line(depth, text);
    }
    text.push(brackets.1);
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::{json, parse, pretty_json};
    use api_model::Sample;

    #[test]
    fn digits_and_order_stay() {
        let sample = Sample::Object(vec![
            ("b".to_owned(), Sample::Number("110.10".to_owned())),
            ("a".to_owned(), Sample::List(vec![Sample::Text("\"\u{1}é".to_owned()), Sample::Null])),
            ("c".to_owned(), Sample::Object(Vec::new())),
        ]);
        assert_eq!(json(&sample), "{\"b\":110.10,\"a\":[\"\\\"\\u0001é\",null],\"c\":{}}");
        let wanted = "{\n  \"b\": 110.10,\n  \"a\": [\n    \"\\\"\\u0001é\",\n    null\n  ],\n  \"c\": {}\n}";
        assert_eq!(pretty_json(&sample), wanted);
        assert_eq!(parse(wanted).ok(), Some(sample));
    }

    #[test]
    fn what_is_not_json_is_an_error() {
        for text in ["", "{", "[1,]", "{\"a\":01}", "\u{feff}{}", "nul", "{} {}", &"[".repeat(10_000)] {
            assert!(parse(text).is_err(), "{text:.20}");
        }
        let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(parse(&deep(128)).is_ok());
        assert!(parse(&deep(129)).is_err());
        assert!(parse(&deep(100_000)).is_err());
    }
}
