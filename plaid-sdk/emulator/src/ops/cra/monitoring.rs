//! `/cra/monitoring_insights/*`: insights into the cash flow of a user's Item, which are generated several times a day.

use chrono::{NaiveDate, TimeDelta};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::base;
use super::flows::{cents, is_overdraft};
use super::income::{Stream, of_items};
use super::making::item_content;
use crate::error::ApiError;
use crate::fields::time;
use crate::ids::Ids;
use crate::ops::items::valid_url;
use crate::ops::{Call, Response, nothing, users};
use crate::state::{CashInsights, CheckItem, Event, ItemId, ItemState, Subscription, Tenant, Transaction};

/// How many hours are between two updates.
const HOURS: i64 = 6;
/// How many days the insights look back.
const DAYS: i64 = 365;
/// From which amount on a deposit is large, and below which a balance is low.
const LARGE: i64 = 5_000;
const LOW: i64 = 100;

/// `/cra/monitoring_insights/subscribe`: a user has one subscription, for one Item. Subscribing again changes it.
pub fn subscribe(call: &mut Call<'_>) -> Response {
    let request = call.request;
    let user = users::named(call.tenant, request)?;
    let webhook = request.required("webhook")?;
    valid_url("webhook", webhook)?;
    let item = item(call.tenant, &user, request.text("item_id"))?;
    let categories = request.texts("income_categories").filter(|all| !all.is_empty());
    let categories = categories.map(|all| all.into_iter().map(str::to_owned).collect());
    let is_legacy = request.text("user_id").is_none();
    let now = call.tenant.now();
    let subscriptions = &mut call.tenant.checks.subscriptions;
    if let Some(known) = subscriptions.values_mut().find(|known| known.user == user) {
        if known.item != item {
            return Err(ApiError::invalid_field(
                "item_id: another Item of the user is subscribed, and only one can be",
            ));
        }
        (known.webhook, known.categories, known.is_legacy) = (webhook.to_owned(), categories, is_legacy);
        let id = known.id.clone();
        if std::mem::take(&mut known.is_cancelled) {
            call.tenant.schedule.at(now + TimeDelta::hours(HOURS), Event::Insights(id.clone()));
        }
        return Ok(json!({"subscription_id": id}));
    }
    let id = call.tenant.ids.uuid();
    let insights = CashInsights::Pending(now);
    let webhook = webhook.to_owned();
    let is_cancelled = false;
    let new = Subscription { id: id.clone(), user, is_legacy, item, webhook, categories, insights, is_cancelled };
    call.tenant.checks.subscriptions.insert(id.clone(), new);
    call.tenant.schedule.at(now + TimeDelta::hours(HOURS), Event::Insights(id.clone()));
    Ok(json!({"subscription_id": id}))
}

/// The Item that a request names, or the only one of the user.
fn item(tenant: &Tenant, user: &str, named: Option<&str>) -> Result<ItemId, ApiError> {
    let items = tenant.items.values().filter(|item| item.user.as_deref() == Some(user));
    let mut items = items.filter(|item| item.state != ItemState::Removed);
    match named {
        Some(id) => {
            let item = items.find(|item| item.id.0 == id);
            item.map(|item| item.id.clone())
                .ok_or_else(|| ApiError::invalid_field("item_id must be an Item of the user"))
        }
        None => match (items.next(), items.next()) {
            (Some(item), None) => Ok(item.id.clone()),
            (None, _) => Err(ApiError::invalid_field("the user must have an Item to subscribe")),
            (Some(_), Some(_)) => Err(ApiError::missing_fields("item_id")),
        },
    }
}

/// `/cra/monitoring_insights/unsubscribe`.
pub fn unsubscribe(call: &mut Call<'_>) -> Response {
    let id = call.request.required("subscription_id")?;
    let unknown = || ApiError::invalid_field("subscription_id must be the id of a subscription");
    call.tenant.checks.subscriptions.shift_remove(id).ok_or_else(unknown)?;
    call.tenant.schedule.drop_if(|event| matches!(event, Event::Insights(other) if other == id));
    nothing()
}

