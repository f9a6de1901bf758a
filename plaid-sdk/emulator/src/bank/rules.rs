//! Rules of users re-categorize transactions.

use crate::state::{Item, ItemId, Rule, Tenant, Transaction};

/// Applies the rules of an Item's user to its transactions. Returns how many have changed.
pub fn apply(tenant: &mut Tenant, id: &ItemId) -> usize {
    let Some(item) = tenant.items.get_mut(id) else { return 0 };
    let rules: Vec<&Rule> = tenant.rules.iter().filter(|rule| Some(&rule.user) == item.user.as_ref()).collect();
    let changed = changes(item, &rules);
    let count = changed.len();
    for row in changed {
        item.feed.modify(row);
    }
    count
}

/// The transactions that rules give another category. The newest rule wins.
fn changes(item: &Item, rules: &[&Rule]) -> Vec<Transaction> {
    if rules.is_empty() {
        return Vec::new();
    }
    let change = |row: &Transaction| {
        let rule = rules.iter().rev().find(|rule| rule.is_about(row))?;
        (rule.category != row.category).then(|| {
            let mut changed = row.clone();
            changed.describe(|about| about.category = rule.category.clone());
            changed
        })
    };
    item.feed.current().into_iter().filter_map(change).collect()
}
