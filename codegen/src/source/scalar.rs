//! The value of an unquoted word of YAML, by the core schema of YAML 1.2, as serde_yaml reads it.

use serde_yaml::{Number, Value};

/// The value of an unquoted word.
pub(super) fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    // few words of a document are numbers, and the first byte rules most of them out
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.')) {
        return Value::String(text.to_owned());
    }
    number(text).map_or_else(|| Value::String(text.to_owned()), Value::Number)
}

fn number(text: &str) -> Option<Number> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.starts_with(['+', '-']) {
        return None;
    }
    if let Some(unsigned) = integer(digits) {
        return match (negative, unsigned) {
            (false, n) => Some(n.into()),
            (true, n) if n <= i64::MAX.unsigned_abs() + 1 => Some(0i64.wrapping_sub_unsigned(n).into()),
            // too small for 64 bits, so the nearest float
            (true, n) => Some((-(n as f64)).into()),
        };
    }
    // with a leading zero it is not a number: 0123 is text
    if digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match digits {
        ".inf" | ".Inf" | ".INF" => Some((if negative { f64::NEG_INFINITY } else { f64::INFINITY }).into()),
        ".nan" | ".NaN" | ".NAN" if digits == text => Some(f64::NAN.into()),
        _ => {
            let float = digits.parse::<f64>().ok().filter(|f| f.is_finite())?;
            Some((if negative { -float } else { float }).into())
        }
    }
}

fn integer(digits: &str) -> Option<u64> {
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = digits.strip_prefix(prefix) {
            return if digits.starts_with(['+', '-']) { None } else { u64::from_str_radix(digits, radix).ok() };
        }
    }
    let is_decimal = digits.bytes().all(|b| b.is_ascii_digit()) && (digits.len() == 1 || !digits.starts_with('0'));
    if is_decimal { digits.parse().ok() } else { None }
}
