//! Dates and times as the clients take them.

use crate::calendar::{self, Day, Zone};

/// A date and time with its offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The year.
    pub year: u32,
    /// The month, from 1.
    pub month: u32,
    /// The day, from 1.
    pub day: u32,
    /// The hour.
    pub hour: u32,
    /// The minute.
    pub minute: u32,
    /// The second.
    pub second: u32,
    /// The nanoseconds.
    pub nanosecond: u32,
    /// The offset from UTC in minutes; `None` for `Z`.
    pub offset: Option<i32>,
}

impl Moment {
    /// Reads `2024-05-01T12:30:00.5+02:00`. Returns `None` for anything that is not a date and time with an offset, and for
    /// times that some client can't express: lower-case letters, leap seconds, offsets of more than 18 hours, fractions of a nanosecond.
    pub fn parse(text: &str) -> Option<Self> {
        let read = calendar::Moment::parse(text)?;
        let offset = match read.zone? {
            Zone::Utc => None,
            Zone::Ahead(minutes) => Some(minutes),
        };
        let is_common =
            read.second < 60 && read.fraction.len() <= 9 && offset.is_none_or(|ahead| ahead.abs() < 19 * 60);
        let nanosecond = format!("{:0<9}", read.fraction).parse().ok().filter(|_| is_common)?;
        let Day { year, month, day } = read.day;
        let calendar::Moment { hour, minute, second, .. } = read;
        Some(Self { year, month, day, hour, minute, second, nanosecond, offset })
    }
}

#[cfg(test)]
mod tests {
    use super::Moment;

    #[test]
    fn moments_have_an_offset_and_exist() {
        let moment = Moment::parse("2024-02-29T23:05:09.25-07:30").expect("a moment");
        assert_eq!((moment.year, moment.month, moment.day), (2024, 2, 29));
        assert_eq!((moment.hour, moment.minute, moment.second), (23, 5, 9));
        assert_eq!((moment.nanosecond, moment.offset), (250_000_000, Some(-450)));
        assert_eq!(Moment::parse("2020-01-01T00:00:00Z").map(|moment| moment.offset), Some(None));
        for text in ["2023-02-29T00:00:00Z", "2020-01-01", "2020-01-01T00:00:00", "2020-01-01T23:59:60Z", "T", "é"] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }
}
