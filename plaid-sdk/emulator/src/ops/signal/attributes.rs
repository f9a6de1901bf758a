//! The attributes of an account, from its balance and its transactions of 90 days.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use crate::bank;
use crate::fields::time;
use crate::ops::account_view::number;
use crate::state::{Account, Item, Transaction};

/// How many days are looked at.
const DAYS: i64 = 90;
/// The numbers of days for which transactions are counted.
const COUNTED: [i64; 4] = [10, 30, 60, 90];
/// The days between which balances are ranked: their names, the first and the last day back.
const SPANS: [(&str, usize, usize); 5] =
    [("30d", 1, 30), ("60d", 1, 60), ("90d", 1, 90), ("31d_to_60d", 31, 60), ("61d_to_90d", 61, 90)];

/// The balances alone. Without a login they can't be read now.
pub fn balances(account: &Account, is_unknown: bool) -> Map<String, Value> {
    let shown = |amount: Option<Decimal>| amount.filter(|_| !is_unknown).map(number);
    let balances = &account.balances;
    let all = [("available_balance", balances.available), ("current_balance", balances.current)];
    all.into_iter().map(|(name, amount)| (name.to_owned(), json!(shown(amount)))).collect()
}

/// The balance in relation to the amount. Rules can use it.
pub fn buffer(account: &Account, amount: Decimal) -> Option<(String, Value)> {
    let balance = account.balances.available.or(account.balances.current)?;
    let ratio = balance.checked_div(amount)?.round_dp(4);
    Some(("balance_to_transaction_amount_ratio".to_owned(), number(ratio)))
}

/// All attributes.
pub fn all(item: &Item, account: &Account, amount: Decimal, is_oauth: bool, now: DateTime<Utc>) -> Map<String, Value> {
    let today = now.date_naive();
    let rows = bank::history(item, today - TimeDelta::days(DAYS), today);
    let rows: Vec<&Transaction> = rows.iter().filter(|row| row.account == account.id && !row.pending).collect();
    let mut all = balances(account, false);
    all.insert("balance_to_transaction_amount_ratio".to_owned(), Value::Null);
    all.extend(buffer(account, amount));
    sums(&mut all, &rows, today);
    ends_of_days(&mut all, account, &rows, today);
    connections(&mut all, item, is_oauth, now);
    let read = time(item.updated.unwrap_or(item.created));
    let is_savings = matches!(account.subtype.as_str(), "savings" | "money market");
    let more = json!({
        "balance_last_updated": read,
        "days_since_account_opening": null,
        "is_account_closed": false,
        "is_account_frozen_or_restricted": false,
        "is_savings_or_money_market_account": is_savings,
        "transactions_last_updated": item.updated.map(time),
    });
    all.extend(more.as_object().cloned().unwrap_or_default());
    for kind in ["phone", "email", "address"] {
        for days in [28, 90] {
            all.insert(format!("{kind}_change_count_{days}d"), json!(0));
        }
    }
    all
}

/// The rows of the last days, today included.
fn last<'a>(rows: &[&'a Transaction], today: NaiveDate, days: i64) -> Vec<&'a Transaction> {
    rows.iter().copied().filter(|row| row.date > today - TimeDelta::days(days)).collect()
}

/// Amounts that came in, or those that went out, without signs.
fn amounts(rows: &[&Transaction], is_credit: bool) -> Vec<Decimal> {
    let is_meant = |row: &&&Transaction| !row.amount.is_zero() && row.amount.is_sign_negative() == is_credit;
    rows.iter().filter(is_meant).map(|row| row.amount.abs()).collect()
}

fn sums(all: &mut Map<String, Value>, rows: &[&Transaction], today: NaiveDate) {
    for (name, is_credit) in [("credit", true), ("debit", false)] {
        for days in COUNTED {
            let own = amounts(&last(rows, today, days), is_credit);
            all.insert(format!("{name}_transactions_count_{days}d"), json!(own.len()));
            all.insert(format!("total_{name}_transactions_amount_{days}d"), number(own.iter().sum()));
        }
        let own = amounts(&last(rows, today, 28), is_credit);
        for rank in [50, 95] {
            let value = ranked(own.clone(), rank).map(number);
            all.insert(format!("p{rank}_{name}_transactions_amount_28d"), json!(value));
        }
    }
    for days in [7, 30, 60, 90] {
        let own = last(rows, today, days);
        let count = |test: fn(&Transaction) -> bool| own.iter().filter(|row| test(row)).count();
        let is_fee = |row: &Transaction| {
            matches!(&*row.category.detailed, "BANK_FEES_INSUFFICIENT_FUNDS" | "BANK_FEES_OVERDRAFT_FEES")
        };
        let is_return = |row: &Transaction| row.name.to_lowercase().contains("unauthorized");
        all.insert(format!("nsf_overdraft_transactions_count_{days}d"), json!(count(is_fee)));
        all.insert(format!("unauthorized_transactions_count_{days}d"), json!(count(is_return)));
    }
}

