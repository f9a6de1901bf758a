//! `/cra/check_report/verification/get`: reports for mortgages, of assets, employment and income.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::base::{ownership, transaction};
use super::flows::{average, balances, depository, inflow, money, outflow, overdrafts};
use super::income::{Stream, summary};
use super::insights::{account as income_account, wanted};
use super::read::{Read, ready};
use crate::error::ApiError;
use crate::fields::time;
use crate::ops::account_view::number;
use crate::ops::{Call, Response};
use crate::state::{CheckAccount, CheckItem, Holding, HomeLending, Portfolio, Security, Trade, Transaction};

/// `/cra/check_report/verification/get`.
pub fn get(call: &mut Call<'_>) -> Response {
    let read = ready(call)?;
    let parts = requested(read, call.request.texts("reports_requested").unwrap_or_default())?;
    let days = call.request.object("employment_refresh_options").integer("days_requested");
    let report = report(read, &parts, days)?;
    Ok(json!({"report": report, "warnings": read.warnings("CHECK_REPORT_WARNING")}))
}

/// The parts that a request names, which have to be those of the order.
///
/// # Errors
/// `INVALID_FIELD` for no part, or one that was not ordered.
pub fn requested(read: Read<'_>, names: Vec<&str>) -> Result<BTreeSet<HomeLending>, ApiError> {
    let parts: BTreeSet<HomeLending> = names.into_iter().filter_map(HomeLending::of).collect();
    if parts.is_empty() {
        return Err(ApiError::invalid_field("reports_requested must have at least one entry"));
    }
    match parts.is_subset(&read.report.order.home_lending) {
        true => Ok(parts),
        false => Err(ApiError::invalid_field(
            "reports_requested must be among the parts that base_report ordered for the report",
        )),
    }
}

/// The parts of a report.
///
/// # Errors
/// `MISSING_FIELDS` for an employment without the number of its days.
pub fn report(read: Read<'_>, parts: &BTreeSet<HomeLending>, days: Option<i64>) -> Response {
    let mut shown = json!({
        "client_report_id": read.report.order.client_report_id,
        // The first letters of the report's id, which a lender can read out.
        "gse_reference_id": read.report.id.replace('-', "").chars().take(12).collect::<String>().to_uppercase(),
        "report_id": read.report.id,
    });
    for part in parts {
        match part {
            HomeLending::Voa => shown["voa"] = assets(read),
            HomeLending::Income => shown["income"] = income(read)?,
            HomeLending::EmploymentRefresh => {
                let ordered = || read.report.order.options["employment_days"].as_i64();
                let missing = || ApiError::missing_fields("employment_refresh_options.days_requested");
                shown["employment_refresh"] = employment(read, days.or_else(ordered).ok_or_else(missing)?);
            }
        }
    }
    Ok(shown)
}

fn item(of: &CheckItem, accounts: Vec<Value>) -> Value {
    json!({
        "accounts": accounts,
        "institution_id": of.institution,
        "institution_name": of.institution_name,
        "item_id": of.id,
        "last_update_time": time(of.updated),
    })
}

fn assets(read: Read<'_>) -> Value {
    let all: Vec<&Transaction> = depository(&read.content.items).flat_map(|(_, of)| &of.rows).collect();
    let items = read.content.items.iter();
    json!({
        "attributes": {
            "total_inflow_amount": money(inflow(&all), "USD"),
            "total_outflow_amount": money(outflow(&all), "USD"),
        },
        "days_requested": read.report.order.days,
        "generated_time": time(read.content.generated),
        "items": items.map(|of| item(of, of.accounts.iter().map(|one| asset(read, one)).collect())).collect::<Vec<_>>(),
    })
}

fn asset(read: Read<'_>, of: &CheckAccount) -> Value {
    let (known, today) = (&of.account, read.content.generated.date_naive());
    let past = match &*known.kind {
        "investment" | "brokerage" => Vec::new(),
        _ => balances(known, &of.rows, read.report.order.days, today),
    };
    let currency = &known.balances.currency;
    let rows: Vec<&Transaction> = of.rows.iter().collect();
    let dates = || of.rows.iter().map(|row| row.date);
    let mut shown = json!({
        "account_id": known.id,
        "balances": {
            "available": known.balances.available.map(number),
            "average_balance_30_days": average(past.iter().take(30)).map(number),
            "average_balance_60_days": average(past.iter().take(60)).map(number),
            "current": known.balances.current.map(number),
            "historical_balances": past.iter().map(|(date, balance)| json!({
                "current": number(*balance),
                "date": date,
                "iso_currency_code": currency,
                "unofficial_currency_code": null,
            })).collect::<Vec<_>>(),
            "iso_currency_code": currency,
            "nsf_overdraft_transactions_count": overdrafts(&rows),
            "unofficial_currency_code": null,
        },
        "consumer_disputes": [],
        "days_available": dates().min().map_or(0, |date| (today - date).num_days() + 1),
        "mask": known.mask,
        "name": known.name,
        "official_name": known.official_name,
        "owners": of.owners,
        "ownership_type": ownership(of),
        "subtype": known.subtype,
        "transactions_insights": {
            "all_transactions": of.rows.iter().map(transaction).collect::<Vec<_>>(),
            "end_date": dates().max(),
            "start_date": dates().min(),
        },
        "type": known.kind,
    });
    if let Some(portfolio) = &of.portfolio {
        shown["investments"] = investments(portfolio);
    }
    shown
}

