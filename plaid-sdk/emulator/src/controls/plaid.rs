//! What Plaid's people and its dashboard do: `/_plaid/dashboard`, `institutions`, `issues` and `partner`.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{Answer, required};
use crate::commands::Refused;
use crate::due::run_due;
use crate::fields::Fields;
use crate::ops::{self, World};
use crate::state::{CustomerStatus, IssueStatus, RegistrationStatus, Tenant};

/// Carries out a control. `None` if there is no such control.
pub fn control(tenant: &mut Tenant, world: &World, segments: &[&str], fields: Fields<'_>) -> Option<Answer> {
    let answer = match segments {
        ["dashboard"] => Ok(dashboard(tenant, fields)),
        ["institutions", id, "alert"] => alert(tenant, world, id, fields),
        ["issues"] => report(tenant, world, fields),
        ["issues", id] => go_on(tenant, world, id, fields),
        ["partner"] => partner(tenant, fields),
        ["partner", id] => customer(tenant, id, fields),
        _ => return None,
    };
    run_due(tenant);
    Some(answer)
}

/// The address of webhooks that no request sets.
fn dashboard(tenant: &mut Tenant, fields: Fields<'_>) -> Value {
    tenant.platform.dashboard_webhook = fields.text("webhook").map(str::to_owned);
    json!({"webhook": tenant.platform.dashboard_webhook})
}

/// The alert that is set in the dashboard for an institution.
fn alert(tenant: &mut Tenant, world: &World, id: &str, fields: Fields<'_>) -> Answer {
    let institution = world.institution(id)?;
    let rate = fields.value("success_rate").and_then(Value::as_f64).filter(|rate| (0.0..=1.0).contains(rate));
    let rate = rate.ok_or_else(|| Refused::new("success_rate is missing or not between 0 and 1", "send 0.4"))?;
    let fields = json!({"institution_id": institution.id, "institution_overall_success_rate": rate});
    let url = tenant.platform.dashboard_webhook.clone();
    tenant.webhook(None, url, "DASHBOARD_CONFIGURED_ALERT", "INSTITUTION_STATUS_ALERT_TRIGGERED", fields);
    Ok(json!({"institution_id": id}))
}

fn report(tenant: &mut Tenant, world: &World, fields: Fields<'_>) -> Answer {
    let summary = fields.text("summary").unwrap_or("Logins fail");
    let id = ops::report_issue(tenant, world, required(fields, "institution_id")?, summary)?;
    Ok(json!({"issue_id": id}))
}

fn go_on(tenant: &mut Tenant, world: &World, id: &str, fields: Fields<'_>) -> Answer {
    let status: IssueStatus = state(fields, "status")?.ok_or_else(|| missing("status"))?;
    ops::go_on_with_issue(tenant, world, id, status)?;
    Ok(json!({"issue_id": id, "status": status}))
}

/// What Plaid says of the reseller itself.
fn partner(tenant: &mut Tenant, fields: Fields<'_>) -> Answer {
    let partner = &mut tenant.platform.partner;
    partner.flowdown = state(fields, "flowdown_status")?.unwrap_or(partner.flowdown);
    partner.questionnaire = state(fields, "questionnaire_status")?.unwrap_or(partner.questionnaire);
    for (name, flag) in
        [("has_commitments", &mut partner.has_commitments), ("lacks_contacts", &mut partner.lacks_contacts)]
    {
        *flag = fields.value(name).and_then(Value::as_bool).unwrap_or(*flag);
    }
    Ok(json!({
        "flowdown_status": partner.flowdown,
        "has_commitments": partner.has_commitments,
        "lacks_contacts": partner.lacks_contacts,
        "questionnaire_status": partner.questionnaire,
    }))
}

/// Plaid's decision about an end customer, or a bank's about its application.
fn customer(tenant: &mut Tenant, id: &str, fields: Fields<'_>) -> Answer {
    let (status, oauth): (Option<CustomerStatus>, Option<RegistrationStatus>) =
        (state(fields, "status")?, state(fields, "oauth_status")?);
    if status.is_none() && oauth.is_none() {
        return Err(missing("status"));
    }
    if let Some(status) = status {
        ops::decide_customer(tenant, id, status)?;
    }
    if let Some(status) = oauth {
        ops::register_customer(tenant, id, required(fields, "institution_id")?, status)?;
    }
    Ok(json!({"end_customer_client_id": id, "oauth_status": oauth, "status": status}))
}

fn missing(name: &str) -> Refused {
    Refused::new(format!("{name} is missing"), format!("send {{\"{name}\": \"…\"}} with a state as responses have it"))
}

/// A state by its name in responses.
fn state<T: DeserializeOwned>(fields: Fields<'_>, name: &str) -> Result<Option<T>, Refused> {
    let Some(value) = fields.value(name) else { return Ok(None) };
    let read = serde_json::from_value(value.clone());
    read.map(Some).map_err(|error| Refused::new(format!("{name} is not a state: {error}"), "send one of these"))
}
