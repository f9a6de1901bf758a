//! The limits of values: of numbers, lengths, elements, and patterns.

use std::collections::HashSet;

use api_model::{Bound, Constraints};
use regex::Regex;
use serde_json::Number as JsonNumber;

use super::format::Format;
use super::number::Number;
use super::pattern;
use super::problem::Kind;
use super::tree::{Tree, What};
use super::values::Values;

/// Takes a problem, and the element of a list that it is about: its position and its index in the tree.
pub(super) type Report<'r> = dyn FnMut(Option<(usize, usize)>, Kind) + 'r;

/// The limits that a document declares at one place.
#[derive(Clone, Debug, Default)]
pub(super) struct Limits {
    minimum: Option<Limit>,
    maximum: Option<Limit>,
    multiple_of: Option<Limit>,
    min_length: Option<usize>,
    max_length: Option<usize>,
    advised_length: Option<usize>,
    pattern: Option<Regex>,
    /// As the document has it.
    pattern_text: String,
    format: Option<(Format, &'static str)>,
    min_items: Option<usize>,
    max_items: Option<usize>,
    unique_items: bool,
    min_properties: Option<usize>,
    max_properties: Option<usize>,
    allowed: Option<std::sync::Arc<Values>>,
}

/// A limit of numbers.
#[derive(Clone, Debug)]
struct Limit {
    value: Number,
    exclusive: bool,
    /// As the document has it.
    written: JsonNumber,
}

impl Limit {
    fn of(value: &JsonNumber, exclusive: bool) -> Option<Self> {
        Some(Self { value: Number::parse(&value.to_string())?, exclusive, written: value.clone() })
    }

    fn bound(bound: Option<&Bound>) -> Option<Self> {
        bound.and_then(|bound| Self::of(&bound.value, bound.exclusive))
    }
}

impl Limits {
    /// The limits among constraints. Returns `None` if there are none. A pattern that can't be checked is listed.
    pub(super) fn of(constraints: &Constraints, unreadable: &mut Vec<String>) -> Option<Self> {
        let pattern = constraints.pattern.as_deref().and_then(|text| {
            let pattern = pattern::read(text);
            if pattern.is_none() && !unreadable.iter().any(|known| known == text) {
                unreadable.push(text.to_owned());
            }
            pattern
        });
        let allowed = &constraints.allowed;
        let limits = Self {
            minimum: Limit::bound(constraints.minimum.as_ref()),
            maximum: Limit::bound(constraints.maximum.as_ref()),
            multiple_of: constraints.multiple_of.as_ref().and_then(|number| Limit::of(number, false)),
            min_length: constraints.min_length,
            max_length: constraints.max_length,
            advised_length: None,
            pattern,
            pattern_text: constraints.pattern.clone().unwrap_or_default(),
            format: constraints.format.as_deref().and_then(Format::of),
            min_items: constraints.min_items,
            max_items: constraints.max_items,
            unique_items: constraints.unique_items,
            min_properties: constraints.min_properties,
            max_properties: constraints.max_properties,
            allowed: (!allowed.is_empty()).then(|| Values::of(allowed.clone()).into()),
        };
        limits.is_any().then_some(limits)
    }

    /// A length that strings should not exceed.
    pub(super) fn advised(length: usize) -> Self {
        Self { advised_length: Some(length), ..Self::default() }
    }

    fn is_any(&self) -> bool {
        self.minimum.is_some()
            || self.maximum.is_some()
            || self.multiple_of.is_some()
            || self.min_length.is_some()
            || self.max_length.is_some()
            || self.pattern.is_some()
            || self.format.is_some()
            || self.min_items.is_some()
            || self.max_items.is_some()
            || self.unique_items
            || self.min_properties.is_some()
            || self.max_properties.is_some()
            || self.allowed.is_some()
    }

    /// Reports what a value breaks. Limits of other JSON types don't apply to it.
    pub(super) fn check(&self, tree: &Tree<'_>, index: usize, report: &mut Report<'_>) {
        match tree.what(index) {
            What::Number => self.number(tree.raw(index), report),
            What::Text | What::Escaped => self.text(&tree.string(index), report),
            What::List => self.list(tree, index, report),
            What::Object => self.object(tree, index, report),
            What::Bool => self.listed(report, |values| values.has_bool(tree.raw(index) == "true")),
            What::Null | What::Skipped => {}
        }
    }

