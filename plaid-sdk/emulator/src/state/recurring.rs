//! What recurring transfers need: their schedules, and the test clocks that some of them follow.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc, Weekday};
use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{AccountId, ItemId};
use crate::calendar::banking_day;

/// The recurring transfers and the test clocks of a client.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RecurringTransfers {
    /// The transfers, by id.
    pub transfers: IndexMap<String, RecurringTransfer>,
    /// The transfer that each idempotency key made.
    pub keys: IndexMap<String, String>,
    /// The times of the test clocks, by id.
    pub clocks: IndexMap<String, DateTime<Utc>>,
}

/// The state of a recurring transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecurringStatus {
    /// It makes transfers.
    Active,
    /// The client or Plaid has cancelled it.
    Cancelled,
    /// It has made the last one.
    Expired,
}

impl RecurringStatus {
    /// Plaid's name.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }
}

/// A transfer that is made again and again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecurringTransfer {
    /// Its id.
    pub id: String,
    /// The user's Item.
    pub item: ItemId,
    /// The user's account.
    pub account: AccountId,
    /// `debit` or `credit`.
    pub kind: String,
    /// The network.
    pub network: String,
    /// The use case of an ACH transfer.
    pub ach_class: Option<String>,
    /// How much each time.
    pub amount: Decimal,
    /// The user, as the request has them.
    pub user: Value,
    /// What it is for.
    pub description: String,
    /// The client's own account.
    pub funding_account: String,
    /// When it was made, by its clock.
    pub created: DateTime<Utc>,
    /// The test clock that it follows. `None`: the clock of all.
    pub clock: Option<String>,
    /// On which days it is due.
    pub schedule: Plan,
    /// The number of the next due day.
    pub next: u32,
    /// How far it is.
    pub status: RecurringStatus,
    /// The transfers that it has made, oldest first.
    pub made: Vec<String>,
    /// What was decided when it was made, with the rationale as responses contain it.
    pub decided: (String, Value),
}

impl RecurringTransfer {
    /// The day of its next transfer. `None` once there is none.
    pub fn next_day(&self) -> Option<NaiveDate> {
        let day = self.schedule.day(self.next);
        day.filter(|_| self.status == RecurringStatus::Active)
    }

    /// When its next transfer is made: when its day has begun in New York, but not before it was created.
    pub fn next_time(&self) -> Option<DateTime<Utc>> {
        let opening = NaiveTime::from_hms_opt(OPENING, 0, 0)?;
        Some(self.next_day()?.and_time(opening).and_utc().max(self.created))
    }
}

/// The hour of UTC at which the transfers of a day are made. In New York the day has begun then, in summer and in winter.
const OPENING: u32 = 5;

/// The unit of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Weeks.
    Week,
    /// Months.
    Month,
}

impl Unit {
    /// Plaid's name.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// Whether it has a day of a number: Monday to Friday, or the first to the 28th and the last five of a month.
    pub fn has(self, day: i64) -> bool {
        match self {
            Self::Week => (1..=5).contains(&day),
            Self::Month => (1..=28).contains(&day) || (-5..=-1).contains(&day),
        }
    }
}

/// The days on which a recurring transfer is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The unit of the interval.
    pub unit: Unit,
    /// How many units lie between two days.
    pub count: u32,
    /// The day of the week or the month.
    pub on: i64,
    /// The first day that can be due.
    pub start: NaiveDate,
    /// The last day that can be due.
    pub end: Option<NaiveDate>,
}

impl Plan {
    /// The n-th due day, from 0. On a day off, the next banking day is due. `None` after the end.
    pub fn day(&self, number: u32) -> Option<NaiveDate> {
        let day = banking_day(self.planned(number)?);
        self.end.is_none_or(|end| day <= end).then_some(day)
    }

    /// The n-th day, days off as well.
    fn planned(&self, number: u32) -> Option<NaiveDate> {
        let units = number.checked_mul(self.count)?;
        match self.unit {
            Unit::Week => {
                let weekday = Weekday::try_from(u8::try_from(self.on - 1).ok()?).ok()?;
                let ahead = (7 + weekday.num_days_from_monday() - self.start.weekday().num_days_from_monday()) % 7;
                self.start.checked_add_days(Days::new(u64::from(ahead) + 7 * u64::from(units)))
            }
            Unit::Month => {
                let of_start = of_month(self.start, 0, self.on)?;
                let first = u32::from(of_start < self.start);
                of_month(self.start, units.checked_add(first)?, self.on)
            }
        }
    }
}

