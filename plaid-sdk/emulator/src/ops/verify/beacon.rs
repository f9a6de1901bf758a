//! `/beacon/*`: users, and who is alike, reported or risky.

mod insights;
mod reports;
mod scan;
mod view;

use serde_json::{Value, json};

use super::{Call, Class, Entry, Response, announce, by_request, compare, page, trail, unknown};
use crate::error::ApiError;
use crate::fields::{Fields, time};
use crate::json;
use crate::state::Tenant;
use crate::state::verify::{BeaconStatus, BeaconUser, BeaconVersion, Trail};

pub use self::reports::{confirm, remove};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/beacon/account_risk/v1/evaluate", Class::Computed, insights::evaluate),
    Entry::json("/beacon/duplicate/get", Class::StateMachine, reports::duplicate),
    Entry::json("/beacon/report/create", Class::StateMachine, reports::create),
    Entry::json("/beacon/report/get", Class::StateMachine, reports::get),
    Entry::json("/beacon/report/list", Class::StateMachine, reports::list),
    Entry::json("/beacon/report_syndication/get", Class::StateMachine, reports::syndication),
    Entry::json("/beacon/report_syndication/list", Class::StateMachine, reports::syndications),
    Entry::json("/beacon/user/account_insights/get", Class::Computed, insights::get),
    Entry::json("/beacon/user/create", Class::StateMachine, create),
    Entry::json("/beacon/user/get", Class::StateMachine, get),
    Entry::json("/beacon/user/history/list", Class::StateMachine, history),
    Entry::json("/beacon/user/review", Class::StateMachine, review),
    Entry::json("/beacon/user/update", Class::StateMachine, update),
];

/// What a request says of a user, besides the accounts.
const DATA: [&str; 7] =
    ["date_of_birth", "name", "address", "email_address", "phone_number", "id_number", "ip_address"];
/// How many accounts a user can have.
const MOST_ACCOUNTS: usize = 50;

/// `/beacon/user/create`: the user is compared with others and with reports at once.
fn create(call: &mut Call<'_>) -> Response {
    let request = call.request;
    for field in ["program_id", "client_user_id"] {
        if request.required(field)?.is_empty() {
            return Err(ApiError::invalid_field(&format!("{field} must be filled")));
        }
    }
    let user = request.object("user");
    if user.value("date_of_birth").is_none() && user.objects("depository_accounts").next().is_none() {
        return Err(ApiError::invalid_field("user must have a date_of_birth or depository_accounts"));
    }
    let now = call.tenant.now();
    let mut version = BeaconVersion {
        version: 1,
        status: BeaconStatus::Cleared,
        user: json!({}),
        accounts: Vec::new(),
        items: Vec::new(),
        updated: now,
        trail: by_request(call.tenant),
    };
    fill(call.tenant, &mut version, user, request)?;
    let (program, client_user_id) = (request.required("program_id")?, request.required("client_user_id")?);
    let id = keep_new(call.tenant, program, client_user_id, version);
    get_one(call.tenant, &id).map(view::user)
}

/// Adds a user, and looks for what speaks against them. Returns the id.
fn keep_new(tenant: &mut Tenant, program: &str, client_user_id: &str, now: BeaconVersion) -> String {
    let id = tenant.ids.short("becusr_");
    let (program, client_user_id) = (program.to_owned(), client_user_id.to_owned());
    let user = BeaconUser { id: id.clone(), program, client_user_id, created: now.updated, past: Vec::new(), now };
    tenant.verify.beacon.users.insert(id.clone(), user);
    let status = scan::run(tenant, &id);
    if let Some(user) = tenant.verify.beacon.users.get_mut(&id) {
        user.now.status = status;
    }
    id
}

/// Adds a user who has verified their identity.
pub fn enroll(tenant: &mut Tenant, program: &str, client_user_id: &str, data: &Value, trail: Trail) -> String {
    let user: Value =
        DATA.into_iter().filter_map(|name| Some((name.to_owned(), Fields(data).value(name)?.clone()))).collect();
    let (status, accounts, items, updated) = (BeaconStatus::Cleared, Vec::new(), Vec::new(), tenant.now());
    let version = BeaconVersion { version: 1, status, user, accounts, items, updated, trail };
    keep_new(tenant, program, client_user_id, version)
}

