//! Forgets what is over, so that a tenant that is used for long does not grow.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};

use super::{ItemId, ItemState, Tenant};

/// How many of the objects of a kind that are over are kept.
const KEPT: usize = 100;
/// How long a token counts as in use after it has expired, in hours. For so long Plaid shows what happened in Link.
const SHOWN: i64 = 6;
/// After how many new tokens it is looked for what is over.
const OFTEN: u32 = 100;

impl Tenant {
    /// Notes that a token is made. Now and then this forgets, besides the newest ones, Link tokens and public tokens that
    /// expired long ago, and Items that were removed, with their tokens and activities.
    pub fn tidy(&mut self) {
        self.made += 1;
        if self.made < OFTEN {
            return;
        }
        self.made = 0;
        let limit = self.now() - TimeDelta::hours(SHOWN);
        let is_over = |expires: DateTime<Utc>| expires < limit;
        let mut extra = beyond(self.links.values().filter(|link| is_over(link.expires)).count());
        self.links.retain(|_, link| !(is_over(link.expires) && take(&mut extra)));
        let mut extra = beyond(self.public.values().filter(|public| is_over(public.expires)).count());
        self.public.retain(|_, public| !(is_over(public.expires) && take(&mut extra)));

        let removed = self.items.values().filter(|item| item.state == ItemState::Removed);
        let extra = beyond(removed.clone().count());
        let gone: HashSet<ItemId> = removed.take(extra).map(|item| item.id.clone()).collect();
        if !gone.is_empty() {
            self.items.retain(|id, _| !gone.contains(id));
            self.access.retain(|_, id| !gone.contains(id));
            self.public.retain(|_, public| !gone.contains(&public.item));
            self.activities.retain(|activity| !gone.contains(&activity.item));
        }
    }
}

/// How many of so many are not kept.
fn beyond(count: usize) -> usize {
    count.saturating_sub(KEPT)
}

/// Takes one of a number, if there is one left.
fn take(number: &mut usize) -> bool {
    let is_left = *number > 0;
    *number = number.saturating_sub(1);
    is_left
}

#[cfg(test)]
mod tests {
    use super::{KEPT, OFTEN, SHOWN};
    use crate::bank::testing::linked;
    use crate::state::{ItemId, ItemState, PublicToken};
    use chrono::TimeDelta;

    #[test]
    fn only_the_newest_of_what_is_over_are_kept() {
        let (mut tenant, id) = linked("user_good");
        let expires = tenant.now() - TimeDelta::hours(SHOWN) - TimeDelta::seconds(1);
        let (all, used) = (KEPT + 5, expires + TimeDelta::hours(1));
        for number in 0..all {
            let mut item = tenant.items[&id].clone();
            item.id = ItemId(format!("item-{number}"));
            item.state = ItemState::Removed;
            tenant.access.insert(format!("access-{number}"), item.id.clone());
            let token = PublicToken { item: id.clone(), expires, used: true };
            tenant.public.insert(format!("old-{number}"), token.clone());
            tenant.public.insert(format!("new-{number}"), PublicToken { expires: used, ..token });
            tenant.items.insert(item.id.clone(), item);
        }
        (1..OFTEN).for_each(|_| tenant.tidy());
        assert_eq!(tenant.items.len(), all + 1, "nothing is forgotten before it is looked for");
        tenant.tidy();
        assert_eq!((tenant.items.len(), tenant.access.len()), (KEPT + 1, KEPT));
        assert!(tenant.items.contains_key(&id) && !tenant.access.contains_key("access-4"));
        assert!(tenant.access.contains_key("access-5"), "the newest ones are kept");
        assert_eq!(tenant.public.keys().filter(|token| token.starts_with("new")).count(), all);
        assert_eq!(tenant.public.keys().find(|token| token.starts_with("old")).map(String::as_str), Some("old-5"));
    }
}
