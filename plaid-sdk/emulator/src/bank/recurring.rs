//! Transactions that come back: streams, found in an Item's posted transactions.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate, TimeDelta};
use rust_decimal::Decimal;
use serde_json::json;

use crate::ids::Ids;
use crate::names::words;
use crate::state::{AccountId, Item, ItemId, Readiness, Tenant, Transaction};

/// Transactions of an account that come back.
#[derive(Clone, Debug)]
pub struct Stream<'a> {
    /// Its id: the same for the same merchant and account.
    pub id: String,
    /// Whether money comes in.
    pub is_inflow: bool,
    /// Its transactions, oldest first. There are two at least.
    pub rows: Vec<&'a Transaction>,
    /// How often they come.
    pub frequency: Frequency,
    /// How sure it is.
    pub status: Status,
    /// Whether more of them are expected.
    pub is_active: bool,
    /// When the next one is expected.
    pub next: Option<NaiveDate>,
}

/// How often the transactions of a stream come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frequency {
    /// Every week.
    Weekly,
    /// Every two weeks.
    Biweekly,
    /// Twice a month.
    SemiMonthly,
    /// Every month.
    Monthly,
    /// Every year.
    Annually,
}

impl Frequency {
    /// Its name in `frequency`.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Weekly => "WEEKLY",
            Self::Biweekly => "BIWEEKLY",
            Self::SemiMonthly => "SEMI_MONTHLY",
            Self::Monthly => "MONTHLY",
            Self::Annually => "ANNUALLY",
        }
    }

    /// How late the next transaction may be before it counts as missing, in days.
    pub fn grace(self) -> i64 {
        match self {
            Self::Weekly => 3,
            Self::Biweekly | Self::SemiMonthly => 5,
            Self::Monthly => 10,
            Self::Annually => 30,
        }
    }

    /// The frequency of distances in days, if they are regular.
    pub fn of(distances: &[i64]) -> Option<Self> {
        let mut sorted = distances.to_vec();
        sorted.sort_unstable();
        let all = |range: std::ops::RangeInclusive<i64>| sorted.iter().all(|days| range.contains(days));
        let average = sorted.iter().sum::<i64>() / i64::try_from(sorted.len().max(1)).unwrap_or(1);
        match average {
            5..=9 if all(5..=9) => Some(Self::Weekly),
            13..=15 if all(13..=15) => Some(Self::Biweekly),
            12..=18 if all(11..=19) => Some(Self::SemiMonthly),
            26..=35 if all(24..=37) => Some(Self::Monthly),
            340..=390 if all(335..=395) => Some(Self::Annually),
            _ => None,
        }
    }

    /// When the next transaction is expected.
    pub fn after(self, date: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Weekly => date.checked_add_signed(TimeDelta::days(7)),
            Self::Biweekly => date.checked_add_signed(TimeDelta::days(14)),
            Self::SemiMonthly => date.checked_add_signed(TimeDelta::days(15)),
            Self::Monthly => date.checked_add_months(Months::new(1)),
            Self::Annually => date.checked_add_months(Months::new(12)),
        }
    }
}

/// How sure a stream is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Three transactions have come, or two a year apart.
    Mature,
    /// Two have come.
    EarlyDetection,
    /// Two have come, and the third one is missing.
    Tombstoned,
}

impl Status {
    /// Its name in `status`.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Mature => "MATURE",
            Self::EarlyDetection => "EARLY_DETECTION",
            Self::Tombstoned => "TOMBSTONED",
        }
    }
}

impl Stream<'_> {
    /// The average amount.
    pub fn average(&self) -> Decimal {
        let total: Decimal = self.rows.iter().map(|row| row.amount).sum();
        (total / Decimal::from(self.rows.len().max(1))).round_dp(2)
    }

    /// The average distance of its transactions, in days.
    pub fn days_apart(&self) -> Decimal {
        let (Some(first), Some(last)) = (self.rows.first(), self.rows.last()) else { return Decimal::ZERO };
        let gaps = Decimal::from(self.rows.len().saturating_sub(1).max(1));
        (Decimal::from((last.date - first.date).num_days()) / gaps).round_dp(2)
    }
}

/// The streams of an Item on a day, in the order of their accounts and names.
pub fn streams(item: &Item, today: NaiveDate) -> Vec<Stream<'_>> {
    let mut groups: BTreeMap<(&AccountId, bool, String), Vec<&Transaction>> = BTreeMap::new();
    for row in item.feed.current().into_iter().filter(|row| !row.pending && !row.amount.is_zero()).rev() {
        let name = words(row.merchant.as_ref().unwrap_or(&row.name));
        let name: Vec<String> = name.into_iter().filter(|word| !word.contains(|c: char| c.is_ascii_digit())).collect();
        groups.entry((&row.account, row.amount < Decimal::ZERO, name.join(" "))).or_default().push(row);
    }
    groups
        .into_iter()
        .filter_map(|((account, is_inflow, name), rows)| stream(account, is_inflow, &name, rows, today))
        .collect()
}

