//! Dates and times in the form of RFC 3339.

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
    /// Reads `2024-05-01T12:30:00.5+02:00`. Returns `None` for anything that is not a date and time with an offset.
    pub fn parse(text: &str) -> Option<Self> {
        let (date, time) = text.split_once('T')?;
        let (year, month, day) = Self::date(date)?;
        let (time, offset) = match time.strip_suffix('Z') {
            Some(time) => (time, None),
            None => {
                let at = time.rfind(['+', '-'])?;
                let (time, offset) = time.split_at_checked(at)?;
                let [hours, minutes] = numbers(offset.get(1..)?, ':', &[2, 2])?.try_into().ok()?;
                if hours > 18 || minutes > 59 {
                    return None;
                }
                let minutes = i32::try_from(hours * 60 + minutes).ok()?;
                (time, Some(if offset.starts_with('-') { -minutes } else { minutes }))
            }
        };
        let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
        let [hour, minute, second] = numbers(time, ':', &[2, 2, 2])?.try_into().ok()?;
        let is_fraction = (1..=9).contains(&fraction.len()) && fraction.bytes().all(|byte| byte.is_ascii_digit());
        if hour > 23 || minute > 59 || second > 59 || !is_fraction {
            return None;
        }
        let nanosecond = format!("{fraction:0<9}").parse().ok()?;
        Some(Self { year, month, day, hour, minute, second, nanosecond, offset })
    }

    /// The year, month and day of `2024-05-01`, if there is such a day.
    pub fn date(text: &str) -> Option<(u32, u32, u32)> {
        let [year, month, day] = numbers(text, '-', &[4, 2, 2])?.try_into().ok()?;
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if is_leap => 29,
            2 => 28,
            _ => return None,
        };
        (1..=days).contains(&day).then_some((year, month, day))
    }
}

/// The numbers between separators, each with so many digits.
fn numbers(text: &str, separator: char, digits: &[usize]) -> Option<Vec<u32>> {
    let parts: Vec<&str> = text.split(separator).collect();
    let fits = parts.len() == digits.len()
        && parts
            .iter()
            .zip(digits)
            .all(|(part, length)| part.len() == *length && part.bytes().all(|byte| byte.is_ascii_digit()));
    if !fits {
        return None;
    }
    parts.into_iter().map(|part| part.parse().ok()).collect()
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
        for text in ["2023-02-29T00:00:00Z", "2020-01-01", "2020-01-01T00:00:00", "2020-01-01T24:00:00Z", "T", "é"] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
        assert_eq!(Moment::date("1900-02-29"), None);
        assert_eq!(Moment::date("2000-02-29"), Some((2000, 2, 29)));
    }
}
