//! Reads a body against the classes of a client.

use std::collections::BTreeMap;

use api_model::Sample;

use super::{Member, Moment, Value};
use crate::calendar::Day;
use crate::snippets::client::{Facts, Property, ValueType};
use crate::snippets::code::{is_rounded, significant_digits};

/// The properties with credentials that constructors take, each with its environment variable.
pub type Credentials = BTreeMap<String, String>;

/// What differs between languages.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// The name of a constant, from the enum's and the value.
    pub constant: fn(&str, &str) -> String,
    /// Whether the client leaves out properties that are `null`.
    pub omits_null: bool,
    /// Whether the client removes `null` from lists.
    pub compacts: bool,
}

/// The value as the client builds it. The paths of numbers whose digits it doesn't keep are added to `rounded`.
///
/// # Errors
/// A value that the client can't send: its path, and why.
pub fn read<'a>(
    facts: &'a Facts,
    rules: Rules,
    credentials: &'a Credentials,
    ty: &'a ValueType,
    sample: &'a Sample,
    rounded: &mut Vec<String>,
) -> Result<Value<'a>, String> {
    let mut reader = Reader { facts, rules, credentials, path: Vec::new(), rounded };
    reader.value(ty, sample)
}

struct Reader<'a, 'r> {
    facts: &'a Facts,
    rules: Rules,
    credentials: &'a Credentials,
    /// The properties and indices from the body to the value that is read.
    path: Vec<String>,
    rounded: &'r mut Vec<String>,
}