/// `/cra/monitoring_insights/get`: what was generated last.
pub fn get(call: &mut Call<'_>) -> Response {
    let user = users::named(call.tenant, call.request)?;
    let subscription = subscribed(call.tenant, &user)?;
    let insights = &subscription.insights;
    let known = call.tenant.items.get(&subscription.item);
    let institution = known.map(|item| item.institution.as_str()).unwrap_or_default();
    let name = call.world.institution(institution).map(|one| one.name.as_str()).unwrap_or_default();
    let (code, reason) = match insights {
        CashInsights::Pending(_) => ("PENDING", Some("the insights were not generated yet".to_owned())),
        CashInsights::Available(..) => ("AVAILABLE", None),
        CashInsights::Failed(_, why) => ("FAILED", Some(format!("the Item could not be read: {why}"))),
    };
    let mut shown = json!({
        "date_generated": time(insights.time()),
        "insights": null,
        "institution_id": institution,
        "institution_name": name,
        "item_id": subscription.item,
        "status": {"reason": reason, "status_code": code},
    });
    if let CashInsights::Available(at, content) = insights {
        let today = at.date_naive();
        let all = std::slice::from_ref(&**content);
        shown["insights"] = json!({"income": income(subscription, all, today), "loans": loans(all, today)});
        shown["accounts"] = content.accounts.iter().map(|of| base::account(of, all, DAYS, today)).collect();
    }
    // Another report has another id; the same one keeps it.
    let id = Ids::new(0, &format!("{}/{}", subscription.id, insights.time())).uuid();
    Ok(json!({"items": [shown], "user_insights_id": id}))
}

fn subscribed<'a>(tenant: &'a Tenant, user: &str) -> Result<&'a Subscription, ApiError> {
    let found = tenant.checks.subscriptions.values().find(|one| one.user == user);
    found.ok_or_else(|| ApiError::invalid_field("the user must have a subscription to insights"))
}

fn income(of: &Subscription, items: &[CheckItem], today: NaiveDate) -> Value {
    let all = of_items(&of.id, items, DAYS, today);
    let is_wanted = |stream: &&Stream<'_>| {
        of.categories.as_ref().is_none_or(|names| names.iter().any(|name| name == stream.kind.wire().0))
    };
    let all: Vec<&Stream<'_>> = all.iter().filter(is_wanted).collect();
    let active = || all.iter().filter(|stream| stream.is_active == Some(true));
    let month = since(items, today, 30);
    let of_month = |stream: &&Stream<'_>| -> Decimal {
        -stream
            .rows
            .iter()
            .filter(|row| month.iter().any(|other| other.id == row.id))
            .map(|row| row.amount)
            .sum::<Decimal>()
    };
    json!({
        "forecasted_monthly_income": {"current_amount": cents(active().map(|stream| stream.recent()).sum())},
        "historical_annual_income": {"current_amount": cents(all.iter().map(|stream| stream.total()).sum())},
        "income_sources": all.iter().map(|stream| json!({
            "income_category": stream.kind.wire().0,
            "income_description": stream.description(),
            "income_source_id": stream.id,
            "last_transaction_date": stream.rows.last().map(|row| row.date),
        })).collect::<Vec<_>>(),
        "income_sources_counts": {"current_count": all.len()},
        "total_monthly_income": {"current_amount": cents(all.iter().map(of_month).sum())},
    })
}

fn since(items: &[CheckItem], today: NaiveDate, days: i64) -> Vec<&Transaction> {
    super::flows::since(&super::flows::rows(items), today, days)
}

fn loans(items: &[CheckItem], today: NaiveDate) -> Value {
    let month = since(items, today, 30);
    let payments: Vec<&&Transaction> = month.iter().filter(|row| is_loan_payment(row)).collect();
    let mut merchants: Vec<&str> =
        payments.iter().map(|row| row.merchant.as_ref().unwrap_or(&row.name).as_str()).collect();
    merchants.sort_unstable();
    merchants.dedup();
    let is_paid_out = |row: &&&Transaction| row.amount < Decimal::ZERO && row.category.primary == "LOAN_DISBURSEMENTS";
    json!({
        "loan_disbursements_count": month.iter().filter(is_paid_out).count(),
        "loan_payment_merchants_counts": {"current_count": merchants.len()},
        "loan_payments_counts": {"current_count": payments.len()},
    })
}

fn is_loan_payment(row: &Transaction) -> bool {
    row.amount > Decimal::ZERO && row.category.primary == "LOAN_PAYMENTS"
}

/// Cancels the subscription of a user. What was generated stays.
pub fn cancel(tenant: &mut Tenant, user: &str) {
    let own = tenant.checks.subscriptions.values_mut().filter(|one| one.user == user);
    let mut ids = Vec::new();
    for subscription in own {
        subscription.is_cancelled = true;
        ids.push(subscription.id.clone());
    }
    tenant.schedule.drop_if(|event| matches!(event, Event::Insights(id) if ids.contains(id)));
}

/// Generates the insights of a subscription, and schedules the next time.
pub fn make(tenant: &mut Tenant, id: &str) {
    if !tenant.checks.subscriptions.contains_key(id) {
        return;
    }
    generate(tenant, id, None);
    let next = tenant.now() + TimeDelta::hours(HOURS);
    tenant.schedule.at(next, Event::Insights(id.to_owned()));
}

