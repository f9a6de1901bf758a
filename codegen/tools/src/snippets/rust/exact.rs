//! Which values the SDK's types keep as they are.

use std::collections::HashSet;

use api_model::Sample;

use crate::calendar::{Day, Moment};
use crate::snippets::error::Unfit;

/// The most digits that the SDK's decimals have, before and after the point together.
const DECIMAL_DIGITS: usize = 28;

/// A decimal by its digits and the number of those after the point. Returns `None` if the SDK would write the text in
/// another way, or can't contain it.
pub(super) fn decimal(text: &str) -> Option<(String, usize)> {
    let (sign, plain) = match text.strip_prefix('-') {
        Some(plain) => ("-", plain),
        None => ("", text),
    };
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = !whole.is_empty()
        && is_digits(whole)
        && is_digits(fraction)
        && (whole == "0" || !whole.starts_with('0'))
        && (plain.contains('.') != fraction.is_empty());
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_start_matches('0');
    // A decimal has no negative zero.
    if !is_plain || digits.len() > DECIMAL_DIGITS || (significant.is_empty() && !sign.is_empty()) {
        return None;
    }
    let mantissa = if significant.is_empty() { "0" } else { significant };
    Some((format!("{sign}{mantissa}"), fraction.len()))
}

/// Whether a JSON number has the same value as an `f64`.
pub(super) fn is_float(digits: &str) -> bool {
    digits.parse::<f64>().is_ok_and(|value| {
        value.is_finite() && parts(&format!("{value:e}")).is_some_and(|parts| Some(parts) == self::parts(digits))
    })
}

/// The sign, the digits without zeros at either end, and the exponent of the last digit: the same for numbers of one
/// value.
fn parts(number: &str) -> Option<(bool, String, i64)> {
    let (mantissa, exponent) = match number.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
        None => (number, 0),
    };
    let (is_negative, mantissa) = match mantissa.strip_prefix('-') {
        Some(mantissa) => (true, mantissa),
        None => (false, mantissa),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let short = digits.trim_end_matches('0');
    if short.is_empty() {
        return Some((false, String::new(), 0));
    }
    let cut = i64::try_from(digits.len() - short.len()).ok()?;
    let places = i64::try_from(fraction.len()).ok()?;
    Some((is_negative, short.trim_start_matches('0').to_owned(), exponent.checked_sub(places)?.checked_add(cut)?))
}

/// Whether a text is a date such as `2026-03-01`.
pub(super) fn is_date(text: &str) -> bool {
    Day::parse(text).is_some()
}

/// Whether a text is a timestamp that the SDK writes in the same way: RFC 3339 in capitals, up to nine digits of the second's
/// fraction and a time zone; or a date only.
pub(super) fn is_timestamp(text: &str) -> bool {
    // chrono writes no lower-case letters, no leap second and no negative zero.
    let is_kept = |moment: Moment<'_>| {
        moment.zone.is_some() && moment.fraction.len() <= 9 && moment.second < 60 && !text.ends_with("-00:00")
    };
    is_date(text) || (!text.contains(['t', 'z']) && Moment::parse(text).is_some_and(is_kept))
}

/// Finds a property that is there twice.
pub(super) fn no_duplicates(properties: &[(String, Sample)]) -> Result<(), Unfit> {
    let mut seen = HashSet::new();
    match properties.iter().find(|(name, _)| !seen.insert(name)) {
        Some((name, _)) => Err(Unfit::new("is there twice").within(name)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{decimal, is_date, is_float, is_timestamp};

    #[test]
    fn decimals_keep_their_digits() {
        let parts = |digits: &str, places| Some((digits.to_owned(), places));
        assert_eq!(decimal("12.50"), parts("1250", 2));
        assert_eq!(decimal("-0.07"), parts("-7", 2));
        assert_eq!(decimal("0"), parts("0", 0));
        assert_eq!(decimal("0.00"), parts("0", 2));
        assert_eq!(decimal("9223372036854775808.5"), parts("92233720368547758085", 1));
        for other in ["", "-", "1e3", ".5", "5.", "007", "+1", "-0", "-0.0", "1,5", "12345678901234567890123456789"] {
            assert_eq!(decimal(other), None, "{other}");
        }
    }

    #[test]
    fn floats_keep_their_value() {
        for digits in ["0.1", "41.40338", "102", "1e5", "0.10", "1E+2", "0", "-0.0", "1e-7", "123456789012345680000"] {
            assert!(is_float(digits), "{digits}");
        }
        for digits in ["0.1000000000000000055", "9007199254740993", "1e999", "3.14159265358979323846"] {
            assert!(!is_float(digits), "{digits}");
        }
    }

    #[test]
    fn dates_and_times_are_checked() {
        for text in ["2026-03-01", "2024-02-29", "2000-02-29"] {
            assert!(is_date(text) && is_timestamp(text), "{text}");
        }
        for text in ["2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "26-01-01", "2026-1-01", ""]
        {
            assert!(!is_date(text) && !is_timestamp(text), "{text}");
        }
        for text in ["2026-03-01T09:30:00Z", "2026-03-01T09:30:00.50Z", "2026-03-01T09:30:00.123456789-05:30"] {
            assert!(is_timestamp(text), "{text}");
        }
        for text in [
            "2026-03-01T09:30:00",
            "2026-03-01 09:30:00Z",
            "2026-03-01T24:00:00Z",
            "2026-03-01T09:30:60Z",
            "2026-03-01T09:30:00.Z",
            "2026-03-01T09:30:00.1234567890Z",
            "2026-03-01T09:30:00-00:00",
            "2026-03-01T09:30:00z",
            "2026-03-0é",
        ] {
            assert!(!is_timestamp(text), "{text}");
        }
    }
}
