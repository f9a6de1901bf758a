//! `/fdx/*`: consents, recipients and notifications as the Financial Data Exchange has them.

use serde_json::{Value, json};

use super::{Call, Class, Entry, Response, World};
use crate::bank::consent;
use crate::data::applications::{APPLICATIONS, Known};
use crate::error::ApiError;
use crate::fields::time;
use crate::request::File;
use crate::state::{Item, ItemId, ItemState, Tenant};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/fdx/consents/{consentId}", Class::StateMachine, consent_grant),
    Entry::file("/fdx/notifications", Class::StateMachine, notify),
    Entry::json("/fdx/recipient/{recipientId}", Class::Computed, recipient),
    Entry::json("/fdx/recipients", Class::Computed, recipients),
];

/// The products, each with the clusters of data that it reads.
const CLUSTERS: [(&str, &str); 7] = [
    ("assets", "TRANSACTIONS"),
    ("auth", "ACCOUNT_PAYMENTS"),
    ("identity", "CUSTOMER_CONTACT"),
    ("investments", "INVESTMENTS"),
    ("liabilities", "BILLS"),
    ("statements", "STATEMENTS"),
    ("transactions", "TRANSACTIONS"),
];

fn not_found(name: &str) -> ApiError {
    ApiError::not_found(name)
}

/// `/fdx/consents/{consentId}`: the consent of an Item, by the Item's id. One that has ended can still be read.
fn consent_grant(call: &mut Call<'_>) -> Response {
    let id = ItemId(call.parameters.required("consentId")?.to_owned());
    let item = call.tenant.items.get(&id).ok_or_else(|| not_found("consentId"))?;
    let mut shown = json!({
        "createdTime": time(item.created),
        "id": item.id,
        "parties": parties(item, call.tenant, call.world),
        "resources": resources(item),
        "status": status(item, call.tenant),
        "updatedTime": time(item.updated.unwrap_or(item.created)),
    });
    if let Some(end) = item.consent_ends {
        shown["expirationTime"] = time(end).into();
    }
    Ok(shown)
}

fn status(item: &Item, tenant: &Tenant) -> &'static str {
    match item.state {
        ItemState::Removed | ItemState::Revoked => "REVOKED",
        _ if item.consent_ends.is_some_and(|end| end <= tenant.now()) => "EXPIRED",
        ItemState::Good | ItemState::Broken(_) => "ACTIVE",
    }
}

fn parties(item: &Item, tenant: &Tenant, world: &World) -> Value {
    let bank = world.institution(&item.institution).map(|one| one.name.as_str()).unwrap_or("A bank");
    json!([
        {"name": tenant.client_id, "type": "DATA_RECIPIENT"},
        {"name": "Plaid", "type": "DATA_ACCESS_PLATFORM"},
        {"name": bank, "type": "DATA_PROVIDER"},
    ])
}

fn resources(item: &Item) -> Value {
    let mut clusters = vec!["ACCOUNT_BASIC", "BALANCES"];
    for (product, cluster) in CLUSTERS {
        if item.products.contains(product) && !clusters.contains(&cluster) {
            clusters.push(cluster);
        }
    }
    let account = |one: &crate::state::Account| json!({"dataClusters": clusters, "resourceId": one.id, "resourceType": "ACCOUNT"});
    item.accounts.iter().map(account).collect()
}

/// `/fdx/notifications`: a data provider says that something has happened. A consent that it revokes ends here, too. The same
/// notification counts once.
fn notify(call: &mut Call<'_>) -> Result<File, ApiError> {
    let request = call.request;
    let id = request.required("notificationId")?;
    let payload = request.object("notificationPayload");
    let is_new = call.tenant.platform.notifications.insert(id.to_owned(), request.0.clone()).is_none();
    let revokes = request.text("type") == Some("CONSENT_REVOKED") && payload.text("idType") == Some("CONSENT");
    if let Some(consent) = payload.text("id").filter(|_| is_new && revokes) {
        let item = ItemId(consent.to_owned());
        let is_active = call.tenant.items.get(&item).is_some_and(|item| status(item, call.tenant) == "ACTIVE");
        if is_active {
            consent::revoke(call.tenant, &item);
        }
    }
    // The response has no body.
    Ok(File { kind: "text/plain", bytes: Vec::new(), headers: Vec::new() })
}

fn shown(one: &Known) -> Value {
    json!({
        "client_name": one.name, "logo_uri": null, "recipient_id": one.id, "third_party_legal_name": one.company,
    })
}

/// `/fdx/recipients`: the registered applications, each with the number of the tenant's Items that it is connected to.
fn recipients(call: &mut Call<'_>) -> Response {
    let items = || call.tenant.items.values().filter(|item| item.state != ItemState::Removed);
    let rows = APPLICATIONS.iter().map(|one| {
        let is_connected = |item: &&Item| item.applications.iter().any(|application| application.id == one.id);
        let mut row = shown(one);
        row["category"] = one.use_case.into();
        row["joined_date"] = one.joined.into();
        row["connection_count"] = items().filter(is_connected).count().into();
        row
    });
    Ok(json!({"recipients": rows.collect::<Vec<_>>()}))
}

/// `/fdx/recipient/{recipientId}`.
fn recipient(call: &mut Call<'_>) -> Response {
    let id = call.parameters.required("recipientId")?;
    APPLICATIONS.iter().find(|one| one.id == id).map(shown).ok_or_else(|| not_found("recipientId"))
}
