//! `/credit/bank_statements/uploads/get`.

use serde_json::json;

use super::payroll;
use crate::fields::time;
use crate::ops::{Call, Response};
use crate::state::payroll::Flow;

/// `/credit/bank_statements/uploads/get`. A user who uploaded nothing has an empty list.
pub fn get(call: &mut Call<'_>) -> Response {
    let all = payroll::readable(call)?;
    let uploaded = all.iter().filter(|(_, one)| one.flow == Flow::Document).map(|(id, one)| {
        json!({
            "bank_statements": one.documents.statements,
            "item_id": id,
            "status": {"processing_status": one.status.wire()},
            "updated_at": time(one.updated),
        })
    });
    Ok(json!({"items": uploaded.collect::<Vec<_>>()}))
}
