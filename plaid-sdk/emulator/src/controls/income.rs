//! How far the payroll of an Item has come: what a provider or a user does in Plaid's own time.

use serde_json::json;

use super::Answer;
use crate::commands::{self, Refused};
use crate::due::run_due;
use crate::fields::Fields;
use crate::ops::set_payroll;
use crate::state::Tenant;
use crate::state::payroll::Status;

/// The states that can be set, by name.
const STATES: [(&str, Status); 4] = [
    ("complete", Status::Complete),
    ("failed", Status::Failed),
    ("pending_approval", Status::PendingApproval),
    ("unreadable", Status::Unreadable),
];

/// `POST items/{id}/income`: puts a payroll into a state. A webhook says so.
pub fn set(tenant: &mut Tenant, id: &str, fields: Fields<'_>) -> Answer {
    let id = commands::item(tenant, id)?.id.clone();
    let wanted = fields.text("status").and_then(|status| STATES.iter().find(|(name, _)| *name == status));
    let (name, status) = wanted.ok_or_else(|| {
        let names = STATES.map(|(name, _)| name).join(", ");
        Refused::new("status is missing or unknown", format!("send one of {names}"))
    })?;
    if !set_payroll(tenant, &id, *status) {
        let help =
            "a payroll that is being read or waits for the user can change; link it with income_source_types payroll";
        return Err(Refused::new(format!("the Item has no payroll that can become {name}"), help));
    }
    run_due(tenant);
    Ok(json!({"item_id": id, "status": name}))
}
