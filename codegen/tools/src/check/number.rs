//! Decimal numbers of any length, compared by their digits.

use std::cmp::Ordering;

/// A number, `0.DIGITS` times ten to the power of the exponent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    is_negative: bool,
    /// Without zeros at the beginning and at the end. Zero has none.
    digits: Vec<u8>,
    exponent: i64,
}

impl Number {
    /// Reads a JSON number. Returns `None` for another text.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (is_negative, text) = match text.strip_prefix('-') {
            Some(text) => (true, text),
            None => (false, text),
        };
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, power(exponent)?),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !is_digits(whole) || !is_digits(fraction) || mantissa.ends_with('.') {
            return None;
        }
        let all: Vec<u8> = whole.bytes().chain(fraction.bytes()).map(|byte| byte - b'0').collect();
        let zeros = all.iter().take_while(|digit| **digit == 0).count();
        let mut digits = all.get(zeros..).unwrap_or_default().to_vec();
        while digits.last() == Some(&0) {
            digits.pop();
        }
        if digits.is_empty() {
            return Some(Self { is_negative: false, digits, exponent: 0 });
        }
        let shift = i64::try_from(whole.len()).ok()? - i64::try_from(zeros).ok()?;
        Some(Self { is_negative, digits, exponent: exponent.saturating_add(shift) })
    }

    /// Whether it has no fraction: `1.0` and `1e3` have none.
    pub(super) fn is_whole(&self) -> bool {
        i64::try_from(self.digits.len()).is_ok_and(|length| length <= self.exponent) || self.digits.is_empty()
    }

    /// Whether it is a multiple of another number, whose digits fit 64 bits. Of one that is longer, or zero, it is not.
    pub(super) fn is_multiple_of(&self, other: &Self) -> bool {
        if self.digits.is_empty() {
            return true;
        }
        let integer =
            other.digits.iter().try_fold(0_u64, |value, digit| value.checked_mul(10)?.checked_add((*digit).into()));
        let Some(divisor) = integer.filter(|divisor| *divisor > 0).map(u128::from) else { return false };
        // Both as whole digits times a power of ten. Neither ends with a zero, so a smaller power can't be made up for.
        let power = |number: &Self| number.exponent.saturating_sub(number.digits.len() as i64);
        let Ok(mut power) = u64::try_from(power(self).saturating_sub(power(other))) else { return false };
        let mut rest = self.digits.iter().fold(0, |rest, digit| (rest * 10 + u128::from(*digit)) % divisor);
        let mut factor = 10 % divisor;
        while power > 0 {
            if power % 2 == 1 {
                rest = rest * factor % divisor;
            }
            factor = factor * factor % divisor;
            power /= 2;
        }
        rest == 0
    }

    /// The sign: -1, 0 or 1.
    fn sign(&self) -> i8 {
        match (self.digits.is_empty(), self.is_negative) {
            (true, _) => 0,
            (false, false) => 1,
            (false, true) => -1,
        }
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        self.sign().cmp(&other.sign()).then_with(|| {
            let size = self.exponent.cmp(&other.exponent).then_with(|| self.digits.cmp(&other.digits));
            if self.is_negative { size.reverse() } else { size }
        })
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Reads an exponent. One that is too long for any use becomes the greatest.
fn power(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let size = digits.parse::<i64>().unwrap_or(i64::MAX).min(i64::MAX / 4);
    Some(if text.starts_with('-') { -size } else { size })
}

#[cfg(test)]
mod tests {
    use super::Number;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn numbers_are_compared_by_their_digits() {
        let ascending = [
            "-1e99999999999999999999",
            "-10.5",
            "-10",
            "-0.1",
            "-1e-30",
            "0",
            "1e-99999999999999999999",
            "0.00000000000000000001",
            "0.1",
            "0.11",
            "9007199254740992",
            "9007199254740993",
            "100000000000000000000000000000000000001",
            "1e400",
            "1e401",
        ];
        for pair in ascending.windows(2) {
            assert!(number(pair[0]) < number(pair[1]), "{pair:?}");
            assert!(number(pair[1]) > number(pair[0]), "{pair:?}");
        }
        for (one, other) in [("1", "1.000"), ("100", "1e2"), ("0.01", "1E-2"), ("-0", "0.0e5"), ("12.50", "1.25e+1")] {
            assert_eq!(number(one), number(other));
        }
        for text in ["", "-", "a", "1.", ".5", "1e", "1e+", "--1", "1 "] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }

    #[test]
    fn whole_numbers_and_multiples() {
        for text in ["0", "-3", "1.0", "1e3", "1.5e1", "123456789012345678901234567890"] {
            assert!(number(text).is_whole(), "{text}");
        }
        for text in ["0.5", "1e-1", "15e-1", "123456789012345678901234567890.5"] {
            assert!(!number(text).is_whole(), "{text}");
        }
        for (one, other) in
            [("0", "7"), ("0.3", "0.1"), ("1e30", "8e-2"), ("-12", "3"), ("110.10", "0.01"), ("21e400", "7")]
        {
            assert!(number(one).is_multiple_of(&number(other)), "{one} {other}");
        }
        for (one, other) in [("0.35", "0.1"), ("1", "3"), ("110.105", "0.01"), ("1e400", "7"), ("1", "0")] {
            assert!(!number(one).is_multiple_of(&number(other)), "{one} {other}");
        }
    }
}
