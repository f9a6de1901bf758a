//! The limits of values.

use std::cmp::Ordering;

use regex::Regex;

use super::decimal::Decimal;
use super::pattern;
use api_model::{Bound, Constraints, Sample, Type};

/// The limits of a property: its own, and those of the named types that it refers to.
pub(super) type Limits<'a> = &'a [&'a Constraints];

/// Whether a value without others in it is listed, if values are listed, and is within the limits. Patterns with look-around
/// are not supported here.
pub(super) fn is_allowed(sample: &Sample, limits: Limits<'_>) -> bool {
    limits.iter().all(|limits| is_within(sample, limits))
}

/// The least and the most elements of a list.
pub(super) fn items(limits: Limits<'_>) -> (usize, usize) {
    let least = limits.iter().filter_map(|limits| limits.min_items).max().unwrap_or_default();
    let most = limits.iter().filter_map(|limits| limits.max_items).min().unwrap_or(usize::MAX);
    (least, most)
}

/// Whether a list has an allowed number of elements, and no element twice if each must be different.
pub(super) fn is_list_allowed(all: &[Sample], limits: Limits<'_>) -> bool {
    let (least, most) = items(limits);
    let is_set = limits.iter().any(|limits| limits.unique_items);
    (least..=most).contains(&all.len())
        && (!is_set || all.iter().enumerate().all(|(index, one)| all.iter().take(index).all(|other| other != one)))
}

fn is_within(sample: &Sample, limits: &Constraints) -> bool {
    let word = match sample {
        Sample::Text(text) | Sample::Number(text) => text.clone(),
        Sample::Bool(value) => value.to_string(),
        Sample::Null | Sample::List(_) | Sample::Object(_) => return true,
    };
    if !limits.allowed.is_empty() && !limits.allowed.iter().any(|allowed| allowed.to_string() == word) {
        return false;
    }
    match sample {
        Sample::Number(digits) => is_number_within(digits, limits),
        Sample::Text(text) => is_text_within(text, limits),
        _ => true,
    }
}

fn is_text_within(text: &str, limits: &Constraints) -> bool {
    let length = text.chars().count();
    let pattern = limits.pattern.as_deref().and_then(|pattern| Regex::new(pattern).ok());
    limits.min_length.is_none_or(|least| length >= least)
        && limits.max_length.is_none_or(|most| length <= most)
        && pattern.is_none_or(|pattern| pattern.is_match(text))
}

fn is_number_within(digits: &str, limits: &Constraints) -> bool {
    let Some(value) = Decimal::parse(digits) else { return false };
    let is_beyond = |bound: &Option<Bound>, beyond: Ordering| {
        bound.as_ref().is_some_and(|bound| {
            let order = Decimal::parse(&bound.value.to_string()).and_then(|limit| value.compared(limit));
            order.is_some_and(|order| order == beyond || (bound.exclusive && order == Ordering::Equal))
        })
    };
    let step = limits.multiple_of.as_ref().and_then(|step| Decimal::parse(&step.to_string()));
    let is_multiple = step.is_none_or(|step| {
        value.up_to_multiple(step).and_then(|next| next.compared(value)).is_none_or(|order| order == Ordering::Equal)
    });
    !is_beyond(&limits.minimum, Ordering::Less) && !is_beyond(&limits.maximum, Ordering::Greater) && is_multiple
}

/// The number, or one near it within the limits.
pub(super) fn number(digits: &str, ty: &Type, limits: Limits<'_>) -> Sample {
    let sample = |digits: &str| match ty {
        Type::DecimalString => Sample::Text(digits.to_owned()),
        _ => Sample::Number(digits.to_owned()),
    };
    let is_good = |digits: &String| {
        limits.iter().all(|limits| is_number_within(digits, limits))
            && (*ty != Type::Integer || digits.parse::<i64>().is_ok())
    };
    let mut candidates = vec![digits.to_owned()];
    for limits in limits {
        for (bound, steps) in
            [(&limits.minimum, ["0", "1", "0.01", "0.0001"]), (&limits.maximum, ["0", "-1", "-0.01", "-0.0001"])]
        {
            let Some(limit) = bound.as_ref().and_then(|bound| Decimal::parse(&bound.value.to_string())) else {
                continue;
            };
            let near = steps.iter().filter_map(|step| limit.add(Decimal::parse(step)?));
            candidates.extend(near.map(Decimal::digits));
        }
    }
    for limits in limits {
        let Some(step) = limits.multiple_of.as_ref().and_then(|step| Decimal::parse(&step.to_string())) else {
            continue;
        };
        let multiples = candidates.iter().filter_map(|digits| Decimal::parse(digits)?.up_to_multiple(step));
        let multiples: Vec<String> = multiples.map(Decimal::digits).collect();
        candidates.extend(multiples);
    }
    candidates.iter().find(|digits| is_good(digits)).map_or_else(|| sample(digits), |digits| sample(digits))
}

/// The text, or the beginning or a repetition of it within the limits of length, or a text of the pattern.
pub(super) fn text(text: String, limits: Limits<'_>) -> Sample {
    let is_good = |text: &str| limits.iter().all(|limits| is_text_within(text, limits));
    if is_good(&text) {
        return Sample::Text(text);
    }
    let least = limits.iter().filter_map(|limits| limits.min_length).max().unwrap_or_default();
    let most = limits.iter().filter_map(|limits| limits.max_length).min().unwrap_or(usize::MAX).max(least);
    // A document may ask for strings of any length.
    let fitted: String = text.chars().cycle().take(text.chars().count().clamp(least.min(LONGEST), most)).collect();
    let fitted = fitted.trim_end().to_owned();
    if is_good(&fitted) {
        return Sample::Text(fitted);
    }
    let mut patterns = limits.iter().filter_map(|limits| limits.pattern.as_deref());
    let of_pattern = patterns.find_map(|pattern| pattern::sample(pattern, least).filter(|text| is_good(text)));
    Sample::Text(of_pattern.unwrap_or(text))
}

/// The longest string that is made to reach a minimum.
const LONGEST: usize = 10_000;

#[cfg(test)]
mod tests {
    use super::{number, text};
    use api_model::{Bound, Constraints, Sample, Type};
    use serde_json::Number;

    fn bound(value: &str, exclusive: bool) -> Option<Bound> {
        Some(Bound { value: value.parse::<Number>().expect("a number"), exclusive })
    }

    #[test]
    fn a_number_is_moved_into_its_limits() {
        let free = Constraints::default();
        let of = |limits: Constraints, ty: &Type, digits: &str| number(digits, ty, &[&limits, &free]);
        let least = |value, exclusive| Constraints { minimum: bound(value, exclusive), ..Constraints::default() };
        let between = Constraints { maximum: bound("0.4", true), ..least("0.3", true) };
        let stepped = Constraints { multiple_of: Some(5.into()), ..least("12", false) };
        assert_eq!(of(least("0", true), &Type::Decimal, "12.34"), Sample::Number("12.34".to_owned()));
        assert_eq!(of(least("20", true), &Type::Integer, "1"), Sample::Number("21".to_owned()));
        assert_eq!(of(between, &Type::Float, "0.5"), Sample::Number("0.31".to_owned()));
        assert_eq!(of(stepped, &Type::DecimalString, "1"), Sample::Text("15".to_owned()));
    }

    #[test]
    fn a_text_is_cut_or_repeated_or_made_by_its_pattern() {
        let free = Constraints::default();
        let of = |limits: Constraints| text("payment".to_owned(), &[&free, &limits]);
        let none = Constraints::default();
        assert_eq!(of(none.clone()), Sample::Text("payment".to_owned()));
        assert_eq!(of(Constraints { max_length: Some(3), ..none.clone() }), Sample::Text("pay".to_owned()));
        assert_eq!(of(Constraints { min_length: Some(9), ..none.clone() }), Sample::Text("paymentpa".to_owned()));
        assert_eq!(of(Constraints { pattern: Some("^[0-9]{2}$".to_owned()), ..none }), Sample::Text("00".to_owned()));
    }
}
