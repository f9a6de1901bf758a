//! Reading a report: whose it is, and whether it can be read.

use serde_json::{Value, json};

use super::making::{is_possible, unavailable};
use crate::error::ApiError;
use crate::ops::{Call, users};
use crate::state::{CheckContent, CheckProduct, CheckReport, CheckStage, CheckState};

/// A report that can be read.
#[derive(Clone, Copy)]
pub struct Read<'a> {
    /// The report.
    pub report: &'a CheckReport,
    /// What it contains.
    pub content: &'a CheckContent,
}

/// The report that a request names by its user.
///
/// # Errors
/// Those of an unknown user; `PRODUCT_NOT_READY` before it is ready; why there is none; `CONSUMER_REPORT_EXPIRED` after a day.
pub fn ready<'a>(call: &'a Call<'_>) -> Result<Read<'a>, ApiError> {
    let user = users::reader(call.tenant, call.request)?;
    let error = |code: &'static str, message: &str| ApiError::new("CHECK_REPORT_ERROR", code, message);
    let not_ready =
        || error("PRODUCT_NOT_READY", "the user has no report that is ready; a webhook says when there is one");
    let report = call.tenant.checks.reports.get(&user).ok_or_else(not_ready)?;
    match (report.stage(call.tenant.now()), &report.state) {
        (CheckStage::Expired, _) => {
            Err(error("CONSUMER_REPORT_EXPIRED", "a report can be read for 24 hours, and these are over"))
        }
        (_, CheckState::Generating) => Err(not_ready()),
        (_, CheckState::Failed(why)) => Err(why.clone()),
        (_, CheckState::Ready(content)) => Ok(Read { report, content }),
    }
}

/// The report that a request names, which has the data for one of its parts.
///
/// # Errors
/// As [`ready`], and `DATA_UNAVAILABLE` without the data.
pub fn part<'a>(call: &'a Call<'_>, product: CheckProduct) -> Result<Read<'a>, ApiError> {
    let read = ready(call)?;
    match is_possible(read.content, product) {
        true => Ok(read),
        false => Err(unavailable(read.content.unread.clone())),
    }
}

impl Read<'_> {
    /// The Items that could not be read.
    pub fn warnings(self, kind: &str) -> Vec<Value> {
        let warning =
            |cause: &Value| json!({"cause": cause, "warning_code": "TRANSACTIONS_UNAVAILABLE", "warning_type": kind});
        let mut all: Vec<Value> = self.content.unread.iter().map(warning).collect();
        let accounts = self.content.items.iter().flat_map(|item| &item.accounts);
        if accounts.into_iter().all(|account| account.owners.is_empty()) {
            all.push(json!({"cause": null, "warning_code": "IDENTITY_UNAVAILABLE", "warning_type": kind}));
        }
        all
    }

    /// An option of a part: from the read itself, else from the order.
    pub fn option(self, sent: Option<&Value>, part: &str, name: &str) -> Option<Value> {
        let ordered = || self.report.order.options.get(part)?.get(name).filter(|value| !value.is_null()).cloned();
        sent.and_then(|sent| sent.get(name)).filter(|value| !value.is_null()).cloned().or_else(ordered)
    }
}
