//! `/protect/*`: events of users, reports about them, and scores that follow from both.

use chrono::DateTime;
use serde_json::{Value, json};

use super::super::users;
use super::{Call, Class, Entry, Response, announce, unknown};
use crate::error::ApiError;
use crate::fields::{Fields, time};
use crate::state::verify::{ProtectEvent, ProtectReport};
use crate::state::{ItemState, Session, Tenant};

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/protect/compute", Class::Computed, compute),
    Entry::json("/protect/event/get", Class::StateMachine, get),
    Entry::json("/protect/event/send", Class::StateMachine, send),
    Entry::json("/protect/report/create", Class::StateMachine, report),
    Entry::json("/protect/user/insights/get", Class::Computed, insights),
];

/// The model that scores events.
const MODEL: &str = "trust_index.2.0.0";
/// The limits of the amounts of cash advances that have a score of their own.
const BUCKETS: [(i64, i64); 7] = [(0, 25), (25, 50), (50, 100), (100, 200), (200, 300), (300, 400), (400, 500)];

/// `/protect/event/send`: an event, scored if the request asks for it.
fn send(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let event = request.value("event").map(Fields);
    let event = event.ok_or_else(|| ApiError::invalid_field("event must be an object"))?;
    let kinds = [("app_visit", "APP_VISIT"), ("user_sign_in", "USER_SIGN_IN"), ("user_sign_up", "USER_SIGN_UP")];
    let mut kinds = kinds.into_iter().filter(|(name, _)| event.value(name).is_some()).map(|(_, kind)| kind);
    let kind = kinds.next().unwrap_or("EVENT");
    if kinds.next().is_some() {
        return Err(ApiError::invalid_field("event must be one of app_visit, user_sign_in and user_sign_up"));
    }
    let at = DateTime::parse_from_rfc3339(event.required("timestamp")?)
        .map_err(|_| ApiError::invalid_field("event.timestamp must be a time in the format of ISO 8601"))?;
    let score = request.flag("request_trust_index").then(|| {
        let session = event.text("protect_session_id").or_else(|| request.text("protect_session_id"));
        base(call.tenant, session.unwrap_or(kind))
    });
    let id = call.tenant.ids.short("ptevt_");
    let event = ProtectEvent { id: id.clone(), at: at.to_utc(), user: None, kind: kind.to_owned(), score };
    let mut response = scored(call.tenant, &event);
    response["event_id"] = id.as_str().into();
    call.tenant.verify.protect.events.insert(id, event);
    Ok(response)
}

/// `/protect/event/get`.
fn get(call: &mut Call<'_>) -> Response {
    let id = call.request.required("event_id")?;
    let event = call.tenant.verify.protect.events.get(id).ok_or_else(|| unknown("event_id"))?;
    let mut response = scored(call.tenant, event);
    response["event_id"] = event.id.as_str().into();
    response["timestamp"] = time(event.at).into();
    Ok(response)
}

/// What the score of an event says. Without a score, nothing.
fn scored(tenant: &Tenant, event: &ProtectEvent) -> Value {
    let index = event.score.map(|score| {
        json!({
            "model": MODEL,
            "score": score,
            "subscores": {
                "bank_account_insights": event.user.as_ref().map(|_| json!({"score": score})),
                "device_and_connection": {"score": score},
            },
        })
    });
    let attributes = index.as_ref().map(|_| attributes(tenant, event.user.as_deref()));
    json!({"fraud_attributes": attributes, "trust_index": index})
}

/// What is known of a user: how many banks they have connected, and since when.
fn attributes(tenant: &Tenant, user: Option<&str>) -> Value {
    let Some(user) = user else { return json!({}) };
    let items = || tenant.items.values().filter(|item| item.user.as_deref() == Some(user));
    let connected = items().filter(|item| item.state != ItemState::Removed).count();
    let sessions = tenant.links.values().filter(|link| link.user.as_deref() == Some(user));
    let first = sessions.flat_map(|link| &link.sessions).map(|session| session.started).min();
    let reports = tenant.verify.protect.reports.iter().filter(|report| report.user.as_deref() == Some(user)).count();
    json!({
        "user.link_sessions.days_since_first_link_session": first.map(|at| (tenant.now() - at).num_days()),
        "user.linked_bank_accounts.num_of_connected_banks": connected,
        "user.reports.num_of_reports": reports,
    })
}

