//! A report as a request wants it.

use chrono::{NaiveDate, TimeDelta};
use serde_json::{Value, json};

use super::insights;
use crate::error::ApiError;
use crate::fields::{Fields, time};
use crate::ops::Response;
use crate::state::{Content, Report, Tenant};

/// What a transaction has without insights.
const PLAIN: [&str; 8] = [
    "account_id",
    "amount",
    "date",
    "iso_currency_code",
    "original_description",
    "pending",
    "transaction_id",
    "unofficial_currency_code",
];

/// What a request wants of a report.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    insights: bool,
    fast: bool,
    days: Option<i64>,
}

impl Wanted {
    /// Reads a request.
    ///
    /// # Errors
    /// `INVALID_FIELD` for a number of days out of range.
    pub fn of(request: Fields<'_>) -> Result<Self, ApiError> {
        let options = request.object("options");
        let days = match options.value("days_to_include") {
            Some(_) => i64::try_from(options.within("days_to_include", 0..=731, 0)?).ok(),
            None => None,
        };
        Ok(Self { insights: request.flag("include_insights"), fast: request.flag("fast_report"), days })
    }
}

/// The report of a token.
///
/// # Errors
/// `INVALID_FIELD` if there is none, or none any more.
pub fn found<'a>(tenant: &'a Tenant, token: &str) -> Result<&'a Report, ApiError> {
    let unknown = || ApiError::invalid_field("asset_report_token must be the token of an asset report");
    tenant.reports.all.get(token).ok_or_else(unknown)
}

/// What a report contains.
///
/// # Errors
/// `PRODUCT_NOT_READY` before it is there, and the reason why it never will be.
pub fn ready(report: &Report) -> Result<&Content, ApiError> {
    match (&report.full, &report.error) {
        (Some(content), _) => Ok(content),
        (None, Some(error)) => Err(error.clone()),
        (None, None) => Err(not_ready()),
    }
}

fn not_ready() -> ApiError {
    ApiError { kind: "ASSET_REPORT_ERROR".into(), ..ApiError::product_not_ready() }
}

/// What a request wants of a report's content.
///
/// # Errors
/// As [`ready`], and `INVALID_FIELD` for a fast report that was not ordered.
pub fn content(report: &Report, wanted: Wanted) -> Result<Content, ApiError> {
    if !wanted.fast {
        return Ok(cut(ready(report)?.clone(), wanted.days));
    }
    if !report.order.has_fast {
        return Err(ApiError::invalid_field("fast_report needs a report that was created with the add-on fast_assets"));
    }
    match (&report.fast, &report.error) {
        (Some(content), _) => Ok(content.clone()),
        (None, Some(error)) => Err(error.clone()),
        (None, None) => Err(not_ready()),
    }
}

/// Leaves out what is older than a number of days.
fn cut(mut content: Content, days: Option<i64>) -> Content {
    let Some(days) = days else { return content };
    let today = content.generated.date_naive();
    let is_within = |row: &Value, back: i64| {
        let date = row["date"].as_str().and_then(|date| date.parse::<NaiveDate>().ok());
        date.is_some_and(|date| date >= today - TimeDelta::days(back))
    };
    for account in accounts_mut(&mut content) {
        let available = account["days_available"].as_i64().unwrap_or_default();
        account["days_available"] = available.min(days).into();
        for (name, back) in [("transactions", days - 1), ("historical_balances", days)] {
            if let Some(rows) = account[name].as_array_mut() {
                rows.retain(|row| is_within(row, back));
            }
        }
    }
    content
}

fn accounts_mut(content: &mut Content) -> impl Iterator<Item = &mut Value> {
    content.items.iter_mut().filter_map(|item| item["accounts"].as_array_mut()).flatten()
}

/// The response with a report.
///
/// # Errors
/// As [`content`].
pub fn response(report: &Report, wanted: Wanted) -> Response {
    let mut content = content(report, wanted)?;
    let mut shown = json!({
        "asset_report_id": report.id,
        "client_report_id": report.order.client_report_id,
        "date_generated": time(content.generated),
        "days_requested": report.order.days,
        "user": report.order.user,
    });
    if wanted.insights {
        let today = content.generated.date_naive();
        let all: Vec<Value> = accounts_mut(&mut content).map(|account| account.clone()).collect();
        shown["insights"] = insights::of(&all.iter().collect::<Vec<_>>(), today);
        for account in accounts_mut(&mut content) {
            let own = insights::of(&[&*account], today);
            account["account_insights"] = own;
        }
    } else {
        for account in accounts_mut(&mut content) {
            for row in account["transactions"].as_array_mut().into_iter().flatten() {
                if let Some(fields) = row.as_object_mut() {
                    fields.retain(|name, _| PLAIN.contains(&name.as_str()));
                }
            }
        }
    }
    shown["items"] = content.items.into();
    Ok(json!({"report": shown, "warnings": content.warnings}))
}
