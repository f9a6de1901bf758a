//! When money of transfers has settled, and when it can be used.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use crate::calendar::{banking_day, banking_days_after};
use crate::state::{Network, Transfer};

/// How many banking days the money of a debit is held after it has settled.
pub const HOLD: u32 = 5;

/// The day on which a transfer has settled, or is expected to.
pub fn settlement(transfer: &Transfer) -> NaiveDate {
    let day = transfer.created.date_naive();
    transfer.settled.unwrap_or_else(|| match transfer.proposal.network {
        Network::Ach => banking_days_after(banking_day(day), 1),
        Network::SameDayAch | Network::Wire => banking_day(day),
        Network::Rtp => day,
    })
}

/// The day on which the money of a debit can be used, or is expected to.
pub fn funds_day(transfer: &Transfer) -> NaiveDate {
    let hold = if transfer.proposal.network.is_ach() { HOLD } else { 0 };
    banking_days_after(settlement(transfer), hold)
}

/// The beginning of that day.
pub fn funds_expected(transfer: &Transfer) -> DateTime<Utc> {
    funds_day(transfer).and_time(NaiveTime::MIN).and_utc()
}

/// The day on which the money of a deposit that is made today is expected.
pub fn deposit_day(today: NaiveDate) -> NaiveDate {
    banking_days_after(banking_day(today), HOLD + 1)
}
