//! What happens to an Item by itself: its transactions are read, and new days bring new ones.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use serde_json::json;

use super::announce::{announce, changed, settle};
use super::{consent, custom, dynamic, dynamic_refresh, grid, investments, rules, statements, verification};
use crate::state::{Account, AccountId, Event, Feed, ItemId, Persona, Readiness, Tenant, Transaction};

/// Starts to read the transactions of an Item, if it was linked for them.
pub fn start(tenant: &mut Tenant, id: &ItemId) {
    let initial = tenant.after(tenant.pace.initial);
    let started = tenant.items.get(id).is_some_and(|item| item.products.contains("transactions"));
    if started {
        tenant.schedule.at(initial, Event::InitialUpdate(id.clone()));
    }
    investments::start_investments(tenant, id);
}

/// Lets an event of an Item happen. Deliveries of webhooks and idle Link sessions are not among them.
pub fn run(tenant: &mut Tenant, event: &Event) {
    match event {
        Event::InitialUpdate(id) => read(tenant, id, Readiness::Initial),
        Event::HistoricalUpdate(id) => read(tenant, id, Readiness::Historical),
        Event::NewDay(id) => new_day(tenant, id),
        Event::Investments(id) => investments::read_investments(tenant, id),
        Event::Statements { item, first, last, is_refresh } => {
            statements::read_statements(tenant, item, (*first, *last), *is_refresh);
        }
        Event::Announce { kind, code, url, body } => tenant.webhook(None, url.clone(), kind, code, body.clone()),
        Event::ConsentEnding(id) => consent::announce(tenant, id, "INSTITUTION_TOKEN_EXPIRATION"),
        Event::Disconnect(id) => consent::disconnect(tenant, id),
        Event::Verification(id, account, status) => verification::end(tenant, id, account, *status),
        // These are about users, reports and sessions.
        Event::Business(_)
        | Event::CashflowReport { .. }
        | Event::CheckReport { .. }
        | Event::Deliver(_)
        | Event::Income(_)
        | Event::Insights(_)
        | Event::LinkIdle { .. }
        | Event::Partner(_)
        | Event::Payments(_)
        | Event::Recurring(_)
        | Event::Report { .. }
        | Event::Transfer(_) => {}
    }
}

/// Reads the last 30 days, or what is before them.
fn read(tenant: &mut Tenant, id: &ItemId, readiness: Readiness) {
    let now = tenant.now();
    let Some(item) = tenant.items.get_mut(id).filter(|item| item.error().is_none()) else { return };
    if item.feed.readiness >= readiness {
        return;
    }
    let today = now.date_naive();
    let month = today - TimeDelta::days(29);
    let (first, last) = match readiness {
        Readiness::Initial => (month.max(today - TimeDelta::days(item.days_requested - 1)), today),
        _ => (today - TimeDelta::days(item.days_requested - 1), month - TimeDelta::days(1)),
    };
    let rows = match item.persona {
        Persona::Good => grid::rows(&item.accounts, first, last, &mut tenant.ids),
        Persona::Dynamic if readiness == Readiness::Initial => dynamic::rows(item, today, &mut tenant.ids),
        Persona::Custom => {
            let pending = readiness == Readiness::Initial;
            custom::rows(item, first, last, pending, &mut tenant.ids)
        }
        Persona::Dynamic | Persona::Numbers => Vec::new(),
    };
    let count = add(&mut item.feed, rows);
    item.feed.readiness = readiness;
    item.updated = Some(now);
    item.read_from = Some(first);
    item.read_up_to = Some(today);
    if readiness == Readiness::Initial {
        let later = tenant.after(tenant.pace.historical);
        tenant.schedule.at(later, Event::HistoricalUpdate(id.clone()));
        announce(tenant, id, "INITIAL_UPDATE", json!({"new_transactions": count}));
    } else {
        if let Some(midnight) = next_midnight(now) {
            tenant.schedule.at(midnight, Event::NewDay(id.clone()));
        }
        announce(tenant, id, "HISTORICAL_UPDATE", json!({"new_transactions": count}));
    }
    settle(tenant, id);
}

/// Adds the transactions of the days that have begun since the last read.
fn new_day(tenant: &mut Tenant, id: &ItemId) {
    let now = tenant.now();
    let Some(item) = tenant.items.get_mut(id) else { return };
    if matches!(item.state, crate::state::ItemState::Removed) {
        return;
    }
    let today = now.date_naive();
    let first = item.read_up_to.and_then(|day| day.succ_opt()).unwrap_or(today);
    if item.error().is_none() && matches!(item.persona, Persona::Good | Persona::Custom) && first <= today {
        let (count, gone) = match item.persona {
            Persona::Custom => custom::new_day(item, first, today, &mut tenant.ids),
            _ => {
                let rows = grid::rows(&item.accounts, first, today, &mut tenant.ids);
                (add(&mut item.feed, rows), Vec::new())
            }
        };
        item.read_up_to = Some(today);
        item.updated = Some(now);
        if count > 0 {
            changed(tenant, id, count, &gone);
        }
    }
    if let Some(midnight) = next_midnight(now) {
        tenant.schedule.at(midnight, Event::NewDay(id.clone()));
    }
}

/// Reads the bank again at the application's request. `user_good` has nothing new then.
pub fn refresh(tenant: &mut Tenant, id: &ItemId) {
    let today = tenant.now().date_naive();
    let Some(item) = tenant.items.get_mut(id).filter(|item| item.feed.readiness != Readiness::NotReady) else { return };
    match item.persona {
        Persona::Dynamic => dynamic_refresh::refresh(tenant, id),
        Persona::Custom => {
            if let Some(row) = custom::sometimes_new(item, today, &mut tenant.ids) {
                item.feed.add(row);
                item.updated = Some(tenant.clock.now());
                changed(tenant, id, 1, &[]);
            }
        }
        Persona::Good | Persona::Numbers => {}
    }
}

/// Reads the transactions of accounts that the user shares since now.
pub fn added_accounts(tenant: &mut Tenant, id: &ItemId, accounts: &[AccountId]) {
    let Some(item) = tenant.items.get_mut(id) else { return };
    let Some(last) = item.read_up_to.filter(|_| item.persona == Persona::Good) else { return };
    let first = item.created.date_naive() - TimeDelta::days(item.days_requested - 1);
    let new: Vec<Account> = item.accounts.iter().filter(|one| accounts.contains(&one.id)).cloned().collect();
    let rows = grid::rows(&new, first, last, &mut tenant.ids);
    let count = add(&mut item.feed, rows);
    if count > 0 {
        changed(tenant, id, count, &[]);
    }
}

fn add(feed: &mut Feed, rows: Vec<Transaction>) -> usize {
    let count = rows.len();
    rows.into_iter().for_each(|row| feed.add(row));
    count
}

/// Applies the rules of the user to their transactions.
pub fn recategorize(tenant: &mut Tenant, id: &ItemId) {
    if rules::apply(tenant, id) > 0 {
        changed(tenant, id, 0, &[]);
    }
}

fn next_midnight(now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    Some(now.date_naive().checked_add_days(Days::new(1))?.and_time(NaiveTime::MIN).and_utc())
}
