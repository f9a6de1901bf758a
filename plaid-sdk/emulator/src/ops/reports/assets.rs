//! `/asset_report/*`: reports from their order to their end.

use serde_json::{Value, json};

use super::making::schedule;
use super::paper;
use super::show::{Wanted, found, ready, response};
use crate::error::ApiError;
use crate::fields::Fields;
use crate::ops::items::valid_url;
use crate::ops::{Call, Response, World, users};
use crate::request::File;
use crate::state::{AccountId, Item, ItemId, Order, Report, Tenant};

/// How many Items a report can have.
const MOST_ITEMS: usize = 99;
/// The fields that describe who a report is about.
const USER: [&str; 7] = ["client_user_id", "email", "first_name", "last_name", "middle_name", "phone_number", "ssn"];

/// `/asset_report/create`: orders a report. A webhook says when it is ready.
pub fn create(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let tokens = request.texts("access_tokens").unwrap_or_default();
    if tokens.is_empty() || tokens.len() > MOST_ITEMS {
        return Err(ApiError::invalid_field("access_tokens must have 1 to 99 entries"));
    }
    let options = request.object("options");
    let needs_all = options.value("require_all_items").and_then(Value::as_bool).unwrap_or(true);
    let days = i64::try_from(request.within("days_requested", 0..=731, 0)?).unwrap_or_default();
    let webhook = url(options)?;
    let items = items(call.tenant, call.world, &tokens, needs_all)?;
    let add_ons = options.texts("add_ons").unwrap_or_default();
    let order = Order {
        user_id: common_user(call.tenant, &items),
        items,
        days,
        client_report_id: options.text("client_report_id").map(str::to_owned),
        user: user(options.object("user")),
        webhook,
        has_investments: add_ons.contains(&"investments"),
        has_fast: add_ons.contains(&"fast_assets") || options.flag("include_fast_report"),
        needs_all,
        filtered: None,
    };
    Ok(place(call.tenant, order))
}

/// The Items of a report. An Item whose user agreed to Assets in Link gets the product.
fn items(
    tenant: &mut Tenant,
    world: &World,
    tokens: &[&str],
    needs_all: bool,
) -> Result<Vec<(ItemId, String)>, ApiError> {
    let mut all: Vec<(ItemId, String)> = Vec::new();
    let mut failed = None;
    let mut readable = 0;
    for token in tokens {
        let item = tenant.any_item(token)?;
        item.supports("assets")?;
        if all.iter().any(|(id, _)| *id == item.id) {
            return Err(ApiError::invalid_field("access_tokens must belong to different Items"));
        }
        match item.error() {
            Some(error) if needs_all => return Err(error),
            Some(error) => failed = Some(error),
            None => readable += 1,
        }
        if item.has_assets() {
            item.products.insert("assets".to_owned());
        }
        let name = world.institution(&item.institution).map(|one| one.name.clone()).unwrap_or_default();
        all.push((item.id.clone(), name));
    }
    match failed {
        Some(error) if readable == 0 => Err(error),
        _ => Ok(all),
    }
}

fn common_user(tenant: &Tenant, items: &[(ItemId, String)]) -> Option<String> {
    let mut users = items.iter().map(|(id, _)| tenant.items.get(id).and_then(|item: &Item| item.user.clone()));
    let first = users.next()??;
    users.all(|user| user.as_ref() == Some(&first)).then_some(first)
}

fn user(of: Fields<'_>) -> Value {
    USER.iter().map(|name| ((*name).to_owned(), json!(of.text(name)))).collect()
}

fn url(options: Fields<'_>) -> Result<Option<String>, ApiError> {
    let url = options.text("webhook").filter(|url| !url.is_empty());
    if let Some(url) = url {
        valid_url("options.webhook", url)?;
    }
    Ok(url.map(str::to_owned))
}

/// Keeps an order. The report is ready a few seconds later.
pub fn place(tenant: &mut Tenant, order: Order) -> Value {
    let (id, token) = (tenant.ids.uuid(), tenant.ids.token("assets"));
    let response = json!({"asset_report_id": id, "asset_report_token": token});
    schedule(tenant, &token, order.has_fast);
    let report = Report { id, token: token.clone(), order, fast: None, full: None, error: None };
    tenant.reports.all.insert(token, report);
    response
}

