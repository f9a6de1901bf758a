//! Consents to later payments.

use chrono::{DateTime, Datelike, Months, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{Amount, Payer};

/// A user's consent to payments that are made without them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Consent {
    /// Its id.
    pub id: String,
    /// Who may be paid.
    pub recipient: String,
    /// The reference of payments without one.
    pub reference: String,
    /// What for.
    pub kind: ConsentKind,
    /// Whether the request named scopes, the older form of the type.
    pub has_scopes: bool,
    /// When it begins.
    pub from: Option<DateTime<Utc>>,
    /// When it ends.
    pub to: Option<DateTime<Utc>>,
    /// The most that a payment may be.
    pub most: Amount,
    /// The most that the payments of a period may be.
    pub periods: Vec<Period>,
    /// Whether the payer's account is requested for refunds.
    pub wants_refund_details: bool,
    /// The only account that may pay.
    pub only: Option<Payer>,
    /// Who pays, once the bank has said so.
    pub payer: Option<Payer>,
    /// How far it is.
    pub status: ConsentStatus,
    /// When it was created.
    pub created: DateTime<Utc>,
    /// Where its webhooks and those of its payments go.
    pub webhook: Option<String>,
}

/// What a consent is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ConsentKind {
    /// Between accounts of the same user.
    Sweeping,
    /// To others.
    Commercial,
}

impl ConsentKind {
    /// Its name, and that of the older scope.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Sweeping => ("SWEEPING", "ME_TO_ME"),
            Self::Commercial => ("COMMERCIAL", "EXTERNAL"),
        }
    }
}

/// How far a consent is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ConsentStatus {
    /// It waits for the user in Link.
    Unauthorised,
    /// It can be used.
    Authorised,
    /// The application or the user took it back.
    Revoked,
    /// The bank does not want it.
    Rejected,
    /// Its time is over.
    Expired,
}

use ConsentStatus as C;

impl ConsentStatus {
    /// All of them.
    pub const ALL: [Self; 5] = [C::Unauthorised, C::Authorised, C::Revoked, C::Rejected, C::Expired];

    /// Its name in responses.
    pub fn name(self) -> &'static str {
        match self {
            C::Unauthorised => "UNAUTHORISED",
            C::Authorised => "AUTHORISED",
            C::Revoked => "REVOKED",
            C::Rejected => "REJECTED",
            C::Expired => "EXPIRED",
        }
    }

    /// What it can change to.
    pub fn leads_to(self) -> &'static [Self] {
        match self {
            C::Unauthorised => &[C::Authorised, C::Revoked, C::Rejected, C::Expired],
            C::Authorised => &[C::Revoked, C::Expired],
            C::Revoked | C::Rejected | C::Expired => &[],
        }
    }
}

/// A limit of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The most.
    pub most: Amount,
    /// How long it is.
    pub interval: Interval,
    /// When it begins.
    pub alignment: Alignment,
}

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Interval {
    /// A day.
    Day,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl Interval {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Year];

    /// Its name in responses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "DAY",
            Self::Week => "WEEK",
            Self::Month => "MONTH",
            Self::Year => "YEAR",
        }
    }
}

/// What the begin of a period follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Alignment {
    /// The calendar: midnight, Monday, the first of a month or of a year.
    Calendar,
    /// The day on which the consent was created.
    Consent,
}

impl Alignment {
    /// Its name in responses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Calendar => "CALENDAR",
            Self::Consent => "CONSENT",
        }
    }
}

impl Period {
    /// The first day of the period that a day belongs to, for a consent of another day.
    pub fn begin(&self, created: NaiveDate, day: NaiveDate) -> NaiveDate {
        let months = |length: u32| {
            let passed = (day.year() - created.year()) * 12 + i32::try_from(day.month()).unwrap_or_default()
                - i32::try_from(created.month()).unwrap_or_default();
            let whole = u32::try_from(passed).unwrap_or_default() / length;
            let at = |number: u32| created.checked_add_months(Months::new(number * length)).unwrap_or(created);
            // The month of the day may not have got to its day yet.
            if at(whole) <= day { at(whole) } else { at(whole.saturating_sub(1)) }
        };
        let monday = day - TimeDelta::days(i64::from(day.weekday().num_days_from_monday()));
        match (self.alignment, self.interval) {
            (_, Interval::Day) => day,
            (Alignment::Calendar, Interval::Week) => monday,
            (Alignment::Calendar, Interval::Month) => day.with_day(1).unwrap_or(day),
            (Alignment::Calendar, Interval::Year) => day.with_ordinal(1).unwrap_or(day),
            (Alignment::Consent, Interval::Week) => day - TimeDelta::days((day - created).num_days().rem_euclid(7)),
            (Alignment::Consent, Interval::Month) => months(1),
            (Alignment::Consent, Interval::Year) => months(12),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Alignment, Interval, Period};
    use crate::state::{Amount, Currency};
    use chrono::NaiveDate;
    use rust_decimal::Decimal;

    #[test]
    fn a_period_begins_by_the_calendar_or_by_the_day_of_the_consent() {
        let date = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let begin = |alignment, interval, created, day| {
            let most = Amount { value: Decimal::ONE, currency: Currency::Gbp };
            Period { most, interval, alignment }.begin(date(created), date(day)).to_string()
        };
        use Alignment::{Calendar, Consent};
        let (made, day) = ("2026-01-31", "2026-03-04");
        assert_eq!(begin(Calendar, Interval::Day, made, day), day);
        assert_eq!(begin(Calendar, Interval::Week, made, day), "2026-03-02");
        assert_eq!(begin(Calendar, Interval::Month, made, day), "2026-03-01");
        assert_eq!(begin(Calendar, Interval::Year, made, day), "2026-01-01");
        assert_eq!(begin(Consent, Interval::Week, made, day), "2026-02-28");
        assert_eq!(begin(Consent, Interval::Month, made, day), "2026-02-28", "February has no 31st");
        assert_eq!(begin(Consent, Interval::Year, made, day), made);
        assert_eq!(begin(Consent, Interval::Year, made, "2027-01-30"), made);
        assert_eq!(begin(Consent, Interval::Year, made, "2027-01-31"), "2027-01-31");
        assert_eq!(begin(Consent, Interval::Month, made, made), made);
    }
}