/// The smallest value that is not below a share of all values, in percent.
fn ranked(mut values: Vec<Decimal>, rank: usize) -> Option<Decimal> {
    values.sort_unstable();
    let place = (values.len() * rank).div_ceil(100).max(1);
    values.get(place - 1).copied()
}

fn ends_of_days(all: &mut Map<String, Value>, account: &Account, rows: &[&Transaction], today: NaiveDate) {
    let held = match (account.balances.available, account.balances.current) {
        (Some(available), Some(current)) => current - available,
        _ => Decimal::ZERO,
    };
    let end = |back: i64| bank::balance_after(account, rows, today - TimeDelta::days(back)) - held;
    let ends: Vec<Decimal> = (1..=DAYS).map(end).collect();
    let negative = ends.iter().filter(|end| end.is_sign_negative() && !end.is_zero()).count();
    all.insert("days_with_negative_balance_count_90d".to_owned(), json!(negative));
    for (name, first, last) in SPANS {
        let span = ends.get(first - 1..last).unwrap_or_default();
        for rank in [10, 50, 90] {
            all.insert(format!("p{rank}_eod_balance_{name}"), json!(ranked(span.to_vec(), rank).map(number)));
        }
    }
}

fn connections(all: &mut Map<String, Value>, item: &Item, is_oauth: bool, now: DateTime<Utc>) {
    let times = || item.applications.iter().map(|one| one.created).chain([item.created]);
    let within = |days: i64| times().filter(|at| *at > now - TimeDelta::days(days)).count();
    let first = times().min().map_or(0, |first| (now - first).num_days());
    all.insert("days_since_first_plaid_connection".to_owned(), json!(first));
    all.insert("total_plaid_connections_count".to_owned(), json!(times().count()));
    for days in [7, 30] {
        all.insert(format!("plaid_connections_count_{days}d"), json!(within(days)));
    }
    // The user logged in once, from one device.
    let logins = |days: i64| usize::from(item.created > now - TimeDelta::days(days));
    for days in [3, 7, 30] {
        let attempts = if is_oauth { 0 } else { logins(days) };
        all.insert(format!("plaid_non_oauth_authentication_attempts_count_{days}d"), json!(attempts));
        all.insert(format!("failed_plaid_non_oauth_authentication_attempts_count_{days}d"), json!(0));
    }
    for kind in ["ip_addresses", "user_agents", "ssl_tls_connection_sessions"] {
        for days in [3, 7, 30, 90] {
            all.insert(format!("distinct_{kind}_count_{days}d"), json!(logins(days)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{all, ranked};
    use crate::bank::testing::linked;
    use rust_decimal::Decimal;
    use serde_json::json;

    #[test]
    fn ranks_are_values_of_the_list() {
        let values = |to: i64| (1..=to).map(Decimal::from).collect::<Vec<_>>();
        assert_eq!([50, 95, 90].map(|rank| ranked(values(20), rank)), [10, 19, 18].map(|one| Some(Decimal::from(one))));
        assert_eq!((ranked(values(1), 10), ranked(Vec::new(), 50)), (Some(Decimal::ONE), None));
    }

    #[test]
    fn the_figures_agree_with_the_transactions() {
        let (tenant, id) = linked("user_good");
        let item = &tenant.items[&id];
        let seen = all(item, &item.accounts[0], Decimal::from(50), false, tenant.now());
        // In 30 days one refund comes in and five payments go out, as the grid has it.
        assert_eq!(
            (&seen["credit_transactions_count_30d"], &seen["debit_transactions_count_30d"]),
            (&json!(1), &json!(5))
        );
        assert_eq!(seen["total_credit_transactions_amount_30d"], json!(500));
        assert_eq!(seen["total_debit_transactions_amount_30d"], json!(117.46));
        assert_eq!(seen["total_debit_transactions_amount_90d"], json!(352.38));
        assert_eq!(seen["balance_to_transaction_amount_ratio"], json!(2));
        assert_eq!(seen["available_balance"], json!(100));
        assert_eq!(seen["plaid_non_oauth_authentication_attempts_count_3d"], json!(1));
        assert_eq!(seen["total_plaid_connections_count"], json!(1));
    }
}
