//! How a report becomes ready, or fails.

use serde_json::{Value, json};

use super::content;
use crate::error::ApiError;
use crate::state::{Content, Event, ItemId, Order, Tenant};

/// How long a report takes, in milliseconds, where banks take any time at all. One without transactions takes less.
const TAKES: i64 = 5_000;
const FAST_TAKES: i64 = 2_000;

/// Schedules a report.
pub fn schedule(tenant: &mut Tenant, token: &str, has_fast: bool) {
    let takes = |time: i64| if tenant.pace.initial == 0 { 0 } else { time };
    let (fast, full) = (tenant.after(takes(FAST_TAKES)), tenant.after(takes(TAKES)));
    if has_fast {
        tenant.schedule.at(fast, Event::Report { token: token.to_owned(), is_fast: true });
    }
    tenant.schedule.at(full, Event::Report { token: token.to_owned(), is_fast: false });
}

/// Makes a report from the data that its Items have now. A webhook says that it is ready, or why there is none.
pub fn make(tenant: &mut Tenant, token: &str, is_fast: bool) {
    let Some(report) = tenant.reports.all.get(token) else { return };
    let (id, order) = (report.id.clone(), report.order.clone());
    let made = match order.filtered.clone() {
        Some(content) => Ok(content),
        None => content(tenant, &order, if is_fast { 0 } else { order.days }),
    };
    let Some(report) = tenant.reports.all.get_mut(token) else { return };
    let mut fields = json!({"asset_report_id": id});
    if let Some(user) = &order.user_id {
        fields["user_id"] = user.as_str().into();
    }
    let code = match (made, is_fast) {
        (Ok(content), true) => {
            report.fast = Some(content);
            fields["report_type"] = "FAST".into();
            "PRODUCT_READY"
        }
        (Ok(content), false) => {
            report.full = Some(content);
            fields["report_type"] = "FULL".into();
            "PRODUCT_READY"
        }
        // The full report fails as well, and says so.
        (Err(_), true) => return,
        (Err(error), false) => {
            fields["error"] = error.in_webhook();
            report.error = Some(error);
            "ERROR"
        }
    };
    tenant.webhook(None, order.webhook, "ASSETS", code, fields);
}

/// What the Items of an order contain. An Item that can't be read, or was linked without Assets, is left out if others can be read.
fn content(tenant: &Tenant, order: &Order, days: i64) -> Result<Content, ApiError> {
    let now = tenant.now();
    let (mut items, mut warnings) = (Vec::new(), Vec::new());
    for (id, institution) in &order.items {
        let Some(item) = tenant.items.get(id) else { continue };
        if let Some(error) = item.error() {
            if order.needs_all {
                return Err(failed(Some(id), &error));
            }
            let mut cause = error.in_webhook();
            cause["item_id"] = json!(id);
            warnings.push(warning("TRANSACTIONS_UNAVAILABLE", cause));
            continue;
        }
        if !item.has_assets() {
            let error = not_enabled();
            if order.needs_all {
                return Err(error);
            }
            let mut cause = error.in_webhook();
            cause["item_id"] = json!(id);
            warnings.push(warning("TRANSACTIONS_UNAVAILABLE", cause));
            continue;
        }
        if order.has_investments && !item.accounts.iter().any(|account| account.kind == "investment") {
            let error = ApiError::new("ITEM_ERROR", "NO_INVESTMENT_ACCOUNTS", "no account has investments");
            let mut cause = error.in_webhook();
            cause["item_id"] = json!(id);
            warnings.push(warning("INVESTMENTS_UNAVAILABLE", cause));
        }
        items.push(content::item(item, institution, days, order.has_investments, now));
    }
    match items.is_empty() {
        true => Err(failed(None, &ApiError::item_not_found())),
        false => Ok(Content { generated: now, items, warnings }),
    }
}

fn warning(code: &str, cause: Value) -> Value {
    json!({"cause": cause, "warning_code": code, "warning_type": "ASSET_REPORT_WARNING"})
}

/// The error of a report on an Item that was linked without Assets. The product can't be added afterwards.
fn not_enabled() -> ApiError {
    let message =
        "the 'assets' product is not enabled for an Item; name it in the products of Link and link the Item again";
    ApiError::new("ASSET_REPORT_ERROR", "PRODUCT_NOT_ENABLED", message)
}

/// The error of a report that could not be generated: for an Item that has an error, or for one that is gone.
fn failed(id: Option<&ItemId>, why: &ApiError) -> ApiError {
    let message = format!("the report could not be generated, since an Item can't be read: {}", why.code);
    match id.filter(|_| why.code != "ITEM_NOT_FOUND") {
        Some(id) => {
            let mut cause = why.in_webhook();
            cause["item_id"] = json!(id);
            let error = ApiError::new("ASSET_REPORT_ERROR", "DATA_UNAVAILABLE", message);
            ApiError { causes: [cause].into(), ..error }
        }
        None => ApiError::new("ASSET_REPORT_ERROR", "ASSET_REPORT_GENERATION_FAILED", message),
    }
}
