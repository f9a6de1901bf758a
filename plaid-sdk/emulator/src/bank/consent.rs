//! How long an Item's permission lasts: consent that ends, banks that move, logins that grow old.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use crate::error::ApiError;
use crate::fields::time;
use crate::state::{Activity, ActivityKind, Event, ItemId, ItemState, Tenant};

/// How long consent lasts at European banks, in days.
const CONSENT: i64 = 180;
/// How many days before the end it is announced.
const NOTICE: i64 = 7;
/// After how many days a login has to be renewed, if the emulator was set to it.
const LOGIN: i64 = 30;

/// Starts what ends an Item's permission: consent at European banks, and old logins if the tenant has them.
pub fn start(tenant: &mut Tenant, id: &ItemId) {
    let now = tenant.now();
    let ages = tenant.logins_age;
    let Some(item) = tenant.items.get_mut(id) else { return };
    if item.auth_method.has_no_login() {
        return;
    }
    if matches!(item.country.as_str(), "GB" | "IE" | "FR" | "ES" | "DE" | "NL") {
        let end = now + TimeDelta::days(CONSENT);
        item.consent_ends = Some(end);
        tenant.schedule.at(end - TimeDelta::days(NOTICE), Event::ConsentEnding(id.clone()));
        tenant.schedule.at(end, Event::Disconnect(id.clone()));
    }
    if ages {
        tenant.schedule.at(now + TimeDelta::days(LOGIN), Event::Disconnect(id.clone()));
    }
}

/// Announces that an Item's consent ends at a time, and lets it end then.
pub fn end_at(tenant: &mut Tenant, id: &ItemId, end: DateTime<Utc>) {
    forget(tenant, id);
    if let Some(item) = tenant.items.get_mut(id) {
        item.consent_ends = Some(end);
    }
    tenant.schedule.at(end, Event::Disconnect(id.clone()));
    announce(tenant, id, "INSTITUTION_TOKEN_EXPIRATION");
}

/// Announces the end of an Item's consent: in Europe by its time, elsewhere as a disconnect with a reason.
pub fn announce(tenant: &mut Tenant, id: &ItemId, reason: &str) {
    let Some(item) = tenant.items.get(id).filter(|item| item.error().is_none()) else { return };
    let end = item.consent_ends.unwrap_or_else(|| tenant.now() + TimeDelta::days(NOTICE));
    let is_elsewhere = matches!(item.country.as_str(), "US" | "CA");
    if is_elsewhere {
        let fields = json!({"disconnect_time": time(end), "reason": reason});
        tenant.item_webhook(id, "ITEM", "PENDING_DISCONNECT", fields);
    } else {
        let fields = json!({"consent_expiration_time": time(end)});
        tenant.item_webhook(id, "ITEM", "PENDING_EXPIRATION", fields);
    }
}

/// A bank moves to another connection: in a week the user has to log in again.
pub fn migrate(tenant: &mut Tenant, id: &ItemId) {
    forget(tenant, id);
    let at = tenant.now() + TimeDelta::days(NOTICE);
    tenant.schedule.at(at, Event::Disconnect(id.clone()));
}

/// The permission has ended: the user has to log in again.
pub fn disconnect(tenant: &mut Tenant, id: &ItemId) {
    let Some(item) = tenant.items.get_mut(id).filter(|item| item.error().is_none()) else { return };
    let error = ApiError::login_required();
    item.state = ItemState::Broken(error.clone());
    tenant.item_webhook(id, "ITEM", "ERROR", json!({"error": error.in_webhook()}));
}

/// The user went through update mode: the Item can be read, and its permission starts anew.
pub fn renew(tenant: &mut Tenant, id: &ItemId) {
    forget(tenant, id);
    if let Some(item) = tenant.items.get_mut(id) {
        item.state = ItemState::Good;
        item.consent_ends = None;
    }
    start(tenant, id);
    note(tenant, id, ActivityKind::Update);
}

fn forget(tenant: &mut Tenant, id: &ItemId) {
    let ends = |event: &Event| matches!(event, Event::ConsentEnding(of) | Event::Disconnect(of) if of == id);
    tenant.schedule.drop_if(ends);
}

/// Notes what happened to an Item.
pub fn note(tenant: &mut Tenant, id: &ItemId, kind: ActivityKind) {
    let (activity, at) = (tenant.ids.uuid(), tenant.now());
    let Some(item) = tenant.items.get(id) else { return };
    let accounts = item.accounts.iter().map(|account| {
        let mut shown = json!({
            "account_id": account.id,
            "mask": account.mask,
            "name": account.name,
            "subtype": account.subtype,
            "type": account.kind,
        });
        if let Some(name) = &account.official_name {
            shown["official_name"] = name.as_str().into();
        }
        shown
    });
    let activity = Activity {
        id: activity,
        item: id.clone(),
        kind,
        at,
        accounts: accounts.collect(),
        products: item.products.iter().cloned().collect(),
        application: None,
        scopes: None,
    };
    tenant.activities.push(activity);
}

/// The user takes back their permission.
pub fn revoke(tenant: &mut Tenant, id: &ItemId) {
    note(tenant, id, ActivityKind::Unlink);
    if let Some(item) = tenant.items.get_mut(id) {
        item.state = ItemState::Revoked;
    }
    forget(tenant, id);
    let fields = json!({"error": ApiError::permission_revoked().in_webhook()});
    tenant.item_webhook(id, "ITEM", "USER_PERMISSION_REVOKED", fields);
}