impl<'a> Reader<'a, '_> {
    fn value(&mut self, ty: &'a ValueType, sample: &'a Sample) -> Result<Value<'a>, String> {
        match (ty, sample) {
            (ValueType::Any, _) => {
                self.any(sample)?;
                Ok(Value::Any(sample))
            }
            (ValueType::Class(name), _) => self.class(name, sample),
            (ValueType::Bool, Sample::Bool(value)) => Ok(Value::Bool(*value)),
            (ValueType::DateTime, Sample::Text(text)) => match Moment::parse(text) {
                Some(moment) => Ok(Value::Moment(moment, text)),
                None => Err(self.problem("is not a date and time with an offset")),
            },
            (ValueType::String, Sample::Text(text)) => Ok(Value::Scalar(ty, text)),
            (ValueType::Date, Sample::Text(text)) if Day::parse(text).is_some() => Ok(Value::Scalar(ty, text)),
            (ValueType::Uuid, Sample::Text(text)) if is_uuid(text) => Ok(Value::Scalar(ty, text)),
            (ValueType::Uri, Sample::Text(text)) if is_uri(text) => Ok(Value::Scalar(ty, text)),
            (ValueType::Int | ValueType::Long, Sample::Number(digits)) => {
                let whole = digits.parse::<i64>().ok();
                match whole.filter(|whole| *ty == ValueType::Long || i32::try_from(*whole).is_ok()) {
                    Some(_) => Ok(Value::Scalar(ty, digits)),
                    None => Err(self.problem("is not a whole number of the client's range")),
                }
            }
            (ValueType::Float | ValueType::Double | ValueType::Decimal, Sample::Number(digits)) => {
                let most = if *ty == ValueType::Float { 7 } else { 15 };
                if *ty != ValueType::Decimal && (significant_digits(digits) > most || is_rounded(digits)) {
                    self.rounded.push(self.place());
                }
                Ok(Value::Scalar(ty, digits))
            }
            (ValueType::List(element), Sample::List(all)) => Ok(Value::List(element, self.elements(element, all)?)),
            (ValueType::Set(element), Sample::List(all)) => Ok(Value::Set(element, self.elements(element, all)?)),
            (ValueType::Map(of), Sample::Object(all)) => {
                let entries = all.iter().map(|(key, value)| {
                    Ok((key.as_str(), self.inside(key.clone(), |reader| reader.value(of, value))?))
                });
                Ok(Value::Map(of, entries.collect::<Result<_, String>>()?))
            }
            (ValueType::File, _) => Err(self.problem("is an open file in the client")),
            (_, Sample::Null) => Err(self.problem("is null")),
            _ => Err(self.problem(&format!("is not of the client's type `{ty}`"))),
        }
    }

    fn class(&mut self, name: &'a str, sample: &'a Sample) -> Result<Value<'a>, String> {
        if let Some(constants) = self.facts.enums.get(name) {
            let Sample::Text(text) = sample else { return Err(self.problem("is not a string")) };
            return match constants.get(text) {
                Some(constant) if constant.is_empty() => {
                    Ok(Value::Constant { class: name, name: (self.rules.constant)(name, text) })
                }
                Some(constant) => Ok(Value::Constant { class: name, name: constant.clone() }),
                None => Err(self.problem("is a value unknown to the client")),
            };
        }
        let Some(properties) = self.facts.objects.get(name) else {
            return Err(self.problem(&format!("has the type `{name}`, which the client lacks")));
        };
        let Sample::Object(all) = sample else {
            return Err(self.problem(&format!("is not an object, and in the client it is the class `{name}`")));
        };
        let mut members = Vec::with_capacity(all.len());
        for (wire, property) in properties.iter().filter(|(_, property)| property.is_argument) {
            let Some(value) = sample.get(wire) else {
                // The client sends the caller's credentials, and some constructors want them nevertheless.
                if let Some(variable) = self.credentials.get(wire).filter(|_| self.path.is_empty()) {
                    members.push(Member { wire, property, value: Value::Variable(variable) });
                    continue;
                }
                return Err(
                    self.inside(wire.clone(), |reader| reader.problem("is missing, and the client sends it always"))
                );
            };
            members.push(self.member(wire, property, value)?);
        }
        for (wire, value) in all {
            match properties.get_key_value(wire) {
                Some((_, property)) if property.is_argument => {}
                Some((wire, property)) => members.push(self.member(wire, property, value)?),
                None => {
                    let problem = |reader: &mut Self| reader.problem("is unknown to the client");
                    return Err(self.inside(wire.clone(), problem));
                }
            }
        }
        Ok(Value::Object { class: name, members })
    }

    fn member(&mut self, wire: &'a str, property: &'a Property, value: &'a Sample) -> Result<Member<'a>, String> {
        let value = self.inside(wire.to_owned(), |reader| match value {
            Sample::Null if property.nullable && !reader.rules.omits_null => Ok(Value::Null),
            Sample::Null => Err(reader.problem("is null")),
            value => reader.value(&property.ty, value),
        })?;
        Ok(Member { wire, property, value })
    }

    fn elements(&mut self, ty: &'a ValueType, all: &'a [Sample]) -> Result<Vec<Value<'a>>, String> {
        let element = |(index, value)| self.inside(format!("[{index}]"), |reader| reader.value(ty, value));
        all.iter().enumerate().map(element).collect()
    }

    /// Looks for what free JSON can't be sent as.
    fn any(&mut self, sample: &Sample) -> Result<(), String> {
        match sample {
            Sample::List(all) => {
                if self.rules.compacts && all.contains(&Sample::Null) {
                    return Err(self.problem("is a list with null, which the client removes"));
                }
                for (index, value) in all.iter().enumerate() {
                    self.inside(format!("[{index}]"), |reader| reader.any(value))?;
                }
                Ok(())
            }
            Sample::Object(all) => {
                for (key, value) in all {
                    self.inside(key.clone(), |reader| match value {
                        Sample::Null if reader.rules.omits_null => Err(reader.problem("is null")),
                        value => reader.any(value),
                    })?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn inside<T>(&mut self, step: String, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(step);
        let read = read(self);
        self.path.pop();
        read
    }

    fn place(&self) -> String {
        let mut place = String::new();
        for step in &self.path {
            if !place.is_empty() && !step.starts_with('[') {
                place.push('.');
            }
            place.push_str(step);
        }
        place
    }

    fn problem(&self, problem: &str) -> String {
        match self.place().as_str() {
            "" => format!("the body {problem}"),
            place => format!("`{place}` {problem}"),
        }
    }
}

/// Whether a text is a UUID in the form that is sent: small letters.
fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte),
        })
}

/// Whether a text is an address that is sent as it is: only characters that a URI may contain.
fn is_uri(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=".contains(&byte);
    !text.is_empty() && text.bytes().all(is_allowed)
}
