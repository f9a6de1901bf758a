//! The forms in which the Python client takes values, by rules and the exceptions in its data.

use std::fmt;

use api_model::{Api, Kind, Type, TypeId};

use crate::snippets::client::Facts;
use crate::snippets::{names, words};

/// The form of a value. As text: `str`, `[Products]` for a list of that class, `{str}` for a dictionary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// Any value, without a class.
    Any,
    /// `str`.
    Text,
    /// `bool`.
    Bool,
    /// `int`.
    Int,
    /// `float`. An integer is refused.
    Float,
    /// `datetime.date`.
    Date,
    /// `datetime.datetime`.
    DateTime,
    /// A value that is not JSON, or of a class without a way to make it.
    Unusable,
    /// A list.
    List(Box<Form>),
    /// A dictionary.
    Map(Box<Form>),
    /// An object of a class of the client.
    Class(String),
}

impl Form {
    /// Reads the text form.
    pub fn parse(text: &str) -> Self {
        let inside = |open, close| text.strip_prefix(open).and_then(|rest: &str| rest.strip_suffix(close));
        match (text, inside('[', ']'), inside('{', '}')) {
            (_, Some(element), _) => Self::List(Box::new(Self::parse(element))),
            (_, _, Some(value)) => Self::Map(Box::new(Self::parse(value))),
            ("any", ..) => Self::Any,
            ("str", ..) => Self::Text,
            ("bool", ..) => Self::Bool,
            ("int", ..) => Self::Int,
            ("float", ..) => Self::Float,
            ("date", ..) => Self::Date,
            ("datetime", ..) => Self::DateTime,
            ("unusable", ..) => Self::Unusable,
            (class, ..) => Self::Class(class.to_owned()),
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("any"),
            Self::Text => f.write_str("str"),
            Self::Bool => f.write_str("bool"),
            Self::Int => f.write_str("int"),
            Self::Float => f.write_str("float"),
            Self::Date => f.write_str("date"),
            Self::DateTime => f.write_str("datetime"),
            Self::Unusable => f.write_str("unusable"),
            Self::List(element) => write!(f, "[{element}]"),
            Self::Map(value) => write!(f, "{{{value}}}"),
            Self::Class(class) => f.write_str(class),
        }
    }
}

/// The form of a property: by the data, else of its type.
pub fn property_form(api: &Api, facts: &Facts, owner: &TypeId, name: &str, ty: &Type) -> Form {
    match facts.forms.get(&format!("{owner}.{name}")) {
        Some(text) => Form::parse(text),
        None => form_of(api, facts, ty),
    }
}

/// The form of a type.
pub fn form_of(api: &Api, facts: &Facts, ty: &Type) -> Form {
    match ty {
        Type::String | Type::DecimalString => Form::Text,
        Type::Bool => Form::Bool,
        Type::Integer => Form::Int,
        Type::Float | Type::Decimal => Form::Float,
        Type::Date => Form::Date,
        Type::DateTime => Form::DateTime,
        Type::Json => Form::Any,
        Type::JsonObject => Form::Map(Box::new(Form::Any)),
        Type::List(element) => Form::List(Box::new(form_of(api, facts, element))),
        Type::Map(value) => Form::Map(Box::new(form_of(api, facts, value))),
        Type::Nullable(inner) => form_of(api, facts, inner),
        Type::Named(id) => match (class_name(api, facts, id), api.get(id).map(|def| &def.kind)) {
            (Some(class), _) => Form::Class(class),
            (None, Some(Kind::Alias(target))) => form_of(api, facts, target),
            (None, Some(Kind::Enum(_))) => Form::Text,
            (None, _) => Form::Any,
        },
    }
}

/// The class of a type. Enums without a name and other names of simple types have none, unless the data has one.
pub fn class_name(api: &Api, facts: &Facts, id: &TypeId) -> Option<String> {
    let rule = |id: &TypeId| words::pascal(&id.to_string().replace(['[', ']', '{', '}'], ""));
    if facts.classes.contains_key(&id.to_string()) {
        return names::class(facts, id, rule);
    }
    let has_class = match &api.get(id)?.kind {
        Kind::Enum(_) => id.name().is_some(),
        Kind::Alias(Type::List(_) | Type::Map(_) | Type::JsonObject) => true,
        Kind::Alias(Type::Named(target)) => api.object(target).is_some(),
        Kind::Alias(_) => false,
        Kind::Struct(_) | Kind::Union(_) => true,
    };
    has_class.then(|| rule(id))
}

/// A date as `date.fromisoformat` reads it.
pub(super) fn date(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let shape =
        bytes.len() == 10 && (0..10).all(|at| if at == 4 || at == 7 { bytes[at] == b'-' } else { is_digit(at) });
    let number = |from: usize, to: usize| text.get(from..to).and_then(|digits| digits.parse::<u32>().ok());
    let is_date = shape
        && number(0, 4).is_some_and(|year| year > 0)
        && number(5, 7).is_some_and(|month| (1..=12).contains(&month))
        && number(8, 10).is_some_and(|day| (1..=31).contains(&day));
    is_date.then(|| text.to_owned())
}

/// A date and time with its offset as `datetime.fromisoformat` reads it in all versions of Python: with seconds, a fraction
/// of six digits if there is one, and an offset in numbers. Returns `None` if the fraction has more digits.
pub(super) fn date_time(text: &str) -> Option<String> {
    let (day, time) = (text.get(..10)?, text.get(11..)?);
    date(day)?;
    if !matches!(text.as_bytes().get(10), Some(b'T' | b't' | b' ')) {
        return None;
    }
    let offset_at = time.find(['Z', 'z', '+', '-'])?;
    let (time, offset) = time.split_at(offset_at);
    let offset = if offset.eq_ignore_ascii_case("z") { "+00:00" } else { offset };
    let is_offset = offset.len() == 6 && offset.as_bytes()[3] == b':';
    let (seconds, fraction) = time.split_once('.').unwrap_or((time, ""));
    let is_time = seconds.len() == 8 && seconds.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    let fraction = match fraction.len() {
        0 => String::new(),
        1..=6 => format!(".{fraction:0<6}"),
        _ => return None,
    };
    (is_offset && is_time).then(|| format!("{day}T{seconds}{fraction}{offset}"))
}

#[cfg(test)]
mod tests {
    use super::{Form, date, date_time};

    #[test]
    fn forms_are_written_as_they_are_read() {
        for text in
            ["any", "str", "bool", "int", "float", "date", "datetime", "unusable", "[Pet]", "{any}", "[{[Pet]}]"]
        {
            assert_eq!(Form::parse(text).to_string(), text);
        }
    }

    #[test]
    fn times_are_in_the_form_that_every_python_reads() {
        assert_eq!(date_time("2024-02-01T10:00:00Z").as_deref(), Some("2024-02-01T10:00:00+00:00"));
        assert_eq!(date_time("2024-02-01T10:00:00.5-08:00").as_deref(), Some("2024-02-01T10:00:00.500000-08:00"));
        for text in ["2024-02-01T10:00:00.1234567Z", "2024-02-01", "10:00", "2024-02-01T10:00:00", "é", "2024-13-01T1"]
        {
            assert_eq!(date_time(text), None, "{text}");
        }
        assert_eq!(date("2024-02-30x"), None);
        assert_eq!(date("0000-01-01"), None);
        assert_eq!(date("2024-02-29").as_deref(), Some("2024-02-29"));
    }
}
