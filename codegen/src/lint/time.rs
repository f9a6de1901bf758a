//! Dates and times in the format of RFC 3339.

/// Whether a text is a calendar date: `2026-02-28`.
pub(super) fn is_date(text: &str) -> bool {
    let Some((year, month, day)) = parts(text, '-', [4, 2, 2]) else { return false };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// Whether a text is a date and time: `2026-02-28T23:59:60.5+01:00`. Any minute may end with a leap second.
pub(super) fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once(['T', 't', ' ']) else { return false };
    let (time, zone) = match time.find(['Z', 'z', '+', '-']) {
        Some(at) => time.split_at(at),
        None => return false,
    };
    let is_zone = matches!(zone, "Z" | "z")
        || zone[1..].split_once(':').is_some_and(|(hours, minutes)| {
            number(hours, 2).is_some_and(|hours| hours < 24) && number(minutes, 2).is_some_and(|minutes| minutes < 60)
        });
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let is_fraction = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
    let is_time = parts(time, ':', [2, 2, 2]).is_some_and(|(h, m, s)| h < 24 && m < 60 && s <= 60);
    is_date(date) && is_time && is_fraction && is_zone
}

/// Three numbers with the given numbers of digits.
fn parts(text: &str, separator: char, digits: [usize; 3]) -> Option<(u32, u32, u32)> {
    let mut parts = text.split(separator);
    let mut next = |digits| parts.next().and_then(|part| number(part, digits));
    let all = (next(digits[0])?, next(digits[1])?, next(digits[2])?);
    parts.next().is_none().then_some(all)
}

fn number(text: &str, digits: usize) -> Option<u32> {
    (text.len() == digits && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::{is_date, is_date_time};

    #[test]
    fn dates() {
        for good in ["2026-01-31", "2024-02-29", "2000-02-29", "0000-12-01"] {
            assert!(is_date(good), "{good}");
        }
        for bad in [
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "2026-1-1",
            "26-01-01",
            "",
            "2026-01-01T00:00:00Z",
            "2026-01-01-01",
        ] {
            assert!(!is_date(bad), "{bad}");
        }
    }

    #[test]
    fn moments() {
        for good in ["2026-01-31T00:00:00Z", "2026-01-31t23:59:60.123456789-08:00", "2026-01-31 00:00:00+00:00"] {
            assert!(is_date_time(good), "{good}");
        }
        for bad in [
            "2026-01-31",
            "2026-01-31T00:00:00",
            "2026-01-31T24:00:00Z",
            "2026-02-30T00:00:00Z",
            "2026-01-31T00:00:00.Z",
            "2026-01-31T00:00Z",
            "2026-01-31T00:00:00+0100",
            "2026-01-31T00:00:00Zé",
            "T",
            "",
        ] {
            assert!(!is_date_time(bad), "{bad}");
        }
    }
}
