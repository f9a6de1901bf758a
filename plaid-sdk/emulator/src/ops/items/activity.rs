//! What happened to Items: `/item/activity/list` and `/consent/events/get`.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value, json};

use super::super::{Call, Response};
use crate::error::ApiError;
use crate::fields::time;
use crate::ids::Ids;
use crate::state::{Activity, ActivityKind, Item, ItemId, Tenant};

/// For how long consent events are shown, in days.
const KEPT: i64 = 3 * 365;

/// `/item/activity/list`: newest first, in pages. A cursor is the id of the last activity that was seen.
pub fn list(call: &mut Call<'_>) -> Response {
    let count = call.request.within("count", 1..=50, 50)?;
    let only = match call.request.text("access_token") {
        Some(token) => Some(call.tenant.any_item(token)?.id.clone()),
        None => None,
    };
    let is_meant = |activity: &&Activity| only.as_ref().is_none_or(|id| activity.item == *id);
    let all: Vec<&Activity> = call.tenant.activities.iter().rev().filter(is_meant).collect();
    let start = match call.request.text("cursor").filter(|cursor| !cursor.is_empty()) {
        Some(cursor) => {
            let place = all.iter().position(|activity| activity.id == cursor);
            place.ok_or_else(|| ApiError::invalid_field("cursor must be one that this operation returned"))? + 1
        }
        None => 0,
    };
    let page: Vec<&Activity> = all.iter().skip(start).take(count).copied().collect();
    let mut response = json!({
        "activities": page.iter().map(|activity| view(activity)).collect::<Vec<_>>(),
        "last_data_access_times": [accesses(call.tenant, only.as_ref())],
    });
    if let Some(last) = page.last().filter(|_| start + page.len() < all.len()) {
        response["cursor"] = last.id.as_str().into();
    }
    Ok(response)
}

fn view(activity: &Activity) -> Value {
    let mut shown = json!({
        "activity": activity.kind.wire(),
        "id": activity.id,
        "initiated_date": activity.at.date_naive(),
        "initiator": initiator(activity.kind),
        "state": "SUCCESS",
    });
    if let Some(application) = &activity.application {
        shown["target_application_id"] = application.as_str().into();
    }
    if let Some(scopes) = &activity.scopes {
        shown["scopes"] = scopes.clone();
    }
    if matches!(activity.kind, ActivityKind::Create | ActivityKind::Import) {
        shown["authentication"] = "PLAID".into();
    }
    shown
}

fn initiator(kind: ActivityKind) -> &'static str {
    match kind {
        ActivityKind::Import | ActivityKind::Remove => "CUSTOMER",
        _ => "END_USER",
    }
}

/// When the caller last read each kind of data, as far as the log of requests goes back.
fn accesses(tenant: &Tenant, only: Option<&ItemId>) -> Value {
    let kinds: [(&str, &[&str]); 8] = [
        ("account_balance_info", &["/accounts/"]),
        ("account_routing_number", &["/auth/"]),
        ("contact_details", &["/identity/get", "/identity/match", "/identity/refresh"]),
        ("credit_and_loans", &["/liabilities/"]),
        ("investments", &["/investments/"]),
        ("payroll_info", &["/credit/payroll_income/", "/employment/"]),
        ("transaction_risk_info", &["/signal/"]),
        ("transactions", &["/transactions/get", "/transactions/sync", "/transactions/recurring/"]),
    ];
    let entries: Vec<_> = tenant.log.entries().collect();
    let last = |paths: &[&str]| -> Option<DateTime<Utc>> {
        let found = entries.iter().filter(|entry| {
            let path = entry.call.split(' ').nth(1).unwrap_or_default();
            let item = entry.access_token.as_ref().and_then(|token| tenant.access.get(token));
            let is_meant = item.is_some() && only.is_none_or(|id| item == Some(id));
            entry.status == 200 && is_meant && paths.iter().any(|start| path.starts_with(start))
        });
        found.map(|entry| entry.at).max()
    };
    let mut shown: Map<String, Value> =
        kinds.into_iter().map(|(name, paths)| (name.to_owned(), json!(last(paths).map(time)))).collect();
    // Newer clients require two more; the document lacks them.
    shown.insert("contact_info".to_owned(), shown["contact_details"].clone());
    shown.insert("credit_loan_info".to_owned(), shown["credit_and_loans"].clone());
    shown.insert("application_id".to_owned(), own_application(tenant).into());
    Value::Object(shown)
}

/// The id of the caller's own application.
fn own_application(tenant: &Tenant) -> String {
    Ids::new(0, &format!("application/{}", tenant.client_id)).long()
}

/// `/consent/events/get`: what the user agreed to, and took back.
pub fn consent(call: &mut Call<'_>) -> Response {
    let oldest = call.tenant.now() - TimeDelta::days(KEPT);
    let item = call.tenant.any_item(call.request.required("access_token")?)?;
    let id = item.id.clone();
    let name = call.world.institution(&item.institution).ok().map(|one| one.name.clone());
    let item: &Item = item;
    let institution = Some(item.institution.clone()).filter(|id| !id.is_empty());
    let events = |activity: &Activity| {
        let (kind, codes): (&str, &[&str]) = match activity.kind {
            ActivityKind::Create | ActivityKind::Import => {
                ("CONSENT_GRANTED", &["USER_AGREEMENT", "USE_CASES", "DATA_SCOPES", "ACCOUNT_SCOPES"])
            }
            ActivityKind::Update | ActivityKind::Scopes => ("CONSENT_UPDATED", &["DATA_SCOPES", "ACCOUNT_SCOPES"]),
            ActivityKind::Remove | ActivityKind::Unlink => ("CONSENT_REVOKED", &["REVOCATION"]),
        };
        let event = |code: &&str| {
            json!({
                "consented_accounts": if *code == "ACCOUNT_SCOPES" { json!(activity.accounts) } else { json!([]) },
                "consented_data_scopes": if *code == "DATA_SCOPES" { scopes(&activity.products) } else { json!([]) },
                "consented_use_cases": if *code == "USE_CASES" { json!(["Track and manage finances"]) } else { json!([]) },
                "created_at": time(activity.at),
                "event_code": code,
                "event_type": kind,
                "initiator": initiator(activity.kind),
                "institution_id": institution,
                "institution_name": name,
                "item_id": id,
            })
        };
        codes.iter().map(event).collect::<Vec<_>>()
    };
    let of_item = call.tenant.activities.iter().filter(|one| one.item == id && one.at >= oldest);
    Ok(json!({"consent_events": of_item.flat_map(events).collect::<Vec<_>>()}))
}

/// The kinds of data that products read.
fn scopes(products: &[String]) -> Value {
    let scope = |product: &String| match product.as_str() {
        "auth" | "transfer" => Some("account_routing_number"),
        "identity" | "identity_match" => Some("contact_info"),
        "investments" => Some("investments"),
        "liabilities" => Some("credit_loan_info"),
        "statements" => Some("bank_statements"),
        "transactions" | "recurring_transactions" => Some("transactions"),
        "signal" => Some("risk_info"),
        _ => None,
    };
    let mut all: Vec<&str> = products.iter().filter_map(scope).chain(["account_balance_info"]).collect();
    all.sort_unstable();
    all.dedup();
    json!(all)
}
