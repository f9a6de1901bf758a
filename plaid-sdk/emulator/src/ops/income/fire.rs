//! Webhooks about incomes on demand: `/sandbox/income/fire_webhook` and `/sandbox/bank_income/fire_webhook`.

use serde_json::json;

use crate::error::ApiError;
use crate::ops::items::valid_url;
use crate::ops::{Call, Response, nothing};
use crate::state::{ItemId, ItemState};

/// `/sandbox/income/fire_webhook`: nothing but the webhook. The income stays as it is.
pub fn payroll(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let url = request.required("webhook")?;
    valid_url("webhook", url)?;
    let id = ItemId(request.required("item_id")?.to_owned());
    let item = call.tenant.items.get(&id).filter(|item| item.state != ItemState::Removed);
    let owner = item.ok_or_else(ApiError::item_not_found)?.user.clone();
    let user = match request.text("user_id") {
        Some(user) if !call.tenant.users.contains_key(user) => return Err(ApiError::user_not_found()),
        Some(user) => Some(user.to_owned()),
        None => owner,
    };
    let code = request.required("webhook_code")?;
    let mut fields = match code {
        "INCOME_VERIFICATION_RISK_SIGNALS" => {
            json!({"item_id": id, "risk_signals_status": "RISK_SIGNALS_PROCESSING_COMPLETE"})
        }
        _ => {
            let status = request.text("verification_status").unwrap_or("VERIFICATION_STATUS_PROCESSING_COMPLETE");
            json!({"item_id": id, "verification_status": status})
        }
    };
    if let Some(user) = user {
        fields["user_id"] = user.into();
    }
    call.tenant.webhook(None, Some(url.to_owned()), "INCOME", code, fields);
    nothing()
}

/// `/sandbox/bank_income/fire_webhook`: to the URL of the request, or to that of the user's Items.
pub fn bank(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let fields = request.object("webhook_fields");
    let user = fields.required("user_id")?;
    if !call.tenant.users.contains_key(user) {
        return Err(ApiError::user_not_found());
    }
    let own = request.text("webhook_override").filter(|url| !url.is_empty());
    if let Some(url) = own {
        valid_url("webhook_override", url)?;
    }
    let of_user = || call.tenant.items.values().filter(|item| item.user.as_deref() == Some(user));
    let url = own.map(str::to_owned).or_else(|| of_user().find_map(|item| item.webhook.clone()));
    let code = request.required("webhook_code")?;
    let mut body = json!({"user_id": user});
    if code == "BANK_INCOME_REFRESH_COMPLETE" {
        body["result"] = fields.text("bank_income_refresh_complete_result").unwrap_or("SUCCESS").into();
    }
    call.tenant.webhook(None, url, "INCOME", code, body);
    nothing()
}
