//! What a typed client declares: the arguments of its methods and the properties of its classes, with their types. In data
//! files, each is a short text.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The type of a value in a client. In data: `string`, `[T]` for a list, `(T)` for a set, `{T}` for a map from strings;
/// a name with a capital is a class or an enum of the client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum ValueType {
    /// Text.
    String,
    /// `true` or `false`.
    Bool,
    /// A whole number of 32 bits.
    Int,
    /// A whole number of 64 bits.
    Long,
    /// A number of 32 bits.
    Float,
    /// A number of 64 bits.
    Double,
    /// A number that keeps its digits.
    Decimal,
    /// A date.
    Date,
    /// A date and time.
    DateTime,
    /// An address of the web.
    Uri,
    /// A UUID.
    Uuid,
    /// An open file.
    File,
    /// Any JSON.
    Any,
    /// A list.
    List(Box<ValueType>),
    /// A list without equal elements.
    Set(Box<ValueType>),
    /// A map from strings.
    Map(Box<ValueType>),
    /// A class or an enum.
    Class(String),
}

/// The types with names of their own.
const NAMED: [(&str, ValueType); 13] = [
    ("string", ValueType::String),
    ("bool", ValueType::Bool),
    ("int", ValueType::Int),
    ("long", ValueType::Long),
    ("float", ValueType::Float),
    ("double", ValueType::Double),
    ("decimal", ValueType::Decimal),
    ("date", ValueType::Date),
    ("date-time", ValueType::DateTime),
    ("uri", ValueType::Uri),
    ("uuid", ValueType::Uuid),
    ("file", ValueType::File),
    ("any", ValueType::Any),
];

impl TryFrom<String> for ValueType {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let inside = |open: char, close: char| text.strip_prefix(open)?.strip_suffix(close);
        let parse = |text: &str| Self::try_from(text.to_owned()).map(Box::new);
        if let Some((_, ty)) = NAMED.into_iter().find(|(name, _)| *name == text) {
            return Ok(ty);
        }
        match (inside('[', ']'), inside('(', ')'), inside('{', '}')) {
            (Some(element), _, _) => return parse(element).map(Self::List),
            (_, Some(element), _) => return parse(element).map(Self::Set),
            (_, _, Some(value)) => return parse(value).map(Self::Map),
            _ => {}
        }
        let is_class = text.starts_with(|first: char| first.is_ascii_uppercase())
            && text.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.'));
        if is_class { Ok(Self::Class(text)) } else { Err(format!("`{text}` is not a type")) }
    }
}

impl From<ValueType> for String {
    fn from(ty: ValueType) -> Self {
        ty.to_string()
    }
}

impl fmt::Display for ValueType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::List(element) => write!(f, "[{element}]"),
            Self::Set(element) => write!(f, "({element})"),
            Self::Map(value) => write!(f, "{{{value}}}"),
            Self::Class(name) => f.write_str(name),
            named => f.write_str(NAMED.iter().find(|(_, ty)| ty == named).map_or("", |(name, _)| name)),
        }
    }
}

/// A property of a class. In data: `!string? = Name`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Property {
    /// Its type.
    pub ty: ValueType,
    /// Its name in the client, if it differs from the rule.
    pub name: Option<String>,
    /// Whether the constructor takes it (`!`).
    pub is_argument: bool,
    /// Whether it can be sent as `null` (`?`).
    pub nullable: bool,
}

impl TryFrom<String> for Property {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let (ty, name) = match text.split_once(" = ") {
            Some((ty, name)) => (ty, Some(name.to_owned())),
            None => (text.as_str(), None),
        };
        let (ty, is_argument) = ty.strip_prefix('!').map_or((ty, false), |ty| (ty, true));
        let (ty, nullable) = ty.strip_suffix('?').map_or((ty, false), |ty| (ty, true));
        Ok(Self { ty: ty.to_owned().try_into()?, name, is_argument, nullable })
    }
}

impl From<Property> for String {
    fn from(property: Property) -> Self {
        let mark = |is_set: bool, mark: &'static str| if is_set { mark } else { "" };
        let name = property.name.map_or_else(Self::new, |name| format!(" = {name}"));
        format!("{}{}{}{name}", mark(property.is_argument, "!"), property.ty, mark(property.nullable, "?"))
    }
}

/// An argument of a method. In data: `body Pet`, `path petId string`, `header X-Tag string Tag`; the name of a setter is
/// the last word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Argument {
    /// Where its value is sent.
    pub place: Place,
    /// Its type.
    pub ty: ValueType,
    /// The name of its setter or option, if it is not the last argument's type.
    pub setter: Option<String>,
}

/// Where the value of an argument is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// It is the body.
    Body,
    /// It is the parameter of this name, in the path.
    Path(String),
    /// It is the parameter of this name, in the query.
    Query(String),
    /// It is the parameter of this name, in a header.
    Header(String),
}

impl TryFrom<String> for Argument {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let mut words = text.split(' ');
        let place: fn(String) -> Place = match words.next() {
            Some("body") => |_| Place::Body,
            Some("path") => Place::Path,
            Some("query") => Place::Query,
            Some("header") => Place::Header,
            _ => return Err(format!("`{text}` does not begin with body, path, query or header")),
        };
        let is_body = text.starts_with("body ");
        let name = if is_body { Some("") } else { words.next() };
        let (Some(name), Some(ty)) = (name, words.next()) else {
            return Err(format!("`{text}` has no type"));
        };
        let setter = words.next().map(ToOwned::to_owned);
        if words.next().is_some() {
            return Err(format!("`{text}` has too many words"));
        }
        Ok(Self { place: place(name.to_owned()), ty: ty.to_owned().try_into()?, setter })
    }
}

impl From<Argument> for String {
    fn from(argument: Argument) -> Self {
        let place = match argument.place {
            Place::Body => "body".to_owned(),
            Place::Path(name) => format!("path {name}"),
            Place::Query(name) => format!("query {name}"),
            Place::Header(name) => format!("header {name}"),
        };
        let setter = argument.setter.map_or_else(Self::new, |setter| format!(" {setter}"));
        format!("{place} {}{setter}", argument.ty)
    }
}

#[cfg(test)]
mod tests {
    use super::{Argument, Place, Property, ValueType};

    #[test]
    fn texts_are_read_and_written() {
        for text in ["string", "date-time", "[Pet]", "{[double]}", "(Pet.Kind)"] {
            assert_eq!(ValueType::try_from(text.to_owned()).expect("a type").to_string(), text);
        }
        for text in ["!string", "Pet?", "!{any}? = UPPER_NAME"] {
            assert_eq!(String::from(Property::try_from(text.to_owned()).expect("a property")), text);
        }
        for text in ["body Pet", "body {any} RequestBody", "path petId string", "header X-Tag bool Tag"] {
            assert_eq!(String::from(Argument::try_from(text.to_owned()).expect("an argument")), text);
        }
        let argument = Argument::try_from("query limit int".to_owned()).expect("an argument");
        assert_eq!(argument.place, Place::Query("limit".to_owned()));
    }

    #[test]
    fn mistakes_are_named() {
        for (text, expected) in [("strin", "`strin` is not a type"), ("[Pet", "`[Pet` is not a type")] {
            assert_eq!(ValueType::try_from(text.to_owned()), Err(expected.to_owned()));
        }
        for (text, expected) in [
            ("cookie a string", "does not begin with"),
            ("path petId", "has no type"),
            ("body Pet Setter more", "too many words"),
        ] {
            let error = Argument::try_from(text.to_owned()).expect_err("a mistake");
            assert!(error.contains(expected), "{error}");
        }
    }
}
