//! Income from bank accounts: reports from their order to their end.

use serde_json::{Value, json};

use super::{content, failed, not_ready, paper, unknown};
use crate::error::ApiError;
use crate::ops::{Call, Response, World, nothing, users};
use crate::request::File;
use crate::state::{BankReport, Event, IncomeEvent, Item, ItemId, ItemState, ReportState, Tenant};

/// How many days a report looks back, unless the Link token or the request says it.
pub const DAYS: i64 = 365;
/// The most days.
const MOST: i64 = 731;

/// Orders a report. It is there as soon as banks have answered.
pub fn order(tenant: &mut Tenant, world: &World, user: &str, items: &[ItemId], days: i64, webhook: Option<String>) {
    let named = items.iter().filter_map(|id| tenant.items.get(id)).map(|item| {
        let name = world.institution(&item.institution).map(|one| one.name.clone()).unwrap_or_default();
        (item.id.clone(), name)
    });
    let items = named.collect();
    place(tenant, user, items, days, webhook, false);
}

fn place(
    tenant: &mut Tenant,
    user: &str,
    items: Vec<(ItemId, String)>,
    days: i64,
    webhook: Option<String>,
    is_refresh: bool,
) {
    let id = tenant.ids.uuid();
    let (user, state) = (user.to_owned(), ReportState::Pending);
    let report = BankReport { id: id.clone(), user, items, days: days.clamp(1, MOST), webhook, is_refresh, state };
    tenant.incomes.reports.insert(id.clone(), report);
    let ready = tenant.after(tenant.pace.initial);
    tenant.schedule.at(ready, Event::Income(IncomeEvent::Report(id)));
}

/// Orders a new report from the Items of the user's last one.
pub fn again(tenant: &mut Tenant, world: &World, user: &str, days: Option<i64>) -> Result<(), ApiError> {
    let last = tenant.incomes.reports.values().rfind(|report| report.user == user);
    let (items, webhook, before) = match last {
        Some(report) => (report.items.clone(), report.webhook.clone(), report.days),
        None => {
            let own = of_user(tenant, user);
            let items = own.iter().map(|item| {
                let name = world.institution(&item.institution).map(|one| one.name.clone()).unwrap_or_default();
                (item.id.clone(), name)
            });
            (items.collect(), url(&own), DAYS)
        }
    };
    if items.is_empty() {
        return Err(unknown());
    }
    place(tenant, user, items, days.unwrap_or(before), webhook, true);
    Ok(())
}

/// The Items of a user that have bank accounts.
fn of_user<'a>(tenant: &'a Tenant, user: &str) -> Vec<&'a Item> {
    let has_account = |item: &&Item| item.accounts.iter().any(|account| account.kind == "depository");
    let of_user = |item: &&Item| item.user.as_deref() == Some(user) && item.state != ItemState::Removed;
    tenant.items.values().filter(of_user).filter(has_account).collect()
}

fn url(items: &[&Item]) -> Option<String> {
    items.iter().find_map(|item| item.webhook.clone())
}

/// Makes a report from what the banks have now. A webhook says that it is there, or that there will be none.
pub fn make(tenant: &mut Tenant, id: &str) {
    let Some(report) = tenant.incomes.reports.get(id).filter(|report| report.state == ReportState::Pending) else {
        return;
    };
    let report = report.clone();
    let made = content::of(tenant, &report);
    let is_made = made.is_some();
    let state = made.map_or(ReportState::Failed, |(income, employment)| ReportState::Ready { income, employment });
    for (item, sources) in content::sources(&state) {
        tenant.incomes.known.entry(item).or_default().extend(sources);
    }
    if let Some(report) = tenant.incomes.reports.get_mut(id) {
        report.state = state;
    }
    if !report.is_refresh {
        for (item, _) in &report.items {
            let error = tenant.items.get(item).map_or_else(|| Some(ApiError::item_not_found()), Item::error);
            let fields = json!({"error": error.map(|error| error.in_webhook()), "item_id": item});
            tenant.webhook(None, report.webhook.clone(), "INCOME", "PRODUCT_READY", fields);
        }
    }
    let result = if is_made { "SUCCESS" } else { "FAILURE" };
    let code = if report.is_refresh { "BANK_INCOME_REFRESH_COMPLETE" } else { "BANK_INCOME_COMPLETE" };
    let fields = json!({"result": result, "user_id": report.user});
    tenant.webhook(None, report.webhook.clone(), "INCOME", code, fields.clone());
    // A user with an identity is one of consumer reports, too.
    let is_consumer = tenant.users.get(&report.user).is_some_and(|user| user.identity.is_object());
    if is_consumer && !report.is_refresh {
        let (code, fields) = match is_made {
            true => ("BANK_INCOME_COMPLETE", fields),
            false => ("ERROR", json!({"user_id": report.user})),
        };
        tenant.webhook(None, report.webhook, "CRA_INCOME", code, fields);
    }
}