fn investments(of: &Portfolio) -> Value {
    let holding = |holding: &Holding| {
        json!({
            "account_id": holding.account,
            "cost_basis": holding.cost.map(number),
            "institution_price": number(holding.price),
            "institution_price_as_of": holding.priced,
            "institution_value": number(holding.value),
            "iso_currency_code": holding.currency,
            "quantity": number(holding.quantity),
            "security_id": holding.security,
            "unofficial_currency_code": null,
        })
    };
    let security = |security: &Security| {
        let institution = security.institution.as_ref();
        json!({
            "cusip": security.cusip,
            "institution_id": institution.map(|(id, _)| id),
            "institution_security_id": institution.map(|(_, id)| id),
            "isin": security.isin,
            "name": security.name,
            "security_id": security.id,
            "ticker_symbol": security.ticker,
            "type": security.kind,
        })
    };
    json!({
        "holdings": of.holdings.iter().map(holding).collect::<Vec<_>>(),
        "investment_transactions": of.trades.iter().map(trade).collect::<Vec<_>>(),
        "securities": of.securities.iter().map(security).collect::<Vec<_>>(),
    })
}

fn trade(row: &Trade) -> Value {
    crate::ops::investments::trade_figures(row)
}

/// The deposits of the last days, without their amounts.
fn employment(read: Read<'_>, days: i64) -> Value {
    let first = read.content.generated.date_naive() - TimeDelta::days(days.max(0));
    let deposits = |of: &CheckAccount| -> Vec<Value> {
        let rows = of.rows.iter().filter(|row| row.amount < Decimal::ZERO && row.date > first);
        let view = |row: &Transaction| {
            json!({
                "account_id": row.account,
                "date": row.date,
                "original_description": row.name,
                "pending": row.pending,
                "transaction_id": row.id,
            })
        };
        rows.map(view).collect()
    };
    let account = |of: &CheckAccount| {
        json!({
            "account_id": of.account.id,
            "name": of.account.name,
            "official_name": of.account.official_name,
            "subtype": of.account.subtype,
            "transactions": deposits(of),
            "type": of.account.kind,
        })
    };
    let accounts = |of: &CheckItem| -> Vec<Value> {
        of.accounts.iter().filter(|of| of.account.kind == "depository").map(account).collect()
    };
    json!({
        "days_requested": days,
        "generated_time": time(read.content.generated),
        "items": read.content.items.iter().map(|of| item(of, accounts(of))).collect::<Vec<_>>(),
    })
}

fn income(read: Read<'_>) -> Response {
    let streams = wanted(read)?;
    let all: Vec<&Stream<'_>> = streams.iter().collect();
    let view = |stream: &Stream<'_>| {
        json!({
            "description": stream.description(),
            "end_date": stream.rows.last().map(|row| row.date),
            "income_metrics": stream.metrics(false),
            "income_stream_id": stream.id,
            "insights": stream.insights(),
            "start_date": stream.rows.first().map(|row| row.date),
            "transactions": stream.transactions(),
        })
    };
    let item = |of: &CheckItem| {
        let is_paid = |of: &&CheckAccount| streams.iter().any(|stream| *stream.account == of.account.id);
        json!({
            "accounts": of.accounts.iter().filter(is_paid).map(|of| income_account(of, false)).collect::<Vec<_>>(),
            "institution_id": of.institution,
            "institution_name": of.institution_name,
            "item_id": of.id,
            "last_updated_time": time(of.updated),
        })
    };
    Ok(json!({
        "days_requested": read.report.order.days,
        "generated_time": time(read.content.generated),
        "income_streams": streams.iter().map(view).collect::<Vec<_>>(),
        "items": read.content.items.iter().map(item).collect::<Vec<_>>(),
        "user_summary": {"income_metrics": summary(&all, false)},
    }))
}
