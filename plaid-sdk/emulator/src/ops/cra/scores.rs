//! Scores and attributes: computed from the cash flow by rules of ours, where Plaid's are not known.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive as _, ToPrimitive as _};
use serde_json::{Map, Value, json};

use super::flows::{balances, cents, depository, inflow, outflow, overdrafts, rows, share, since, whole};
use super::read::{Read, part};
use crate::error::ApiError;
use crate::fields::time;
use crate::ops::{Call, Response};
use crate::state::{CheckContent, CheckProduct, Transaction};

/// Reasons for a score, by what lowers it.
const SPENDS_MORE: &str = "PCS0221";
const OVERDRAWN: &str = "PCS0223";
/// The windows of attributes, in days.
const WINDOWS: [i64; 3] = [30, 60, 90];

/// `/cra/check_report/lend_score/get`.
pub fn lend_score(call: &mut Call<'_>) -> Response {
    let read = part(call, CheckProduct::LendScore)?;
    read.option(call.request.value("options"), "lend_score", "lend_score_version")
        .ok_or_else(|| missing("lend_score_version"))?;
    let score = Score::of(read.content);
    respond(read, json!({"lend_score": {"reason_codes": score.reasons, "score": score.points}}))
}

/// `/cra/check_report/cashflow_insights/get`.
pub fn cashflow(call: &mut Call<'_>) -> Response {
    let read = part(call, CheckProduct::Cashflow)?;
    let version = read.option(call.request.value("options"), "cashflow_insights", "attributes_version");
    version.ok_or_else(|| missing("attributes_version"))?;
    respond(read, json!({"attributes": cashflow_attributes(read.content)}))
}

/// `/cra/check_report/network_insights/get`.
pub fn network(call: &mut Call<'_>) -> Response {
    let read = part(call, CheckProduct::Network)?;
    let version = read.option(call.request.value("options"), "network_insights", "network_insights_version");
    version.ok_or_else(|| missing("network_insights_version"))?;
    let item = |of: &crate::state::CheckItem| json!({"institution_id": of.institution, "institution_name": of.institution_name, "item_id": of.id});
    let items: Vec<Value> = read.content.items.iter().map(item).collect();
    respond(read, json!({"items": items, "network_attributes": network_attributes(read.content)}))
}

/// A part needs its version, when it is ordered or when it is read.
fn missing(name: &str) -> ApiError {
    ApiError::missing_fields(&format!("options.{name}"))
}

fn respond(read: Read<'_>, part: Value) -> Response {
    let mut report = json!({"generated_time": time(read.content.generated), "report_id": read.report.id});
    crate::json::merge(&mut report, part);
    Ok(json!({"report": report, "warnings": read.warnings("CHECK_REPORT_WARNING")}))
}

/// `/cra/credit_profile/report/get`: scores and attributes in one.
pub fn credit_profile(call: &mut Call<'_>) -> Response {
    let now = call.tenant.now();
    let read = part(call, CheckProduct::LendScore)?;
    let request = call.request;
    let id = request.required("client_report_id")?;
    if id.is_empty() {
        return Err(ApiError::invalid_field("client_report_id must not be empty"));
    }
    let score = Score::of(read.content);
    let all = || read.content.items.iter().flat_map(|item| &item.accounts);
    let count = |kind: &str| all().filter(|of| of.account.kind == kind).count();
    let is_joint = |of: &&crate::state::CheckAccount| super::base::ownership(of) == Some("joint");
    let primary = all().filter(|of| super::base::is_primary(of, &read.content.items)).count();
    let dates = || rows(&read.content.items).into_iter().map(|row| row.date);
    let investments = count("investment");
    Ok(json!({
        "report": {
            "cashflow_insights_attributes": cashflow_attributes(read.content),
            "client_report_id": id,
            "date_retrieved": time(now),
            "inquiry_type": request.text("inquiry_type"),
            "lend_scores": [{
                "error_reason": null,
                "reason_codes": score.reasons,
                "score": score.points,
                "variant": "LS1",
            }],
            "metadata": {
                "account_count": all().count(),
                "credit_account_type_count": count("credit"),
                "depository_account_type_count": count("depository"),
                "generated_at": time(read.content.generated),
                "institution_ids": read.content.items.iter().map(|item| &item.institution).collect::<Vec<_>>(),
                // Newer clients require it; the document lacks it.
                "investment_account_type_count": investments,
                "item_count": read.content.items.len(),
                "most_recent_transaction_date": dates().max(),
                "multiple_owner_account_count": all().filter(is_joint).count(),
                "oldest_transaction_date": dates().min(),
                "other_account_type_count": all().count() - count("credit") - count("depository"),
                "primary_account_count": primary,
            },
            "network_insights_attributes": network_attributes(read.content),
        },
        "user_id": read.report.order.user,
        "warnings": read.warnings("CHECK_REPORT_WARNING"),
    }))
}

