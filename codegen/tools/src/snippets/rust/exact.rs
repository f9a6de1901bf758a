//! Which values the SDK's types keep as they are.

use std::collections::HashSet;

use api_model::Sample;

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
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return false };
    let (Some(year), Some(month), Some(day)) = (number(&[y1, y2, y3, y4]), number(&[m1, m2]), number(&[d1, d2])) else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=last).contains(&day)
}

/// Whether a text is a timestamp that the SDK writes in the same way: RFC 3339 with `T`, up to nine digits of the second's
/// fraction and a time zone; or a date only.
pub(super) fn is_timestamp(text: &str) -> bool {
    let Some((date, rest)) = text.split_at_checked(10) else { return false };
    if !is_date(date) || rest.is_empty() {
        return is_date(date);
    }
    let &[b'T', h1, h2, b':', m1, m2, b':', s1, s2, ref rest @ ..] = rest.as_bytes() else { return false };
    let below = |digits: [u8; 2], limit: u32| number(&digits).is_some_and(|number| number < limit);
    let rest = match rest {
        [b'.', fraction @ ..] => {
            let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if !(1..=9).contains(&digits) {
                return false;
            }
            &fraction[digits..]
        }
        rest => rest,
    };
    let is_zone = match *rest {
        [b'Z'] => true,
        // chrono writes no negative zero.
        [b'-', b'0', b'0', b':', b'0', b'0'] => false,
        [b'+' | b'-', h1, h2, b':', m1, m2] => below([h1, h2], 24) && below([m1, m2], 60),
        _ => false,
    };
    below([h1, h2], 24) && below([m1, m2], 60) && below([s1, s2], 60) && is_zone
}

/// Finds a property that is there twice.
pub(super) fn no_duplicates(properties: &[(String, Sample)]) -> Result<(), Unfit> {
    let mut seen = HashSet::new();
    match properties.iter().find(|(name, _)| !seen.insert(name)) {
        Some((name, _)) => Err(Unfit::new("is there twice").within(name)),
        None => Ok(()),
    }
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0')))
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
