//! What follows when a user has shared an income in Link.

use super::{bank, payroll};
use crate::fields::Fields;
use crate::ops::World;
use crate::state::{ItemId, LinkToken, Session, Tenant};

/// Whether a list of products has an income.
pub fn asks(request: Fields<'_>, list: &str) -> bool {
    let is_income = |product: &str| matches!(product, "employment" | "income" | "income_verification");
    request.texts(list).is_some_and(|all| all.into_iter().any(is_income))
}

/// A session of Link has succeeded. After update mode, an income is computed again.
pub fn session_finished(tenant: &mut Tenant, world: &World, link: &LinkToken, session: &Session) {
    let items = session.results.iter().filter_map(|(token, _)| tenant.public.get(token));
    let items: Vec<ItemId> = items.map(|public| public.item.clone()).collect();
    match (&link.update, &link.user) {
        (Some(id), _) => again(tenant, world, id),
        (None, Some(user)) if asks(Fields(&link.request), "products") => {
            let options = Fields(&link.request).object("income_verification");
            start(tenant, world, user, &items, options);
        }
        (None, _) => {}
    }
}

/// An Item was linked without Link. Without a user, there is nobody whose income it could be.
pub fn linked(tenant: &mut Tenant, world: &World, id: &ItemId, options: Fields<'_>) {
    if let Some(user) = tenant.items.get(id).and_then(|item| item.user.clone()) {
        start(tenant, world, &user, std::slice::from_ref(id), options);
    }
}

/// What was asked for is computed from now on. The options say which kind of income, and since when.
fn start(tenant: &mut Tenant, world: &World, user: &str, items: &[ItemId], options: Fields<'_>) {
    let Some(first) = items.first() else { return };
    let webhook = tenant.items.get(first).and_then(|item| item.webhook.clone());
    let days = options.object("bank_income").integer("days_requested").unwrap_or(bank::DAYS);
    let kinds = options.texts("income_source_types").unwrap_or_default();
    if kinds.contains(&"payroll") {
        items.iter().for_each(|id| payroll::start(tenant, id, options));
    }
    if kinds.is_empty() || kinds.contains(&"bank") {
        bank::order(tenant, world, user, items, days, webhook);
    }
}

/// The user has confirmed the income of an Item.
fn again(tenant: &mut Tenant, world: &World, id: &ItemId) {
    payroll::again(tenant, id);
    let mut reports = tenant.incomes.reports.values().rev();
    let user = reports.find(|report| report.items.iter().any(|(item, _)| item == id)).map(|report| report.user.clone());
    if let Some(user) = user {
        // A report that was there is made again, so there is nothing to refuse.
        drop(bank::again(tenant, world, &user, None));
    }
}
