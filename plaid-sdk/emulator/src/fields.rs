//! The fields of a request that has passed the check: absent and null values read as `None`.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::error::ApiError;

/// An object of a request.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'a>(pub &'a Value);

impl<'a> Fields<'a> {
    /// A value, if it is there and not null.
    pub fn value(self, name: &str) -> Option<&'a Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    /// An object. An absent one reads as an empty one.
    pub fn object(self, name: &str) -> Fields<'a> {
        Fields(self.0.get(name).unwrap_or(&Value::Null))
    }

    /// A text.
    pub fn text(self, name: &str) -> Option<&'a str> {
        self.value(name)?.as_str()
    }

    /// A text that the request must have.
    ///
    /// # Errors
    /// `MISSING_FIELDS` without it, so that a request that was not checked is refused as well.
    pub fn required(self, name: &str) -> Result<&'a str, ApiError> {
        self.text(name).ok_or_else(|| ApiError::missing_fields(name))
    }

    /// A whole number.
    pub fn integer(self, name: &str) -> Option<i64> {
        self.value(name)?.as_i64()
    }

    /// An amount of money or another exact number. `None` for one that is too large or has too many digits to count with.
    pub fn decimal(self, name: &str) -> Option<Decimal> {
        decimal(self.value(name)?)
    }

    /// Whether a flag is set.
    pub fn flag(self, name: &str) -> bool {
        self.value(name).and_then(Value::as_bool).unwrap_or(false)
    }

    /// The texts of a list. `None` without a list.
    pub fn texts(self, name: &str) -> Option<Vec<&'a str>> {
        Some(self.value(name)?.as_array()?.iter().filter_map(Value::as_str).collect())
    }

    /// The objects of a list. An absent list reads as an empty one.
    pub fn objects(self, name: &str) -> impl Iterator<Item = Fields<'a>> {
        self.value(name).and_then(Value::as_array).into_iter().flatten().map(Fields)
    }

    /// The first field that is not among the known ones.
    pub fn unknown(self, known: &[&str]) -> Option<&'a str> {
        self.0.as_object()?.keys().map(String::as_str).find(|name| !known.contains(name))
    }

    /// A date.
    ///
    /// # Errors
    /// `INVALID_FIELD` for a text that is not a date.
    pub fn date(self, name: &str) -> Result<Option<NaiveDate>, ApiError> {
        let Some(text) = self.text(name) else { return Ok(None) };
        match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            Ok(date) if text.len() == 10 => Ok(Some(date)),
            _ => Err(ApiError::invalid_field(&format!("{name} must be a date in the format YYYY-MM-DD"))),
        }
    }

    /// A number in a range, or another one if the request does not set it.
    ///
    /// # Errors
    /// `INVALID_FIELD` outside the range.
    pub fn within(self, name: &str, range: std::ops::RangeInclusive<i64>, default: i64) -> Result<usize, ApiError> {
        let number = self.integer(name).unwrap_or(default);
        match usize::try_from(number) {
            Ok(size) if range.contains(&number) => Ok(size),
            _ => {
                let (least, most) = (range.start(), range.end());
                let message = match *most {
                    i64::MAX => format!("{name} must be at least {least}"),
                    most => format!("{name} must be between {least} and {most}"),
                };
                Err(ApiError::invalid_field(&message))
            }
        }
    }
}

/// The largest number that amounts can have: sums and products of such numbers stay in range.
const LARGEST: Decimal = Decimal::from_parts(3_567_587_328, 232, 0, false, 0);

/// A number as it is written. `None` for other values, and for numbers that are too large or have too many digits.
pub fn decimal(value: &Value) -> Option<Decimal> {
    let text = value.as_number()?.to_string();
    let number: Decimal = text.parse().ok().or_else(|| Decimal::from_scientific(&text).ok())?;
    (number.abs() <= LARGEST).then(|| number.normalize())
}

/// An amount of money that is a text: a positive number with two digits after the point at the most.
pub fn money(text: &str) -> Option<Decimal> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let amount: Decimal = text.parse().ok().filter(|_| is_plain)?;
    (amount > Decimal::ZERO && amount <= LARGEST && amount.scale() <= 2).then_some(amount)
}

/// A time as responses contain it.
pub fn time(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string().replace(".000Z", "Z")
}

#[cfg(test)]
mod tests {
    use super::{Fields, money};
    use serde_json::json;

    #[test]
    fn absent_and_null_values_read_the_same() {
        let value = json!({"a": null, "b": {"c": "x"}, "list": ["x", "y"]});
        let fields = Fields(&value);
        assert_eq!((fields.text("a"), fields.text("z"), fields.object("b").text("c")), (None, None, Some("x")));
        assert_eq!(fields.object("a").text("c"), None);
        assert_eq!(fields.texts("list"), Some(vec!["x", "y"]));
        assert!(fields.required("a").is_err());
    }

    #[test]
    fn amounts_are_exact_and_not_too_large() {
        let value = json!({"a": 12.30, "b": 1e12, "c": 1e12 as i64 + 1, "d": 1e-40, "e": "1", "f": -0.1});
        let seen = ["a", "b", "c", "d", "e", "f"].map(|name| Fields(&value).decimal(name).map(|one| one.to_string()));
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(seen, [text("12.3"), text("1000000000000"), None, None, None, text("-0.1")]);
    }

    #[test]
    fn money_is_positive_and_has_two_digits() {
        assert_eq!(["12.34", "5", "0.1"].map(|text| money(text).is_some()), [true; 3]);
        let wrong =
            ["0", "0.00", "-1.00", "+1", "1.234", "1e3", "1_000", "", ".", "x", "79228162514264337593543950335"];
        for text in wrong {
            assert_eq!(money(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_and_dates_are_checked() {
        let value = json!({"count": 501, "date": "2026-02-30", "good": "2026-02-28", "short": "2026-2-8"});
        let fields = Fields(&value);
        let refused = fields.within("count", 1..=500, 100).expect_err("too many");
        assert_eq!(refused.message, "count must be between 1 and 500");
        assert_eq!(fields.within("offset", 0..=i64::MAX, 0), Ok(0));
        assert!(fields.date("date").is_err() && fields.date("short").is_err() && fields.date("good").is_ok());
    }
}
