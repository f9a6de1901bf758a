//! `/transactions/recurring/get`.

use serde_json::{Value, json};

use super::super::account_view::{number, selected};
use super::super::{Call, Response};
use super::with_transactions;
use crate::bank::recurring::{self, Stream};
use crate::error::ApiError;
use crate::fields::{Fields, time};
use crate::state::{Account, Item, Readiness};

/// `/transactions/recurring/get`: the streams of the accounts. From now on, changes of them are announced.
pub fn get(call: &mut Call<'_>) -> Response {
    let now = call.tenant.now();
    let item = with_transactions(call.tenant, call.request)?;
    let accounts: Vec<Account> = selected(item, call.request)?.into_iter().cloned().collect();
    view(item, call.request, &accounts, now)
}

/// The streams of some accounts of an Item, which counts as one whose streams are used from now on.
///
/// # Errors
/// `PRODUCT_NOT_READY` before the first transactions have been read.
pub fn view(
    item: &mut Item,
    request: Fields<'_>,
    accounts: &[Account],
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Value, ApiError> {
    if item.feed.readiness == Readiness::NotReady {
        return Err(ApiError::product_not_ready());
    }
    item.products.insert("recurring_transactions".to_owned());
    let today = now.date_naive();
    item.streams = Some(recurring::fingerprints(item, today));
    let version = request.object("options").text("personal_finance_category_version").unwrap_or("v2");
    let all = recurring::streams(item, today);
    let is_meant = |stream: &&Stream<'_>| {
        stream.rows.first().is_some_and(|row| accounts.iter().any(|account| account.id == row.account))
    };
    let (inflow, outflow): (Vec<&Stream<'_>>, Vec<&Stream<'_>>) =
        all.iter().filter(is_meant).partition(|stream| stream.is_inflow);
    let shown = |streams: Vec<&Stream<'_>>| streams.iter().filter_map(|one| stream(one, version)).collect::<Vec<_>>();
    Ok(json!({
        "inflow_streams": shown(inflow),
        "outflow_streams": shown(outflow),
        "personal_finance_category_version": version,
        "updated_datetime": time(item.updated.unwrap_or(now)),
    }))
}

fn stream(stream: &Stream<'_>, version: &str) -> Option<Value> {
    let (first, last) = (stream.rows.first()?, stream.rows.last()?);
    let amount = |amount| {
        json!({
            "amount": number(amount),
            "iso_currency_code": last.currency,
            "unofficial_currency_code": null,
        })
    };
    Some(json!({
        "account_id": last.account,
        "average_amount": amount(stream.average()),
        "category": null,
        "category_id": null,
        "description": last.name,
        "first_date": first.date,
        "frequency": stream.frequency.wire(),
        "is_active": stream.is_active,
        "is_user_modified": false,
        "last_amount": amount(last.amount),
        "last_date": last.date,
        "merchant_name": last.merchant,
        "personal_finance_category": {
            "confidence_level": last.category.confidence,
            "detailed": last.category.detailed,
            "primary": last.category.primary,
            "version": version,
        },
        "predicted_next_date": stream.next,
        "status": stream.status.wire(),
        "stream_id": stream.id,
        "transaction_ids": stream.rows.iter().map(|row| &row.id).collect::<Vec<_>>(),
    }))
}
