//! Audit copies: tokens by which an auditor reads reports.

use serde_json::json;

use super::paper;
use super::show::{Wanted, found, ready, response};
use crate::error::ApiError;
use crate::ops::{Call, Response};
use crate::request::File;
use crate::state::{Report, Tenant};

/// `/asset_report/audit_copy/create`.
pub fn create(call: &mut Call<'_>) -> Response {
    let report = found(call.tenant, call.request.required("asset_report_token")?)?;
    ready(report)?;
    let tokens = vec![report.token.clone()];
    Ok(keep(call.tenant, tokens))
}

/// `/credit/audit_copy_token/create`: one token for several reports.
pub fn create_credit(call: &mut Call<'_>) -> Response {
    let tokens = reports(call)?;
    Ok(keep(call.tenant, tokens))
}

fn keep(tenant: &mut Tenant, tokens: Vec<String>) -> serde_json::Value {
    let token = tenant.ids.token("a");
    tenant.reports.copies.insert(token.clone(), tokens);
    json!({"audit_copy_token": token})
}

/// The reports that a request names, which have to be ready.
pub fn reports(call: &Call<'_>) -> Result<Vec<String>, ApiError> {
    let tokens = call.request.texts("report_tokens").unwrap_or_default();
    if tokens.is_empty() {
        return Err(ApiError::invalid_field("report_tokens must have at least one entry"));
    }
    let mut all = Vec::new();
    for token in tokens {
        ready(found(call.tenant, token)?)?;
        all.push(token.to_owned());
    }
    Ok(all)
}

/// The reports of the audit copy that a request names.
///
/// # Errors
/// `INVALID_AUDIT_COPY_TOKEN` for an unknown or removed one.
pub fn copied<'a>(call: &'a Call<'_>) -> Result<Vec<&'a Report>, ApiError> {
    let token = call.request.required("audit_copy_token")?;
    let tokens = call.tenant.reports.copies.get(token).ok_or_else(unknown)?;
    tokens.iter().map(|token| found(call.tenant, token)).collect()
}

fn unknown() -> ApiError {
    ApiError::new("INVALID_INPUT", "INVALID_AUDIT_COPY_TOKEN", "could not find matching audit copy token")
}

/// `/asset_report/audit_copy/get`.
pub fn get(call: &mut Call<'_>) -> Response {
    let report = *copied(call)?.first().ok_or_else(unknown)?;
    response(report, Wanted::default())
}

/// `/asset_report/audit_copy/pdf/get`.
pub fn pdf(call: &mut Call<'_>) -> Result<File, ApiError> {
    let report = *copied(call)?.first().ok_or_else(unknown)?;
    paper::file(report, Wanted::of(call.request)?)
}

/// `/credit/audit_copy_token/update`: other reports take the place of those that the token had.
pub fn update_credit(call: &mut Call<'_>) -> Response {
    copied(call)?;
    let (token, tokens) = (call.request.required("audit_copy_token")?, reports(call)?);
    call.tenant.reports.copies.insert(token.to_owned(), tokens);
    Ok(json!({"updated": true}))
}

/// `/asset_report/audit_copy/remove` and `/credit/audit_copy_token/remove`.
pub fn remove(call: &mut Call<'_>) -> Response {
    let token = call.request.required("audit_copy_token")?;
    match call.tenant.reports.copies.shift_remove(token) {
        Some(_) => Ok(json!({"removed": true})),
        None => Err(unknown()),
    }
}