/// `/asset_report/get`.
pub fn get(call: &mut Call<'_>) -> Response {
    let report = match (call.request.text("asset_report_token"), call.request.text("user_token")) {
        (None, Some(_)) => {
            let user = users::named(call.tenant, call.request)?;
            let of_user = |report: &&Report| report.order.user_id.as_ref() == Some(&user);
            call.tenant.reports.all.values().rfind(of_user).ok_or_else(|| {
                ApiError::invalid_field("user_token must belong to a user whose Items have an asset report")
            })?
        }
        (token, _) => found(call.tenant, token.ok_or_else(|| ApiError::missing_fields("asset_report_token"))?)?,
    };
    response(report, Wanted::of(call.request)?)
}

/// `/asset_report/pdf/get`.
pub fn pdf(call: &mut Call<'_>) -> Result<File, ApiError> {
    let report = found(call.tenant, call.request.required("asset_report_token")?)?;
    paper::file(report, Wanted::of(call.request)?)
}

/// `/asset_report/refresh`: a new report from the same Items.
pub fn refresh(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let token = request.required("asset_report_token")?;
    let options = request.object("options");
    let mut order = reorder(call.tenant, token)?;
    let days = request.within("days_requested", 0..=731, order.days)?;
    order.days = i64::try_from(days).unwrap_or_default();
    if let Some(id) = options.text("client_report_id") {
        order.client_report_id = Some(id.to_owned());
    }
    if let Some(url) = url(options)? {
        order.webhook = Some(url);
    }
    if options.value("user").is_some() {
        order.user = user(options.object("user"));
    }
    Ok(place(call.tenant, order))
}

/// The order of a report, to be placed again. Its Items have to be readable.
pub fn reorder(tenant: &Tenant, token: &str) -> Result<Order, ApiError> {
    let report = found(tenant, token)?;
    if report.error.is_some() {
        let message = "the parent report could not be generated";
        return Err(ApiError::new("ASSET_REPORT_ERROR", "INVALID_PARENT", message));
    }
    for (id, _) in &report.order.items {
        let item = tenant.items.get(id).ok_or_else(ApiError::item_not_found)?;
        if let Some(error) = item.error().filter(|_| report.order.needs_all) {
            return Err(error);
        }
    }
    Ok(Order { filtered: None, ..report.order.clone() })
}

/// `/asset_report/filter`: a new report without some of the accounts.
pub fn filter(call: &mut Call<'_>) -> Response {
    let report = found(call.tenant, call.request.required("asset_report_token")?)?;
    let mut content = ready(report)?.clone();
    let excluded = call.request.texts("account_ids_to_exclude").unwrap_or_default();
    let is_excluded = |account: &Value| account["account_id"].as_str().is_some_and(|id| excluded.contains(&id));
    for id in &excluded {
        let accounts = content.items.iter().filter_map(|item| item["accounts"].as_array()).flatten();
        if !accounts.into_iter().any(|account| account["account_id"] == json!(AccountId((*id).to_owned()))) {
            return Err(ApiError::invalid_account_id());
        }
    }
    for item in &mut content.items {
        if let Some(accounts) = item["accounts"].as_array_mut() {
            accounts.retain(|account| !is_excluded(account));
        }
    }
    let order = Order { filtered: Some(content), has_fast: false, ..report.order.clone() };
    Ok(place(call.tenant, order))
}

/// `/asset_report/remove`: the report is gone, and with it what was made for auditors and other clients.
pub fn remove(call: &mut Call<'_>) -> Response {
    let token = found(call.tenant, call.request.required("asset_report_token")?)?.token.clone();
    let reports = &mut call.tenant.reports;
    reports.all.shift_remove(&token);
    reports.copies.values_mut().for_each(|of| of.retain(|other| *other != token));
    reports.copies.retain(|_, of| !of.is_empty());
    reports.relays.values_mut().for_each(|relay| relay.reports.retain(|other| *other != token));
    reports.relays.retain(|_, relay| !relay.reports.is_empty());
    Ok(json!({"removed": true}))
}
