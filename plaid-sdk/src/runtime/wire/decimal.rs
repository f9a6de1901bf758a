//! Exact decimals from the digits of a JSON number or string.
//!
//! serde's data model has no decimals: a number arrives as an `f64`, with 15 digits and without trailing zeros. serde_json can
//! provide a number's text instead: its `RawValue` requests a newtype struct with a name that only serde_json knows, and so does
//! this module. (The feature `arbitrary_precision` would do the same, but for every number of the application.) Other formats
//! ignore the name and provide an `f64`, whose shortest text is used.

use rust_decimal::Decimal;
use serde::Serializer;
use serde::ser::SerializeStruct;

/// The name by which serde_json provides and accepts raw text.
pub(super) const RAW: &str = "$serde_json::private::RawValue";

/// Parses plain or scientific notation exactly. `None` if that needs more than 28 digits or 28 decimal places.
pub(super) fn parse(text: &str) -> Option<Decimal> {
    parse_short(text.as_bytes()).or_else(|| parse_any(text))
}

/// Parses the usual `1234.56` (up to 18 digits, no exponent) without rust_decimal's general parser.
fn parse_short(text: &[u8]) -> Option<Decimal> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.len() > 18 || !digits.first()?.is_ascii_digit() || !digits.last()?.is_ascii_digit() {
        return None;
    }
    let mut mantissa = 0_i64;
    let mut scale = None;
    for &byte in digits {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa * 10 + i64::from(byte - b'0');
                scale = scale.map(|scale| scale + 1);
            }
            b'.' if scale.is_none() => scale = Some(0),
            _ => return None,
        }
    }
    Decimal::try_new(if negative { -mantissa } else { mantissa }, scale.unwrap_or(0)).ok()
}

fn parse_any(text: &str) -> Option<Decimal> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let starts_well = mantissa.strip_prefix('-').unwrap_or(mantissa).as_bytes().first().is_some_and(u8::is_ascii_digit);
    // rust_decimal accepts underscores and a leading or trailing point, which JSON does not.
    if !starts_well || mantissa.ends_with('.') || mantissa.contains('_') {
        return None;
    }
    let mut value = Decimal::from_str_exact(mantissa).ok()?;
    if exponent == 0 {
        return Some(value);
    }
    let scale = i64::from(value.scale()) - i64::from(exponent);
    match u32::try_from(scale) {
        Ok(scale) => {
            value.set_scale(scale).ok()?;
            Some(value)
        }
        Err(_) => {
            value.set_scale(0).ok()?;
            let zeros = u32::try_from(-scale).ok().filter(|zeros| *zeros <= 28)?;
            value.checked_mul(Decimal::from_i128_with_scale(10_i128.checked_pow(zeros)?, 0))
        }
    }
}

/// Writes a decimal as a number. serde_json's writer gets its exact digits. Other formats get an `f64` if it is exact, and a
/// string otherwise, which the reader accepts too.
pub(super) fn serialize<S: Serializer>(value: &Decimal, raw: bool, serializer: S) -> Result<S::Ok, S::Error> {
    if raw {
        let mut number = serializer.serialize_struct(RAW, 1)?;
        number.serialize_field(RAW, &value.to_string())?;
        return number.end();
    }
    if value.scale() == 0
        && let Ok(whole) = i64::try_from(*value)
    {
        return serializer.serialize_i64(whole);
    }
    let text = value.to_string();
    match text.parse::<f64>() {
        Ok(float) if parse(&float.to_string()) == Some(*value) => serializer.serialize_f64(float),
        _ => serializer.serialize_str(&text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_kept() {
        for (text, digits) in [
            ("12.50", "12.50"),
            ("0.1", "0.1"),
            ("-0.07", "-0.07"),
            ("100.00", "100.00"),
            ("1234567890123456789.123456789", "1234567890123456789.123456789"),
            ("1e3", "1000"),
            ("1.5E+3", "1500"),
            ("1.250e-2", "0.01250"),
            ("0e5", "0"),
        ] {
            assert_eq!(parse(text).map(|value| value.to_string()).as_deref(), Some(digits), "{text}");
        }
    }

    #[test]
    fn what_would_be_rounded_or_is_no_number_is_refused() {
        for text in
            ["", "-", ".5", "5.", "1_000", "1e", "1e99", "1e-40", "NaN", "0.12345678901234567890123456789", "+1"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
