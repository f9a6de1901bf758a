//! Dates, and dates with times, as RFC 3339 writes them.

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// The year, of four digits.
    pub year: u32,
    /// The month, from 1.
    pub month: u32,
    /// The day, from 1.
    pub day: u32,
}

impl Day {
    /// Reads `2026-02-28`. Returns `None` for another text, and for a day that no calendar has.
    pub fn parse(text: &str) -> Option<Self> {
        let &[a, b, c, d, b'-', e, f, b'-', g, h] = text.as_bytes() else { return None };
        let (year, month, day) = (digits(&[a, b, c, d])?, digits(&[e, f])?, digits(&[g, h])?);
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            4 | 6 | 9 | 11 => 30,
            2 if is_leap => 29,
            2 => 28,
            1..=12 => 31,
            _ => return None,
        };
        (1..=days).contains(&day).then_some(Self { year, month, day })
    }
}

/// A date and time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment<'a> {
    /// The day.
    pub day: Day,
    /// The hour.
    pub hour: u32,
    /// The minute.
    pub minute: u32,
    /// The second. 60 is a leap second.
    pub second: u32,
    /// The digits of the fraction of the second. Empty without one.
    pub fraction: &'a str,
    /// The zone, if the text has one.
    pub zone: Option<Zone>,
}

/// The zone of a date and time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// `Z`.
    Utc,
    /// The minutes that the clock is ahead of UTC.
    Ahead(i32),
}

impl<'a> Moment<'a> {
    /// Reads `2026-02-28T12:30:00.5+02:00`, with a zone or without one. Returns `None` for another text.
    pub fn parse(text: &'a str) -> Option<Self> {
        let (day, time) = text.split_at_checked(10)?;
        let day = Day::parse(day)?;
        let (clock, rest) = time.strip_prefix(['T', 't'])?.split_at_checked(8)?;
        let &[a, b, b':', c, d, b':', e, f] = clock.as_bytes() else { return None };
        let (hour, minute, second) = (digits(&[a, b])?, digits(&[c, d])?, digits(&[e, f])?);
        let (fraction, zone) = match rest.strip_prefix('.') {
            Some(rest) => {
                let zone = rest.trim_start_matches(|c: char| c.is_ascii_digit());
                let fraction = rest.get(..rest.len() - zone.len()).filter(|digits| !digits.is_empty())?;
                (fraction, zone)
            }
            None => ("", rest),
        };
        let zone = match *zone.as_bytes() {
            [] => None,
            [b'Z' | b'z'] => Some(Zone::Utc),
            [sign @ (b'+' | b'-'), a, b, b':', c, d] => {
                let (hours, minutes) = (digits(&[a, b])?, digits(&[c, d])?);
                let ahead = i32::try_from(hours * 60 + minutes).ok().filter(|_| hours < 24 && minutes < 60)?;
                Some(Zone::Ahead(if sign == b'-' { -ahead } else { ahead }))
            }
            _ => return None,
        };
        let is_clock = hour < 24 && minute < 60 && second <= 60;
        is_clock.then_some(Self { day, hour, minute, second, fraction, zone })
    }
}

fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0, |value, byte| byte.is_ascii_digit().then(|| value * 10 + u32::from(byte - b'0')))
}

#[cfg(test)]
mod tests {
    use super::{Day, Moment, Zone};

    #[test]
    fn dates_exist() {
        for text in ["2026-01-31", "2024-02-29", "2000-02-29", "0001-12-31"] {
            assert!(Day::parse(text).is_some(), "{text}");
        }
        for text in [
            "",
            "2026-1-31",
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-01",
            "2026-04-31",
            "2026-01-00",
            "2026/01/01",
            "2026-01-01T",
            "26-01-31",
            "2026-01-3é",
            "２026-01-1",
        ] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn times_have_a_zone_or_none() {
        for text in [
            "2026-01-31T10:00:00Z",
            "2026-01-31t10:00:00.123456789z",
            "2026-01-31T23:59:60+05:30",
            "2026-01-31T00:00:00-00:00",
        ] {
            assert!(Moment::parse(text).is_some_and(|moment| moment.zone.is_some()), "{text}");
        }
        for text in ["2026-01-31T10:00:00", "2026-01-31T10:00:00.5"] {
            assert!(Moment::parse(text).is_some_and(|moment| moment.zone.is_none()), "{text}");
        }
        for text in [
            "",
            "T12:00:00Z",
            "2026-01-31",
            "2026-01-31 10:00:00Z",
            "2026-01-31T10:00Z",
            "2026-01-31T24:00:00Z",
            "2026-01-31T10:00:00.Z",
            "2026-01-31T10:00:00+0530",
            "2026-01-31T10:00:00+24:00",
            "2026-02-30T10:00:00Z",
            "2026-01-31T10:00:00é",
        ] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_parts_are_read() {
        let moment = Moment::parse("2024-02-29T23:05:09.25-07:30").expect("a moment");
        assert_eq!(moment.day, Day { year: 2024, month: 2, day: 29 });
        assert_eq!((moment.hour, moment.minute, moment.second, moment.fraction), (23, 5, 9, "25"));
        assert_eq!(moment.zone, Some(Zone::Ahead(-450)));
    }
}
