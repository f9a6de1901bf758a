//! Sample values: what a person would write, as a tree.

use serde::{Deserialize, Serialize};

use crate::{Api, Kind, Type, Union, UnionVariant};

/// A sample value. Doc examples, request samples, an emulator's defaults and snippets all render it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sample {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, with its digits as in JSON: `12.50` stays `12.50`.
    Number(String),
    /// A string, also for dates, times and decimals in strings.
    Text(String),
    /// A list.
    List(Vec<Sample>),
    /// An object: the properties that are set, in the document's order.
    Object(Vec<(String, Sample)>),
}

/// The samples of an operation: the minimum that a caller must send.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Samples {
    /// The request's body. There is none without a JSON body or a form, and for a request that contains itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Sample>,
    /// Path, query and header parameters, as one object. If none is required, the first is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameters: Option<Sample>,
}

impl Sample {
    /// The value of a property. Returns `None` if the object does not set it, or if the sample is not an object.
    pub fn get(&self, property: &str) -> Option<&Self> {
        match self {
            Self::Object(all) => all.iter().find(|(name, _)| name == property).map(|(_, value)| value),
            _ => None,
        }
    }
}

impl Api {
    /// Whether a sample is a value of a type: the JSON type, an enum's values, and a struct's properties.
    pub fn fits(&self, ty: &Type, sample: &Sample) -> bool {
        match (ty, sample) {
            (Type::Json | Type::Nullable(_), Sample::Null) => true,
            (Type::Json, _) | (Type::JsonObject, Sample::Object(_)) => true,
            (Type::Nullable(inner), sample) => self.fits(inner, sample),
            (Type::String | Type::DecimalString | Type::Date | Type::DateTime, Sample::Text(_)) => true,
            (Type::Bool, Sample::Bool(_)) | (Type::Float | Type::Decimal, Sample::Number(_)) => true,
            (Type::Integer, Sample::Number(digits)) => digits.parse::<i64>().is_ok(),
            (Type::List(element), Sample::List(all)) => all.iter().all(|sample| self.fits(element, sample)),
            (Type::Map(value), Sample::Object(all)) => all.iter().all(|(_, sample)| self.fits(value, sample)),
            (Type::Named(id), sample) => self.types.get(id).is_some_and(|def| self.fits_kind(&def.kind, sample)),
            _ => false,
        }
    }

    fn fits_kind(&self, kind: &Kind, sample: &Sample) -> bool {
        match (kind, sample) {
            (Kind::Alias(ty), sample) => self.fits(ty, sample),
            (Kind::Enum(list), Sample::Text(value)) => {
                list.values.iter().any(|listed| listed.value.to_string() == *value)
            }
            (Kind::Union(union), sample) => self.alternative(union, sample).is_some(),
            (Kind::Struct(object), Sample::Object(all)) => {
                let fits = |(name, value): &(String, Sample)| match object.caller_fields().find(|f| f.wire == *name) {
                    Some(field) => (field.nullable && *value == Sample::Null) || self.fits(&field.ty, value),
                    None => object.additional.typed().is_some_and(|ty| self.fits(ty, value)),
                };
                let is_set = |name: &String| all.iter().any(|(set, _)| set == name);
                all.iter().all(fits) && object.caller_fields().all(|field| !field.required || is_set(&field.wire))
            }
            _ => false,
        }
    }

    /// The alternative of a union that a sample is a value of: by the discriminator, else the first that it fits.
    pub fn alternative<'a>(&self, union: &'a Union, sample: &Sample) -> Option<&'a UnionVariant> {
        let tag = union.discriminator.as_ref().and_then(|property| sample.get(property));
        let by_tag = match tag {
            Some(Sample::Text(tag)) => union.variants.iter().find(|variant| variant.tags.contains(tag)),
            _ => None,
        };
        by_tag.or_else(|| union.variants.iter().find(|variant| self.fits(&variant.ty, sample)))
    }
}
