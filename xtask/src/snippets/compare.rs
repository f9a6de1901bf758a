//! Compares JSON that arrived with the sample that was to be sent: equal values and digits, in any order of properties.

use api_tools::snippets::is_rounded;
use codegen::api_model::Sample;

/// When two texts are equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Times {
    /// Letter by letter.
    Texts,
    /// Letter by letter, or as two spellings of one time: `Z` and `+00:00`, with and without a fraction.
    Instants,
}

/// What differs.
#[derive(Debug, Default)]
pub struct Differences {
    /// Each with its path.
    pub problems: Vec<String>,
    /// Whether a number has more digits than the language keeps. It was compared as `f64`.
    pub rounded: bool,
}

impl Differences {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.problems.is_empty()
    }
}

/// Compares two values.
pub fn differences(sent: &Sample, arrived: &Sample, times: Times) -> Differences {
    let mut found = Differences::default();
    compare(sent, arrived, times, "", &mut found);
    found
}

fn compare(sent: &Sample, arrived: &Sample, times: Times, path: &str, found: &mut Differences) {
    let is_equal = match (sent, arrived) {
        (Sample::Object(sent), Sample::Object(arrived)) => {
            for (name, value) in sent {
                match arrived.iter().find(|(other, _)| other == name) {
                    Some((_, other)) => compare(value, other, times, &format!("{path}.{name}"), found),
                    None => found.problems.push(format!("{path}.{name} did not arrive")),
                }
            }
            for (name, _) in arrived.iter().filter(|(name, _)| !sent.iter().any(|(other, _)| other == name)) {
                found.problems.push(format!("{path}.{name} arrived, and was not in the sample"));
            }
            return;
        }
        (Sample::List(sent), Sample::List(arrived)) if sent.len() == arrived.len() => {
            for (index, (value, other)) in sent.iter().zip(arrived).enumerate() {
                compare(value, other, times, &format!("{path}[{index}]"), found);
            }
            return;
        }
        (Sample::Number(a), Sample::Number(b)) if is_rounded(a) => {
            found.rounded = true;
            a.parse::<f64>().ok() == b.parse::<f64>().ok()
        }
        (Sample::Number(a), Sample::Number(b)) => decimal(a) == decimal(b),
        (Sample::Text(a), Sample::Text(b)) => {
            a == b || (times == Times::Instants && instant(a).is_some_and(|a| instant(b) == Some(a)))
        }
        (a, b) => a == b,
    };
    if !is_equal {
        found.problems.push(format!("{path} is {arrived:?}, not {sent:?}"));
    }
}

/// A number as sign, digits without zeros at the ends, and exponent.
fn decimal(number: &str) -> Option<(bool, String, i64)> {
    let (is_negative, number) = number.strip_prefix('-').map_or((false, number), |rest| (true, rest));
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let exponent: i64 = exponent.trim_start_matches('+').parse().ok()?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let exponent = exponent - i64::try_from(fraction.len()).ok()?;
    let shorter = digits.trim_end_matches('0');
    let exponent = exponent + i64::try_from(digits.len() - shorter.len()).ok()?;
    let digits = shorter.trim_start_matches('0').to_owned();
    Some(if digits.is_empty() { (false, digits, 0) } else { (is_negative, digits, exponent) })
}

/// A date and time, without zeros at the end of its fraction, and with its offset in numbers.
fn instant(text: &str) -> Option<(String, String)> {
    let (day, time) = text.split_once('T')?;
    let at = time.find(['Z', '+', '-'])?;
    let (time, offset) = time.split_at(at);
    let time = if time.contains('.') { time.trim_end_matches('0').trim_end_matches('.') } else { time };
    let offset = if offset == "Z" { "+00:00" } else { offset };
    Some((format!("{day}T{time}"), offset.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{Times, differences};
    use api_tools::json::parse;

    fn problems(sent: &str, arrived: &str, times: Times) -> Vec<String> {
        differences(&parse(sent).expect("JSON"), &parse(arrived).expect("JSON"), times).problems
    }

    #[test]
    fn values_are_equal_whatever_their_order_and_spelling() {
        let sent = r#"{"a": [1.50, 100, 0.0, null], "b": {"c": "x"}}"#;
        assert!(problems(sent, r#"{"b": {"c": "x"}, "a": [1.5, 1e2, 0, null]}"#, Times::Texts).is_empty());
        for arrived in [
            r#"{"a": [1.51, 100, 0, null], "b": {"c": "x"}}"#,
            r#"{"a": [1.5, "100", 0, null], "b": {"c": "x"}}"#,
            r#"{"a": [1.5, 100, 0], "b": {"c": "x"}}"#,
            r#"{"a": [1.5, 100, 0, null], "b": {}}"#,
            r#"{"a": [1.5, 100, 0, null], "b": {"c": "x", "d": 1}}"#,
        ] {
            assert_eq!(problems(sent, arrived, Times::Texts).len(), 1, "{arrived}");
        }
    }

    #[test]
    fn spellings_of_a_time_are_equal_only_where_that_is_meant() {
        let (sent, arrived) = (r#""2024-05-01T10:00:00.50Z""#, r#""2024-05-01T10:00:00.500000+00:00""#);
        assert!(problems(sent, arrived, Times::Instants).is_empty());
        assert_eq!(problems(sent, arrived, Times::Texts).len(), 1);
        assert_eq!(problems(sent, r#""2024-05-01T10:00:00.51Z""#, Times::Instants).len(), 1);
    }

    #[test]
    fn long_numbers_are_compared_as_the_language_keeps_them() {
        let sent = parse("12345678901234567890").expect("JSON");
        let found = differences(&sent, &parse("12345678901234567000").expect("JSON"), Times::Texts);
        assert!(found.rounded && found.is_empty());
    }
}
