//! Compares an example with the value serialized from it.
//!
//! They must be equal except for undeclared properties, and for `null` in an optional property of a response. Numbers are
//! equal if their decimals are (`1.0` is `1`). Money must keep its digits too (`1.10` is not `1.1`) where the client itself
//! reads and writes it.

use codegen::api_model::{Api, Enum, Kind, Struct, Type, TypeDef};
use codegen::config::Credentials;
use codegen::diag::Pointer;
use serde_yaml::Value;

use super::declared::{Declared, declared};
use super::json::{Json, same_number};

/// What the comparison of one example found.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The differences, each with its place in the example.
    pub differences: Vec<(String, String)>,
    /// Properties that the document does not declare.
    pub undeclared: usize,
    /// Credentials of a request's body, which the client sends as headers.
    pub credentials: usize,
    /// `null`s of a response that were left out.
    pub nulls: usize,
}

/// The inputs and the outcome of a comparison.
pub struct Comparison<'a> {
    /// The types.
    pub api: &'a Api,
    /// The document.
    pub document: &'a Value,
    /// The schemas of credentials, which are sent in headers.
    pub credentials: &'a Credentials,
    /// Whether decimals must keep their digits.
    pub digits: bool,
    /// The outcome so far.
    pub outcome: Outcome,
}

impl Comparison<'_> {
    /// Compares two values of a type.
    pub fn value(&mut self, ty: &Type, sent: &Json, back: &Json, path: &str) {
        match ty {
            Type::Nullable(inner) => match (sent, back) {
                (Json::Null, Json::Null) => {}
                _ => self.value(inner, sent, back, path),
            },
            Type::Named(id) => match self.api.types.get(id) {
                Some(def) => self.named(def, sent, back, path),
                None => self.differ(path, format!("its type `{}` is not generated", id)),
            },
            Type::List(element) => match (sent, back) {
                (Json::List(sent), Json::List(back)) => {
                    if sent.len() != back.len() {
                        self.differ(path, format!("{} elements came back as {}", sent.len(), back.len()));
                    }
                    for (index, (sent, back)) in sent.iter().zip(back).enumerate() {
                        self.value(element, sent, back, &format!("{path}[{index}]"));
                    }
                }
                _ => self.same(sent, back, path),
            },
            Type::Map(element) => match (sent, back) {
                (Json::Object(sent), Json::Object(back)) => {
                    for (name, value) in sent {
                        match back.get(name) {
                            Some(back) => self.value(element, value, back, &below(path, name)),
                            None => self.differ(&below(path, name), "did not come back".to_owned()),
                        }
                    }
                    self.added(sent.keys(), back.keys(), path);
                }
                _ => self.same(sent, back, path),
            },
            Type::Decimal if self.digits => match (sent, back) {
                (Json::Number(a), Json::Number(b)) if !a.contains(['e', 'E']) && a != b => {
                    self.changed(sent, back, path)
                }
                _ => self.same(sent, back, path),
            },
            // Whether decimals are strings depends on the property, and a lone example has none.
            Type::DecimalString if path.is_empty() => match (sent, back) {
                (Json::String(a), Json::Number(b)) if a == b => {}
                _ => self.same(sent, back, path),
            },
            Type::String
            | Type::Bool
            | Type::Integer
            | Type::Float
            | Type::Decimal
            | Type::DecimalString
            | Type::Date
            | Type::DateTime
            | Type::Json
            | Type::JsonObject => self.same(sent, back, path),
        }
    }

    fn named(&mut self, def: &TypeDef, sent: &Json, back: &Json, path: &str) {
        match (&def.kind, sent, back) {
            (Kind::Alias(ty), ..) => self.value(ty, sent, back, path),
            (Kind::Enum(list), ..) => self.listed(list, sent, back, path),
            (Kind::Struct(object), Json::Object(_), Json::Object(_)) => self.object(def, object, sent, back, path),
            (Kind::Struct(_), ..) => self.same(sent, back, path),
            (Kind::Union(union), ..) => {
                // The values must be equal for at least one alternative, whichever was read.
                let fits = union.variants.iter().any(|variant| {
                    let mut inner = Comparison { outcome: Outcome::default(), ..*self };
                    inner.value(&variant.ty, sent, back, path);
                    inner.outcome.differences.is_empty()
                });
                if !fits {
                    self.changed(sent, back, path);
                }
            }
        }
    }

    /// A value of an enum; one of numbers or booleans is read from either form and written as a string.
    fn listed(&mut self, list: &Enum, sent: &Json, back: &Json, path: &str) {
        match (sent, back) {
            (Json::Number(a), Json::String(b)) if has_scalars(list) && a == b => {}
            (Json::Bool(a), Json::String(b)) if has_scalars(list) && a.to_string() == *b => {}
            _ => self.same(sent, back, path),
        }
    }

    fn object(&mut self, def: &TypeDef, object: &Struct, sent: &Json, back: &Json, path: &str) {
        let (Json::Object(sent), Json::Object(back)) = (sent, back) else { return };
        for (name, value) in sent {
            let inner = below(path, name);
            let came = back.get(name);
            match object.caller_fields().find(|field| field.wire == *name) {
                Some(field) => match (value, came) {
                    (Json::Null, None) if !field.required && !def.usage.request => self.outcome.nulls += 1,
                    (_, None) => self.differ(&inner, format!("{value} did not come back")),
                    (Json::Null, Some(Json::Null)) => {}
                    (_, Some(came)) => self.value(&field.ty, value, came, &inner),
                },
                None => match (object.additional.typed(), came) {
                    (Some(ty), Some(came)) => self.value(ty, value, came, &inner),
                    (Some(_), None) => self.differ(&inner, "did not come back".to_owned()),
                    (None, _) => self.left_out(&def.at, name, &inner),
                },
            }
        }
        self.added(sent.keys(), back.keys(), path);
    }

    /// A property that the type does not have: the document must not have it either, unless it is a credential.
    fn left_out(&mut self, schema: &Pointer, name: &str, path: &str) {
        match declared(self.document, schema, name, &self.credentials.schemas) {
            Declared::No => self.outcome.undeclared += 1,
            Declared::Credential => self.outcome.credentials += 1,
            Declared::Yes => {
                self.differ(path, "the document declares this property, the type does not have it".to_owned())
            }
        }
    }

    fn added<'n>(
        &mut self,
        sent: impl Iterator<Item = &'n String> + Clone,
        back: impl Iterator<Item = &'n String>,
        path: &str,
    ) {
        for name in back {
            if !sent.clone().any(|other| other == name) {
                self.differ(&below(path, name), "came back, but was not in the example".to_owned());
            }
        }
    }

    fn same(&mut self, sent: &Json, back: &Json, path: &str) {
        if !same(sent, back) {
            self.changed(sent, back, path);
        }
    }

    fn changed(&mut self, sent: &Json, back: &Json, path: &str) {
        self.differ(path, format!("{sent} came back as {back}"));
    }

    fn differ(&mut self, path: &str, what: String) {
        self.outcome.differences.push((path.to_owned(), what));
    }
}

/// Whether some of an enum's values are numbers or booleans.
fn has_scalars(list: &Enum) -> bool {
    list.values.iter().any(|value| value.value.is_scalar())
}

/// Whether two values are the same, numbers as decimals.
fn same(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Number(a), Json::Number(b)) => same_number(a, b),
        (Json::List(a), Json::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Json::Object(a), Json::Object(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.0 == b.0 && same(a.1, b.1))
        }
        (a, b) => a == b,
    }
}

/// The path of a member.
pub fn below(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

#[cfg(test)]
mod tests;
