//! What is known of the accounts of a user: how long they are connected, and how often.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::super::{Call, Response};
use super::named;
use crate::error::ApiError;
use crate::fields::time;
use crate::state::{Account, Item, ItemId, Tenant};

/// `/beacon/user/account_insights/get`: the accounts of an Item that was added to a user.
pub fn get(call: &mut Call<'_>) -> Response {
    let user = named(call)?;
    let (id, items) = (user.id.clone(), user.now.items.clone());
    let item = call.tenant.item(call.request.required("access_token")?)?.id.clone();
    if !items.contains(&item.0) {
        return Err(ApiError::invalid_field("access_token must be one of an Item that was added to the Beacon user"));
    }
    let tenant = &*call.tenant;
    let item = tenant.items.get(&item).ok_or_else(ApiError::item_not_found)?;
    let accounts: Vec<Value> = item.accounts.iter().map(|account| insights(tenant, item, account)).collect();
    Ok(json!({
        "bank_account_insights": {"accounts": accounts, "item_id": item.id},
        "beacon_user_id": id,
        "created_at": time(item.created),
        "updated_at": time(item.updated.unwrap_or(item.created)),
    }))
}

/// `/beacon/account_risk/v1/evaluate`: the same for the accounts of an Item, or for some of them.
pub fn evaluate(call: &mut Call<'_>) -> Response {
    let item: ItemId = call.tenant.item(call.request.required("access_token")?)?.id.clone();
    let tenant = &*call.tenant;
    let item = tenant.items.get(&item).ok_or_else(ApiError::item_not_found)?;
    let only = call.request.object("options").texts("account_ids");
    if let Some(only) = &only
        && only.iter().any(|id| item.accounts.iter().all(|account| account.id.0 != **id))
    {
        return Err(ApiError::invalid_account_id());
    }
    let is_meant = |account: &&Account| only.as_ref().is_none_or(|only| only.contains(&account.id.0.as_str()));
    let accounts: Vec<Value> =
        item.accounts.iter().filter(is_meant).map(|account| insights(tenant, item, account)).collect();
    Ok(json!({"accounts": accounts}))
}

/// An account. The emulator has one device and one address of the network, and counts the connections of its own tenant.
fn insights(tenant: &Tenant, item: &Item, account: &Account) -> Value {
    let now = tenant.now();
    let is_same = |other: &&Item| other.institution == item.institution && other.username == item.username;
    let made: Vec<DateTime<Utc>> = tenant.items.values().filter(is_same).map(|other| other.created).collect();
    let within = |days: i64| made.iter().filter(|at| **at > now - TimeDelta::days(days)).count();
    let first = made.iter().min().map(|at| (now - *at).num_days());
    let own = item.feed.current();
    let seen = own.iter().filter(|one| one.account == account.id).map(|one| one.date).min();
    let mut attributes = json!({
        "days_since_account_opening": null,
        "days_since_first_observed_transaction": seen.map(|day| (now.date_naive() - day).num_days()),
        "days_since_first_plaid_connection": first,
        "is_account_closed": false,
        "is_account_frozen_or_restricted": false,
        "plaid_connections_count_30d": within(30),
        "plaid_connections_count_7d": within(7),
        "total_plaid_connections_count": made.len(),
    });
    for days in ["3d", "7d", "30d"] {
        attributes[format!("failed_plaid_non_oauth_authentication_attempts_count_{days}")] = 0.into();
        let days_back = days.trim_end_matches('d').parse().unwrap_or_default();
        attributes[format!("plaid_non_oauth_authentication_attempts_count_{days}")] = within(days_back).into();
    }
    for days in ["3d", "7d", "30d", "90d"] {
        let days_back = days.trim_end_matches('d').parse().unwrap_or_default();
        let one = within(days_back).min(1);
        attributes[format!("distinct_ip_addresses_count_{days}")] = one.into();
        attributes[format!("distinct_user_agents_count_{days}")] = one.into();
    }
    for what in ["address", "email", "phone"] {
        for days in ["28d", "90d"] {
            attributes[format!("{what}_change_count_{days}")] = 0.into();
        }
    }
    json!({"account_id": account.id, "attributes": attributes, "subtype": account.subtype, "type": account.kind})
}
