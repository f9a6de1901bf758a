//! What a Link token for Identity Verification has to have, and how its steps are called.

use crate::error::ApiError;
use crate::fields::Fields;
use crate::ops::items;
use crate::state::Tenant;
use crate::state::verify::{Attempt, IdvStep};

/// Whether a request of a Link token is about Identity Verification.
pub fn is_meant(request: Fields<'_>) -> bool {
    items::texts(request, "products").iter().any(|product| product == "identity_verification")
}

/// Checks what such a request has to have.
///
/// # Errors
/// `INVALID_FIELD` for other products besides, `MISSING_FIELDS` without a template or a user.
pub fn check(request: Fields<'_>) -> Result<(), ApiError> {
    if !is_meant(request) {
        return Ok(());
    }
    if items::texts(request, "products").len() > 1 {
        return Err(ApiError::invalid_field("identity_verification can't be combined with other products"));
    }
    if request.object("identity_verification").text("template_id").is_none_or(str::is_empty) {
        return Err(ApiError::missing_fields("identity_verification.template_id"));
    }
    Ok(())
}

/// The attempt that a session is about: it has the session's id.
pub fn attempt<'a>(tenant: &'a Tenant, session: &str) -> Option<&'a Attempt> {
    tenant.verify.attempts.get(session)
}

/// The view of a step.
pub fn view(step: IdvStep) -> String {
    match step {
        IdvStep::WatchlistScreening => "SCREENING".to_owned(),
        step => step.name().to_uppercase(),
    }
}
