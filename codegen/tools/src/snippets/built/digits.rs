//! How many digits of a number a client keeps.

/// How many digits are significant: those between the first and the last that is not zero.
pub fn significant(number: &str) -> usize {
    let mantissa = number.split(['e', 'E']).next().unwrap_or(number);
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').len()
}

/// Whether a number of 64 bits has another value: more than 15 digits, or out of range.
pub fn is_rounded(number: &str) -> bool {
    significant(number) > 15 || number.parse::<f64>().is_ok_and(f64::is_infinite)
}

#[cfg(test)]
mod tests {
    use super::{is_rounded, significant};

    #[test]
    fn numbers_with_too_many_digits_are_noticed() {
        assert_eq!(significant("0.00120"), 2);
        assert_eq!(significant("-12300"), 3);
        assert_eq!(significant("1.5e300"), 2);
        assert!(is_rounded("1234567890123456.7") && is_rounded("1e400"));
        assert!(!is_rounded("110.10") && !is_rounded("100000000000000000000"));
    }
}
