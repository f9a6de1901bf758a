//! Incomes in the transactions of an Item: where money comes from, how often, and who pays it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::json;

use super::history;
use crate::ids::Ids;
use crate::names::words;
use crate::state::{AccountId, Item, ItemId, ReportState, Tenant, Transaction};

/// Words that say what an income is. The first one that is found counts.
const KINDS: [(&str, &str); 23] = [
    ("child support", "CHILD_SUPPORT"),
    ("unemployment", "UNEMPLOYMENT"),
    ("ui benefit", "UNEMPLOYMENT"),
    ("airbnb", "RENTAL"),
    ("rental", "RENTAL"),
    ("rideshar", "GIG_ECONOMY"),
    ("uber", "GIG_ECONOMY"),
    ("lyft", "GIG_ECONOMY"),
    ("doordash", "GIG_ECONOMY"),
    ("shopify payout", "GIG_ECONOMY"),
    ("dfas", "MILITARY"),
    ("military", "MILITARY"),
    ("pension", "RETIREMENT"),
    ("retirement", "RETIREMENT"),
    ("ssa treas", "RETIREMENT"),
    ("disability", "LONG_TERM_DISABILITY"),
    ("tax ref", "TAX_REFUND"),
    ("intrst", "BANK_INTEREST"),
    ("interest", "BANK_INTEREST"),
    ("cash deposit", "CASH_DEPOSIT"),
    ("venmo cashout", "TRANSFER_FROM_APPLICATION"),
    ("cash app", "TRANSFER_FROM_APPLICATION"),
    ("benefit", "BENEFIT_OTHER"),
];
/// What follows the employer's name in the description of a salary.
const AFTER_EMPLOYER: [&str; 4] = [" direct dep", " payroll", " salary", " bonus"];

/// Where money comes from.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its id: the same in all reports.
    pub id: String,
    /// The account that it goes to.
    pub account: AccountId,
    /// What its transactions are called.
    pub description: String,
    /// The kind of income: `SALARY`.
    pub category: &'static str,
    /// Its transactions, oldest first.
    pub rows: Vec<Transaction>,
}

impl Source {
    /// Who pays a salary, if the description says it.
    pub fn employer(&self) -> Option<&str> {
        let lower = self.description.to_lowercase();
        let end = AFTER_EMPLOYER.iter().filter_map(|after| lower.find(after)).min()?;
        // A letter that has another length in lower case can put the end inside of one.
        self.description.get(..end).map(str::trim).filter(|name| !name.is_empty() && self.category == "SALARY")
    }

    /// How often money comes.
    pub fn frequency(&self) -> &'static str {
        let pairs = self.rows.windows(2);
        let mut distances: Vec<i64> = pairs.map(|pair| (pair[1].date - pair[0].date).num_days()).collect();
        distances.sort_unstable();
        match distances.get(distances.len() / 2) {
            Some(1) => "DAILY",
            Some(5..=9) => "WEEKLY",
            Some(13 | 14) => "BIWEEKLY",
            Some(12 | 15..=18) => "SEMI_MONTHLY",
            Some(26..=35) => "MONTHLY",
            _ => "UNKNOWN",
        }
    }
}

/// The incomes of an Item in a period, in the order of their first transactions.
pub fn sources(item: &Item, first: NaiveDate, last: NaiveDate) -> Vec<Source> {
    let is_meant = |account: &AccountId| item.account(account).is_some_and(|one| one.kind == "depository");
    let mut all: Vec<Source> = Vec::new();
    for row in history(item, first, last).into_iter().rev().filter(|row| !row.pending && is_meant(&row.account)) {
        let Some(category) = kind(&row) else { continue };
        let id = id_of(item, &row);
        match all.iter_mut().find(|source| source.id == id) {
            Some(source) => source.rows.push(row),
            None => {
                let (account, description) = (row.account.clone(), row.name.clone());
                all.push(Source { id, account, description, category, rows: vec![row] });
            }
        }
    }
    all
}

/// The id of a source follows from its account and the words of its description that are not numbers.
fn id_of(item: &Item, row: &Transaction) -> String {
    let plain = words(&row.name).into_iter().filter(|word| !word.contains(|c: char| c.is_ascii_digit()));
    let name: Vec<String> = plain.collect();
    Ids::new(0, &format!("income/{}/{}/{}", item.id, row.account, name.join(" "))).uuid()
}

