//! Employments: `/credit/employment/get` and `/employment/verification/get`.

use serde_json::{Value, json};

use super::{error, legacy, payroll};
use crate::error::ApiError;
use crate::ops::{Call, Response};
use crate::state::payroll::{Flow, Payroll};

/// `/credit/employment/get`: the employments of a user, by Item.
pub fn get(call: &mut Call<'_>) -> Response {
    let all = payroll::readable(call)?;
    let found: Vec<Value> = all
        .iter()
        .filter(|(_, one)| !one.documents.employments.is_empty())
        .map(|(id, one)| json!({"employments": of(one), "item_id": id}))
        .collect();
    if found.is_empty() {
        return Err(not_found());
    }
    Ok(json!({"items": found}))
}

/// The employments of a payroll. Those of a provider name its account.
fn of(payroll: &Payroll) -> Vec<Value> {
    let account = (payroll.flow == Flow::Digital).then_some(&payroll.account);
    let mut all = payroll.documents.employments.clone();
    all.iter_mut().for_each(|one| one["account_id"] = json!(account));
    all
}

/// `/employment/verification/get`: the employments of an Item.
pub fn verification(call: &mut Call<'_>) -> Response {
    let payroll = legacy::named(call)?;
    if payroll.documents.employments.is_empty() {
        return Err(not_found());
    }
    let view = |one: &Value| {
        json!({
            "employer": one["employer"],
            "end_date": one["end_date"],
            "platform_ids": one["platform_ids"],
            "start_date": one["start_date"],
            "status": one["status"].as_str().map(|status| format!("EMPLOYMENT_STATUS_{status}")),
            "title": one["title"],
        })
    };
    Ok(json!({"employments": payroll.documents.employments.iter().map(view).collect::<Vec<_>>()}))
}

fn not_found() -> ApiError {
    error("EMPLOYMENT_NOT_FOUND", "no employment was found")
}