/// Puts what a request says into a version.
fn fill(
    tenant: &mut Tenant,
    version: &mut BeaconVersion,
    user: Fields<'_>,
    request: Fields<'_>,
) -> Result<(), ApiError> {
    user.date("date_of_birth")?;
    for name in DATA {
        if let Some(value) = user.value(name) {
            version.user[name] = value.clone();
        }
    }
    let now = time(tenant.now());
    for account in user.objects("depository_accounts") {
        let (number, routing) = (account.required("account_number")?, account.required("routing_number")?);
        let known = version.user["depository_accounts"].as_array().cloned().unwrap_or_default();
        if known.contains(account.0) {
            continue;
        }
        let digits: String = number.chars().filter(|c| !c.is_whitespace()).collect();
        let mask: String = digits.chars().skip(digits.chars().count().saturating_sub(4)).collect();
        version.accounts.push(json!({"account_mask": mask, "added_at": now, "routing_number": routing}));
        version.user["depository_accounts"] = known.into_iter().chain([account.0.clone()]).collect();
    }
    let mut count = version.accounts.len();
    for token in request.texts("access_tokens").unwrap_or_default() {
        let item = tenant.item(token)?;
        if !version.items.contains(&item.id.0) {
            version.items.push(item.id.0.clone());
        }
    }
    for item in tenant.items.values().filter(|item| version.items.contains(&item.id.0)) {
        count += item.accounts.len();
    }
    match count {
        0..=MOST_ACCOUNTS => Ok(()),
        _ => Err(ApiError::invalid_field(&format!("a user can have at most {MOST_ACCOUNTS} accounts"))),
    }
}

fn get_one<'a>(tenant: &'a Tenant, id: &str) -> Result<&'a BeaconUser, ApiError> {
    tenant.verify.beacon.users.get(id).ok_or_else(|| unknown("beacon_user_id"))
}

/// The user whom a request names.
fn named<'a>(call: &'a Call<'_>) -> Result<&'a BeaconUser, ApiError> {
    get_one(call.tenant, call.request.required("beacon_user_id")?)
}

/// `/beacon/user/get`.
fn get(call: &mut Call<'_>) -> Response {
    named(call).map(view::user)
}

/// `/beacon/user/history/list`: all versions, the newest first.
fn history(call: &mut Call<'_>) -> Response {
    let user = named(call)?;
    let all: Vec<_> = user.past.iter().chain([&user.now]).enumerate().collect();
    page(call.request, "beacon_users", &all, |version| view::version(user, version))
}

/// `/beacon/user/update`: new data is compared again. A request without any changes nothing.
fn update(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let user = named(call)?;
    let (id, old) = (user.id.clone(), user.now.clone());
    let mut next = old.clone();
    fill(call.tenant, &mut next, request.object("user"), request)?;
    if request.value("user").is_some() || next != old {
        change(call.tenant, &id, next, by_request(call.tenant));
        let status = scan::run(call.tenant, &id).max(old.status);
        if let Some(user) = call.tenant.verify.beacon.users.get_mut(&id) {
            user.now.status = status;
        }
        tell(call.tenant, &id, old.status);
    }
    get_one(call.tenant, &id).map(view::user)
}

/// `/beacon/user/review`: a person of the application decides.
fn review(call: &mut Call<'_>) -> Response {
    let id = call.request.required("beacon_user_id")?;
    let status = BeaconStatus::of(call.request.required("status")?);
    let status = status.ok_or_else(|| ApiError::invalid_field("status must be cleared, pending_review or rejected"))?;
    let trail = by_request(call.tenant);
    decide(call.tenant, id, status, trail)
}

/// Sets the state of a user, if the evidence allows it.
///
/// # Errors
/// `INVALID_FIELD` for an unknown user, for a rejection without evidence of fraud, and for clearing a user with evidence.
pub fn decide(tenant: &mut Tenant, id: &str, status: BeaconStatus, trail: Trail) -> Response {
    let old = get_one(tenant, id)?.now.clone();
    let beacon = &tenant.verify.beacon;
    let is_reported = beacon.reports.values().any(|report| report.user == id && !report.removed);
    let is_confirmed = beacon.syndications.values().any(|one| one.user == id && one.confirmed);
    if !status.may_be_set(is_reported || is_confirmed) {
        return Err(ApiError::invalid_field(match status {
            BeaconStatus::Rejected => "status can't be rejected without a report or a confirmed report syndication",
            _ => "status can't be cleared while there is a report or a confirmed report syndication",
        }));
    }
    if status != old.status {
        change(tenant, id, BeaconVersion { status, ..old.clone() }, trail);
        tell(tenant, id, old.status);
    }
    get_one(tenant, id).map(view::user)
}

/// Makes a new version of a user.
fn change(tenant: &mut Tenant, id: &str, next: BeaconVersion, trail: Trail) {
    let now = tenant.now();
    if let Some(user) = tenant.verify.beacon.users.get_mut(id) {
        let next = BeaconVersion { version: user.now.version + 1, updated: now, trail, ..next };
        user.past.push(std::mem::replace(&mut user.now, next));
    }
}

/// Announces a new state.
fn tell(tenant: &mut Tenant, id: &str, old: BeaconStatus) {
    if get_one(tenant, id).is_ok_and(|user| user.now.status != old) {
        announce(tenant, "BEACON", "USER_STATUS_UPDATED", json!({"beacon_user_id": id}));
    }
}

/// The data of the Sandbox's test user, whom other companies have reported.
fn network() -> Value {
    let mut leslie = super::identity::kyc::leslie();
    json::merge(&mut leslie, json!({"email_address": null}));
    leslie
}
