//! The statements that a bank has of an Item's accounts.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde_json::json;

use super::history::{balance_after, change, history};
use crate::state::{Account, Entry, Event, Item, ItemId, Statement, Tenant, Transaction};

/// Schedules the read of the statements of a period. Only a refresh is announced when it is done.
pub fn start_statements(tenant: &mut Tenant, id: &ItemId, (first, last): (NaiveDate, NaiveDate), is_refresh: bool) {
    let at = tenant.after(tenant.pace.initial);
    tenant.schedule.at(at, Event::Statements { item: id.clone(), first, last, is_refresh });
}

/// Reads the statements of all months that a period touches. Those that are there and complete stay as they are.
pub fn read_statements(tenant: &mut Tenant, id: &ItemId, (first, last): (NaiveDate, NaiveDate), is_refresh: bool) {
    let today = tenant.now().date_naive();
    let Some(item) = tenant.items.get_mut(id) else { return };
    let is_read = item.error().is_none();
    if is_read {
        let mut all = item.statements.take().unwrap_or_default();
        let months = months(first, last.min(today));
        all.retain(|one| month_end(one.first) == Some(one.last) || !months.contains(&one.first));
        for month in months {
            for account in item.accounts.iter().filter(|account| has_statements(account)) {
                let is_there = all.iter().any(|one| one.account == account.id && one.first == month);
                if let (false, Some(end)) = (is_there, month_end(month)) {
                    all.push(of_month(item, account, (month, end.min(today)), today, tenant.ids.long()));
                }
            }
        }
        all.sort_by_key(|statement| std::cmp::Reverse(statement.first));
        item.statements = Some(all);
    }
    if is_refresh {
        let result = if is_read { "SUCCESS" } else { "FAILURE" };
        tenant.item_webhook(id, "STATEMENTS", "STATEMENTS_REFRESH_COMPLETE", json!({"result": result}));
    }
}

fn has_statements(account: &Account) -> bool {
    matches!(&*account.kind, "depository" | "credit")
}

/// The first days of the months that a period touches.
fn months(first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
    let start = first.with_day(1);
    std::iter::successors(start, |month| month.checked_add_months(Months::new(1)))
        .take_while(|month| *month <= last)
        .collect()
}

/// The last day of the month that a day begins.
fn month_end(first: NaiveDate) -> Option<NaiveDate> {
    first.checked_add_months(Months::new(1))?.checked_sub_days(Days::new(1))
}

fn of_month(
    item: &Item,
    account: &Account,
    (first, last): (NaiveDate, NaiveDate),
    today: NaiveDate,
    id: String,
) -> Statement {
    let rows = history(item, first, today);
    let rows: Vec<&Transaction> = rows.iter().filter(|row| row.account == account.id && !row.pending).collect();
    let closing = balance_after(account, &rows, last);
    let entries = rows.iter().rev().filter(|row| row.date <= last).map(|row| Entry {
        date: row.date,
        name: row.name.clone(),
        change: change(account, row),
    });
    let entries: Vec<Entry> = entries.collect();
    let opening = closing - entries.iter().map(|entry| entry.change).sum::<rust_decimal::Decimal>();
    Statement { id, account: account.id.clone(), first, last, opening, closing, entries }
}

#[cfg(test)]
mod tests {
    use super::read_statements;
    use crate::bank::testing::linked;
    use chrono::TimeDelta;

    #[test]
    fn one_statement_ends_with_the_balance_that_the_next_one_begins_with() {
        let (mut tenant, id) = linked("user_good");
        let today = tenant.now().date_naive();
        read_statements(&mut tenant, &id, (today - TimeDelta::days(92), today), false);
        let item = &tenant.items[&id];
        for account in item.accounts.iter().filter(|account| super::has_statements(account)) {
            let all = item.statements.iter().flatten().filter(|statement| statement.account == account.id);
            let all: Vec<_> = all.collect();
            assert_eq!(all.len(), 4, "a window of three months touches four");
            assert_eq!(Some(all[0].closing), account.balances.current);
            assert!(all.windows(2).all(|pair| pair[0].opening == pair[1].closing), "{}", account.name);
        }
    }

    #[test]
    fn a_later_read_replaces_the_statement_of_the_running_month_only() {
        let (mut tenant, id) = linked("user_good");
        let today = tenant.now().date_naive();
        read_statements(&mut tenant, &id, (today - TimeDelta::days(40), today), false);
        let before = tenant.items[&id].statements.clone().unwrap_or_default();
        let later = tenant.now() + TimeDelta::days(5);
        tenant.clock.move_to(later).expect("later");
        read_statements(&mut tenant, &id, (today, today + TimeDelta::days(5)), false);
        let after = tenant.items[&id].statements.clone().unwrap_or_default();
        let kept = before.iter().filter(|one| after.contains(one)).count();
        assert_eq!(
            (before.len(), kept, after.len()),
            (16, 8, 24),
            "October stays; November is complete; December is new"
        );
    }
}
