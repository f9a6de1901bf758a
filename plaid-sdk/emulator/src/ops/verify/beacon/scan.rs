//! What speaks against a user: others who are alike, and reports about those.

use serde_json::{Value, json};

use super::{announce, change, compare, get_one, network, tell};
use crate::state::Tenant;
use crate::state::verify::{BeaconReport, BeaconStatus, BeaconVersion, Duplicate, Source, Syndication, Trail};

/// Two users are alike if all properties of one of these lists match.
const ENOUGH: [&[&str]; 5] = [
    &["id_number"],
    &["name", "date_of_birth"],
    &["name", "email_address"],
    &["name", "phone_number"],
    &["name", "address"],
];

fn is_alike(own: &Value, other: &Value) -> bool {
    let matches = |name: &&str| compare::compare(own.get(*name), other.get(*name)) == "match";
    ENOUGH.iter().any(|all| all.iter().all(matches))
}

/// The other users who are like one, oldest first.
fn like(tenant: &Tenant, id: &str) -> Vec<String> {
    let Ok(own) = get_one(tenant, id) else { return Vec::new() };
    let others = tenant.verify.beacon.users.values().filter(|other| other.id != id);
    others.filter(|other| is_alike(&own.now.user, &other.now.user)).map(|other| other.id.clone()).collect()
}

/// Compares a user with all others and with all reports. Returns the state that follows from what is new.
pub fn run(tenant: &mut Tenant, id: &str) -> BeaconStatus {
    let mut status = BeaconStatus::Cleared;
    let Ok(own) = get_one(tenant, id) else { return status };
    let (program, data) = (own.program.clone(), own.now.user.clone());
    let settings = tenant.verify.beacon.programs.get(&program).copied().unwrap_or_default();
    for other in like(tenant, id) {
        let is_same_program = get_one(tenant, &other).is_ok_and(|other| other.program == program);
        if is_same_program && pair(tenant, &other, id) && settings.flags_duplicates {
            status = status.max(BeaconStatus::PendingReview);
        }
        for report in active(tenant, &other) {
            if pass(tenant, &other, id, &report) {
                status = status.max(after(&report));
            }
        }
        for report in active(tenant, id) {
            spread_to(tenant, id, &other, &report);
        }
    }
    // A report about the user counts when the user is looked at again.
    if active(tenant, id).iter().any(|report| after(report) == BeaconStatus::Rejected) {
        status = BeaconStatus::Rejected;
    }
    if is_alike(&data, &network()) && of_network(tenant, id, &data) && settings.flags_network {
        status = status.max(BeaconStatus::PendingReview);
    }
    status
}

/// The state that a report leads to: fraud of the users themselves speaks for itself, the rest is reviewed.
fn after(report: &BeaconReport) -> BeaconStatus {
    if report.kind == "first_party" { BeaconStatus::Rejected } else { BeaconStatus::PendingReview }
}

/// The reports about a user that were not removed.
fn active(tenant: &Tenant, user: &str) -> Vec<BeaconReport> {
    let all = tenant.verify.beacon.reports.values();
    all.filter(|report| report.user == user && !report.removed).cloned().collect()
}

/// Lets a new report reach the users who are like the one that it is about.
pub fn spread(tenant: &mut Tenant, report: &BeaconReport) {
    for other in like(tenant, &report.user) {
        spread_to(tenant, &report.user, &other, report);
    }
}

fn spread_to(tenant: &mut Tenant, from: &str, to: &str, report: &BeaconReport) {
    if !pass(tenant, from, to, report) {
        return;
    }
    let Ok(user) = get_one(tenant, to) else { return };
    let old = user.now.clone();
    let status = old.status.max(after(report));
    if status != old.status {
        let trail = Trail { source: Source::System, author: None, at: tenant.now() };
        change(tenant, to, BeaconVersion { status, ..old.clone() }, trail);
        tell(tenant, to, old.status);
    }
}

/// Makes the pair of two users, unless there is one. Returns whether it is new.
fn pair(tenant: &mut Tenant, first: &str, second: &str) -> bool {
    let is_pair = |pair: &Duplicate| [first, second].iter().all(|id| pair.users.iter().any(|(one, _)| one == id));
    if tenant.verify.beacon.duplicates.values().any(is_pair) {
        return false;
    }
    let (Ok(one), Ok(two)) = (get_one(tenant, first), get_one(tenant, second)) else { return false };
    let users = [(first.to_owned(), one.now.version), (second.to_owned(), two.now.version)];
    let analysis = compare::analysis(&two.now.user, &one.now.user, false);
    let id = tenant.ids.short("becdup_");
    tenant.verify.beacon.duplicates.insert(id.clone(), Duplicate { id: id.clone(), users, analysis });
    announce(tenant, "BEACON", "DUPLICATE_DETECTED", json!({"beacon_duplicate_id": id}));
    true
}

/// Lets a report reach a user, unless it has. Returns whether it is new.
fn pass(tenant: &mut Tenant, from: &str, to: &str, report: &BeaconReport) -> bool {
    let (Ok(from), Ok(user)) = (get_one(tenant, from), get_one(tenant, to)) else { return false };
    let analysis = compare::analysis(&user.now.user, &from.now.user, true);
    let said = json!({
        "created_at": crate::fields::time(report.created),
        "event_date": report.date,
        "fraud_date": report.date,
        "id": report.id,
        "type": report.kind,
    });
    reach(tenant, to, said, analysis)
}

/// The report of another company. Its id belongs to that company.
fn of_network(tenant: &mut Tenant, to: &str, data: &Value) -> bool {
    let analysis = compare::analysis(data, &network(), true);
    let said = json!({
        "created_at": "2024-01-18T00:00:00Z", "event_date": "2024-01-10", "fraud_date": "2024-01-10", "id": null,
        "type": "stolen",
    });
    reach(tenant, to, said, analysis)
}

fn reach(tenant: &mut Tenant, to: &str, report: Value, analysis: Value) -> bool {
    let has_it = |one: &Syndication| one.user == to && one.report["id"] == report["id"];
    if tenant.verify.beacon.syndications.values().any(has_it) {
        return false;
    }
    let id = tenant.ids.short("becrsn_");
    let syndication = Syndication { id: id.clone(), user: to.to_owned(), report, analysis, confirmed: false };
    tenant.verify.beacon.syndications.insert(id.clone(), syndication);
    announce(tenant, "BEACON", "REPORT_SYNDICATION_CREATED", json!({"beacon_report_syndication_id": id}));
    true
}
