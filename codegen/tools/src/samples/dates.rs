//! Dates by the name of their property, so that all dates in a sample are in order: birth, opening, start, end, what comes
//! next.

use super::text::words;

/// The stages of what a sample describes, each with its day.
const BIRTH: &str = "1990-04-12";
const OPENING: &str = "2024-03-01";
const START: &str = "2026-01-01";
const END: &str = "2026-01-31";
const NEXT: &str = "2026-02-28";

/// The day for a property, `2026-01-31`.
pub(super) fn day(property: &str) -> &'static str {
    let stage = words(property).iter().find_map(|word| match word.as_str() {
        "birth" | "birthdate" | "birthday" | "dob" => Some(BIRTH),
        "origination" | "opened" | "opening" | "hire" | "hired" | "founded" | "incorporation" | "formation"
        | "incorporated" | "inception" | "established" => Some(OPENING),
        "start" | "begin" | "from" | "since" | "after" | "first" | "created" | "oldest" | "earliest" | "initial" => {
            Some(START)
        }
        "end" | "until" | "to" | "before" | "last" | "latest" | "updated" | "modified" | "completed" | "settled"
        | "newest" | "closed" | "expiration" | "expires" | "due" => Some(END),
        "next" | "expected" | "maturity" | "projected" | "payoff" | "expiry" => Some(NEXT),
        _ => None,
    });
    stage.unwrap_or(START)
}

/// The same with a time of day.
pub(super) fn moment(property: &str) -> String {
    format!("{}T12:00:00Z", day(property))
}

pub(super) fn is_date(text: &str) -> bool {
    let part = |range: std::ops::Range<usize>| {
        text.get(range).filter(|part| part.bytes().all(|byte| byte.is_ascii_digit())).and_then(|part| part.parse().ok())
    };
    let separated = text.len() == 10 && text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
    let (Some(year), Some(month), Some(day)): (Option<u32>, Option<u32>, Option<u32>) =
        (part(0..4), part(5..7), part(8..10))
    else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 31,
    };
    separated && (1..=12).contains(&month) && (1..=days).contains(&day)
}

pub(super) fn is_moment(text: &str) -> bool {
    let Some((date, time)) = text.split_once('T') else { return false };
    let zone = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at(zone);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let in_range = |text: &str, most: [u8; 3]| {
        let mut parts = text.split(':').zip(most);
        parts.all(|(part, most)| part.len() == 2 && is_digits(part) && part.parse().is_ok_and(|part: u8| part <= most))
    };
    let is_clock = clock.split(':').count() == 3 && in_range(clock, [23, 59, 60]);
    let is_zone = zone == "Z"
        || zone
            .strip_prefix(['+', '-'])
            .is_some_and(|zone| zone.split(':').count() == 2 && in_range(zone, [23, 59, 0]));
    is_date(date) && is_clock && is_digits(fraction) && is_zone
}

#[cfg(test)]
mod tests {
    use super::{day, is_date, is_moment};

    #[test]
    fn the_days_are_in_order() {
        for (first, second) in [
            ("date_of_birth", "origination_date"),
            ("original_open_date", "end_date"),
            ("start_date", "end_date"),
            ("created_at", "updatedAt"),
            ("last_payment_date", "next_payment_due_date"),
            ("pay_period_start_date", "pay_date"),
        ] {
            assert!(day(first) <= day(second), "{first}, {second}");
        }
    }

    #[test]
    fn dates_and_moments_are_recognized() {
        for text in ["2026-01-31", "2024-02-29"] {
            assert!(is_date(text), "{text}");
        }
        for text in ["2026-02-30", "2023-02-29", "2026-1-31", "2026-13-01", "26-01-31", "2026-01-3é", ""] {
            assert!(!is_date(text), "{text}");
        }
        for text in ["2026-01-31T12:00:00Z", "2026-01-31T12:00:00.123+02:00"] {
            assert!(is_moment(text), "{text}");
        }
        for text in ["2026-01-31", "2026-01-31T25:00:00Z", "2026-01-31T12:00:00", "2026-01-31T12:00Z", "T12:00:00Z"] {
            assert!(!is_moment(text), "{text}");
        }
    }
}
