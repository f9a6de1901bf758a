//! Strings by format and name, and the limits of values.

use regex::Regex;

use api_model::{Bound, Constraints, Sample};

/// A string for a property, by its format, else by its name.
pub(super) fn of(property: &str, constraints: &Constraints) -> Option<String> {
    by_format(property, constraints.format.as_deref()).or_else(|| by_name(property))
}

fn by_format(property: &str, format: Option<&str>) -> Option<String> {
    Some(match format? {
        "uuid" => uuid(property),
        "email" => "ada@example.com".to_owned(),
        "uri" | "url" => "https://example.com/".to_owned(),
        "hostname" => "example.com".to_owned(),
        "ipv4" | "ip" => "203.0.113.10".to_owned(),
        "ipv6" => "2001:db8::10".to_owned(),
        "byte" => "SGVsbG8=".to_owned(),
        "time" => "12:00:00".to_owned(),
        _ => return None,
    })
}

fn by_name(property: &str) -> Option<String> {
    let words = words(property);
    let last = words.last()?;
    Some(match last.as_str() {
        "id" | "uuid" | "guid" => uuid(property),
        "email" => "ada@example.com".to_owned(),
        "url" | "uri" | "website" => "https://example.com/".to_owned(),
        "webhook" => "https://example.com/webhook".to_owned(),
        "phone" => "+14155550123".to_owned(),
        "ip" => "203.0.113.10".to_owned(),
        _ => return None,
    })
}

/// An id that is stable for a name, and differs between names. It has the form of a random UUID (RFC 9562, version 4).
fn uuid(name: &str) -> String {
    let hash =
        |seed: u64| name.bytes().fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let mixed = |seed: u64| {
        let hash = hash(seed);
        (hash ^ (hash >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9)
    };
    let (high, low) = (mixed(0xcbf2_9ce4_8422_2325), mixed(0x9e37_79b9_7f4a_7c15));
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        0x8000 | (low >> 50),
        low & 0xffff_ffff_ffff
    )
}

/// The words of a name in snake or camel case.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in name.chars() {
        if matches!(c, '_' | '-' | '.') {
            words.push(String::new());
            continue;
        }
        if c.is_uppercase() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The singular of a name.
pub(super) fn singular(property: &str) -> &str {
    property.strip_suffix('s').filter(|stem| !stem.is_empty() && !stem.ends_with('s')).unwrap_or(property)
}

/// Whether a date with this name is an end (`true`) or a start (`false`), if the name shows it.
pub(super) fn is_end(property: &str) -> Option<bool> {
    words(property).iter().find_map(|word| match word.as_str() {
        "start" | "begin" | "from" | "since" | "after" | "first" => Some(false),
        "end" | "until" | "to" | "before" | "last" | "expiration" | "expires" | "due" => Some(true),
        _ => None,
    })
}

/// The number, or the nearest one within the limits.
pub(super) fn number(digits: &str, constraints: &Constraints) -> String {
    let value = digits.parse::<f64>().unwrap_or_default();
    let within = |limit: &Option<Bound>, step: f64| {
        let Bound { value: limit, exclusive } = limit.as_ref()?;
        let at = limit.as_f64()?;
        let breaks = (at - value) * step > 0.0 || (*exclusive && (at - value).abs() < f64::EPSILON);
        breaks.then(|| if *exclusive { (at + step).to_string() } else { limit.to_string() })
    };
    within(&constraints.minimum, 1.0)
        .or_else(|| within(&constraints.maximum, -1.0))
        .unwrap_or_else(|| digits.to_owned())
}

/// Whether a number is within its limits, and a string has a valid length and matches its pattern. Patterns with
/// look-around are not supported here.
pub(super) fn is_allowed(sample: &Sample, constraints: &Constraints) -> bool {
    let text = match sample {
        Sample::Text(text) => text,
        Sample::Number(digits) => return number(digits, constraints) == *digits,
        _ => return true,
    };
    let length = text.chars().count();
    let pattern = constraints.pattern.as_deref().and_then(|pattern| Regex::new(pattern).ok());
    constraints.min_length.is_none_or(|least| length >= least)
        && constraints.max_length.is_none_or(|most| length <= most)
        && pattern.is_none_or(|pattern| pattern.is_match(text))
}

pub(super) fn is_decimal(text: &str) -> bool {
    matches(text, r"^-?\d+(\.\d+)?$")
}

pub(super) fn is_date(text: &str) -> bool {
    matches(text, r"^\d{4}-\d\d-\d\d$")
}

pub(super) fn is_moment(text: &str) -> bool {
    matches(text, r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
}

fn matches(text: &str, pattern: &str) -> bool {
    Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(text))
}
