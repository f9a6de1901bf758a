//! `/dashboard_user/*`: the people who work in the dashboard. Audit trails name them.

use serde_json::{Value, json};

use super::{Call, Class, Entry, Response, page, unknown};
use crate::error::ApiError;
use crate::fields::time;
use crate::state::Tenant;
use crate::state::verify::DashboardUser;

/// The operations of this module.
pub const OPERATIONS: &[Entry] = &[
    Entry::json("/dashboard_user/get", Class::Computed, get),
    Entry::json("/dashboard_user/list", Class::Computed, list),
];

/// The people whom every team has from the start.
const FIRST: [(&str, &str); 2] =
    [("54350110fedcbaf01234ffee", "reviewer@example.com"), ("54350110fedcbaf01234ffef", "owner@example.com")];

/// Makes sure that the team has the people whom it has from the start.
pub fn start(tenant: &mut Tenant) {
    let now = tenant.now();
    if tenant.verify.authors.is_empty() {
        for (id, email) in FIRST {
            let user = DashboardUser { id: id.into(), created: now, email: email.into(), status: "active".into() };
            tenant.verify.authors.insert(id.to_owned(), user);
        }
    }
}

/// The id of a person who can review, from a field of a request.
///
/// # Errors
/// `INVALID_FIELD` for somebody who is not known or was deactivated.
pub fn reviewer(tenant: &mut Tenant, field: &str, id: &str) -> Result<String, ApiError> {
    start(tenant);
    match tenant.verify.authors.get(id) {
        Some(user) if user.status != "deactivated" => Ok(user.id.clone()),
        Some(_) => Err(ApiError::invalid_field(&format!("{field} names a dashboard user who was deactivated"))),
        None => Err(unknown(field)),
    }
}

/// `/dashboard_user/get`.
fn get(call: &mut Call<'_>) -> Response {
    start(call.tenant);
    let id = call.request.required("dashboard_user_id")?;
    call.tenant.verify.authors.get(id).map(view).ok_or_else(|| unknown("dashboard_user_id"))
}

/// `/dashboard_user/list`.
fn list(call: &mut Call<'_>) -> Response {
    start(call.tenant);
    let all: Vec<_> = call.tenant.verify.authors.values().enumerate().collect();
    page(call.request, "dashboard_users", &all, |user| view(user))
}

/// A person as responses contain them.
pub fn view(user: &DashboardUser) -> Value {
    json!({"created_at": time(user.created), "email_address": user.email, "id": user.id, "status": user.status})
}
