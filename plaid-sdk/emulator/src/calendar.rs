//! Days on which banks of the United States work, and the time in New York, where the day of the ACH network ends.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta, Utc, Weekday};

/// The day itself if banks work on it, else the next one on which they do.
pub fn banking_day(from: NaiveDate) -> NaiveDate {
    let mut day = from;
    while !is_banking_day(day) {
        let Some(next) = day.succ_opt() else { return day };
        day = next;
    }
    day
}

/// The day after a number of banking days. The first day itself does not count.
pub fn banking_days_after(from: NaiveDate, days: u32) -> NaiveDate {
    (0..days).fold(from, |day, _| banking_day(day.succ_opt().unwrap_or(day)))
}

/// Whether banks work on a day: it is neither on a weekend nor a holiday of the Federal Reserve.
pub fn is_banking_day(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !is_holiday(day)
}

/// A holiday of the Federal Reserve. One on a Sunday is kept on Monday, one on a Saturday is not kept.
fn is_holiday(day: NaiveDate) -> bool {
    let is_fixed = |month: u32, of_month: u32| {
        let on = |day: NaiveDate| (day.month(), day.day()) == (month, of_month);
        let is_monday_after = || day.weekday() == Weekday::Mon && day.pred_opt().is_some_and(on);
        on(day) || is_monday_after()
    };
    // The n-th of a weekday has a date from 7 * (n - 1) + 1 to 7 * n.
    let is_nth = |month: u32, weekday: Weekday, nth: u32| {
        day.month() == month && day.weekday() == weekday && day.day().div_ceil(7) == nth
    };
    let is_last_of_may = day.month() == 5 && day.weekday() == Weekday::Mon && day.day() > 24;
    [(1, 1), (7, 4), (11, 11), (12, 25)].into_iter().any(|(month, of_month)| is_fixed(month, of_month))
        || day.year() >= 2021 && is_fixed(6, 19)
        || is_nth(1, Weekday::Mon, 3)
        || is_nth(2, Weekday::Mon, 3)
        || is_last_of_may
        || is_nth(9, Weekday::Mon, 1)
        || is_nth(10, Weekday::Mon, 2)
        || is_nth(11, Weekday::Thu, 4)
}

/// The time in New York: four hours behind UTC from the second Sunday of March to the first Sunday of November, five otherwise.
pub fn eastern(at: DateTime<Utc>) -> NaiveDateTime {
    let standard = at.naive_utc() - TimeDelta::hours(5);
    let sunday = |month: u32, nth: u64| {
        let first = NaiveDate::from_ymd_opt(standard.year(), month, 1)?;
        let to_sunday = u64::from((7 - first.weekday().num_days_from_sunday()) % 7);
        first.checked_add_days(Days::new(to_sunday + 7 * (nth - 1)))
    };
    // Clocks change at two o'clock: of standard time in March, of daylight saving time in November.
    let starts = sunday(3, 2).and_then(|day| day.and_hms_opt(2, 0, 0));
    let ends = sunday(11, 1).and_then(|day| day.and_hms_opt(1, 0, 0));
    let is_summer = starts.zip(ends).is_some_and(|(starts, ends)| (starts..ends).contains(&standard));
    if is_summer { standard + TimeDelta::hours(1) } else { standard }
}

#[cfg(test)]
mod tests {
    use super::{banking_day, banking_days_after, eastern, is_banking_day};
    use chrono::{DateTime, Datelike, NaiveDate, Utc, Weekday};

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn banks_rest_on_weekends_and_holidays() {
        let closed = [
            "2026-01-01",
            "2026-01-19",
            "2026-02-16",
            "2026-05-25",
            "2026-06-19",
            "2026-09-07",
            "2026-10-12",
            "2026-11-11",
            "2026-11-26",
            "2026-12-25",
            "2027-07-05",
            "2026-11-28",
            "2026-11-29",
            "2022-06-20",
        ];
        for text in closed {
            assert!(!is_banking_day(day(text)), "{text}");
        }
        // The third of July 2026 is a Friday before a holiday on a Saturday.
        for text in ["2026-07-03", "2026-11-27", "2026-05-18", "2020-06-19", "2026-09-14"] {
            assert!(is_banking_day(day(text)), "{text}");
        }
    }

    #[test]
    fn eleven_holidays_a_year_are_at_the_most_eleven_days() {
        for year in 2021..2060 {
            let first = NaiveDate::from_ymd_opt(year, 1, 1).expect("a date");
            let all = first.iter_days().take_while(|day| day.year() == year);
            let is_free =
                |day: &NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !is_banking_day(*day);
            let free = all.filter(is_free).count();
            assert!((9..=11).contains(&free), "{year}: {free}");
        }
    }

    #[test]
    fn banking_days_are_counted_over_weekends() {
        assert_eq!(banking_day(day("2026-11-28")), day("2026-11-30"));
        assert_eq!(banking_day(day("2026-11-30")), day("2026-11-30"));
        assert_eq!(banking_days_after(day("2026-11-25"), 1), day("2026-11-27"));
        assert_eq!(banking_days_after(day("2026-11-27"), 3), day("2026-12-02"));
        assert_eq!(banking_days_after(day("2026-11-28"), 0), day("2026-11-28"));
    }

    #[test]
    fn new_york_has_summer_time() {
        let local = |text: &str| eastern(text.parse::<DateTime<Utc>>().expect("a time")).to_string();
        assert_eq!(local("2026-11-28T20:00:00Z"), "2026-11-28 15:00:00");
        assert_eq!(local("2026-07-01T19:00:00Z"), "2026-07-01 15:00:00");
        assert_eq!(local("2026-03-08T06:59:59Z"), "2026-03-08 01:59:59");
        assert_eq!(local("2026-03-08T07:00:00Z"), "2026-03-08 03:00:00");
        assert_eq!(local("2026-11-01T05:59:59Z"), "2026-11-01 01:59:59");
        assert_eq!(local("2026-11-01T06:00:00Z"), "2026-11-01 01:00:00");
    }
}
