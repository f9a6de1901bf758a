//! Types: objects, enums, unions and other names, with everything the document says about their shape.

use serde::{Deserialize, Serialize};

use crate::{Docs, Literal, Pointer, TypeId};

/// A type with a name: a named schema, or an inline one that needs a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TypeDef {
    /// Its identity.
    pub id: TypeId,
    /// Where its schema is.
    pub at: Pointer,
    /// Its docs.
    #[serde(default, skip_serializing_if = "crate::form::is_default")]
    pub docs: Docs,
    /// Whether the schema itself may be `null`. Lowering has already added this to each use.
    #[serde(default, skip_serializing_if = "crate::form::is_false")]
    pub nullable: bool,
    /// The shape.
    pub kind: Kind,
    /// What refers to it, directly or through other types.
    #[serde(default, skip_serializing_if = "crate::form::is_default")]
    pub usage: Usage,
}

/// Who reaches a type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// A request's parameters or body.
    pub request: bool,
    /// A response's body.
    pub response: bool,
    /// A webhook.
    pub webhook: bool,
}

/// The shape of a named type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An object with declared properties.
    Struct(Struct),
    /// A list of known strings.
    Enum(Enum),
    /// One of several types.
    Union(Union),
    /// Another name for a type.
    Alias(Type),
}

/// An object with declared properties.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Struct {
    /// The properties, in the document's order.
    pub fields: Vec<Field>,
    /// Whether values may have additional properties.
    #[serde(default, skip_serializing_if = "crate::form::is_default")]
    pub additional: Additional,
    /// The named types whose properties it merges in (`allOf`), in the document's order. Their fields are already in
    /// `fields`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub merged: Vec<TypeId>,
}

/// Whether values of an object may have properties that are not declared (`additionalProperties`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Additional {
    /// The document does not declare it. In OpenAPI this means that they may.
    #[default]
    Unspecified,
    /// They may, with any value.
    Any,
    /// They must not.
    Forbidden,
    /// They may, with values of this type.
    Of(Type),
}

impl Additional {
    /// The type of additional properties, if the document declares one.
    pub fn typed(&self) -> Option<&Type> {
        match self {
            Self::Of(ty) => Some(ty),
            Self::Unspecified | Self::Any | Self::Forbidden => None,
        }
    }
}

/// A property of an object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Its name.
    pub wire: String,
    /// The type, apart from presence.
    pub ty: Type,
    /// Whether `required` lists it.
    #[serde(default, skip_serializing_if = "crate::form::is_false")]
    pub required: bool,
    /// Whether it may be `null`, by its own schema or by the one it refers to.
    #[serde(default, skip_serializing_if = "crate::form::is_false")]
    pub nullable: bool,
    /// Why its value must not be printed, if it must not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redacted: Option<Redaction>,
    /// Whether it is a string that is read as empty if a response lacks it: a text for people, such as a name.
    #[serde(default, skip_serializing_if = "crate::form::is_false")]
    pub may_be_empty: bool,
    /// Whether it is a string that the API assigned and gets back: an id, a token or a cursor.
    #[serde(default, skip_serializing_if = "crate::form::is_false")]
    pub is_id: bool,
    /// Whether it is the caller's credential in a request, which the client sends.
    #[serde(default, skip_serializing_if = "crate::form::is_false")]
    pub is_credential: bool,
    /// Its docs.
    #[serde(default, skip_serializing_if = "crate::form::is_default")]
    pub docs: Docs,
    /// Where its schema is.
    pub at: Pointer,
}

/// Why a value must not be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Redaction {
    /// Whoever has it can act with it: a token, a secret, an account number, a URL that grants access.
    Credential,
    /// It is about a person: a name, an address, a date of birth.
    Personal,
}

/// A list of known values. There may be others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Enum {
    /// The values, without `null`, in the document's order.
    pub values: Vec<EnumValue>,
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EnumValue {
    /// The value, with its JSON type.
    pub value: Literal,
    /// Its docs.
    #[serde(default, skip_serializing_if = "crate::form::is_default")]
    pub docs: Docs,
}

/// One of several types.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Union {
    /// The property that chooses the alternative, if the document names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discriminator: Option<String>,
    /// The alternatives, in the document's order.
    pub variants: Vec<UnionVariant>,
}

/// An alternative of a union.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UnionVariant {
    /// The discriminator's values that choose it; empty without a discriminator.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Its type.
    pub ty: Type,
}

/// A type without presence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Type {
    /// Text.
    String,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer,
    /// A number that may be rounded: a score, a ratio, a coordinate.
    Float,
    /// A number that must stay exact, as a JSON number.
    Decimal,
    /// A number that must stay exact, in a JSON string.
    DecimalString,
    /// A calendar date, `format: date`.
    Date,
    /// A date and time, `format: date-time`.
    DateTime,
    /// Any JSON value.
    Json,
    /// Any JSON object.
    JsonObject,
    /// A list.
    List(Box<Type>),
    /// An object with keys of the caller's choice.
    Map(Box<Type>),
    /// An element of a list or map, or a whole body, that may be `null`.
    Nullable(Box<Type>),
    /// A named type.
    Named(TypeId),
}
