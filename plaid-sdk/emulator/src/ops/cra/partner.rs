//! `/cra/check_report/partner_insights/get` and `/cra/partner_insights/get`: scores of Prism and FICO, by rules of ours.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::flows::{average, cents, depository, is_overdraft, since};
use super::insights::account;
use super::read::{Read, part};
use super::scores::{Score, daily_totals, days_below_zero};
use crate::error::ApiError;
use crate::fields::{Fields, time};
use crate::ops::account_view::number;
use crate::ops::{Call, Response};
use crate::state::{CheckItem, CheckProduct, Transaction};

/// The scores of Prism: its name in responses, in requests, the version without a wish, and whether it is made without one.
const SCORES: [(&str, &str, &str, bool); 4] = [
    ("cash_score", "cashscore", "3", true),
    ("first_detect", "firstdetect", "3", true),
    ("detect", "detect", "4", false),
    ("extend", "extend", "4", false),
];
/// The reason of Prism for a score that is not the highest.
const REASON: &str = "CS03038";
/// The range of a FICO score.
const FICO: (i64, i64) = (300, 850);
/// The windows of the characteristics for FICO, in months, by their names.
const MONTHS: [(i64, &str); 4] = [(1, "1_month"), (3, "3_months"), (6, "6_months"), (12, "12_months")];

/// `/cra/check_report/partner_insights/get`.
pub fn get(call: &mut Call<'_>) -> Response {
    let read = part(call, CheckProduct::Partner)?;
    let request = call.request;
    let sent = request.value("partner_insights").or_else(|| request.value("options"));
    let report = report(read, sent)?;
    Ok(json!({"report": report, "warnings": read.warnings("CHECK_REPORT_WARNING")}))
}

/// `/cra/partner_insights/get`: the older one, with a list of one report.
pub fn get_older(call: &mut Call<'_>) -> Response {
    let read = part(call, CheckProduct::Partner)?;
    Ok(json!({"report": [report(read, None)?]}))
}

/// The report of the partners.
///
/// # Errors
/// `INVALID_FIELD` for a FICO score out of its range.
pub fn report(read: Read<'_>, sent: Option<&Value>) -> Response {
    let versions = read.option(sent, "partner_insights", "prism_versions").unwrap_or(Value::Null);
    let fico = read.option(sent, "partner_insights", "fico");
    let item = |of: &CheckItem| {
        json!({
            "accounts": of.accounts.iter().filter(|of| of.account.kind == "depository").map(|of| account(of, true))
                .collect::<Vec<_>>(),
            "institution_id": of.institution,
            "institution_name": of.institution_name,
            "item_id": of.id,
        })
    };
    let mut shown = json!({
        "client_report_id": read.report.order.client_report_id,
        "generated_time": time(read.content.generated),
        "items": read.content.items.iter().map(item).collect::<Vec<_>>(),
        "prism": prism(read, Fields(&versions)),
        "report_id": read.report.id,
    });
    if let Some(fico) = &fico {
        shown["fico"] = ultra_fico(read, Fields(fico))?;
    }
    Ok(shown)
}

fn prism(read: Read<'_>, versions: Fields<'_>) -> Value {
    let score = Score::of(read.content);
    let all: Vec<&Transaction> = depository(&read.content.items).flat_map(|(_, account)| &account.rows).collect();
    let today = read.content.generated.date_naive();
    let mut shown = Map::new();
    shown.insert("status".to_owned(), "SUCCESS".into());
    for (name, sent, default, is_always) in SCORES {
        // Who names no version at all gets those that are made without a wish.
        let wish = versions.text(sent);
        let Some(version) = wish.or_else(|| is_always.then_some(default)) else { continue };
        let mut of = json!({
            "metadata": metadata(&all, today),
            "model_version": version,
            "reason_codes": if score.points < 99 { vec![REASON] } else { Vec::new() },
            // Prism's scores go up to 999.
            "score": score.points * 10,
        });
        if is_always {
            of["version"] = whole_version(version).into();
        }
        shown.insert(name.to_owned(), of);
    }
    let version = versions.text("insights").unwrap_or("3");
    let of_half_year = since(&all, today, 180);
    shown.insert(
        "insights".to_owned(),
        json!({
            "model_version": version,
            "result": {
                "l6m_cumbal_acc": depository(&read.content.items).count(),
                "l6m_credit_value": cents(-super::flows::inflow(&of_half_year)),
                "l6m_debit_value": cents(super::flows::outflow(&of_half_year)),
            },
            "version": whole_version(version),
        }),
    );
    Value::Object(shown)
}

/// The older number of a version: `3` of `3_lite`.
fn whole_version(version: &str) -> i64 {
    version.chars().next().and_then(|digit| digit.to_digit(10)).map_or(3, i64::from)
}

