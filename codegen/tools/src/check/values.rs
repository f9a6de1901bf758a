//! The values that a schema lists.

use api_model::Literal;

use super::number::Number;
use super::problem::JsonType;

/// The values of an enum.
#[derive(Debug)]
pub(super) struct Values {
    pub(super) all: Vec<Literal>,
    pub(super) types: Vec<JsonType>,
    texts: Vec<Box<str>>,
    numbers: Vec<Number>,
}

impl Values {
    /// The values of a string. Documents also list scalars there, without quotes: both forms are values.
    pub(super) fn of_text(all: Vec<Literal>) -> Self {
        let mut values = Self::of(all);
        if !values.types.contains(&JsonType::String) {
            values.types.insert(0, JsonType::String);
        }
        values.texts.extend(values.all.iter().filter(|one| one.is_scalar()).map(|one| one.to_string().into()));
        values.texts.sort();
        values
    }

    /// The values with their JSON types.
    pub(super) fn of(all: Vec<Literal>) -> Self {
        let (mut types, mut texts, mut numbers) = (Vec::new(), Vec::new(), Vec::new());
        for literal in &all {
            let json = match literal {
                Literal::Text(text) => {
                    texts.push(text.as_str().into());
                    JsonType::String
                }
                Literal::Number(number) => {
                    numbers.extend(Number::parse(&number.to_string()));
                    JsonType::Number
                }
                Literal::Bool(_) => JsonType::Boolean,
            };
            if !types.contains(&json) {
                types.push(json);
            }
        }
        texts.sort();
        Self { all, types, texts, numbers }
    }

    pub(super) fn has_text(&self, text: &str) -> bool {
        self.texts.binary_search_by(|one| (**one).cmp(text)).is_ok()
    }

    pub(super) fn has_number(&self, digits: &str) -> bool {
        Number::parse(digits).is_some_and(|number| self.numbers.contains(&number))
    }

    pub(super) fn has_bool(&self, value: bool) -> bool {
        self.all.contains(&Literal::Bool(value))
    }

    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(|text| &**text)
    }
}
