//! The objects that a request names besides its own: the transfer of a refund.

use serde_json::Value;

use super::table::{self, Table};
use super::{Task, respond};
use crate::error::ApiError;
use crate::ops::Call;

/// The objects that a request names besides its own. All must exist.
///
/// # Errors
/// The collection's error for an id that is not known.
pub fn parents(call: &mut Call<'_>, task: Task) -> Result<Vec<Value>, ApiError> {
    let mut found = Vec::new();
    for field in table::request(task.operation) {
        let of_row = task.row.by.as_deref() == Some(field.wire.as_str());
        let Some(id) = call.request.text(&field.wire).filter(|_| !of_row).map(str::to_owned) else { continue };
        let Some((name, collection)) = Table::get().named(&field.wire) else { continue };
        if task.row.of.as_deref() == Some(name) {
            continue;
        }
        respond::seed(call, name, collection);
        let kept = call.tenant.shelves.object(name, &id).ok_or_else(|| respond::unknown(collection, &field.wire))?;
        found.extend([kept.value.clone(), kept.asked.clone()]);
    }
    Ok(found)
}