/// A day of a later month. A negative number counts from its end.
fn of_month(date: NaiveDate, later: u32, on: i64) -> Option<NaiveDate> {
    let first = date.with_day(1)?.checked_add_months(chrono::Months::new(later))?;
    match on {
        1.. => first.with_day(u32::try_from(on).ok()?),
        _ => first.checked_add_months(chrono::Months::new(1))?.checked_sub_days(Days::new(on.unsigned_abs())),
    }
}

#[cfg(test)]
mod tests {
    use super::{Plan, Unit};
    use crate::calendar::is_banking_day;
    use crate::ids::Ids;
    use chrono::{Datelike, NaiveDate, TimeDelta};

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn days(plan: &Plan, most: usize) -> Vec<String> {
        (0..).map_while(|number| plan.day(number)).take(most).map(|day| day.to_string()).collect()
    }

    #[test]
    fn weeks_and_months_are_counted_from_the_start() {
        let weekly = Plan { unit: Unit::Week, count: 1, on: 2, start: day("2022-11-15"), end: Some(day("2022-11-30")) };
        assert_eq!(days(&weekly, 9), ["2022-11-15", "2022-11-22", "2022-11-29"]);
        // The first Thursday is Thanksgiving, so Friday is due.
        let every_other = Plan { count: 2, on: 4, start: day("2026-11-26"), end: None, ..weekly };
        assert_eq!(days(&every_other, 3), ["2026-11-27", "2026-12-10", "2026-12-24"]);
        let monthly = Plan { unit: Unit::Month, on: 15, start: day("2026-01-16"), ..every_other };
        assert_eq!(days(&monthly, 3), ["2026-02-17", "2026-04-15", "2026-06-15"]);
        // The last day of January is a Saturday, and the next banking day is after the end.
        let last = Plan { count: 1, on: -1, start: day("2025-12-31"), end: Some(day("2026-01-31")), ..monthly };
        assert_eq!(days(&last, 9), ["2025-12-31"]);
        let of_february = Plan { on: -5, start: day("2028-02-01"), end: None, ..last };
        assert_eq!(days(&of_february, 2), ["2028-02-25", "2028-03-27"]);
    }

    /// Random schedules: no day is a day off, before the start or after the end, days rise, and each is the planned day or the
    /// first banking day after it.
    #[test]
    fn no_due_day_is_a_day_off_or_outside_of_the_schedule() {
        let mut random = Ids::new(7, "schedules");
        let mut below = |limit: u64| i64::try_from(random.below(limit)).expect("a number");
        for _ in 0..3_000 {
            let unit = if below(2) == 0 { Unit::Week } else { Unit::Month };
            let on = match (unit, below(3)) {
                (Unit::Week, _) => below(5) + 1,
                (Unit::Month, 0) => -below(5) - 1,
                (Unit::Month, _) => below(28) + 1,
            };
            assert!(unit.has(on));
            let start = day("2021-01-01") + TimeDelta::days(below(4_000));
            let end = (below(3) > 0).then(|| start + TimeDelta::days(below(900)));
            let count = u32::try_from(below(4) + 1).expect("a number");
            let plan = Plan { unit, count, on, start, end };
            let mut before: Option<NaiveDate> = None;
            for number in 0..40 {
                let Some(due) = plan.day(number) else {
                    assert!(end.is_some(), "{plan:?}");
                    break;
                };
                assert!(is_banking_day(due) && due >= start && end.is_none_or(|end| due <= end), "{plan:?}: {due}");
                assert!(before.is_none_or(|before| before < due), "{plan:?}: {due}");
                let planned = plan.planned(number).expect("a day");
                assert!(all_between(planned, due, |day| !is_banking_day(day)), "{plan:?}: {due} for {planned}");
                let is_meant = match unit {
                    Unit::Week => i64::from(planned.weekday().number_from_monday()) == on,
                    Unit::Month if on > 0 => i64::from(planned.day()) == on,
                    Unit::Month => (planned + TimeDelta::days(-on)).day() == 1,
                };
                assert!(is_meant, "{plan:?}: {planned}");
                before = Some(due);
            }
        }
        for (unit, day) in [(Unit::Week, 0), (Unit::Week, 6), (Unit::Month, 0), (Unit::Month, 29), (Unit::Month, -6)] {
            assert!(!unit.has(day));
        }
    }

    fn all_between(first: NaiveDate, end: NaiveDate, holds: impl Fn(NaiveDate) -> bool) -> bool {
        first.iter_days().take_while(|day| *day < end).all(holds)
    }
}