/// A score from 50 to 99 that depends on a name alone.
fn base(tenant: &Tenant, name: &str) -> i64 {
    let below = tenant.ids.named(&format!("protect/{name}")).below(50);
    50 + i64::try_from(below).unwrap_or_default()
}

/// The score of a user. Each report about them lowers it, a confirmed one more.
fn score(tenant: &Tenant, user: &str) -> i64 {
    let own = tenant.verify.protect.reports.iter().filter(|report| report.user.as_deref() == Some(user));
    let costs = own.map(|report| if report.value["report_confidence"] == "CONFIRMED" { 40 } else { 15 });
    (base(tenant, user) - costs.sum::<i64>()).max(1)
}

/// `/protect/report/create`. What a report names has to exist.
fn report(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let user = match request.text("user_id") {
        Some(_) => Some(users::named(call.tenant, request)?),
        None => None,
    };
    let kind = request.required("report_type")?;
    let code = request.text("ach_return_code");
    if kind == "ACH_RETURN" && code.is_none() {
        return Err(ApiError::missing_fields("ach_return_code"));
    }
    if code.is_some_and(|code| code.len() != 3 || !code.starts_with('R') || code[1..].parse::<u8>().is_err()) {
        return Err(ApiError::invalid_field("ach_return_code must be a code of an ACH return: R01"));
    }
    if kind == "OTHER" && request.text("notes").is_none_or(str::is_empty) {
        return Err(ApiError::missing_fields("notes"));
    }
    let account = request.object("bank_account");
    if account.text("account_number").is_some() && account.text("routing_number").is_none() {
        return Err(ApiError::missing_fields("bank_account.routing_number"));
    }
    let incident = request.object("incident_event");
    let item = match incident.text("access_token") {
        Some(token) => Some(call.tenant.any_item(token)?.id.clone()),
        None => None,
    };
    let tenant = &mut *call.tenant;
    let is_event = |id: &str| tenant.verify.protect.events.contains_key(id);
    let is_attempt = |id: &str| tenant.verify.attempts.contains_key(id);
    let is_session = |id: &str| session(tenant, id).is_some();
    if incident.text("protect_event_id").is_some_and(|id| !is_event(id)) {
        return Err(unknown("incident_event.protect_event_id"));
    }
    if incident.text("idv_session_id").is_some_and(|id| !is_attempt(id)) {
        return Err(unknown("incident_event.idv_session_id"));
    }
    if incident.text("link_session_id").is_some_and(|id| !is_session(id)) {
        return Err(unknown("incident_event.link_session_id"));
    }
    let mut event = request.value("incident_event").cloned();
    if let Some(Value::Object(event)) = &mut event {
        event.remove("access_token");
        if let Some(item) = item {
            event.insert("item_id".to_owned(), json!(item));
        }
    }
    let (id, now) = (tenant.ids.uuid(), time(tenant.now()));
    let value = json!({
        "ach_return_code": code,
        "bank_account": request.value("bank_account"),
        "created_at": now,
        "incident_event": event,
        "notes": request.text("notes"),
        "report_confidence": request.text("report_confidence"),
        "report_id": id,
        "report_source": request.text("report_source"),
        "report_type": kind,
    });
    tenant.verify.protect.reports.push(ProtectReport { id: id.clone(), user, value });
    Ok(json!({"report_id": id}))
}

fn session<'a>(tenant: &'a Tenant, id: &str) -> Option<&'a Session> {
    tenant.links.values().flat_map(|link| &link.sessions).find(|session| session.id == id)
}

/// The user whom a request names by one of two ids.
fn whose(tenant: &Tenant, user: Fields<'_>) -> Result<String, ApiError> {
    match (user.text("user_id"), user.text("client_user_id")) {
        (Some(_), _) => users::named(tenant, user),
        (None, Some(own)) => users::by_client_user_id(tenant, own),
        (None, None) => Err(ApiError::missing_fields("user_id")),
    }
}

/// `/protect/user/insights/get`: the last event of a user that was scored, and the reports about them.
fn insights(call: &mut Call<'_>) -> Response {
    let user = whose(call.tenant, call.request)?;
    let protect = &call.tenant.verify.protect;
    let is_own = |event: &&ProtectEvent| event.user.as_ref() == Some(&user) && event.score.is_some();
    let last = protect.events.values().rfind(is_own).map(|event| {
        let mut shown = scored(call.tenant, event);
        shown["event_id"] = event.id.as_str().into();
        shown["event_type"] = event.kind.as_str().into();
        shown["timestamp"] = time(event.at).into();
        shown
    });
    let own = protect.reports.iter().rev().filter(|report| report.user.as_ref() == Some(&user));
    let reports: Vec<&Value> = own.map(|report| &report.value).collect();
    Ok(json!({"latest_scored_event": last, "reports": reports, "user_id": user}))
}

