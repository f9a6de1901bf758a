//! Dates and times in the format of RFC 3339.

use api_tools::calendar::{Day, Moment};

/// Whether a text is a calendar date: `2026-02-28`.
pub(super) fn is_date(text: &str) -> bool {
    Day::parse(text).is_some()
}

/// Whether a text is a date and time with a zone: `2026-02-28T23:59:60.5+01:00`. A space may be in place of the `T`.
pub(super) fn is_date_time(text: &str) -> bool {
    Moment::parse(&text.replacen(' ', "T", 1)).is_some_and(|moment| moment.zone.is_some())
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