/// What kind of income a transaction is. Refunds and transfers are none.
fn kind(row: &Transaction) -> Option<&'static str> {
    if !row.amount.is_sign_negative() || row.amount.is_zero() {
        return None;
    }
    let name = row.name.to_lowercase();
    let named = KINDS.iter().find(|(word, _)| name.contains(word)).map(|(_, kind)| *kind);
    let is_salary = AFTER_EMPLOYER.iter().any(|after| name.contains(after.trim_start()));
    match row.category.detailed.as_str() {
        // The name of a salary can have any word in it.
        "INCOME_WAGES" => Some(named.filter(|kind| *kind == "GIG_ECONOMY").unwrap_or("SALARY")),
        _ if is_salary => Some("SALARY"),
        "INCOME_UNEMPLOYMENT" => Some("UNEMPLOYMENT"),
        "INCOME_RETIREMENT_PENSION" => Some("RETIREMENT"),
        "INCOME_TAX_REFUND" => Some("TAX_REFUND"),
        "INCOME_INTEREST_EARNED" => Some("BANK_INTEREST"),
        detailed if detailed.starts_with("INCOME_") => Some(named.unwrap_or("OTHER")),
        _ => named,
    }
}

/// Tells applications that a subscribed user has a new income, once for each.
pub fn announce(tenant: &mut Tenant, id: &ItemId) {
    let today = tenant.now().date_naive();
    let Some(item) = tenant.items.get(id) else { return };
    let Some(user) = item.user.clone().filter(|user| tenant.incomes.subscribed.contains(user)) else { return };
    let reports = tenant.incomes.reports.values().rev();
    let of_item = |one: &&crate::state::BankReport| {
        one.user == user
            && one.items.iter().any(|(item, _)| item == id)
            && matches!(one.state, ReportState::Ready { .. })
    };
    let Some(report) = reports.into_iter().find(of_item) else { return };
    let first = today - chrono::TimeDelta::days(report.days.clamp(1, 731) - 1);
    let url = report.webhook.clone();
    let current: Vec<String> = sources(item, first, today).into_iter().map(|source| source.id).collect();
    let known = tenant.incomes.known.entry(id.clone()).or_default();
    let before = known.len();
    known.extend(current);
    if known.len() > before {
        tenant.webhook(None, url, "INCOME", "BANK_INCOME_REFRESH_UPDATE", json!({"user_id": user}));
    }
}

/// The totals of amounts by month, between two days: the first and the last day of each month, and its transactions.
pub fn months<'a>(
    rows: &[&'a Transaction],
    first: NaiveDate,
    last: NaiveDate,
) -> Vec<(NaiveDate, NaiveDate, Vec<&'a Transaction>)> {
    use chrono::{Datelike, Months};
    let mut by_month: BTreeMap<(i32, u32), Vec<&Transaction>> = BTreeMap::new();
    for row in rows {
        by_month.entry((row.date.year(), row.date.month())).or_default().push(row);
    }
    let mut all = Vec::new();
    let mut start = first;
    while start <= last {
        let next = start.with_day(1).and_then(|day| day.checked_add_months(Months::new(1)));
        let end = next.and_then(|next| next.pred_opt()).map_or(last, |end| end.min(last));
        let own = by_month.remove(&(start.year(), start.month())).unwrap_or_default();
        all.push((start, end, own));
        match next {
            Some(next) => start = next,
            None => break,
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{months, sources};
    use crate::bank::testing::linked;
    use chrono::{NaiveDate, TimeDelta};

    #[test]
    fn interest_is_an_income_and_a_refund_is_none() {
        let (tenant, id) = linked("user_good");
        let today = tenant.now().date_naive();
        let found = sources(&tenant.items[&id], today - TimeDelta::days(89), today);
        let seen: Vec<_> =
            found.iter().map(|one| (one.category, one.rows.len(), one.frequency(), one.employer())).collect();
        assert_eq!(seen, [("BANK_INTEREST", 3, "MONTHLY", None)]);
        let again = sources(&tenant.items[&id], today - TimeDelta::days(359), today);
        assert_eq!(again[0].id, found[0].id, "a longer period has the same sources");
    }

    #[test]
    fn months_begin_and_end_with_the_period() {
        let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).expect("a date");
        let seen: Vec<_> = months(&[], day(1, 15), day(3, 2)).into_iter().map(|(start, end, _)| (start, end)).collect();
        assert_eq!(seen, [(day(1, 15), day(1, 31)), (day(2, 1), day(2, 28)), (day(3, 1), day(3, 2))]);
    }
}