/// The reports of a user that are there, the newest first. The first call of a user whose Items have none orders one.
fn reports(call: &mut Call<'_>) -> Result<Vec<(Value, Value)>, ApiError> {
    let user = users::named(call.tenant, call.request)?;
    let is_own = |report: &&BankReport| report.user == user;
    if !call.tenant.incomes.reports.values().any(|report| report.user == user) {
        let own = of_user(call.tenant, &user);
        let (items, webhook): (Vec<ItemId>, _) = (own.iter().map(|item| item.id.clone()).collect(), url(&own));
        if items.is_empty() {
            return Err(unknown());
        }
        order(call.tenant, call.world, &user, &items, DAYS, webhook);
        // Where banks take no time, the call that orders a report has it.
        let new = call.tenant.incomes.reports.keys().last().filter(|_| call.tenant.pace.initial == 0).cloned();
        if let Some(id) = new {
            make(call.tenant, &id);
        }
    }
    let own: Vec<&BankReport> = call.tenant.incomes.reports.values().rev().filter(is_own).collect();
    let ready = own.iter().filter_map(|report| match &report.state {
        ReportState::Ready { income, employment } => Some((income.clone(), employment.clone())),
        ReportState::Pending | ReportState::Failed => None,
    });
    let ready: Vec<_> = ready.collect();
    match own.first().map(|report| &report.state) {
        _ if !ready.is_empty() => Ok(ready),
        Some(ReportState::Failed) => Err(failed()),
        _ => Err(not_ready()),
    }
}

/// `/credit/bank_income/get`: the last report, or as many as the request wants.
pub fn get(call: &mut Call<'_>) -> Response {
    let count = call.request.object("options").within("count", 1..=i64::MAX, 1)?;
    let all: Vec<Value> = reports(call)?.into_iter().take(count).map(|(income, _)| income).collect();
    Ok(json!({"bank_income": all}))
}

/// `/beta/credit/v1/bank_employment/get`: who pays the user's salaries.
pub fn employment(call: &mut Call<'_>) -> Response {
    let all: Vec<Value> = reports(call)?.into_iter().map(|(_, employment)| employment).collect();
    Ok(json!({"bank_employment_reports": all}))
}

/// `/credit/bank_income/pdf/get`: the last report as a file.
pub fn pdf(call: &mut Call<'_>) -> Result<File, ApiError> {
    let all = reports(call)?;
    let (income, _) = all.first().ok_or_else(not_ready)?;
    Ok(paper::file(income))
}

/// `/credit/bank_income/refresh`: a new report from the same Items.
pub fn refresh(call: &mut Call<'_>) -> Response {
    let user = users::named(call.tenant, call.request)?;
    let options = call.request.object("options");
    let days = match options.value("days_requested") {
        Some(_) => i64::try_from(options.within("days_requested", 1..=MOST, DAYS)?).ok(),
        None => None,
    };
    again(call.tenant, call.world, &user, days)?;
    nothing()
}

/// `/credit/bank_income/webhook/update`: whether changes of the user's income are announced.
pub fn subscribe(call: &mut Call<'_>) -> Response {
    let user = users::named(call.tenant, call.request)?;
    match call.request.flag("enable_webhooks") {
        true => drop(call.tenant.incomes.subscribed.insert(user)),
        false => drop(call.tenant.incomes.subscribed.remove(&user)),
    }
    nothing()
}
