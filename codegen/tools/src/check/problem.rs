//! What can be wrong with a body.

use std::fmt;

use api_model::Literal;
use serde::Serialize;
use serde_json::Number;

use super::policy::{Rule, Severity};

/// Something that is wrong with a body. It contains names of properties, but no values of the body, so it can be logged.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Problem {
    /// The code.
    pub code: Code,
    /// How bad it is, by the policy.
    pub severity: Severity,
    /// The property or element: `user.name.given_name`, `accounts[2].id`. Empty for the whole body.
    pub path: String,
    /// Where it is in the text. For a missing property, this is where the object starts.
    pub position: Position,
    /// What is wrong.
    #[serde(flatten)]
    pub kind: Kind,
}

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// The line, counted from 1.
    pub line: usize,
    /// The character in the line, counted from 1.
    pub column: usize,
    /// The byte in the text, counted from 0.
    pub offset: usize,
}

/// What a problem is about, in four words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Code {
    /// The body can't be read.
    InvalidBody,
    /// A required property is missing.
    MissingFields,
    /// A property is unknown.
    UnknownFields,
    /// A property has a wrong value.
    InvalidField,
}

impl Code {
    /// The code as text: `MISSING_FIELDS`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvalidBody => "INVALID_BODY",
            Self::MissingFields => "MISSING_FIELDS",
            Self::UnknownFields => "UNKNOWN_FIELDS",
            Self::InvalidField => "INVALID_FIELD",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A type of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum JsonType {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// A number.
    Number,
    /// A string.
    String,
    /// A list.
    Array,
    /// An object.
    Object,
}

impl JsonType {
    /// Its name in JSON Schema.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

/// What is wrong, with the facts that a message needs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// A body is required.
    Empty,
    /// There is a body where none is expected.
    Unexpected,
    /// The body is not UTF-8.
    NotUtf8,
    /// The body begins with a byte order mark.
    ByteOrderMark,
    /// The body is not JSON.
    NotJson {
        /// What would be right at this place.
        expected: &'static str,
    },
    /// The body ends too early.
    CutOff {
        /// What would be right at its end.
        expected: &'static str,
    },
    /// Lists and objects are nested too deeply. What is inside is not checked.
    TooDeep {
        /// How deep they may be.
        most: usize,
    },
    /// A string has half of a surrogate pair, which is not a character.
    LoneSurrogate,
    /// An object has a property twice.
    Duplicate,
    /// A required property is missing.
    Missing,
    /// A property is unknown.
    Unknown {
        /// The known property that is most likely meant.
        nearest: Option<String>,
    },
    /// A value has another JSON type.
    Type {
        /// The types that it may have.
        expected: Vec<JsonType>,
        /// The type that it has.
        found: JsonType,
    },
    /// A value is not one of the listed ones.
    Value {
        /// The listed ones.
        allowed: Vec<Literal>,
        /// The one that is most likely meant.
        nearest: Option<String>,
    },
    /// A number is too small.
    TooSmall {
        /// The limit.
        minimum: Number,
        /// Whether the limit itself is too small.
        exclusive: bool,
    },
    /// A number is too large.
    TooLarge {
        /// The limit.
        maximum: Number,
        /// Whether the limit itself is too large.
        exclusive: bool,
    },
    /// A number is not a multiple of another.
    NotMultiple {
        /// The other.
        of: Number,
    },
    /// A string has too few characters.
    TooShort {
        /// The fewest.
        min_length: usize,
        /// How many it has.
        length: usize,
    },
    /// A string has too many characters.
    TooLong {
        /// The most.
        max_length: usize,
        /// How many it has.
        length: usize,
    },
    /// A list has too few elements.
    TooFewItems {
        /// The fewest.
        min_items: usize,
        /// How many it has.
        length: usize,
    },
    /// A list has too many elements.
    TooManyItems {
        /// The most.
        max_items: usize,
        /// How many it has.
        length: usize,
    },
    /// A list has an element twice.
    RepeatedItem,
    /// An object has too few properties.
    TooFewProperties {
        /// The fewest.
        min_properties: usize,
        /// How many it has.
        length: usize,
    },
    /// An object has too many properties.
    TooManyProperties {
        /// The most.
        max_properties: usize,
        /// How many it has.
        length: usize,
    },
    /// A string does not match a pattern.
    Pattern {
        /// The pattern.
        pattern: String,
    },
    /// A string does not have a format.
    Format {
        /// The format's name: `date`, `date-time`, `email`.
        format: &'static str,
    },
    /// A date and time has no zone.
    WithoutZone,
    /// A string is not a decimal number.
    NotDecimal,
}

impl Kind {
    /// The code of such a problem.
    pub fn code(&self) -> Code {
        match self {
            Self::Empty
            | Self::Unexpected
            | Self::NotUtf8
            | Self::ByteOrderMark
            | Self::NotJson { .. }
            | Self::CutOff { .. }
            | Self::TooDeep { .. }
            | Self::LoneSurrogate
            | Self::Duplicate => Code::InvalidBody,
            Self::Missing => Code::MissingFields,
            Self::Unknown { .. } => Code::UnknownFields,
            _ => Code::InvalidField,
        }
    }

