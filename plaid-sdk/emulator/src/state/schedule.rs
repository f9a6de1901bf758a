//! What happens later.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::income::IncomeEvent;
use super::{AccountId, ItemId, PaymentsEvent, TransferStep, VerificationStatus};

/// Something that happens at a time of the virtual clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// What a job makes is ready, and a webhook says so.
    Announce {
        /// The webhook's type.
        kind: String,
        /// The webhook's code.
        code: String,
        /// Where it goes.
        url: Option<String>,
        /// Its fields.
        body: Value,
    },
    /// The last 30 days of an Item's transactions are read.
    InitialUpdate(ItemId),
    /// The rest of an Item's transactions is read.
    HistoricalUpdate(ItemId),
    /// A new day begins, and an Item's bank may have new transactions.
    NewDay(ItemId),
    /// An Item's investments are read, for the first time or on a new day.
    Investments(ItemId),
    /// The statements of a period are read.
    Statements {
        /// The Item.
        item: ItemId,
        /// The first day.
        first: NaiveDate,
        /// The last day.
        last: NaiveDate,
        /// Whether the application has asked for it, so that it is announced.
        is_refresh: bool,
    },
    /// An asset report is generated.
    Report {
        /// Its token.
        token: String,
        /// Whether it is the one without transactions.
        is_fast: bool,
    },
    /// A report of Plaid Check is generated.
    CheckReport {
        /// The user.
        user: String,
        /// The report. Another one may have taken its place.
        id: String,
        /// The Items, each with the name of its institution.
        items: Vec<(ItemId, String)>,
    },
    /// The insights into the cash flow of a subscription's Item are generated.
    Insights(String),
    /// A cash flow report of an Item is generated.
    CashflowReport {
        /// The Item.
        item: ItemId,
        /// Which of the Item's reports.
        number: u64,
    },
    /// A report on income, or a payroll, goes on.
    Income(IncomeEvent),
    /// The verification of an account's numbers comes to an end, if it is still under way.
    Verification(ItemId, AccountId, VerificationStatus),
    /// The end of an Item's consent comes near.
    ConsentEnding(ItemId),
    /// An Item's permission ends, so that the user has to log in again.
    Disconnect(ItemId),
    /// A business is checked.
    Business(String),
    /// Plaid and the banks go on with an end customer, by its client id.
    Partner(String),
    /// Something of Transfer moves by itself.
    Transfer(TransferStep),
    /// A recurring transfer is due.
    Recurring(String),
    /// A payment, a consent or a wallet goes on.
    Payments(PaymentsEvent),
    /// A webhook is delivered, for the first time or again.
    Deliver(u64),
    /// A person has not touched a hosted Link session for a while.
    LinkIdle {
        /// The Link token.
        token: String,
        /// The session.
        session: String,
    },
}

impl Event {
    /// The Item that it is about.
    pub fn item(&self) -> Option<&ItemId> {
        match self {
            Self::InitialUpdate(id)
            | Self::HistoricalUpdate(id)
            | Self::NewDay(id)
            | Self::Investments(id)
            | Self::Statements { item: id, .. }
            | Self::CashflowReport { item: id, .. }
            | Self::ConsentEnding(id)
            | Self::Disconnect(id)
            | Self::Verification(id, ..) => Some(id),
            Self::Announce { .. }
            | Self::Business(_)
            | Self::Income(_)
            | Self::Report { .. }
            | Self::CheckReport { .. }
            | Self::Insights(_)
            | Self::Transfer(_)
            | Self::Recurring(_)
            | Self::Partner(_)
            | Self::Payments(_)
            | Self::Deliver(_)
            | Self::LinkIdle { .. } => None,
        }
    }
}

/// Events in the order in which they happen; of one time, in the order in which they were scheduled. As JSON it is a list of
/// pairs.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Vec<(DateTime<Utc>, Event)>", into = "Vec<(DateTime<Utc>, Event)>")]
pub struct Schedule {
    /// By the time and a number that grows with each event.
    events: BTreeMap<(DateTime<Utc>, u64), Event>,
    /// The number of the next event.
    number: u64,
}

impl Schedule {
    /// Schedules an event.
    pub fn at(&mut self, time: DateTime<Utc>, event: Event) {
        self.events.insert((time, self.number), event);
        self.number += 1;
    }

    /// When the next event happens.
    pub fn next(&self) -> Option<DateTime<Utc>> {
        self.events.first_key_value().map(|((time, _), _)| *time)
    }

    /// How many events are scheduled.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether an event is scheduled.
    pub fn has(&self, event: &Event) -> bool {
        self.events.values().any(|other| other == event)
    }

    /// Takes the first event that is due, with its time.
    pub fn take_due(&mut self, now: DateTime<Utc>) -> Option<(DateTime<Utc>, Event)> {
        let first = self.events.first_entry().filter(|first| first.key().0 <= now)?;
        let ((time, _), event) = first.remove_entry();
        Some((time, event))
    }

    /// Drops the events that a test selects.
    pub fn drop_if(&mut self, test: impl Fn(&Event) -> bool) {
        self.events.retain(|_, event| !test(event));
    }
}

impl From<Vec<(DateTime<Utc>, Event)>> for Schedule {
    fn from(events: Vec<(DateTime<Utc>, Event)>) -> Self {
        let mut schedule = Self::default();
        events.into_iter().for_each(|(time, event)| schedule.at(time, event));
        schedule
    }
}

impl From<Schedule> for Vec<(DateTime<Utc>, Event)> {
    fn from(schedule: Schedule) -> Self {
        schedule.events.into_iter().map(|((time, _), event)| (time, event)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Event, Schedule};
    use chrono::{DateTime, TimeDelta};

    #[test]
    fn events_come_in_the_order_of_their_times() {
        let start = DateTime::from_timestamp(0, 0).expect("a valid time");
        let mut schedule = Schedule::default();
        for (seconds, id) in [(5, 1), (3, 2), (5, 3)] {
            schedule.at(start + TimeDelta::seconds(seconds), Event::Deliver(id));
        }
        assert_eq!(schedule.next(), Some(start + TimeDelta::seconds(3)));
        assert_eq!(schedule.take_due(start), None);
        let now = start + TimeDelta::seconds(9);
        let order: Vec<Event> = std::iter::from_fn(|| schedule.take_due(now)).map(|(_, event)| event).collect();
        assert_eq!(order, [2, 1, 3].map(Event::Deliver));
    }

    #[test]
    fn a_saved_schedule_goes_on_in_the_same_order() {
        let start = DateTime::from_timestamp(0, 0).expect("a valid time");
        let mut schedule = Schedule::default();
        [1, 2, 3].into_iter().for_each(|id| schedule.at(start, Event::Deliver(id)));
        schedule.drop_if(|event| *event == Event::Deliver(2));
        let saved = serde_json::to_string(&schedule).expect("JSON");
        assert_eq!(saved, r#"[["1970-01-01T00:00:00Z",{"deliver":1}],["1970-01-01T00:00:00Z",{"deliver":3}]]"#);
        let mut restored: Schedule = serde_json::from_str(&saved).expect("a schedule");
        restored.at(start, Event::Deliver(4));
        assert!(restored.has(&Event::Deliver(3)) && !restored.has(&Event::Deliver(2)) && restored.len() == 3);
        let order: Vec<Event> = std::iter::from_fn(|| restored.take_due(start)).map(|(_, event)| event).collect();
        assert_eq!(order, [1, 3, 4].map(Event::Deliver));
    }
}
