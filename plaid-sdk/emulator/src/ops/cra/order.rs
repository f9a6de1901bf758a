//! `/cra/check_report/create`, and the orders that Link places: what a report is made of.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::making::place;
use crate::error::ApiError;
use crate::fields::Fields;
use crate::ops::items::valid_url;
use crate::ops::{Call, Response, World, nothing, users};
use crate::state::{CheckOrder, CheckProduct, HomeLending, Tenant, UserApi};

/// How many days a report has at least, and where a request does not say.
const LEAST_DAYS: i64 = 180;
const DAYS: i64 = 365;
/// The options of a request that parts of a report read.
const OPTIONS: [&str; 5] =
    ["cashflow_insights", "income_insights", "lend_score", "network_insights", "partner_insights"];

/// `/cra/check_report/create`: orders a report. It replaces the user's earlier one, and a webhook says when it is ready.
pub fn create(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let user = users::named(call.tenant, request)?;
    let url = request.required("webhook")?;
    valid_url("webhook", url)?;
    let is_legacy = request.text("user_id").is_none();
    let order = read(request, &user, is_legacy, Some(url.to_owned()), request.texts("products").unwrap_or_default())?;
    users::eligible(call.tenant, &user)?;
    place(call.tenant, call.world, order);
    nothing()
}

/// Orders the report of a Link session that has added an Item, if the session's token asks for one.
pub fn after_link(tenant: &mut Tenant, world: &World, request: Fields<'_>, user: &str) {
    let products = request.texts("products").unwrap_or_default();
    if of_check(&products).is_empty() || request.value("consumer_report_permissible_purpose").is_none() {
        return;
    }
    let is_legacy = tenant.users.get(user).is_some_and(|user| user.api == UserApi::Legacy);
    let url = request.text("webhook").map(str::to_owned);
    let options = merged(request);
    // The token's own request was checked when it was created.
    if let Ok(order) = read(Fields(&options), user, is_legacy, url, of_check(&products)) {
        place(tenant, world, order);
    }
}

/// The products of Plaid Check among some products.
pub fn of_check<'a>(products: &[&'a str]) -> Vec<&'a str> {
    products.iter().copied().filter(|product| product.starts_with("cra_")).collect()
}

/// Checks what a Link token says of Plaid Check: who the report is about, why it is made, and of what.
///
/// # Errors
/// `INVALID_FIELD` for a purpose without a product of Plaid Check, `INVALID_USER_IDENTITY_DATA` for a report about an incomplete
/// user, and what [`read`] refuses.
pub fn check_link(tenant: &Tenant, request: Fields<'_>, user: Option<&str>) -> Result<(), ApiError> {
    let products = request.texts("products").unwrap_or_default();
    let (of_check, purpose) = (of_check(&products), request.text("consumer_report_permissible_purpose"));
    match (of_check.is_empty(), purpose) {
        (true, Some(_)) => Err(ApiError::invalid_field(
            "consumer_report_permissible_purpose can only be set with a product of Plaid Check",
        )),
        (true, None) => Ok(()),
        (false, None) if user.is_some() => Ok(()),
        (false, None) => Err(ApiError::missing_fields("user_id")),
        (false, Some(_)) => {
            let user = user.ok_or_else(|| ApiError::missing_fields("user_id"))?;
            read(Fields(&merged(request)), user, false, None, of_check)?;
            users::eligible(tenant, user)
        }
    }
}

/// The options of a Link token, in the form that `/cra/check_report/create` has them.
fn merged(request: Fields<'_>) -> Value {
    let mut options = request.value("cra_options").cloned().unwrap_or_else(|| json!({}));
    options["consumer_report_permissible_purpose"] = json!(request.text("consumer_report_permissible_purpose"));
    options
}

/// Reads an order.
fn read(
    request: Fields<'_>,
    user: &str,
    is_legacy: bool,
    webhook: Option<String>,
    products: Vec<&str>,
) -> Result<CheckOrder, ApiError> {
    if let Some(unknown) = products.iter().find(|name| !is_known(name)) {
        return Err(ApiError::invalid_field(&format!(
            "products must be products of Plaid Check, and {unknown} is none"
        )));
    }
    let mut products: BTreeSet<CheckProduct> = products.into_iter().filter_map(CheckProduct::of).collect();
    products.insert(CheckProduct::Base);
    let base = request.object("base_report");
    let lending = base.object("home_lending_report_options");
    let types = [base.object("gse_options").texts("report_types"), lending.texts("reports_requested")];
    let home_lending = types.into_iter().flatten().flatten().filter_map(HomeLending::of).collect();
    let required = i64::try_from(request.within("days_required", 0..=184, 0)?).unwrap_or_default();
    let options = OPTIONS.iter().filter_map(|name| Some(((*name).to_owned(), request.value(name)?.clone())));
    let mut options: serde_json::Map<String, Value> = options.collect();
    if let Some(days) = lending.object("employment_refresh_options").integer("days_requested") {
        options.insert("employment_days".to_owned(), days.into());
    }
    let id = request.text("client_report_id").or(base.text("client_report_id"));
    Ok(CheckOrder {
        user: user.to_owned(),
        is_legacy,
        webhook,
        purpose: request.required("consumer_report_permissible_purpose")?.to_owned(),
        days: request.integer("days_requested").unwrap_or(DAYS).clamp(LEAST_DAYS, 731),
        days_required: required,
        client_report_id: id.map(str::to_owned),
        products,
        needs_identity: base.flag("require_identity"),
        has_investments: request.flag("include_investments"),
        home_lending,
        options: Value::Object(options),
    })
}

/// Whether a report can be ordered with a product. Monitoring is one of Plaid Check's products without a part in reports.
fn is_known(name: &str) -> bool {
    CheckProduct::of(name).is_some() || name == "cra_monitoring"
}