    /// The rule that it breaks. For an unknown property, the rule also depends on its place.
    pub(super) fn rule(&self) -> Rule {
        match self {
            Self::Empty
            | Self::Unexpected
            | Self::NotUtf8
            | Self::ByteOrderMark
            | Self::NotJson { .. }
            | Self::CutOff { .. }
            | Self::TooDeep { .. }
            | Self::LoneSurrogate => Rule::Body,
            Self::Duplicate => Rule::Duplicate,
            Self::Missing => Rule::Missing,
            Self::Unknown { .. } => Rule::UnknownNested,
            Self::Type { found: JsonType::Null, .. } => Rule::Null,
            Self::Type { .. } => Rule::Type,
            Self::Value { .. } => Rule::Value,
            Self::TooSmall { .. }
            | Self::TooLarge { .. }
            | Self::NotMultiple { .. }
            | Self::TooShort { .. }
            | Self::TooLong { .. }
            | Self::TooFewItems { .. }
            | Self::TooManyItems { .. }
            | Self::RepeatedItem
            | Self::TooFewProperties { .. }
            | Self::TooManyProperties { .. }
            | Self::Pattern { .. } => Rule::Limit,
            Self::Format { format: "date" | "date-time" } => Rule::Date,
            Self::Format { .. } => Rule::Format,
            Self::WithoutZone => Rule::Zone,
            Self::NotDecimal => Rule::Decimal,
        }
    }
}

/// A neutral message that follows the name of the property: "is required".
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("a JSON body is required"),
            Self::Unexpected => f.write_str("there must be no body"),
            Self::NotUtf8 => f.write_str("the body must be UTF-8"),
            Self::ByteOrderMark => f.write_str("the body must not begin with a byte order mark"),
            Self::NotJson { expected } => write!(f, "the body is not valid JSON: expected {expected}"),
            Self::CutOff { expected } => write!(f, "the body ends too early: expected {expected}"),
            Self::TooDeep { most } => write!(f, "lists and objects may be nested {most} deep"),
            Self::LoneSurrogate => f.write_str("must not have half of a surrogate pair"),
            Self::Duplicate => f.write_str("is set twice"),
            Self::Missing => f.write_str("is required"),
            Self::Unknown { nearest: None } => f.write_str("is unknown"),
            Self::Unknown { nearest: Some(nearest) } => write!(f, "is unknown; did you mean `{nearest}`?"),
            Self::Type { expected, found } => {
                let expected: Vec<&str> = expected.iter().map(|one| one.as_str()).collect();
                write!(f, "must be {}, not {}", expected.join(" or "), found.as_str())
            }
            Self::Value { allowed, nearest } => value(f, allowed, nearest.as_deref()),
            Self::TooSmall { minimum, exclusive: false } => write!(f, "must be at least {minimum}"),
            Self::TooSmall { minimum, exclusive: true } => write!(f, "must be more than {minimum}"),
            Self::TooLarge { maximum, exclusive: false } => write!(f, "must be at most {maximum}"),
            Self::TooLarge { maximum, exclusive: true } => write!(f, "must be less than {maximum}"),
            Self::NotMultiple { of } => write!(f, "must be a multiple of {of}"),
            Self::TooShort { min_length, length } => range(f, "at least", *min_length, "character", *length),
            Self::TooLong { max_length, length } => range(f, "at most", *max_length, "character", *length),
            Self::TooFewItems { min_items, length } => range(f, "at least", *min_items, "element", *length),
            Self::TooManyItems { max_items, length } => range(f, "at most", *max_items, "element", *length),
            Self::RepeatedItem => f.write_str("is in the list twice"),
            Self::TooFewProperties { min_properties, length } => {
                range(f, "at least", *min_properties, "propert", *length)
            }
            Self::TooManyProperties { max_properties, length } => {
                range(f, "at most", *max_properties, "propert", *length)
            }
            Self::Pattern { pattern } => write!(f, "must match `{pattern}`"),
            Self::Format { format } => write!(f, "must be a string of the format {format}"),
            Self::WithoutZone => f.write_str("must have a time zone: `Z` or an offset"),
            Self::NotDecimal => f.write_str("must be a decimal number in a string"),
        }
    }
}

/// How many listed values a message shows.
const SHOWN: usize = 12;

fn value(f: &mut fmt::Formatter<'_>, allowed: &[Literal], nearest: Option<&str>) -> fmt::Result {
    f.write_str("must be one of ")?;
    for (index, one) in allowed.iter().take(SHOWN).enumerate() {
        write!(f, "{}`{one}`", if index > 0 { ", " } else { "" })?;
    }
    if allowed.len() > SHOWN {
        write!(f, " and {} others", allowed.len() - SHOWN)?;
    }
    nearest.map_or(Ok(()), |nearest| write!(f, "; did you mean `{nearest}`?"))
}

fn range(f: &mut fmt::Formatter<'_>, bound: &str, limit: usize, noun: &str, length: usize) -> fmt::Result {
    let ending = match (noun.ends_with('t') && noun.starts_with("prop"), limit) {
        (true, 1) => "y",
        (true, _) => "ies",
        (false, 1) => "",
        (false, _) => "s",
    };
    write!(f, "must have {bound} {limit} {noun}{ending}, and has {length}")
}

/// The neutral message, with the place: "2:5: `user.name` is required".
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.position.line, self.position.column)?;
        if !self.path.is_empty() {
            write!(f, "`{}` ", self.path)?;
        }
        self.kind.fmt(f)
    }
}