/// `/protect/compute`: the score of a user by a model. What the model needs has to be there.
fn compute(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let model = request.required("model")?;
    let user = whose(call.tenant, request.object("user"))?;
    let not_yet = |why: &str| ApiError::new("INVALID_REQUEST", "FAILED_PRECONDITION", why);
    let (family, version) = model.rsplit_once('-').unwrap_or((model, ""));
    let is_version = version.split('.').count() == 2 && version.split('.').all(|part| part.parse::<u8>().is_ok());
    let is_known =
        ["ti-link-session", "ti-identity", "cash-advance-onboarding", "cash-advance-ongoing"].contains(&family);
    if !is_known || !is_version {
        return Err(ApiError::invalid_field("model must be the name of a model and its version: ti-link-session-2.0"));
    }
    let items = || call.tenant.items.values().filter(|item| item.user.as_ref() == Some(&user));
    match family {
        "ti-link-session" => {
            let link = request.object("model_inputs").object("link");
            let id = link.text("link_session_id");
            let id = id.ok_or_else(|| ApiError::missing_fields("model_inputs.link.link_session_id"))?;
            let is_over = session(call.tenant, id).is_some_and(|session| session.finished.is_some());
            if !is_over {
                return Err(not_yet("the Link session has not been completed"));
            }
            let is_read = items().all(|item| item.read_from.is_some() || !item.products.contains("transactions"));
            if link.flag("require_extracted_data") && !is_read {
                return Err(not_yet("the transactions of the user have not been read yet"));
            }
        }
        "ti-identity" => {}
        _ if items().all(|item| item.state == ItemState::Removed) => {
            return Err(not_yet("the user has not linked an Item"));
        }
        _ => {}
    }
    let score = score(call.tenant, &user);
    let mut response = json!({
        "attributes": attributes(call.tenant, Some(&user)), "model": model, "score": score, "subscores": null,
    });
    if family.starts_with("cash-advance") {
        // The more money, the less likely it comes back.
        let buckets = (0..).zip(BUCKETS).map(|(step, (from, to))| {
            (format!("cash_advance_bucket_{from}_{to}"), Value::from((score - 5 * step).max(1)))
        });
        response["subscores"] = buckets.collect();
    }
    Ok(response)
}

/// Notes that a user has finished a Link session, and scores it.
pub fn link_complete(tenant: &mut Tenant, user: &str, session: &str) {
    let (id, at, score) = (tenant.ids.short("ptevt_"), tenant.now(), score(tenant, user));
    let kind = "LINK_COMPLETE".to_owned();
    let event = ProtectEvent { id: id.clone(), at, user: Some(user.to_owned()), kind, score: Some(score) };
    let own = tenant.users.get(user).map(|user| user.client_user_id.clone());
    let mut fields = json!({
        "event_id": id, "event_type": event.kind, "link_session_id": session, "timestamp": time(at), "user_id": user,
    });
    if let Some(own) = own {
        fields["client_user_id"] = own.into();
    }
    tenant.verify.protect.events.insert(id, event);
    announce(tenant, "PROTECT", "PROTECT_USER_EVENT", fields);
}

#[cfg(test)]
mod tests {
    use super::{base, score};
    use crate::clock::Clock;
    use crate::state::verify::ProtectReport;
    use crate::state::{Pace, Tenant};
    use serde_json::json;

    #[test]
    fn reports_lower_a_score_and_never_below_one() {
        let start = chrono::DateTime::from_timestamp(1_800_000_000, 0).expect("a time");
        let mut tenant = Tenant::new(7, "client", "secret", Clock::frozen(start), Pace::INSTANT);
        let first = score(&tenant, "usr_1");
        assert_eq!((first, (50..100).contains(&first)), (base(&tenant, "usr_1"), true));
        for (confidence, cost) in [("SUSPECTED", 15), ("CONFIRMED", 40), ("CONFIRMED", 40)] {
            let before = score(&tenant, "usr_1");
            let value = json!({"report_confidence": confidence});
            let report = ProtectReport { id: String::new(), user: Some("usr_1".to_owned()), value };
            tenant.verify.protect.reports.push(report);
            assert_eq!(score(&tenant, "usr_1"), (before - cost).max(1));
        }
    }
}
