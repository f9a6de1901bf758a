//! Transactions of all Items of a user.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::super::account_view::number;
use super::super::users::{by_client_user_id, named};
use super::super::{Call, Response, World};
use crate::bank::{self, recurring};
use crate::state::{Account, Item, ItemId, ItemState, Readiness, Transaction};

/// `/user/transactions/refresh`: reads the banks of all Items of a user again.
pub fn refresh_transactions(call: &mut Call<'_>) -> Response {
    refresh(call, &["transactions"])
}

/// `/user/financial_data/refresh`: the same for all products whose data changes.
pub fn refresh_financial_data(call: &mut Call<'_>) -> Response {
    refresh(call, &["transactions", "investments", "liabilities"])
}

fn refresh(call: &mut Call<'_>, products: &[&str]) -> Response {
    let user = named(call.tenant, call.request)?;
    let of_user = call.tenant.items.values().filter(|item| item.user.as_ref() == Some(&user));
    let items: Vec<ItemId> =
        of_user.filter(|item| item.state != ItemState::Removed).map(|item| item.id.clone()).collect();
    let mut results = Vec::new();
    for id in items {
        for product in products {
            let Some(item) = call.tenant.items.get(&id).filter(|item| item.products.contains(*product)) else {
                continue;
            };
            let error = item.error();
            if error.is_none() && *product == "transactions" {
                bank::refresh(call.tenant, &id);
            }
            let error = error.map(|error| error.in_webhook());
            results.push(json!({"error": error, "item_id": id, "product": product}));
        }
    }
    Ok(json!({"results": results, "user_id": user}))
}

/// A sum of transactions.
#[derive(Default)]
struct Sum<'a> {
    rows: Vec<&'a Transaction>,
}

impl<'a> Sum<'a> {
    fn of(rows: impl IntoIterator<Item = &'a Transaction>) -> Self {
        Self { rows: rows.into_iter().collect() }
    }

    fn outflows(&self) -> Value {
        number(self.rows.iter().map(|row| row.amount.max(Decimal::ZERO)).sum())
    }

    fn inflows(&self) -> Value {
        number(self.rows.iter().map(|row| (-row.amount).max(Decimal::ZERO)).sum())
    }

    fn view(&self) -> Value {
        json!({
            "total_inflows": self.inflows(),
            "total_outflows": self.outflows(),
            "transaction_count": self.rows.len(),
        })
    }

    /// The sum with the days of the oldest and the newest transaction.
    fn with_dates(&self) -> Value {
        let dates = || self.rows.iter().map(|row| row.date);
        let mut shown = self.view();
        if let (Some(oldest), Some(newest)) = (dates().min(), dates().max()) {
            shown["oldest_transaction_date"] = json!(oldest);
            shown["newest_transaction_date"] = json!(newest);
        }
        shown
    }
}

/// `/beta/transactions/user_insights/v1/get`: sums over all transactions of a user.
pub fn insights(call: &mut Call<'_>) -> Response {
    let user = by_client_user_id(call.tenant, call.request.required("client_user_id")?)?;
    let today = call.tenant.now().date_naive();
    let is_meant = |item: &&Item| {
        item.user.as_ref() == Some(&user) && item.error().is_none() && item.feed.readiness != Readiness::NotReady
    };
    let items: Vec<&Item> = call.tenant.items.values().filter(is_meant).collect();
    let rows: Vec<&Transaction> = items.iter().flat_map(|item| item.feed.current()).collect();
    let all = Sum::of(rows.iter().copied());
    let mut overview = all.with_dates();
    let dates = || rows.iter().map(|row| row.date);
    let days = dates().max().zip(dates().min()).map_or(0, |(newest, oldest)| (newest - oldest).num_days() + 1);
    overview["days_available"] = days.into();
    let streams: Vec<recurring::Stream<'_>> = items.iter().flat_map(|item| recurring::streams(item, today)).collect();
    let (inflow, outflow): (Vec<_>, Vec<_>) = streams.iter().partition(|stream| stream.is_inflow);
    let shown = |streams: Vec<&recurring::Stream<'_>>| streams.into_iter().filter_map(stream).collect::<Vec<_>>();
    Ok(json!({
        "category_insights": {
            "detailed_category_insights": categories(&rows, |row| &row.category.detailed),
            "primary_category_insights": categories(&rows, |row| &row.category.primary),
        },
        "counterparty_insights": {
            "financial_institution_insights": items.iter().map(|item| bank(item, call.world)).collect::<Vec<_>>(),
            "merchant_insights": merchants(&rows),
        },
        "recurring_transactions": {"inflow_streams": shown(inflow), "outflow_streams": shown(outflow)},
        "user_data_overview": overview,
    }))
}

