//! Items for tests.

use std::collections::BTreeSet;

use chrono::DateTime;

use super::{Persona, accounts, run, start};
use crate::clock::Clock;
use crate::data::institutions::all;
use crate::state::{Feed, Investments, Item, ItemId, ItemState, Pace, Tenant};

/// A tenant at noon of 2026-11-28 with an Item whose transactions have been read.
pub fn linked(username: &str) -> (Tenant, ItemId) {
    let noon = DateTime::from_timestamp(1_795_867_200, 0).unwrap_or_default();
    let mut tenant = Tenant::new(1, "client", "secret", Clock::frozen(noon), Pace::INSTANT);
    let institution = &all()[0];
    let id = ItemId(tenant.ids.long());
    let item = Item {
        id: id.clone(),
        institution: institution.id.clone(),
        username: username.to_owned(),
        state: ItemState::Good,
        products: BTreeSet::from(["transactions".to_owned()]),
        consented: None,
        webhook: None,
        accounts: accounts(Persona::of(username), institution, &mut tenant.ids),
        feed: Feed::default(),
        days_requested: 90,
        created: noon,
        updated: None,
        read_up_to: None,
        last_webhook: None,
        consent_ends: None,
        user: None,
        investments: Investments::default(),
        liabilities: None,
    };
    tenant.items.insert(id.clone(), item);
    start(&mut tenant, &id);
    while let Some((_, event)) = tenant.schedule.take_due(noon) {
        run(&mut tenant, &event);
    }
    (tenant, id)
}
