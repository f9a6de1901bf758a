//! A date and time that keeps its original text.

use std::fmt;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, SecondsFormat, TimeZone};
use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A date and time with its offset from UTC. [`moment`](Self::moment) returns it as a [`chrono::DateTime<FixedOffset>`].
///
/// It also keeps the format of its text (digits of the second's fraction, `Z` or `+00:00`, or a date only), so that writing a
/// response produces the original text. Two timestamps are equal if they are the same moment.
///
/// ```
/// use plaid_sdk::types::Timestamp;
///
/// let posted: Timestamp = "2026-03-01T09:30:00.50Z".parse()?;
/// assert_eq!(posted.to_string(), "2026-03-01T09:30:00.50Z");
/// assert_eq!(posted.moment().timestamp(), 1_772_357_400);
/// # Ok::<(), plaid_sdk::types::ParseTimestampError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Timestamp {
    moment: DateTime<FixedOffset>,
    style: Style,
}

/// The format of the text.
#[derive(Clone, Copy)]
enum Style {
    /// With this many digits of fraction, and `Z` for UTC if `zulu`.
    Full { digits: u8, zulu: bool },
    /// A date only, at midnight UTC.
    Date,
    /// As chrono writes it.
    Automatic,
}

impl Timestamp {
    /// The moment.
    pub const fn moment(&self) -> DateTime<FixedOffset> {
        self.moment
    }
}

impl<Tz: TimeZone> From<DateTime<Tz>> for Timestamp {
    fn from(moment: DateTime<Tz>) -> Self {
        Self { moment: moment.fixed_offset(), style: Style::Automatic }
    }
}

impl From<Timestamp> for DateTime<FixedOffset> {
    fn from(timestamp: Timestamp) -> Self {
        timestamp.moment
    }
}

impl Default for Timestamp {
    /// 1970-01-01T00:00:00Z.
    fn default() -> Self {
        DateTime::UNIX_EPOCH.into()
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.moment == other.moment
    }
}

impl Eq for Timestamp {}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.moment.cmp(&other.moment)
    }
}

impl std::hash::Hash for Timestamp {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.moment.hash(state);
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.style {
            Style::Automatic => f.write_str(&self.moment.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
            Style::Date => write!(f, "{}", self.moment.date_naive()),
            Style::Full { digits, zulu } => {
                let text = self.moment.to_rfc3339_opts(SecondsFormat::Secs, zulu);
                // The year has four digits, so the offset follows `2026-03-01T09:30:00`.
                let (seconds, offset) = text.split_at_checked(19).unwrap_or((&text, ""));
                f.write_str(seconds)?;
                if digits > 0 {
                    let nanos = format!("{:09}", self.moment.timestamp_subsec_nanos() % 1_000_000_000);
                    let digits = usize::from(digits);
                    write!(f, ".{:0<digits$}", nanos.get(..digits.min(9)).unwrap_or(&nanos))?;
                }
                f.write_str(offset)
            }
        }
    }
}

impl std::str::FromStr for Timestamp {
    type Err = ParseTimestampError;

    /// Parses RFC 3339. A date only, which Plaid sends in a few places, is midnight UTC.
    fn from_str(text: &str) -> Result<Self, ParseTimestampError> {
        if text.len() == 10 {
            let date = parse_date(text).ok_or(ParseTimestampError)?;
            let moment = date.and_time(NaiveTime::MIN).and_utc().fixed_offset();
            return Ok(Self { moment, style: Style::Date });
        }
        let moment = DateTime::parse_from_rfc3339(text).map_err(|_| ParseTimestampError)?;
        let fraction = text.split_once('.').map_or(0, |(_, rest)| rest.bytes().take_while(u8::is_ascii_digit).count());
        let digits = u8::try_from(fraction).map_err(|_| ParseTimestampError)?;
        let plain = text.as_bytes().get(10) == Some(&b'T');
        let style = if plain { Style::Full { digits, zulu: text.ends_with('Z') } } else { Style::Automatic };
        Ok(Self { moment, style })
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = Timestamp;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a timestamp such as 2026-03-01T09:30:00Z")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Timestamp, E> {
                text.parse().map_err(E::custom)
            }
        }

        deserializer.deserialize_str(Text)
    }
}

/// Parses `2026-03-01`, and nothing else. (chrono's parser accepts other forms and takes ten times as long.)
pub(crate) fn parse_date(text: &str) -> Option<NaiveDate> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return None };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_u32, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0')))
    };
    let year = i32::try_from(number(&[y1, y2, y3, y4])?).ok()?;
    NaiveDate::from_ymd_opt(year, number(&[m1, m2])?, number(&[d1, d2])?)
}

/// The text is not an RFC 3339 timestamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseTimestampError;

impl fmt::Display for ParseTimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a timestamp such as 2026-03-01T09:30:00Z")
    }
}

impl std::error::Error for ParseTimestampError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_comes_back_as_it_was() {
        for text in [
            "2020-01-01",
            "2017-09-14T14:42:19Z",
            "2017-09-14T14:42:19.350Z",
            "2017-09-14T14:42:19.35Z",
            "2017-09-14T14:42:19.000000001Z",
            "2017-09-14T14:42:19+00:00",
            "2017-09-14T14:42:19.1-05:30",
        ] {
            assert_eq!(text.parse::<Timestamp>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn it_is_text_for_serde() {
        let there: Timestamp = serde_json::from_str(r#""2017-09-14T14:42:19.35Z""#).unwrap();
        assert_eq!(serde_json::to_string(&there).unwrap(), r#""2017-09-14T14:42:19.35Z""#);
        assert!(serde_json::from_str::<Timestamp>(r#""soon""#).is_err());
        assert!(serde_json::from_str::<Timestamp>("1").is_err());
    }

    #[test]
    fn what_is_no_timestamp_is_refused() {
        for text in ["", "2020", "2020-13-01", "2020-01-01T25:00:00Z", "2020-01-01T00:00:00", "today", "2020-01-0é"] {
            assert!(text.parse::<Timestamp>().is_err(), "{text}");
        }
    }

    #[test]
    fn equality_is_of_the_moment() {
        let here: Timestamp = "2020-01-01T01:00:00+01:00".parse().unwrap();
        assert_eq!(here, "2020-01-01".parse().unwrap());
        assert_eq!(Timestamp::from(here.moment().to_utc()).to_string(), "2020-01-01T00:00:00Z");
    }
}
