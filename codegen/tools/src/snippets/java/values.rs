//! Values of a request in Java.

use api_model::Sample;

use super::{INDENT, PARENTHESES, quoted};
use crate::snippets::built::{Member, Value};
use crate::snippets::client::ValueType;
use crate::snippets::code::{self, is_rounded};
use crate::snippets::{Class, Doc, words};

/// The type of a variable.
pub fn ty(ty: &ValueType) -> Doc {
    match ty {
        ValueType::List(element) => generic("List", vec![self::ty(element)]),
        ValueType::Set(element) => generic("LinkedHashSet", vec![self::ty(element)]),
        ValueType::Map(value) => generic("Map", vec![Class::Type.text("String"), self::ty(value)]),
        ValueType::Class(name) => class(name),
        ValueType::String => Class::Type.text("String"),
        ValueType::Bool => Class::Type.text("Boolean"),
        ValueType::Int => Class::Type.text("Integer"),
        ValueType::Long => Class::Type.text("Long"),
        ValueType::Float => Class::Type.text("Float"),
        ValueType::Double => Class::Type.text("Double"),
        ValueType::Decimal => Class::Type.text("BigDecimal"),
        ValueType::Date => Class::Type.text("LocalDate"),
        ValueType::DateTime => Class::Type.text("OffsetDateTime"),
        ValueType::Uri => Class::Type.text("URI"),
        ValueType::Uuid => Class::Type.text("UUID"),
        ValueType::Any | ValueType::File => Class::Type.text("Object"),
    }
}

fn generic(name: &'static str, arguments: Vec<Doc>) -> Doc {
    Class::Type.text(name).append("<").append(Doc::intersperse(arguments, ", ")).append(">")
}

/// The name of a class, which may be inside another.
fn class(name: &str) -> Doc {
    Doc::intersperse(name.split('.').map(|part| Class::Type.text(part.to_owned())), ".")
}

/// The value of a variable. The setters of an object are on a line each: they are not in a group, so all breaks are taken.
pub fn statement(value: &Value<'_>) -> Doc {
    match value {
        Value::Object { class, members } if !members.is_empty() => chain(class, members),
        value => expression(value),
    }
}

/// A value.
pub fn expression(value: &Value<'_>) -> Doc {
    match value {
        Value::Null => Class::Literal.text("null"),
        Value::Variable(name) => call(class("System"), "getenv", vec![string(name)]),
        Value::Bool(value) => Class::Literal.text(value.to_string()),
        Value::Scalar(ty, text) => scalar(ty, text),
        Value::Moment(_, text) => call(class("OffsetDateTime"), "parse", vec![string(text)]),
        Value::Constant { class: of, name } => class(of).append(".").append(Class::Type.text(name.clone())),
        Value::Object { class, members } => chain(class, members).group(),
        Value::List(_, all) => call(class("List"), "of", all.iter().map(expression).collect()),
        Value::Set(_, all) => {
            let list = call(class("List"), "of", all.iter().map(expression).collect());
            let new = Class::Keyword.text("new").append(" ").append(Class::Function.text("LinkedHashSet"));
            new.append("<>(").append(list).append(")")
        }
        Value::Map(_, all) => map(all.iter().map(|(key, value)| (*key, expression(value))).collect()),
        Value::Any(sample) => any(sample),
    }
}

fn scalar(ty: &ValueType, text: &str) -> Doc {
    let literal = |text: String| Class::Literal.text(text);
    match ty {
        ValueType::Int => literal(text.to_owned()),
        ValueType::Long => literal(format!("{text}L")),
        ValueType::Float => literal(format!("{text}f")),
        ValueType::Double if text.contains(['.', 'e', 'E']) => literal(text.to_owned()),
        ValueType::Double => literal(format!("{text}.0")),
        ValueType::Decimal => decimal(text),
        ValueType::Date => call(class("LocalDate"), "parse", vec![string(text)]),
        ValueType::Uri => call(class("URI"), "create", vec![string(text)]),
        ValueType::Uuid => call(class("UUID"), "fromString", vec![string(text)]),
        _ => string(text),
    }
}

fn decimal(digits: &str) -> Doc {
    let new = Class::Keyword.text("new").append(" ").append(Class::Function.text("BigDecimal"));
    new.append("(").append(string(digits)).append(")")
}

fn string(text: &str) -> Doc {
    Class::String.text(quoted(text))
}

fn call(of: Doc, method: &'static str, arguments: Vec<Doc>) -> Doc {
    of.append(".").append(Class::Function.text(method)).append(code::hugged(PARENTHESES, arguments))
}

/// An object: its constructor with setters, which are on a line each if they don't fit.
fn chain(class: &str, members: &[Member<'_>]) -> Doc {
    let new = Class::Keyword.text("new").append(" ").append(Class::Function.text(class.to_owned())).append("()");
    let setters = members.iter().map(|member| {
        let name = member.property.name.clone().unwrap_or_else(|| words::camel(member.wire));
        let setter = Doc::line_().append(".").append(Class::Function.text(name));
        setter.append("(").append(expression(&member.value)).append(")")
    });
    new.append(Doc::concat(setters).nest(2 * INDENT))
}

fn map(entries: Vec<(&str, Doc)>) -> Doc {
    // `Map.of` takes at most ten entries.
    if entries.len() <= 10 {
        let entries = entries.into_iter().map(|(key, value)| string(key).append(", ").append(value));
        return call(class("Map"), "of", entries.collect());
    }
    let entry = |(key, value)| call(class("Map"), "entry", vec![string(key), value]);
    call(class("Map"), "ofEntries", entries.into_iter().map(entry).collect())
}

/// Free JSON.
fn any(sample: &Sample) -> Doc {
    match sample {
        Sample::Null => Class::Literal.text("null"),
        Sample::Bool(value) => Class::Literal.text(value.to_string()),
        Sample::Number(digits) => match digits.parse::<i64>() {
            Ok(whole) if i32::try_from(whole).is_ok() => Class::Literal.text(digits.clone()),
            Ok(_) => Class::Literal.text(format!("{digits}L")),
            Err(_) if is_rounded(digits) => decimal(digits),
            Err(_) => scalar(&ValueType::Double, digits),
        },
        Sample::Text(text) => string(text),
        // `List.of` refuses null.
        Sample::List(all) if all.contains(&Sample::Null) => {
            call(class("Arrays"), "asList", all.iter().map(any).collect())
        }
        Sample::List(all) => call(class("List"), "of", all.iter().map(any).collect()),
        Sample::Object(all) => map(all.iter().map(|(key, value)| (key.as_str(), any(value))).collect()),
    }
}
