//! The investments of an Item: what it holds, what was traded, and how both are read from the bank.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use rust_decimal::Decimal;
use serde_json::json;

use crate::data::investments::{HOLDINGS, IRA, IRA_DAYS, RETIREMENT, SECOND, SeedTrade, priced, securities};
use crate::ids::Ids;
use crate::state::{Account, AccountId, Event, Holding, Item, ItemId, Persona, Portfolio, Tenant, Trade};

/// How many days of trades an Item has.
pub const TRADE_DAYS: i64 = 730;

/// Schedules the first read of an Item's investments, if it was linked for them.
pub fn start_investments(tenant: &mut Tenant, id: &ItemId) {
    let at = tenant.after(tenant.pace.initial);
    let Some(item) = tenant.items.get_mut(id) else { return };
    if item.products.contains("investments") && !item.investments.started {
        item.investments.started = true;
        tenant.schedule.at(at, Event::Investments(id.clone()));
    }
}

/// Makes sure that the investments were read, for an operation that does not wait for them.
pub fn see_investments(tenant: &mut Tenant, id: &ItemId) {
    if tenant.items.get(id).is_some_and(|item| item.investments.updated.is_none()) {
        read_investments(tenant, id);
    }
}

/// Reads the investments, and again at the next midnight. A webhook says how many trades are new.
pub fn read_investments(tenant: &mut Tenant, id: &ItemId) {
    let now = tenant.now();
    let Some(item) = tenant.items.get_mut(id) else { return };
    if item.error().is_none() {
        let today = now.date_naive();
        let before = item.investments.updated.map(|at| at.date_naive());
        let first = before.map_or(today - TimeDelta::days(TRADE_DAYS - 1), |day| day + TimeDelta::days(1));
        item.investments.updated = Some(now);
        let new = count_trades(item, first, today);
        let code = if before.is_none() { "HISTORICAL_UPDATE" } else { "DEFAULT_UPDATE" };
        if before.is_none() || new > 0 {
            let fields =
                json!({"cancelled_investments_transactions": 0, "error": null, "new_investments_transactions": new});
            tenant.item_webhook(id, "INVESTMENTS_TRANSACTIONS", code, fields);
        }
    }
    tenant.schedule.drop_if(|event| *event == Event::Investments(id.clone()));
    if let Some(midnight) = next_midnight(now) {
        tenant.schedule.at(midnight, Event::Investments(id.clone()));
    }
}

fn next_midnight(now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    Some(now.date_naive().checked_add_days(Days::new(1))?.and_time(NaiveTime::MIN).and_utc())
}

/// What an Item holds.
pub fn portfolio(item: &Item) -> Portfolio {
    if let Some(own) = &item.investments.portfolio {
        return own.clone();
    }
    let of = |mask: &str| sandbox_account(item, mask);
    let holdings = HOLDINGS.iter().filter_map(|(mask, security, quantity, price, value, cost)| {
        let account = of(mask)?;
        Some(Holding {
            account: account.id.clone(),
            security: (*security).to_owned(),
            quantity: decimal(quantity),
            price: decimal(price),
            priced: priced(),
            value: decimal(value),
            cost: Some(decimal(cost)),
            currency: account.balances.currency.clone(),
        })
    });
    Portfolio { securities: securities(), holdings: holdings.collect(), trades: Vec::new() }
}

/// The trades of a period that were read from the bank, newest first.
pub fn trades(item: &Item, first: NaiveDate, last: NaiveDate) -> Vec<Trade> {
    match item.investments.updated {
        Some(read) => past_trades(item, (first, last), read.date_naive(), |_| true),
        None => Vec::new(),
    }
}

/// How many trades of a period were read from the bank.
fn count_trades(item: &Item, first: NaiveDate, last: NaiveDate) -> usize {
    let Some(read) = item.investments.updated else { return 0 };
    let (first, last) = known(first, last, read.date_naive());
    match &item.investments.portfolio {
        Some(own) => own.trades.iter().filter(|row| first <= row.date && row.date <= last).count(),
        None => days(first, last).map(|day| traded_on(item, day).count()).sum(),
    }
}

/// The trades of an account in a period, as a bank has them that is read on its last day, newest first.
pub fn past_trades_of(account: &Account, item: &Item, first: NaiveDate, last: NaiveDate) -> Vec<Trade> {
    past_trades(item, (first, last), last, |other| *other == account.id)
}

/// The trades of a period and of some accounts, as a bank has them that is read on a day, newest first.
fn past_trades(
    item: &Item,
    (first, last): (NaiveDate, NaiveDate),
    read: NaiveDate,
    is_wanted: impl Fn(&AccountId) -> bool,
) -> Vec<Trade> {
    let (first, last) = known(first, last, read);
    let mut rows: Vec<Trade> = match &item.investments.portfolio {
        Some(own) => {
            let known = own.trades.iter().filter(|row| first <= row.date && row.date <= last);
            known.filter(|row| is_wanted(&row.account)).cloned().collect()
        }
        None => days(first, last)
            .flat_map(|day| {
                let traded = traded_on(item, day).filter(|(_, account, _)| is_wanted(&account.id));
                traded.map(move |(place, account, seed)| trade(item, day, place, account, seed))
            })
            .collect(),
    };
    rows.sort_by_key(|row| std::cmp::Reverse(row.date));
    rows
}

