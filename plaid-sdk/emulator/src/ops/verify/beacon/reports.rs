//! Reports, the users whom they reach, and duplicates.

use serde_json::{Value, json};

use super::super::{Call, Response, announce, by_request, page, trail, unknown};
use super::{named, scan};
use crate::error::ApiError;
use crate::fields::time;
use crate::state::Tenant;
use crate::state::verify::{BeaconReport, Syndication};

/// `/beacon/report/create`. A user can have one report at a time. The user's state changes when the user is looked at again.
pub fn create(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let user = named(call)?.id.clone();
    let is_active = |report: &BeaconReport| report.user == user && !report.removed;
    if call.tenant.verify.beacon.reports.values().any(is_active) {
        return Err(ApiError::invalid_field("beacon_user_id names a user who has a report already"));
    }
    let date = request.date("fraud_date")?.ok_or_else(|| ApiError::missing_fields("fraud_date"))?;
    let report = BeaconReport {
        id: call.tenant.ids.short("becrpt_"),
        user,
        created: call.tenant.now(),
        kind: request.required("type")?.to_owned(),
        date,
        amount: request.value("fraud_amount").cloned(),
        trail: by_request(call.tenant),
        removed: false,
    };
    let response = view(&report);
    call.tenant.verify.beacon.reports.insert(report.id.clone(), report.clone());
    announce(call.tenant, "BEACON", "REPORT_CREATED", json!({"beacon_report_id": report.id}));
    scan::spread(call.tenant, &report);
    Ok(response)
}

/// `/beacon/report/get`.
pub fn get(call: &mut Call<'_>) -> Response {
    let id = call.request.required("beacon_report_id")?;
    let report = call.tenant.verify.beacon.reports.get(id).filter(|report| !report.removed);
    report.map(view).ok_or_else(|| unknown("beacon_report_id"))
}

/// `/beacon/report/list`: the reports about a user.
pub fn list(call: &mut Call<'_>) -> Response {
    let user = &named(call)?.id;
    let all = call.tenant.verify.beacon.reports.values().enumerate();
    let all: Vec<_> = all.filter(|(_, report)| report.user == *user && !report.removed).collect();
    page(call.request, "beacon_reports", &all, |report| view(report))
}

fn view(report: &BeaconReport) -> Value {
    json!({
        "audit_trail": trail(&report.trail),
        "beacon_user_id": report.user,
        "created_at": time(report.created),
        "event_date": report.date,
        "fraud_amount": report.amount,
        "fraud_date": report.date,
        "id": report.id,
        "type": report.kind,
    })
}

/// Removes a report, as a person does in the dashboard. The user can be reported again.
///
/// # Errors
/// `INVALID_FIELD` for an unknown report.
pub fn remove(tenant: &mut Tenant, id: &str) -> Response {
    let report = tenant.verify.beacon.reports.get_mut(id).filter(|report| !report.removed);
    report.ok_or_else(|| unknown("beacon_report_id"))?.removed = true;
    announce(tenant, "BEACON", "REPORT_UPDATED", json!({"beacon_report_id": id}));
    Ok(json!({"beacon_report_id": id}))
}

/// `/beacon/report_syndication/get`.
pub fn syndication(call: &mut Call<'_>) -> Response {
    let id = call.request.required("beacon_report_syndication_id")?;
    call.tenant.verify.beacon.syndications.get(id).map(shown).ok_or_else(|| unknown("beacon_report_syndication_id"))
}

/// `/beacon/report_syndication/list`: the reports that reached a user.
pub fn syndications(call: &mut Call<'_>) -> Response {
    let user = &named(call)?.id;
    let all = call.tenant.verify.beacon.syndications.values().enumerate();
    let all: Vec<_> = all.filter(|(_, one)| one.user == *user).collect();
    page(call.request, "beacon_report_syndications", &all, |one| shown(one))
}

fn shown(one: &Syndication) -> Value {
    json!({"analysis": one.analysis, "beacon_user_id": one.user, "id": one.id, "report": one.report})
}

/// Confirms that a report is about a user, as a person does in the dashboard.
///
/// # Errors
/// `INVALID_FIELD` for an unknown syndication.
pub fn confirm(tenant: &mut Tenant, id: &str, is_confirmed: bool) -> Response {
    let one = tenant.verify.beacon.syndications.get_mut(id).ok_or_else(|| unknown("beacon_report_syndication_id"))?;
    one.confirmed = is_confirmed;
    Ok(json!({"beacon_report_syndication_id": id, "confirmed": is_confirmed}))
}

/// `/beacon/duplicate/get`.
pub fn duplicate(call: &mut Call<'_>) -> Response {
    let id = call.request.required("beacon_duplicate_id")?;
    let pair = call.tenant.verify.beacon.duplicates.get(id).ok_or_else(|| unknown("beacon_duplicate_id"))?;
    let [one, two] = pair.users.each_ref().map(|(id, version)| json!({"id": id, "version": version}));
    Ok(json!({"analysis": pair.analysis, "beacon_user1": one, "beacon_user2": two, "id": pair.id}))
}
