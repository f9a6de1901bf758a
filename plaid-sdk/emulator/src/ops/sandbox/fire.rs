//! `/sandbox/item/fire_webhook`: a webhook of an Item on demand. What the code says happens to the Item.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::super::{Call, Response};
use crate::bank::{self, consent, verification};
use crate::error::ApiError;
use crate::fields::time;
use crate::state::{ItemId, ItemState, Readiness, VerificationStatus};

/// `/sandbox/item/fire_webhook`.
pub fn fire(call: &mut Call<'_>) -> Response {
    let code = call.request.required("webhook_code")?;
    let item = call.tenant.any_item(call.request.required("access_token")?)?;
    if item.webhook.is_none() {
        return Err(ApiError::sandbox_webhook_invalid());
    }
    let kind = call.request.text("webhook_type").unwrap_or(kind_of(code));
    let product = match kind {
        "ITEM" => None,
        "HOLDINGS" | "INVESTMENTS_TRANSACTIONS" => Some("investments"),
        "AUTH" => Some("auth"),
        "LIABILITIES" => Some("liabilities"),
        "ASSETS" => Some("assets"),
        _ => Some("transactions"),
    };
    if product.is_some_and(|product| !item.products.contains(product)) {
        return Err(ApiError::sandbox_product_not_enabled());
    }
    let id = item.id.clone();
    match kind {
        "ITEM" => of_item(call, &id, code)?,
        _ => {
            if let Some(fields) = of_product(call, &id, kind, code)? {
                call.tenant.item_webhook(&id, kind, code, fields);
            }
        }
    }
    Ok(json!({"webhook_fired": true}))
}

/// The type of a code, if the request does not say it.
fn kind_of(code: &str) -> &'static str {
    match code {
        "DEFAULT_UPDATE" | "RECURRING_TRANSACTIONS_UPDATE" | "SYNC_UPDATES_AVAILABLE" => "TRANSACTIONS",
        "SMS_MICRODEPOSITS_VERIFICATION" => "AUTH",
        "PRODUCT_READY" => "ASSETS",
        _ => "ITEM",
    }
}

fn wrong_type() -> ApiError {
    ApiError::invalid_field("webhook_code does not belong to webhook_type")
}

/// A webhook about the Item itself.
fn of_item(call: &mut Call<'_>, id: &ItemId, code: &str) -> Result<(), ApiError> {
    let tenant = &mut *call.tenant;
    let fields = match code {
        "ERROR" => {
            let error = ApiError::login_required();
            let shown = error.in_webhook();
            set_state(call, id, ItemState::Broken(error))?;
            json!({"error": shown})
        }
        "LOGIN_REPAIRED" => {
            set_state(call, id, ItemState::Good)?;
            json!({})
        }
        "NEW_ACCOUNTS_AVAILABLE" => {
            // There has to be one that update mode can add.
            bank::new_accounts::ensure(tenant, id);
            json!({"error": null})
        }
        "AUTHORIZATION_GRANTED" => json!({"error": null}),
        "PENDING_DISCONNECT" => {
            consent::migrate(tenant, id);
            json!({"disconnect_time": time(tenant.now() + TimeDelta::days(7)), "reason": "INSTITUTION_MIGRATION"})
        }
        "USER_ACCOUNT_REVOKED" => {
            let last = tenant.items.get(id).and_then(|item| item.accounts.last()).map(|account| account.id.clone());
            let last = last.ok_or_else(ApiError::invalid_account_id)?;
            bank::new_accounts::drop_account(tenant, id, &last);
            json!({"account_id": last})
        }
        "USER_PERMISSION_REVOKED" => {
            consent::revoke(tenant, id);
            return Ok(());
        }
        _ => return Err(wrong_type()),
    };
    call.tenant.item_webhook(id, "ITEM", code, fields);
    Ok(())
}

fn set_state(call: &mut Call<'_>, id: &ItemId, state: ItemState) -> Result<(), ApiError> {
    call.tenant.items.get_mut(id).ok_or_else(ApiError::item_not_found)?.state = state;
    Ok(())
}

/// The fields of a webhook about a product, besides the Item's id. `None` if the webhook was made on the way.
fn of_product(call: &mut Call<'_>, id: &ItemId, kind: &str, code: &str) -> Result<Option<Value>, ApiError> {
    let now = call.tenant.now();
    let item = call.tenant.items.get(id).ok_or_else(ApiError::item_not_found)?;
    let accounts: Vec<_> = item.accounts.iter().map(|account| account.id.clone()).collect();
    Ok(Some(match (kind, code) {
        ("TRANSACTIONS", "DEFAULT_UPDATE") => json!({"error": null, "new_transactions": 0}),
        ("TRANSACTIONS", "SYNC_UPDATES_AVAILABLE") => json!({
            "historical_update_complete": item.feed.readiness == Readiness::Historical,
            "initial_update_complete": item.feed.readiness != Readiness::NotReady,
        }),
        ("TRANSACTIONS", "RECURRING_TRANSACTIONS_UPDATE") => json!({"account_ids": accounts}),
        ("HOLDINGS", "DEFAULT_UPDATE") => {
            json!({"error": null, "new_holdings": 0, "updated_holdings": bank::portfolio(item).holdings.len()})
        }
        ("INVESTMENTS_TRANSACTIONS", "DEFAULT_UPDATE") => {
            let today = bank::trades(item, now.date_naive(), now.date_naive()).len();
            json!({"cancelled_investments_transactions": 0, "error": null, "new_investments_transactions": today})
        }
        ("LIABILITIES", "DEFAULT_UPDATE") => {
            let owed: Vec<_> = bank::liabilities(item).into_iter().map(|liability| liability.account).collect();
            json!({
                "account_ids_with_new_liabilities": owed,
                "account_ids_with_updated_liabilities": {},
                "error": null,
            })
        }
        ("AUTH", "DEFAULT_UPDATE") => {
            json!({"account_ids_with_new_auth": [], "account_ids_with_updated_auth": {}, "error": null})
        }
        ("AUTH", "SMS_MICRODEPOSITS_VERIFICATION") => {
            let waits = |status: &str| status == VerificationStatus::PendingManualVerification.wire();
            let waiting = item.accounts.iter().find(|account| account.verification_status().is_some_and(waits));
            if let Some(account) = waiting.map(|account| account.id.clone()) {
                verification::end(call.tenant, id, &account, VerificationStatus::ManuallyVerified);
                return Ok(None);
            }
            json!({"account_id": accounts.first(), "status": "MANUALLY_VERIFIED"})
        }
        ("ASSETS", "PRODUCT_READY") => {
            let reports = call.tenant.reports.all.values();
            let report = reports.rev().find(|report| report.order.items.iter().any(|(item, _)| item == id));
            let report = report.map(|report| report.id.clone());
            let report = report.unwrap_or_else(|| call.tenant.ids.uuid());
            json!({"asset_report_id": report, "report_type": "FULL"})
        }
        _ => return Err(wrong_type()),
    }))
}