/// The part of a period whose trades a bank has that is read on a day.
fn known(first: NaiveDate, last: NaiveDate, read: NaiveDate) -> (NaiveDate, NaiveDate) {
    (first.max(read - TimeDelta::days(TRADE_DAYS - 1)), last.min(read))
}

fn days(first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    first.iter_days().take_while(move |day| *day <= last)
}

/// What was traded on a day: the place of each trade among those of the day, its account, and what it is made of.
fn traded_on(item: &Item, date: NaiveDate) -> impl Iterator<Item = (usize, &Account, &'static SeedTrade)> {
    let day = date.num_days_from_ce() - EPOCH;
    let cycle = day.rem_euclid(30);
    let turn = |seeds: &'static [SeedTrade], number: i32| {
        usize::try_from(number).ok().and_then(|number| seeds.get(number % seeds.len()))
    };
    let second = SECOND.iter().position(|other| *other == cycle).and_then(|place| i32::try_from(place).ok());
    let ira = IRA_DAYS.iter().position(|other| *other == cycle).and_then(|place| i32::try_from(place).ok());
    let seeds = [
        turn(&RETIREMENT, cycle),
        second.and_then(|place| turn(&RETIREMENT, place + 1)),
        ira.and_then(|place| turn(&IRA, place)),
    ];
    let row = |(place, seed): (usize, &'static SeedTrade)| Some((place, sandbox_account(item, seed.0)?, seed));
    seeds.into_iter().flatten().enumerate().filter_map(row)
}

/// A trade. Its id depends on its Item, its day and its place alone.
fn trade(item: &Item, date: NaiveDate, place: usize, account: &Account, seed: &SeedTrade) -> Trade {
    let (_, security, name, quantity, amount, price, fees, kind, subtype) = *seed;
    Trade {
        id: Ids::new(0, &format!("{}/{date}/{place}", item.id)).long(),
        account: account.id.clone(),
        security: Some(security.to_owned()),
        date,
        name: name.to_owned(),
        quantity: decimal(quantity),
        amount: decimal(amount),
        price: decimal(price),
        fees: Some(decimal(fees)),
        kind: kind.to_owned(),
        subtype: subtype.to_owned(),
        currency: account.balances.currency.clone(),
    }
}

/// The day of 1970-01-01 in chrono's count.
const EPOCH: i32 = 719_163;

/// The account of `user_good` with a mask.
fn sandbox_account<'a>(item: &'a Item, mask: &str) -> Option<&'a Account> {
    let mut accounts = item.accounts.iter().filter(|account| account.kind == "investment");
    (item.persona == Persona::Good).then(|| accounts.find(|account| account.mask == mask))?
}

/// A number of the data. All of them are numbers, as tests show.
fn decimal(text: &str) -> Decimal {
    text.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{portfolio, trades};
    use crate::bank::testing::linked;
    use chrono::{NaiveDate, TimeDelta};
    use std::collections::BTreeSet;

    #[test]
    fn two_years_have_the_measured_numbers_of_trades_for_all_last_days() {
        let (mut tenant, id) = linked("user_good");
        let mut pairs = BTreeSet::new();
        for day in 0..30 {
            let now = tenant.now() + TimeDelta::days(day);
            let item = &mut tenant.items[&id];
            item.investments.updated = Some(now);
            let rows = trades(item, NaiveDate::MIN, NaiveDate::MAX);
            assert!((1_167..=1_169).contains(&rows.len()), "{} rows", rows.len());
            assert!(rows.is_sorted_by(|a, b| a.date >= b.date));
            let ids: BTreeSet<_> = rows.iter().map(|row| &row.id).collect();
            assert_eq!(ids.len(), rows.len());
            let kinds: BTreeSet<_> = rows.iter().map(|row| row.kind.as_str()).collect();
            assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["buy", "cash", "fee", "sell"]);
            let retirement = item.accounts.iter().find(|account| account.mask == "6666").map(|account| &account.id);
            let count = rows.iter().filter(|row| Some(&row.account) == retirement).count();
            pairs.insert((count, rows.len() - count));
        }
        assert!(pairs.contains(&(948, 219)), "{pairs:?}");
    }

    #[test]
    fn other_users_have_no_investments() {
        let (mut tenant, id) = linked("user_transactions_dynamic");
        tenant.items[&id].investments.updated = Some(tenant.now());
        assert!(trades(&tenant.items[&id], NaiveDate::MIN, NaiveDate::MAX).is_empty());
        assert!(portfolio(&tenant.items[&id]).holdings.is_empty());
    }
}
