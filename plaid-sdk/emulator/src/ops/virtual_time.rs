//! The time of a test clock.

use chrono::{DateTime, Utc};

use crate::error::ApiError;
use crate::state::Tenant;

/// The time of a test clock.
///
/// # Errors
/// `INVALID_FIELD` if there is no such clock.
pub fn time(tenant: &Tenant, id: &str) -> Result<DateTime<Utc>, ApiError> {
    let time = tenant.recurring.clocks.get(id).copied();
    time.ok_or_else(|| ApiError::invalid_field("test_clock_id must be the id of a test clock"))
}
