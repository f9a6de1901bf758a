//! Items for tests.

use chrono::DateTime;

use super::accounts::accounts;
use super::{run, start};
use crate::clock::Clock;
use crate::data::institutions::all;
use crate::state::{Item, ItemId, Pace, Persona, Tenant};

/// A tenant at noon of 2026-11-28 with an Item whose transactions have been read.
pub fn linked(username: &str) -> (Tenant, ItemId) {
    let noon = DateTime::from_timestamp(1_795_867_200, 0).unwrap_or_default();
    let mut tenant = Tenant::new(1, "client", "secret", Clock::frozen(noon), Pace::INSTANT);
    let institution = &all()[0];
    let id = ItemId(tenant.ids.long());
    let persona = match username {
        "user_transactions_dynamic" => Persona::Dynamic,
        _ => Persona::Good,
    };
    let mut item = Item::new(id.clone(), &institution.id, username, persona, noon);
    item.products.insert("transactions".to_owned());
    item.accounts = accounts(persona, institution, &mut tenant.ids);
    tenant.items.insert(id.clone(), item);
    start(&mut tenant, &id);
    while let Some((_, event)) = tenant.schedule.take_due(noon) {
        run(&mut tenant, &event);
    }
    (tenant, id)
}