/// `/sandbox/cra/cashflow_updates/update`: an update now, with what it detects or what the request says that it detects.
pub fn update(call: &mut Call<'_>) -> Response {
    let user = users::named(call.tenant, call.request)?;
    let subscription = subscribed(call.tenant, &user)?;
    if subscription.is_cancelled {
        return Err(ApiError::invalid_field("the user's subscription to insights was cancelled"));
    }
    let id = subscription.id.clone();
    let codes = call.request.texts("webhook_codes").filter(|codes| !codes.is_empty());
    generate(call.tenant, &id, codes.map(|codes| codes.into_iter().map(str::to_owned).collect()));
    nothing()
}

/// Reads the Item and says what is new.
fn generate(tenant: &mut Tenant, id: &str, told: Option<Vec<String>>) {
    let now = tenant.now();
    let Some(subscription) = tenant.checks.subscriptions.get(id) else { return };
    let Some(item) = tenant.items.get(&subscription.item) else { return };
    let insights = match item.error().or_else(|| item.supports("transactions").err()) {
        Some(error) => CashInsights::Failed(now, error.code.into_owned()),
        None => CashInsights::Available(now, Box::new(item_content(item, "", DAYS, false, now))),
    };
    let detected = match (&insights, told) {
        (CashInsights::Available(_, content), None) => detect(subscription, content, now.date_naive()),
        (_, told) => told.unwrap_or_default(),
    };
    let status = if matches!(insights, CashInsights::Available(..)) { "AVAILABLE" } else { "FAILED" };
    let (url, user, is_legacy) = (subscription.webhook.clone(), subscription.user.clone(), subscription.is_legacy);
    if let Some(subscription) = tenant.checks.subscriptions.get_mut(id) {
        subscription.insights = insights;
    }
    let fields = json!({"status": status, "user_id": user});
    if is_legacy {
        tenant.webhook(None, Some(url.clone()), "CASH_FLOW_UPDATES", "INSIGHTS_UPDATED", fields.clone());
        for code in detected {
            tenant.webhook(None, Some(url.clone()), "CASH_FLOW_UPDATES", &code, fields.clone());
        }
    } else {
        let mut fields = fields;
        // The newer webhook names four of the six.
        let named = |code: &&String| !matches!(code.as_str(), "NEW_INCOME_STREAM_DETECTED" | "EXPECTED_DEPOSIT_MISSED");
        fields["insights"] = detected.iter().filter(named).map(String::as_str).collect();
        tenant.webhook(None, Some(url), "CASH_FLOW_UPDATES", "CASH_FLOW_INSIGHTS_UPDATED", fields);
    }
}

/// What has happened since the last time.
fn detect(of: &Subscription, content: &CheckItem, today: NaiveDate) -> Vec<String> {
    let last = of.insights.time().date_naive();
    let all = std::slice::from_ref(content);
    let rows = super::flows::rows(all);
    // The day of the last time may have gone on after it.
    let known: Vec<_> = match &of.insights {
        CashInsights::Available(_, before) => super::flows::rows([&**before]).into_iter().map(|row| &row.id).collect(),
        _ => rows.iter().filter(|row| row.date < last).map(|row| &row.id).collect(),
    };
    let new: Vec<&&Transaction> = rows.iter().filter(|row| row.date >= last && !known.contains(&&row.id)).collect();
    let is_low = content.accounts.iter().filter(|of| of.account.kind == "depository").any(|of| {
        let balance = of.account.balances.available.or(of.account.balances.current);
        balance.is_some_and(|balance| balance < Decimal::from(LOW))
    });
    let streams = of_items(&of.id, all, DAYS, today);
    let is_new = |stream: &Stream<'_>| {
        stream.rows.len() > 1 && stream.rows.iter().filter(|row| known.contains(&&row.id)).count() < 2
    };
    let is_missed = |stream: &Stream<'_>| {
        stream.next.is_some_and(|next| last <= next && next < today) && stream.is_active == Some(true)
    };
    let found = [
        ("LARGE_DEPOSIT_DETECTED", new.iter().any(|row| row.amount < -Decimal::from(LARGE))),
        ("LOW_BALANCE_DETECTED", is_low),
        ("NEW_LOAN_PAYMENT_DETECTED", new.iter().any(|row| is_loan_payment(row))),
        ("NSF_OVERDRAFT_DETECTED", new.iter().any(|row| is_overdraft(row) && row.amount > Decimal::ZERO)),
        ("NEW_INCOME_STREAM_DETECTED", streams.iter().any(is_new)),
        ("EXPECTED_DEPOSIT_MISSED", streams.iter().any(is_missed)),
    ];
    found.into_iter().filter(|(_, is_found)| *is_found).map(|(code, _)| code.to_owned()).collect()
}
