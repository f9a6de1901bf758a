//! The `Retry-After` header (RFC 9110, section 10.2.3).

use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use http::header::RETRY_AFTER;

use crate::runtime::error::Error;

/// How long the server asks to wait. Plaid does not document the header, but a proxy in front of it may send it.
pub(super) fn retry_after(error: &Error, now: SystemTime) -> Option<Duration> {
    parse(error.headers()?.get(RETRY_AFTER)?.to_str().ok()?, now)
}

/// Reads both forms: a number of seconds, or a date.
fn parse(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number that overflows is too long to wait for as well.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let until = DateTime::parse_from_rfc2822(value).ok()?;
    // A date in the past means no wait.
    Some((until.to_utc() - DateTime::<Utc>::from(now)).to_std().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_read_and_others_are_not() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let seconds = |value| parse(value, now).map(|pause| pause.as_secs());
        assert_eq!(seconds("0"), Some(0));
        assert_eq!(seconds(" 120 "), Some(120));
        assert_eq!(seconds("99999999999999999999999"), Some(u64::MAX));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:49:37 GMT"), Some(0));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:50:07 GMT"), Some(30));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:00:00 GMT"), Some(0));
        for other in ["", "-1", "1.5", "soon", "1994-11-06"] {
            assert_eq!(seconds(other), None, "{other}");
        }
    }
}