fn stream<'a>(
    account: &AccountId,
    is_inflow: bool,
    name: &str,
    rows: Vec<&'a Transaction>,
    today: NaiveDate,
) -> Option<Stream<'a>> {
    if name.is_empty() || rows.len() < 2 {
        return None;
    }
    let distances: Vec<i64> = rows.windows(2).map(|pair| (pair[1].date - pair[0].date).num_days()).collect();
    let frequency = Frequency::of(&distances)?;
    let next = rows.last().and_then(|last| frequency.after(last.date));
    let is_missing = next.is_some_and(|next| (today - next).num_days() > frequency.grace());
    let status = match rows.len() >= 3 || frequency == Frequency::Annually {
        true => Status::Mature,
        false if is_missing => Status::Tombstoned,
        false => Status::EarlyDetection,
    };
    let id = Ids::new(u64::from(is_inflow), &format!("{account}/{name}")).long();
    Some(Stream { id, is_inflow, rows, frequency, status, is_active: !is_missing, next: next.filter(|_| !is_missing) })
}

/// Says which accounts' streams have changed, to applications that use them.
pub fn announce(tenant: &mut Tenant, id: &ItemId) {
    let today = tenant.now().date_naive();
    let Some(item) = tenant.items.get(id) else { return };
    if item.streams.is_none() || item.feed.readiness == Readiness::NotReady {
        return;
    }
    let new = fingerprints(item, today);
    let old = item.streams.clone().unwrap_or_default();
    let has_changed = |account: &AccountId| {
        let of = |all: &BTreeMap<String, (AccountId, String)>| {
            let own = all.iter().filter(|(_, (owner, _))| owner == account);
            own.map(|(stream, (_, print))| (stream.clone(), print.clone())).collect::<Vec<_>>()
        };
        of(&new) != of(&old)
    };
    let changed: Vec<AccountId> = item.accounts.iter().map(|account| account.id.clone()).filter(has_changed).collect();
    if let Some(item) = tenant.items.get_mut(id) {
        item.streams = Some(new);
    }
    if !changed.is_empty() {
        tenant.transactions_webhook(id, "RECURRING_TRANSACTIONS_UPDATE", json!({"account_ids": changed}));
    }
}

/// Per stream its account, and what a change of it is seen by.
pub fn fingerprints(item: &Item, today: NaiveDate) -> BTreeMap<String, (AccountId, String)> {
    let print = |stream: &Stream<'_>| {
        let account = stream.rows.first().map(|row| row.account.clone()).unwrap_or_default();
        let last = stream.rows.last().map(|row| row.date).unwrap_or_default();
        (account, format!("{} {} {last} {}", stream.rows.len(), stream.status.wire(), stream.is_active))
    };
    streams(item, today).iter().map(|stream| (stream.id.clone(), print(stream))).collect()
}

#[cfg(test)]
mod tests {
    use super::{Frequency, Status, streams};
    use crate::bank::testing::linked;
    use chrono::TimeDelta;

    #[test]
    fn the_grid_has_monthly_streams_and_rides_twice_a_month() {
        let (tenant, id) = linked("user_good");
        let item = &tenant.items[&id];
        let today = tenant.now().date_naive();
        let all = streams(item, today);
        let of = |name: &str, is_inflow: bool| {
            let found = all.iter().find(|one| one.rows[0].name.starts_with(name) && one.is_inflow == is_inflow);
            found.unwrap_or_else(|| panic!("no stream {name}"))
        };
        assert_eq!(of("Uber", false).frequency, Frequency::SemiMonthly);
        let refund = of("United Airlines", true);
        assert_eq!((refund.frequency, refund.status, refund.is_active), (Frequency::Monthly, Status::Mature, true));
        assert_eq!(refund.average().to_string(), "-500.00");
        assert!(all.iter().all(|stream| stream.rows.is_sorted_by_key(|row| row.date)));
        // Much later nothing more has come.
        assert!(
            streams(item, today + TimeDelta::days(90)).iter().all(|stream| !stream.is_active && stream.next.is_none())
        );
    }

    #[test]
    fn regular_distances_have_a_frequency() {
        assert_eq!(Frequency::of(&[7, 7, 8]), Some(Frequency::Weekly));
        assert_eq!(Frequency::of(&[14, 14]), Some(Frequency::Biweekly));
        assert_eq!(Frequency::of(&[13, 17, 13]), Some(Frequency::SemiMonthly));
        assert_eq!(Frequency::of(&[30, 31, 28]), Some(Frequency::Monthly));
        assert_eq!(Frequency::of(&[365]), Some(Frequency::Annually));
        assert_eq!(Frequency::of(&[1, 40, 9]), None);
    }
}
