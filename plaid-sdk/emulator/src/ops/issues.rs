//! `/issues/*`: what is wrong at institutions.

use serde_json::{Value, json};

use super::items::valid_url;
use super::{Call, Class, Entry, Response, World, nothing};
use crate::data::institutions::Health;
use crate::error::ApiError;
use crate::fields::time;
use crate::state::{Issue, IssueStatus, ItemId, Tenant};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/issues/get", Class::StateMachine, get),
    Entry::json("/issues/search", Class::StateMachine, search),
    Entry::json("/issues/subscribe", Class::StateMachine, subscribe),
];

/// Reports an issue of an institution.
///
/// # Errors
/// `INVALID_INSTITUTION` for an unknown one.
pub fn report(tenant: &mut Tenant, world: &World, institution: &str, summary: &str) -> Result<String, ApiError> {
    let institution = world.institution(institution)?;
    let id = tenant.ids.uuid();
    let description = format!("{summary} at {} ({}).", institution.name, institution.id);
    let issue = Issue {
        id: id.clone(),
        institution: institution.id.clone(),
        created: tenant.now(),
        summary: summary.to_owned(),
        description,
        status: IssueStatus::Reported,
        sessions: Vec::new(),
        subscribers: Vec::new(),
    };
    tenant.platform.issues.insert(id.clone(), issue);
    Ok(id)
}

/// A Link session has met an institution that does not work. It belongs to the open issue of the institution, or to a new one.
pub fn met(tenant: &mut Tenant, world: &World, institution: &str, session: (&str, &str)) {
    let is_open = |one: &&mut Issue| {
        one.institution == institution && !matches!(one.status, IssueStatus::Resolved | IssueStatus::CannotFix)
    };
    let known = tenant.platform.issues.values_mut().find(is_open).map(|issue| issue.id.clone());
    let id = known.map_or_else(|| report(tenant, world, institution, "Logins fail"), Ok);
    let issue = id.ok().and_then(|id| tenant.platform.issues.get_mut(&id));
    if let Some(issue) = issue {
        issue.sessions.push((session.0.to_owned(), session.1.to_owned()));
    }
}

/// The repair of an issue goes on. At its end, those who wait for it are told.
///
/// # Errors
/// `INVALID_FIELD` for an unknown issue, and for a state that does not follow from the present one.
pub fn go_on(tenant: &mut Tenant, world: &World, id: &str, status: IssueStatus) -> Result<(), ApiError> {
    let now = tenant.now();
    let issue = tenant.platform.issues.get_mut(id).ok_or_else(unknown)?;
    if !issue.status.may_become(status) {
        return Err(ApiError::invalid_field("the state of the issue does not lead to this one"));
    }
    issue.status = status;
    if status == IssueStatus::Resolved {
        let name = world.institution(&issue.institution).map(|one| one.name.clone()).unwrap_or_default();
        let fields = json!({
            "institution_id": issue.institution,
            "institution_name": name,
            "issue_description": issue.summary,
            "issue_id": issue.id,
            "issue_resolved_at": time(now),
        });
        let receivers = issue.subscribers.clone();
        for url in receivers {
            tenant.webhook(None, Some(url), "ISSUES", "ISSUE_RESOLVED", fields.clone());
        }
    }
    Ok(())
}

fn unknown() -> ApiError {
    ApiError::invalid_field("issue_id is unknown")
}

fn view(issue: &Issue, world: &World) -> Value {
    let name = world.institution(&issue.institution).map(|one| one.name.as_str());
    json!({
        "created_at": time(issue.created),
        "detailed_description": issue.description,
        "institution_ids": [issue.institution],
        "institution_names": [name.unwrap_or_default()],
        "issue_id": issue.id,
        "status": issue.status,
        "summary": issue.summary,
    })
}

/// Institutions that are down or half down for everybody have an issue from the start.
fn standing(tenant: &mut Tenant, world: &World) {
    for one in world.institutions.iter().filter(|one| matches!(one.health, Health::Down | Health::Degraded)) {
        if tenant.platform.issues.values().all(|issue| issue.institution != one.id)
            && let Ok(id) = report(tenant, world, &one.id, "Logins fail")
            && let Some(issue) = tenant.platform.issues.get_mut(&id)
        {
            issue.status = IssueStatus::FixInProgress;
        }
    }
}

/// `/issues/search`: by an Item, whose institution has it, or by a Link session that met it. An identifier without an issue has an
/// empty list.
fn search(call: &mut Call<'_>) -> Response {
    standing(call.tenant, call.world);
    let request = call.request;
    let (item, session) = (request.text("item_id"), request.text("link_session_id"));
    let answer = request.text("link_session_request_id");
    if item.or(session).or(answer).is_none() {
        return Err(ApiError::missing_fields("item_id, link_session_id, link_session_request_id"));
    }
    let institution = item.and_then(|id| call.tenant.items.get(&ItemId(id.to_owned())));
    let institution = institution.map(|item| item.institution.clone());
    let is_meant = |issue: &&Issue| {
        institution.as_ref().is_some_and(|one| *one == issue.institution)
            || issue.sessions.iter().any(|(id, end)| Some(id.as_str()) == session || Some(end.as_str()) == answer)
    };
    let found = call.tenant.platform.issues.values().filter(is_meant).map(|issue| view(issue, call.world));
    Ok(json!({"issues": found.collect::<Vec<_>>()}))
}

/// `/issues/get`.
fn get(call: &mut Call<'_>) -> Response {
    let issue = call.tenant.platform.issues.get(call.request.required("issue_id")?).ok_or_else(unknown)?;
    Ok(json!({"issue": view(issue, call.world)}))
}

/// `/issues/subscribe`: the address is told when the issue is resolved. It is told once, however often it subscribes.
fn subscribe(call: &mut Call<'_>) -> Response {
    let url = call.request.required("webhook")?;
    valid_url("webhook", url)?;
    let issue = call.tenant.platform.issues.get_mut(call.request.required("issue_id")?).ok_or_else(unknown)?;
    if matches!(issue.status, IssueStatus::Resolved | IssueStatus::CannotFix) {
        return Err(ApiError::invalid_field("the issue is no longer open"));
    }
    if !issue.subscribers.iter().any(|one| one == url) {
        issue.subscribers.push(url.to_owned());
    }
    nothing()
}
