//! Exact arithmetic with the digits of JSON numbers.

use std::cmp::Ordering;

/// A decimal number: `units / 10^scale`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decimal {
    units: i128,
    scale: u32,
}

impl Decimal {
    pub(super) const ZERO: Self = Self { units: 0, scale: 0 };

    /// Reads digits with an optional sign, fraction and exponent. Returns `None` for anything else, and for numbers with
    /// more digits than fit.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (digits, exponent) = match text.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_digits(whole.strip_prefix('-').unwrap_or(whole)) || (digits.contains('.') && !is_digits(fraction)) {
            return None;
        }
        let units: i128 = format!("{whole}{fraction}").parse().ok()?;
        let scale = i32::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
        match u32::try_from(scale) {
            Ok(scale) => Some(Self { units, scale }),
            Err(_) => Some(Self { units: units.checked_mul(10_i128.checked_pow(scale.unsigned_abs())?)?, scale: 0 }),
        }
    }

    pub(super) fn add(self, other: Self) -> Option<Self> {
        let (a, b) = self.aligned(other)?;
        Some(Self { units: a.units.checked_add(b.units)?, scale: a.scale })
    }

    pub(super) fn negated(self) -> Option<Self> {
        Some(Self { units: self.units.checked_neg()?, ..self })
    }

    pub(super) fn times(self, other: Self) -> Option<Self> {
        Some(Self { units: self.units.checked_mul(other.units)?, scale: self.scale.checked_add(other.scale)? })
    }

    /// The next multiple of a positive step: the same number if it is one.
    pub(super) fn up_to_multiple(self, step: Self) -> Option<Self> {
        let (a, step) = self.aligned(step)?;
        let rest = a.units.checked_rem_euclid(step.units)?;
        let more = if rest == 0 { 0 } else { step.units.checked_sub(rest)? };
        Some(Self { units: a.units.checked_add(more)?, scale: a.scale })
    }

    /// The order of two numbers, unless they are too far apart to be compared exactly.
    pub(super) fn compared(self, other: Self) -> Option<Ordering> {
        let (a, b) = self.aligned(other)?;
        Some(a.units.cmp(&b.units))
    }

    fn aligned(self, other: Self) -> Option<(Self, Self)> {
        let scale = self.scale.max(other.scale);
        let to = |number: Self| {
            let factor = 10_i128.checked_pow(scale - number.scale)?;
            Some(Self { units: number.units.checked_mul(factor)?, scale })
        };
        Some((to(self)?, to(other)?))
    }

    /// Without zeros at the end of the fraction, apart from those of the first `least` digits.
    fn trimmed(mut self, least: u32) -> Self {
        while self.scale > least && self.units % 10 == 0 {
            self = Self { units: self.units / 10, scale: self.scale - 1 };
        }
        self
    }

    /// The digits. A whole number has no fraction; cents keep two digits.
    pub(super) fn digits(self) -> String {
        let number = self.trimmed(0);
        let number = if number.scale == 0 { number } else { self.trimmed(2.min(self.scale)) };
        let sign = if number.units < 0 { "-" } else { "" };
        let scale = number.scale as usize;
        let digits = format!("{:0>width$}", number.units.unsigned_abs(), width = scale + 1);
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }

    /// Whether it has no fraction.
    pub(super) fn is_whole(self) -> bool {
        self.trimmed(0).scale == 0
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    fn of(text: &str) -> Decimal {
        Decimal::parse(text).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn digits_stay_exact() {
        assert_eq!(of("0.1").add(of("0.2")).expect("a sum").digits(), "0.3");
        assert_eq!(of("110.10").times(of("2")).expect("a product").digits(), "220.20");
        assert_eq!(of("-1.5").add(of("1.5")).expect("a sum").digits(), "0");
        assert_eq!(of("12e2").digits(), "1200");
        assert_eq!(of("-0.05").negated().expect("a number").digits(), "0.05");
        assert_eq!(of("7").up_to_multiple(of("2.5")).expect("a multiple").digits(), "7.5");
        assert!(of("1200.0").is_whole() && !of("0.10").is_whole());
    }

    #[test]
    fn what_is_no_number_or_too_large_is_refused() {
        for text in ["", "-", "1.", ".5", "+1", "1e", "1_0", "NaN", "1e99", &"9".repeat(60)] {
            assert!(Decimal::parse(text).is_none(), "{text}");
        }
        assert!(of("1e30").times(of("1e30")).is_none());
    }
}
