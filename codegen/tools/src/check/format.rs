//! The formats of strings that are checked.

use std::net::{Ipv4Addr, Ipv6Addr};

/// A format that a document names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Email,
    /// An address with a scheme.
    Uri,
    Uuid,
    Ipv4,
    Ipv6,
}

impl Format {
    /// The format of this name, with the name. Others only describe a value, and are not checked.
    pub(super) fn of(name: &str) -> Option<(Self, &'static str)> {
        Some(match name {
            "email" => (Self::Email, "email"),
            "uri" => (Self::Uri, "uri"),
            "url" => (Self::Uri, "url"),
            "uuid" => (Self::Uuid, "uuid"),
            "ipv4" => (Self::Ipv4, "ipv4"),
            "ipv6" => (Self::Ipv6, "ipv6"),
            _ => return None,
        })
    }

    /// Whether a text has this format.
    pub(super) fn fits(self, text: &str) -> bool {
        let is_visible = |text: &str| !text.is_empty() && !text.chars().any(|c| c.is_whitespace() || c.is_control());
        match self {
            Self::Email => {
                is_visible(text)
                    && text.rsplit_once('@').is_some_and(|(local, host)| !local.is_empty() && !host.is_empty())
            }
            Self::Uri => {
                is_visible(text)
                    && text.split_once(':').is_some_and(|(scheme, rest)| is_scheme(scheme) && !rest.is_empty())
            }
            Self::Uuid => is_uuid(text),
            Self::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
            Self::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
        }
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.chars().all(|c| c == '-' || c.is_ascii_hexdigit())
}

/// What a text is as a date and time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// A date and time with its zone, as RFC 3339 has it.
    Zoned,
    /// A date and time without a zone.
    WithoutZone,
    /// Neither.
    Other,
}

/// Whether a text is a calendar date, `2026-02-28`.
pub(super) fn is_date(text: &str) -> bool {
    let &[a, b, c, d, b'-', e, f, b'-', g, h] = text.as_bytes() else { return false };
    let (Some(year), Some(month), Some(day)) = (digits(&[a, b, c, d]), digits(&[e, f]), digits(&[g, h])) else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// Reads a text as a date and time.
pub(super) fn moment(text: &str) -> Moment {
    let Some((date, time)) = text.split_at_checked(10) else { return Moment::Other };
    let Some(time) = time.strip_prefix(['T', 't']).filter(|_| is_date(date)) else { return Moment::Other };
    let Some((clock, rest)) = time.split_at_checked(8) else { return Moment::Other };
    let &[a, b, b':', c, d, b':', e, f] = clock.as_bytes() else { return Moment::Other };
    let is_clock = digits(&[a, b]).is_some_and(|hour| hour < 24)
        && digits(&[c, d]).is_some_and(|minute| minute < 60)
        // A leap second is the 61st of its minute.
        && digits(&[e, f]).is_some_and(|second| second <= 60);
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => {
            let zone = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            if zone.len() == fraction.len() {
                return Moment::Other;
            }
            zone
        }
        None => rest,
    };
    match rest.as_bytes() {
        _ if !is_clock => Moment::Other,
        [] => Moment::WithoutZone,
        [b'Z' | b'z'] => Moment::Zoned,
        &[b'+' | b'-', a, b, b':', c, d]
            if digits(&[a, b]).is_some_and(|hour| hour < 24) && digits(&[c, d]).is_some_and(|minute| minute < 60) =>
        {
            Moment::Zoned
        }
        _ => Moment::Other,
    }
}

/// Whether a text is a decimal number without an exponent, as amounts in strings are written.
pub(super) fn is_decimal(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits(whole) && is_digits(fraction)
}

fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0, |value, byte| byte.is_ascii_digit().then(|| value * 10 + u32::from(byte - b'0')))
}

#[cfg(test)]
mod tests {
    use super::{Format, Moment, is_date, is_decimal, moment};

    #[test]
    fn dates_exist() {
        for text in ["2026-01-31", "2024-02-29", "2000-02-29", "0001-12-31"] {
            assert!(is_date(text), "{text}");
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
            "２026-01-1",
        ] {
            assert!(!is_date(text), "{text}");
        }
    }

    #[test]
    fn times_have_a_zone() {
        for text in [
            "2026-01-31T10:00:00Z",
            "2026-01-31t10:00:00.123456789z",
            "2026-01-31T23:59:60+05:30",
            "2026-01-31T00:00:00-00:00",
        ] {
            assert_eq!(moment(text), Moment::Zoned, "{text}");
        }
        for text in ["2026-01-31T10:00:00", "2026-01-31T10:00:00.5"] {
            assert_eq!(moment(text), Moment::WithoutZone, "{text}");
        }
        for text in [
            "",
            "2026-01-31",
            "2026-01-31 10:00:00Z",
            "2026-01-31T10:00Z",
            "2026-01-31T24:00:00Z",
            "2026-01-31T10:00:00.Z",
            "2026-01-31T10:00:00+0530",
            "2026-02-30T10:00:00Z",
            "2026-01-31T10:00:00é",
        ] {
            assert_eq!(moment(text), Moment::Other, "{text}");
        }
    }

    #[test]
    fn formats_and_decimals() {
        let fits = |name: &str, text: &str| Format::of(name).is_some_and(|(format, _)| format.fits(text));
        assert!(
            fits("email", "a@example.com") && !fits("email", "a@") && !fits("email", "a b@c") && !fits("email", "a")
        );
        assert!(
            fits("uri", "https://example.com")
                && fits("url", "app+x:y")
                && !fits("uri", "/path")
                && !fits("uri", "1a:b")
        );
        assert!(
            fits("uuid", "123e4567-e89b-12d3-a456-426614174000") && !fits("uuid", "123e4567e89b12d3a456426614174000")
        );
        assert!(
            fits("ipv4", "127.0.0.1")
                && !fits("ipv4", "127.0.0.256")
                && fits("ipv6", "::1")
                && !fits("ipv6", "127.0.0.1")
        );
        assert_eq!(Format::of("cognito_id"), None);
        for text in ["0", "-12.50", "100000000000000000000.01"] {
            assert!(is_decimal(text), "{text}");
        }
        for text in ["", "-", ".5", "5.", "1e3", "+1", "1,000", " 1"] {
            assert!(!is_decimal(text), "{text}");
        }
    }
}
