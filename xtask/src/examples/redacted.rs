//! Looks for the values of redacted properties in the `Debug` output.

use codegen::api_model::{Api, Kind, Type};

use super::compare::below;
use super::json::Json;

/// Shorter values occur in other words by chance.
const SHORTEST: usize = 6;

/// The values of an example that `Debug` must not print, and those that it may.
#[derive(Debug, Default)]
pub struct Values {
    /// The place and the text of each redacted value.
    pub secret: Vec<(String, String)>,
    /// The texts of all other values.
    plain: Vec<String>,
}

impl Values {
    /// Collects the values of a type's value.
    pub fn of(api: &Api, ty: &Type, value: &Json) -> Self {
        let mut values = Self::default();
        values.add(api, ty, value, "", false);
        values
    }

    /// The places of redacted values in a text. A value that is also that of a property without redaction is skipped: an
    /// example may have the same value in two properties.
    pub fn shown<'s>(&'s self, debug: &'s str) -> impl Iterator<Item = &'s str> {
        self.secret.iter().filter_map(move |(path, text)| {
            let escaped = format!("{text:?}");
            let escaped = &escaped[1..escaped.len() - 1];
            let told = debug.contains(text) || debug.contains(escaped);
            (told && !self.plain.iter().any(|plain| plain.contains(text))).then_some(path.as_str())
        })
    }

    /// The places of redacted values that are also the value of a property without redaction.
    pub fn told_elsewhere(&self) -> impl Iterator<Item = &str> {
        self.secret
            .iter()
            .filter(|(_, text)| self.plain.iter().any(|plain| plain.contains(text)))
            .map(|(path, _)| path.as_str())
    }

    fn add(&mut self, api: &Api, ty: &Type, value: &Json, path: &str, redacted: bool) {
        match (value, ty) {
            (_, Type::Nullable(inner)) => self.add(api, inner, value, path, redacted),
            (_, Type::Named(id)) => match api.types.get(id).map(|def| &def.kind) {
                Some(Kind::Alias(inner)) => self.add(api, inner, value, path, redacted),
                Some(Kind::Struct(object)) => {
                    let Json::Object(members) = value else { return };
                    for (name, value) in members {
                        let inner = below(path, name);
                        match object.caller_fields().find(|field| field.wire == *name) {
                            Some(field) => {
                                self.add(api, &field.ty, value, &inner, redacted || field.redacted.is_some())
                            }
                            None => {
                                if let Some(additional) = object.additional.typed() {
                                    self.add(api, additional, value, &inner, redacted);
                                }
                            }
                        }
                    }
                }
                _ => self.leaf(value, path, redacted),
            },
            (Json::List(elements), _) => {
                let inner = if let Type::List(inner) = ty { inner } else { &Type::Json };
                for (index, element) in elements.iter().enumerate() {
                    self.add(api, inner, element, &format!("{path}[{index}]"), redacted);
                }
            }
            (Json::Object(members), _) => {
                let inner = if let Type::Map(inner) = ty { inner } else { &Type::Json };
                for (name, value) in members {
                    if !redacted {
                        self.plain.push(name.clone());
                    }
                    self.add(api, inner, value, &below(path, name), redacted);
                }
            }
            _ => self.leaf(value, path, redacted),
        }
    }

    fn leaf(&mut self, value: &Json, path: &str, redacted: bool) {
        let text = match value {
            Json::String(text) | Json::Number(text) => text.clone(),
            Json::Null | Json::Bool(_) => return,
            // A union: everything in it.
            Json::List(_) | Json::Object(_) => value.to_string(),
        };
        if !redacted {
            self.plain.push(text);
        } else if text.chars().count() >= SHORTEST {
            self.secret.push((path.to_owned(), text));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(secret: &str, plain: &str) -> Values {
        Values { secret: vec![("token".to_owned(), secret.to_owned())], plain: vec![plain.to_owned()] }
    }

    #[test]
    fn a_printed_secret_is_found_unless_another_property_has_the_same_value() {
        assert_eq!(values("access-1", "x").shown("T { token: \"access-1\" }").count(), 1);
        assert_eq!(values("a\"ccess", "x").shown("T { token: \"a\\\"ccess\" }").count(), 1);
        assert_eq!(values("access-1", "x").shown("T { token: [redacted] }").count(), 0);
        assert_eq!(values("access-1", "of access-1").shown("T { note: \"of access-1\" }").count(), 0);
        assert_eq!(values("access-1", "of access-1").told_elsewhere().count(), 1);
    }
}
