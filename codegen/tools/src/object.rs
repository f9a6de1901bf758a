//! JSON objects that are being made, with their members in the order in which they are set.

use api_model::{Literal, Sample};
use serde_json::Value;

/// An object without two members of one name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Object(Vec<(String, Sample)>);

impl Object {
    /// The object with another member, if there is a value.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: impl Into<Option<Sample>>) -> Self {
        if let Some(value) = value.into() {
            self.set(name, value);
        }
        self
    }

    /// Sets a member. One of this name is replaced, at its place.
    pub(crate) fn set(&mut self, name: &str, value: Sample) {
        match self.get_mut(name) {
            Some(member) => *member = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    /// Sets a member. A new one is put after the first `index` members.
    pub(crate) fn set_at(&mut self, index: usize, name: &str, value: Sample) {
        match self.get_mut(name) {
            Some(member) => *member = value,
            None => self.0.insert(index.min(self.0.len()), (name.to_owned(), value)),
        }
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Sample> {
        self.0.iter_mut().find(|(member, _)| member == name).map(|(_, value)| value)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(member, _)| member == name)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value, unless the object is empty.
    pub(crate) fn some(self) -> Option<Sample> {
        (!self.is_empty()).then(|| self.into())
    }
}

impl FromIterator<(String, Sample)> for Object {
    fn from_iter<I: IntoIterator<Item = (String, Sample)>>(members: I) -> Self {
        let mut object = Self::default();
        for (name, value) in members {
            object.set(&name, value);
        }
        object
    }
}

impl From<Object> for Sample {
    fn from(object: Object) -> Self {
        Self::Object(object.0)
    }
}

impl From<Object> for Option<Sample> {
    fn from(object: Object) -> Self {
        Some(object.into())
    }
}

/// A string.
pub(crate) fn text(text: impl Into<String>) -> Sample {
    Sample::Text(text.into())
}

/// `true`, or no value.
pub(crate) fn flag(is_set: bool) -> Option<Sample> {
    is_set.then_some(Sample::Bool(true))
}

/// A number.
pub(crate) fn number(number: impl ToString) -> Sample {
    Sample::Number(number.to_string())
}

/// A list of strings.
pub(crate) fn texts<T: Into<String>>(all: impl IntoIterator<Item = T>) -> Sample {
    Sample::List(all.into_iter().map(text).collect())
}

/// A value that a document lists.
pub(crate) fn literal(value: &Literal) -> Sample {
    match value {
        Literal::Text(value) => text(value),
        Literal::Number(value) => number(value),
        Literal::Bool(value) => Sample::Bool(*value),
    }
}

/// Any value of JSON.
pub(crate) fn value(value: &Value) -> Sample {
    match value {
        Value::Null => Sample::Null,
        Value::Bool(value) => Sample::Bool(*value),
        Value::Number(value) => number(value),
        Value::String(value) => text(value),
        Value::Array(all) => Sample::List(all.iter().map(self::value).collect()),
        Value::Object(all) => Sample::Object(all.iter().map(|(name, one)| (name.clone(), self::value(one))).collect()),
    }
}
