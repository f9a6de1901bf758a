//! `/cra/check_report/income_insights/get`: streams of income, and what the accounts they come into have.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::filter::Filter;
use super::flows::{cents, money, months};
use super::income::{Stream, period, streams, summary, year_before};
use super::read::{Read, part};
use crate::error::ApiError;
use crate::fields::time;
use crate::ops::account_view::number;
use crate::ops::{Call, Response};
use crate::state::{CheckAccount, CheckItem, CheckProduct, Transaction};

/// How sure the expected income is.
const PROBABILITY: Decimal = Decimal::from_parts(80, 0, 0, false, 2);
/// How far the expected income may be off, as a part of it.
const MARGIN: Decimal = Decimal::from_parts(10, 0, 0, false, 2);

/// `/cra/check_report/income_insights/get`.
pub fn get(call: &mut Call<'_>) -> Response {
    let read = part(call, CheckProduct::Income)?;
    let report = report(read, call.request.value("options"))?;
    Ok(json!({"report": report, "warnings": read.warnings("CHECK_REPORT_WARNING")}))
}

/// The report of income.
///
/// # Errors
/// As [`Filter::of`].
pub fn report(read: Read<'_>, options: Option<&Value>) -> Response {
    let filter = read.option(options, "income_insights", "income_insights_filter");
    let filter = Filter::of(filter.as_ref())?;
    let order = &read.report.order;
    let all = streams(&read.report.id, read.content, order.days);
    let wanted: Vec<&Stream<'_>> = all.iter().filter(|stream| filter.wants(stream.kind)).collect();
    let (first, last) = period(read.content.generated.date_naive(), order.days);
    Ok(json!({
        "bank_income_summary": bank_summary(&all.iter().collect::<Vec<_>>(), first, last),
        "client_report_id": order.client_report_id,
        "days_requested": order.days,
        "generated_time": time(read.content.generated),
        "income_streams": wanted.iter().map(|stream| view(stream)).collect::<Vec<_>>(),
        "items": read.content.items.iter().map(|of| item(of, &all, first, last)).collect::<Vec<_>>(),
        "report_id": read.report.id,
        "user_summary": {"income_metrics": summary(&wanted, true)},
        "warnings": read.content.unread.iter().map(warning).collect::<Vec<_>>(),
    }))
}

fn view(stream: &Stream<'_>) -> Value {
    json!({
        "description": stream.description(),
        "end_date": stream.rows.last().map(|row| row.date),
        "income_metrics": stream.metrics(true),
        "income_stream_id": stream.id,
        "insights": stream.insights(),
        "start_date": stream.rows.first().map(|row| row.date),
        "transactions": stream.transactions(),
    })
}

/// The errors that a warning about income can name as they are.
const ERRORS: [&str; 6] =
    ["ITEM_LOCKED", "ITEM_LOGIN_REQUIRED", "ITEM_NOT_SUPPORTED", "NO_ACCOUNTS", "INVALID_CREDENTIALS", "INVALID_MFA"];

/// An Item that could not be read.
fn warning(cause: &Value) -> Value {
    let code = cause["error_code"].as_str().filter(|code| ERRORS.contains(code));
    json!({
        "cause": {
            "display_message": cause["display_message"].as_str().unwrap_or_default(),
            "error_code": cause["error_code"],
            "error_message": cause["error_message"],
            "error_type": code.unwrap_or("ACCESS_NOT_GRANTED"),
        },
        "warning_code": "TRANSACTIONS_UNAVAILABLE",
        "warning_type": "BANK_INCOME_WARNING",
    })
}