/// A score with the reasons that lower it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// 1 to 99. A higher one means less risk.
    pub points: i64,
    /// Why it is not higher.
    pub reasons: Vec<&'static str>,
}

impl Score {
    /// Half of it is what is left of what comes in; overdrafts and days below zero take from it.
    pub fn of(content: &CheckContent) -> Self {
        let today = content.generated.date_naive();
        let all: Vec<&Transaction> = depository(&content.items).flat_map(|(_, account)| &account.rows).collect();
        let (income, spent) = (-inflow(&all), outflow(&all));
        // Between minus one, where nothing comes in, and one, where nothing goes out.
        let left = share(income - spent, income.max(spent));
        let (fees, below) = (overdrafts(&all), days_below_zero(content, 90, today));
        let points = 60 + whole(left * Decimal::from(39)) - 5 * fees.min(6) - below.min(90) / 6;
        let mut reasons = Vec::new();
        if spent > income {
            reasons.push(SPENDS_MORE);
        }
        if fees > 0 || below > 0 {
            reasons.push(OVERDRAWN);
        }
        Self { points: points.clamp(1, 99), reasons }
    }
}

/// On how many of the last days an account that money is paid into was overdrawn at the end of the day.
pub fn days_below_zero(content: &CheckContent, days: i64, today: NaiveDate) -> i64 {
    let mut below = std::collections::BTreeSet::new();
    for (_, of) in depository(&content.items) {
        let past = balances(&of.account, &of.rows, days, today);
        below.extend(past.into_iter().filter(|(_, balance)| *balance < Decimal::ZERO).map(|(date, _)| date));
    }
    i64::try_from(below.len()).unwrap_or_default()
}

/// The sum of the balances at the end of each of the last days, of the accounts that money is paid into.
pub fn daily_totals(content: &CheckContent, days: i64, today: NaiveDate) -> Vec<(NaiveDate, Decimal)> {
    let mut by: BTreeMap<NaiveDate, Decimal> = BTreeMap::new();
    for (_, of) in depository(&content.items) {
        for (date, balance) in balances(&of.account, &of.rows, days, today) {
            *by.entry(date).or_default() += balance;
        }
    }
    by.into_iter().rev().collect()
}

/// Attributes of the cash flow. One of their names is Plaid's, the others follow its pattern.
fn cashflow_attributes(content: &CheckContent) -> Value {
    let today = content.generated.date_naive();
    let all: Vec<&Transaction> = depository(&content.items).flat_map(|(_, account)| &account.rows).collect();
    let mut shown = Map::new();
    for days in WINDOWS {
        let within = since(&all, today, days);
        let atm: Vec<Decimal> = within.iter().filter(|row| is_withdrawal(row)).map(|row| row.amount).collect();
        let figures = [
            ("cash_flow_inflow_amt", cents(-inflow(&within))),
            ("cash_flow_outflow_amt", cents(outflow(&within))),
            ("cash_flow_net_amt", cents(-inflow(&within) - outflow(&within))),
            ("cash_flow_txn_cnt", within.len().into()),
            ("cash_reliance_atm_withdrawal_amt", cents(atm.iter().sum())),
            ("cash_reliance_atm_withdrawal_amt_cv", cents(variation(&atm))),
            ("nsf_overdraft_cnt", overdrafts(&within).into()),
            ("negative_balance_day_cnt", days_below_zero(content, days, today).into()),
        ];
        shown.extend(figures.map(|(name, value)| (format!("{name}_{days}d"), value)));
    }
    Value::Object(shown)
}

fn is_withdrawal(row: &Transaction) -> bool {
    let text = row.name.to_lowercase();
    row.amount > Decimal::ZERO && (row.category.detailed == "TRANSFER_OUT_WITHDRAWAL" || text.contains("atm"))
}

/// By how much amounts differ from their average, in percent of it.
fn variation(amounts: &[Decimal]) -> Decimal {
    let count = Decimal::from(amounts.len());
    let mean = share(amounts.iter().sum(), count);
    let squares: Decimal = amounts.iter().map(|amount| (*amount - mean) * (*amount - mean)).sum();
    let deviation = share(squares, count).to_f64().map(f64::sqrt).and_then(Decimal::from_f64).unwrap_or_default();
    share(deviation, mean) * Decimal::ONE_HUNDRED
}

/// Attributes of the user's connections: the loans that the application has reported, and the Items.
fn network_attributes(content: &CheckContent) -> Value {
    let of = |kind: &str| content.loans.iter().filter(|loan| *loan == kind).count();
    json!({
        "plaid_conn_user_lifetime_cash_advance_primary_count": of("PAYDAY"),
        "plaid_conn_user_lifetime_lending_count": content.loans.len(),
        "plaid_conn_user_lifetime_personal_lending_flag": i64::from(of("PERSONAL") > 0),
        "plaid_conn_user_lifetime_primary_count": content.items.len(),
    })
}