fn metadata(all: &[&Transaction], today: NaiveDate) -> Value {
    let age = |date: NaiveDate| (today - date).num_days();
    let credits: Vec<&&Transaction> = all.iter().filter(|row| row.amount < Decimal::ZERO).collect();
    let debits: Vec<&&Transaction> = all.iter().filter(|row| row.amount >= Decimal::ZERO).collect();
    let most = |rows: &[&&Transaction]| rows.iter().map(|row| age(row.date)).max();
    let least = |rows: &[&&Transaction]| rows.iter().map(|row| age(row.date)).min();
    let recent = |rows: &[&&Transaction]| rows.iter().filter(|row| age(row.date) < 30).count();
    json!({
        "l1m_credit_value_cnt": recent(&credits),
        "l1m_debit_value_cnt": recent(&debits),
        "max_age": all.iter().map(|row| age(row.date)).max(),
        "max_age_credit": most(&credits),
        "max_age_debit": most(&debits),
        "min_age": all.iter().map(|row| age(row.date)).min(),
        "min_age_credit": least(&credits),
        "min_age_debit": least(&debits),
        "num_trxn_credit": credits.len(),
        "num_trxn_debit": debits.len(),
    })
}

/// Scores that start at those of a bureau, and go up or down with the cash flow.
fn ultra_fico(read: Read<'_>, sent: Fields<'_>) -> Result<Value, ApiError> {
    let score = Score::of(read.content);
    let mut results = Vec::new();
    for request in sent.objects("ultrafico_score_requests") {
        let base = request.object("base_fico_score");
        let points = base.integer("score").unwrap_or_default();
        if !(FICO.0..=FICO.1).contains(&points) {
            return Err(ApiError::invalid_field("base_fico_score.score must be between 300 and 850"));
        }
        let moved = (points + score.points - 50).clamp(FICO.0, FICO.1);
        let mut result = json!({
            "ultrafico_score": {
                "did_inquiries_adversely_affect_score": base.flag("did_inquiries_adversely_affect_score"),
                "negative_reason_codes": base.texts("reason_codes").unwrap_or_default(),
                "positive_reason_codes": [],
                "score": moved,
                "ultrafico_score_version": request.text("ultrafico_score_version"),
            },
        });
        for name in ["fico_scoring_request_id", "request_correlation_id"] {
            if let Some(id) = request.text(name) {
                result[name] = id.into();
            }
        }
        results.push(result);
    }
    Ok(json!({
        "lender_application_id": sent.text("lender_application_id"),
        "report_characteristics": characteristics(read),
        "ultrafico_score_results": results,
    }))
}

fn characteristics(read: Read<'_>) -> Value {
    let today = read.content.generated.date_naive();
    let accounts: Vec<_> = depository(&read.content.items).map(|(_, of)| of).collect();
    let all: Vec<&Transaction> = accounts.iter().flat_map(|of| &of.rows).collect();
    let age = |date: NaiveDate| (today - date).num_days();
    let count = |subtype: &str| accounts.iter().filter(|of| of.account.subtype == subtype).count();
    let year = daily_totals(read.content, 365, today);
    let fee = all.iter().filter(|row| is_overdraft(row) && row.amount > Decimal::ZERO).map(|row| age(row.date)).min();
    let total: Decimal = accounts.iter().filter_map(|of| of.account.balances.current).sum();
    let mut shown = json!({
        "days_since_earliest_tx": all.iter().map(|row| age(row.date)).max(),
        "days_since_most_recent_insufficient_funds_fee_debit_tx": fee,
        "days_since_most_recent_negative_ending_balance":
            year.iter().filter(|(_, total)| *total < Decimal::ZERO).map(|(date, _)| age(*date)).min(),
        "days_since_most_recent_tx": all.iter().map(|row| age(row.date)).min(),
        "num_accounts": accounts.len(),
        "num_checking_accounts": count("checking"),
        "num_money_market_accounts": count("money market"),
        "num_savings_accounts": count("savings"),
        "tot_current_balances": number(total),
    });
    for (months, name) in MONTHS {
        let days = months * 365 / 12;
        let within = since(&all, today, days);
        let dates: std::collections::BTreeSet<NaiveDate> = within.iter().map(|row| row.date).collect();
        let some = year.iter().take(usize::try_from(days).unwrap_or_default());
        shown[format!("avg_daily_balance_over_{name}")] = average(some).map_or(Value::Null, number);
        shown[format!("days_with_tx_over_{name}")] = dates.len().into();
        shown[format!("tot_number_days_with_negative_balance_over_{name}")] =
            days_below_zero(read.content, days, today).into();
    }
    shown
}