fn bank(item: &Item, world: &World) -> Value {
    let current = item.feed.current();
    let account = |account: &Account| {
        let rows: Vec<&Transaction> = current.iter().copied().filter(|row| row.account == account.id).collect();
        let newest = rows.first()?.amount;
        let mut shown = Sum::of(rows).with_dates();
        shown["account_type"] = account.kind.as_str().into();
        shown["account_subtype"] = account.subtype.as_str().into();
        shown["newest_transaction_amount"] = number(newest);
        Some(shown)
    };
    json!({
        "detected_accounts": item.accounts.iter().filter_map(account).collect::<Vec<_>>(),
        "entity_id": null,
        "name": world.institution(&item.institution).map(|one| one.name.as_str()).unwrap_or_default(),
        "website": null,
    })
}

fn merchants(rows: &[&Transaction]) -> Vec<Value> {
    let mut by_name: BTreeMap<&str, Sum<'_>> = BTreeMap::new();
    for row in rows {
        if let Some(name) = &row.merchant {
            by_name.entry(name).or_default().rows.push(row);
        }
    }
    let view = |(name, sum): (&str, Sum<'_>)| {
        let row = sum.rows.first()?;
        let mut shown = sum.view();
        crate::json::merge(
            &mut shown,
            json!({
                "entity_id": row.entity,
                "name": name,
                "personal_finance_category_detailed": row.category.detailed,
                "personal_finance_category_primary": row.category.primary,
                "website": row.website,
            }),
        );
        Some(shown)
    };
    by_name.into_iter().filter_map(view).collect()
}

fn categories<'a>(rows: &[&'a Transaction], name: fn(&Transaction) -> &String) -> Vec<Value> {
    let mut by_name: BTreeMap<&str, Sum<'a>> = BTreeMap::new();
    for row in rows {
        by_name.entry(name(row)).or_default().rows.push(row);
    }
    let view = |(name, sum): (&str, Sum<'_>)| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for merchant in sum.rows.iter().filter_map(|row| row.merchant.as_deref()) {
            *counts.entry(merchant).or_default() += 1;
        }
        let mut top: Vec<(&str, usize)> = counts.into_iter().collect();
        top.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let mut shown = sum.view();
        shown["name"] = name.into();
        shown["top_counterparties"] = top.iter().take(3).map(|(name, _)| *name).collect();
        shown
    };
    by_name.into_iter().map(view).collect()
}

fn stream(stream: &recurring::Stream<'_>) -> Option<Value> {
    let (first, last) = (stream.rows.first()?, stream.rows.last()?);
    let amount = |amount| json!({"amount": number(amount), "iso_currency_code": last.currency, "unofficial_currency_code": null});
    Some(json!({
        "average_amount": amount(stream.average()),
        "average_days_apart": number(stream.days_apart()),
        "description": last.name,
        "frequency": stream.frequency.wire(),
        "is_active": stream.is_active,
        "merchant_name": last.merchant.as_ref().unwrap_or(&last.name),
        "newest_transaction_amount": amount(last.amount),
        "newest_transaction_date": last.date,
        "oldest_transaction_date": first.date,
        "personal_finance_category_detailed": last.category.detailed,
        "personal_finance_category_primary": last.category.primary,
        "status": stream.status.wire(),
        "stream_id": stream.id,
        "transaction_count": stream.rows.len(),
        "transaction_ids": stream.rows.iter().map(|row| &row.id).collect::<Vec<_>>(),
    }))
}