    fn listed(&self, report: &mut Report<'_>, is_listed: impl Fn(&Values) -> bool) {
        if let Some(values) = self.allowed.as_ref().filter(|values| !is_listed(values)) {
            report(None, Kind::Value { allowed: values.all.clone(), nearest: None });
        }
    }

    fn number(&self, digits: &str, report: &mut Report<'_>) {
        self.listed(report, |values| values.has_number(digits));
        if self.minimum.is_none() && self.maximum.is_none() && self.multiple_of.is_none() {
            return;
        }
        let Some(number) = Number::parse(digits) else { return };
        if let Some(Limit { value, exclusive, written }) = &self.minimum
            && (number < *value || (*exclusive && number == *value))
        {
            report(None, Kind::TooSmall { minimum: written.clone(), exclusive: *exclusive });
        }
        if let Some(Limit { value, exclusive, written }) = &self.maximum
            && (number > *value || (*exclusive && number == *value))
        {
            report(None, Kind::TooLarge { maximum: written.clone(), exclusive: *exclusive });
        }
        if let Some(of) = &self.multiple_of
            && !number.is_multiple_of(&of.value)
        {
            report(None, Kind::NotMultiple { of: of.written.clone() });
        }
    }

    fn text(&self, text: &str, report: &mut Report<'_>) {
        if self.min_length.is_some() || self.max_length.is_some() || self.advised_length.is_some() {
            let length = text.chars().count();
            if let Some(advised_length) = self.advised_length.filter(|most| length > *most) {
                report(None, Kind::LongerThanAdvised { advised_length, length });
            }
            if let Some(min_length) = self.min_length.filter(|least| length < *least) {
                report(None, Kind::TooShort { min_length, length });
            }
            if let Some(max_length) = self.max_length.filter(|most| length > *most) {
                report(None, Kind::TooLong { max_length, length });
            }
        }
        if self.pattern.as_ref().is_some_and(|pattern| !pattern.is_match(text)) {
            report(None, Kind::Pattern { pattern: self.pattern_text.clone() });
        }
        if let Some((_, name)) = self.format.filter(|(format, _)| !format.fits(text)) {
            report(None, Kind::Format { format: name });
        }
        self.listed(report, |values| values.has_text(text));
    }

    fn list(&self, tree: &Tree<'_>, index: usize, report: &mut Report<'_>) {
        if self.min_items.is_some() || self.max_items.is_some() {
            let length = tree.elements(index).count();
            if let Some(min_items) = self.min_items.filter(|least| length < *least) {
                report(None, Kind::TooFewItems { min_items, length });
            }
            if let Some(max_items) = self.max_items.filter(|most| length > *most) {
                report(None, Kind::TooManyItems { max_items, length });
            }
        }
        if self.unique_items {
            let mut seen = HashSet::new();
            for (position, element) in tree.elements(index).enumerate() {
                let mut canonical = String::new();
                write_canonical(tree, element, &mut canonical);
                if !seen.insert(canonical) {
                    report(Some((position, element)), Kind::RepeatedItem);
                }
            }
        }
    }

    fn object(&self, tree: &Tree<'_>, index: usize, report: &mut Report<'_>) {
        if self.min_properties.is_some() || self.max_properties.is_some() {
            let length = tree.members(index).count();
            if let Some(min_properties) = self.min_properties.filter(|least| length < *least) {
                report(None, Kind::TooFewProperties { min_properties, length });
            }
            if let Some(max_properties) = self.max_properties.filter(|most| length > *most) {
                report(None, Kind::TooManyProperties { max_properties, length });
            }
        }
    }
}

/// Writes a value so that equal values have the same text, whatever the order of properties and the zeros of numbers.
fn write_canonical(tree: &Tree<'_>, index: usize, text: &mut String) {
    match tree.what(index) {
        What::Null | What::Bool | What::Skipped => text.push_str(tree.raw(index)),
        What::Number => text.push_str(&format!("{:?}", Number::parse(tree.raw(index)))),
        What::Text | What::Escaped => text.push_str(&format!("{:?}", tree.string(index))),
        What::List => {
            text.push('[');
            for element in tree.elements(index) {
                write_canonical(tree, element, text);
                text.push(',');
            }
            text.push(']');
        }
        What::Object => {
            let mut members: Vec<_> = tree.members(index).map(|(key, value)| (tree.string(key), value)).collect();
            members.sort();
            text.push('{');
            for (key, value) in members {
                text.push_str(&format!("{key:?}:"));
                write_canonical(tree, value, text);
                text.push(',');
            }
            text.push('}');
        }
    }
}