fn item(of: &CheckItem, all: &[Stream<'_>], first: NaiveDate, last: NaiveDate) -> Value {
    let own: Vec<&Stream<'_>> = all.iter().filter(|stream| *stream.item == of.id).collect();
    let paid: BTreeSet<_> = own.iter().map(|stream| stream.account).collect();
    let accounts: Vec<Value> =
        of.accounts.iter().filter(|of| paid.contains(&of.account.id)).map(|of| account(of, true)).collect();
    json!({
        "accounts": accounts,
        "bank_income_accounts": accounts,
        "bank_income_sources": own.iter().map(|stream| source(stream, first, last)).collect::<Vec<_>>(),
        "institution_id": of.institution,
        "institution_name": of.institution_name,
        "item_id": of.id,
        "last_updated_time": time(of.updated),
    })
}

/// An account that money is paid into.
pub fn account(of: &CheckAccount, has_owners: bool) -> Value {
    let dates = || of.rows.iter().map(|row| row.date);
    let mut shown = json!({
        "account_id": of.account.id,
        "mask": of.account.mask,
        "metadata": {"end_date": dates().max(), "start_date": dates().min()},
        "name": of.account.name,
        "official_name": of.account.official_name,
        "subtype": of.account.subtype,
        "type": of.account.kind,
    });
    if has_owners {
        shown["owners"] = json!(of.owners);
    }
    shown
}

fn source(stream: &Stream<'_>, first: NaiveDate, last: NaiveDate) -> Value {
    let (category, ..) = stream.kind.wire();
    let (monthly, recent) = (stream.monthly(), stream.recent());
    let provider = stream.provider();
    let expected = (stream.is_active == Some(true)).then_some(recent);
    let interval = |income: Decimal| {
        json!({
            "lower_bound": cents(income * (Decimal::ONE - MARGIN)),
            "probability": number(PROBABILITY),
            "upper_bound": cents(income * (Decimal::ONE + MARGIN)),
        })
    };
    json!({
        "account_id": stream.account,
        "employer": {"name": provider},
        "end_date": stream.rows.last().map(|row| row.date),
        "forecasted_average_monthly_income": expected.map(cents),
        "forecasted_average_monthly_income_prediction_intervals": expected.map(interval).into_iter().collect::<Vec<_>>(),
        "historical_average_monthly_gross_income": cents(stream.gross(monthly)),
        "historical_average_monthly_income": cents(monthly),
        "historical_summary": history(&stream.rows, first, last),
        "income_category": category,
        "income_description": stream.description(),
        "income_provider": provider.map(|name| json!({"is_normalized": false, "name": name})),
        "income_source_id": stream.id,
        "iso_currency_code": stream.currency(),
        "next_payment_date": stream.next,
        "pay_frequency": stream.frequency(),
        "start_date": stream.rows.first().map(|row| row.date),
        "status": stream.status(),
        "total_amount": cents(stream.total()),
        "transaction_count": stream.rows.len(),
        "unofficial_currency_code": null,
    })
}

/// What came in each month. Months without income are left out.
fn history(rows: &[&Transaction], first: NaiveDate, last: NaiveDate) -> Vec<Value> {
    let of_month = |(start, end): (NaiveDate, NaiveDate)| {
        let within: Vec<_> = rows.iter().filter(|row| start <= row.date && row.date <= end).collect();
        if within.is_empty() {
            return None;
        }
        let amounts = within.iter().map(|row| (row.currency.as_str(), -row.amount));
        Some(json!({
            "end_date": end,
            "start_date": start,
            "total_amounts": sums(amounts),
            "transactions": within.iter().map(|row| json!({
                "amount": number(row.amount),
                "bonus_type": row.name.to_lowercase().contains("bonus").then_some("BONUS_ONLY"),
                "check_number": null,
                "date": row.date,
                "iso_currency_code": row.currency,
                "name": row.name,
                "original_description": row.name,
                "pending": row.pending,
                "transaction_id": row.id,
                "unofficial_currency_code": null,
            })).collect::<Vec<_>>(),
        }))
    };
    months(first, last).into_iter().filter_map(of_month).collect()
}

/// Sums of amounts, one for each currency.
fn sums<'a>(amounts: impl Iterator<Item = (&'a str, Decimal)>) -> Vec<Value> {
    let mut by: BTreeMap<&str, Decimal> = BTreeMap::new();
    amounts.for_each(|(currency, amount)| *by.entry(currency).or_default() += amount);
    by.into_iter().map(|(currency, amount)| money(amount, currency)).collect()
}

fn bank_summary(all: &[&Stream<'_>], first: NaiveDate, last: NaiveDate) -> Value {
    let total =
        |value: &dyn Fn(&Stream<'_>) -> Decimal| sums(all.iter().map(|stream| (stream.currency(), value(stream))));
    let expected = |stream: &Stream<'_>| if stream.is_active == Some(true) { stream.recent() } else { Decimal::ZERO };
    let year = |stream: &Stream<'_>| {
        let start = year_before(last);
        -stream.rows.iter().filter(|row| row.date > start).map(|row| row.amount).sum::<Decimal>()
    };
    let mut rows: Vec<&Transaction> = all.iter().flat_map(|stream| stream.rows.iter().copied()).collect();
    rows.sort_by_key(|row| row.date);
    let categories: BTreeSet<&str> = all.iter().map(|stream| stream.kind.wire().0).collect();
    json!({
        "end_date": last,
        "forecasted_annual_income": total(&|stream| expected(stream) * Decimal::from(12)),
        "forecasted_average_monthly_income": total(&expected),
        "historical_annual_gross_income": total(&|stream| stream.gross(year(stream))),
        "historical_annual_income": total(&year),
        "historical_average_monthly_gross_income": total(&|stream| stream.gross(stream.monthly())),
        "historical_average_monthly_income": total(&|stream| stream.monthly()),
        "historical_summary": history(&rows, first, last),
        "income_categories_count": categories.len(),
        "income_sources_count": all.len(),
        "income_transactions_count": rows.len(),
        "start_date": first,
        "total_amounts": total(&|stream| stream.total()),
    })
}

/// The streams of income that a read without options wants.
///
/// # Errors
/// As [`Filter::of`].
pub fn wanted<'a>(read: Read<'a>) -> Result<Vec<Stream<'a>>, ApiError> {
    let filter = read.option(None, "income_insights", "income_insights_filter");
    let filter = Filter::of(filter.as_ref())?;
    let mut all = streams(&read.report.id, read.content, read.report.order.days);
    all.retain(|stream| filter.wants(stream.kind));
    Ok(all)
}
