//! What happens later.

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
            | Self::Partner(_)
            | Self::Payments(_)
            | Self::Deliver(_)
            | Self::LinkIdle { .. } => None,
        }
    }
}

/// Events in the order in which they happen; of one time, in the order in which they were scheduled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Schedule(Vec<(DateTime<Utc>, Event)>);

impl Schedule {
    /// Schedules an event.
    pub fn at(&mut self, time: DateTime<Utc>, event: Event) {
        let place = self.0.partition_point(|(other, _)| *other <= time);
        self.0.insert(place, (time, event));
    }

    /// When the next event happens.
    pub fn next(&self) -> Option<DateTime<Utc>> {
        self.0.first().map(|(time, _)| *time)
    }

    /// Whether an event is scheduled.
    pub fn has(&self, event: &Event) -> bool {
        self.0.iter().any(|(_, other)| other == event)
    }

    /// Takes the first event that is due, with its time.
    pub fn take_due(&mut self, now: DateTime<Utc>) -> Option<(DateTime<Utc>, Event)> {
        (self.next()? <= now).then(|| self.0.remove(0))
    }

    /// Drops the events that a test selects.
    pub fn drop_if(&mut self, test: impl Fn(&Event) -> bool) {
        self.0.retain(|(_, event)| !test(event));
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
}
