//! The documents that the password of `user_custom` sets.

use chrono::{NaiveDate, TimeDelta};
use serde_json::{Map, Value, json};

use super::forms::TEXTS;
use super::parts::{id, metadata};
use crate::fields::Fields;
use crate::ops::account_view::number;
use crate::state::Item;
use crate::state::payroll::Documents;

/// For how many days after the last pay day somebody counts as employed.
const ACTIVE: i64 = 60;

/// The documents. `None` if the password says nothing of an income.
pub fn documents(item: &Item, today: NaiveDate) -> Option<Documents> {
    let accounts = item.custom.as_ref()?.accounts.iter().map(|account| Fields(&account.income));
    let incomes: Vec<Fields<'_>> =
        accounts.filter(|one| one.value("paystubs").is_some() || one.value("w2s").is_some()).collect();
    if incomes.is_empty() {
        return None;
    }
    let mut stubs: Vec<Value> = Vec::new();
    for one in incomes.iter().flat_map(|income| income.objects("paystubs")) {
        stubs.push(stub(item, one, stubs.len()));
    }
    stubs.sort_by_key(|stub| std::cmp::Reverse(paid(stub)));
    let w2s = (0..).zip(incomes.iter().flat_map(|income| income.objects("w2s")));
    Some(Documents {
        w2s: w2s.map(|(index, one)| w2(item, one, index)).collect(),
        employments: employments(&stubs, today),
        stubs,
        ..Documents::default()
    })
}

fn paid(stub: &Value) -> Option<NaiveDate> {
    stub["pay_period_details"]["pay_date"].as_str()?.parse().ok()
}

/// One employment per employer.
fn employments(stubs: &[Value], today: NaiveDate) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    for stub in stubs {
        let name = &stub["employer"]["name"];
        let start = &stub["pay_period_details"]["start_date"];
        // The newest stub comes first, so a later one only moves the start back.
        if let Some(known) = all.iter_mut().find(|one| one["employer"]["name"] == *name) {
            if !start.is_null() {
                known["start_date"] = start.clone();
            }
            continue;
        }
        let last = paid(stub);
        let is_active = last.is_some_and(|last| last >= today - TimeDelta::days(ACTIVE));
        all.push(json!({
            "account_id": null,
            "employee_type": null,
            "employer": {"name": name},
            "end_date": if is_active { json!(null) } else { stub["pay_period_details"]["end_date"].clone() },
            "last_paystub_date": last,
            "platform_ids": {"employee_id": null, "payroll_id": null, "position_id": null},
            "start_date": start,
            "status": if is_active { "ACTIVE" } else { "INACTIVE" },
            "title": null,
        }));
    }
    all
}

/// Texts, each null if it is not set or not a text.
fn texts(of: Fields<'_>, names: &[&str]) -> Map<String, Value> {
    names.iter().map(|name| ((*name).to_owned(), json!(of.text(name)))).collect()
}

/// Numbers, each null if it is not set or not a number.
fn numbers(of: Fields<'_>, names: &[&str]) -> Map<String, Value> {
    names.iter().map(|name| ((*name).to_owned(), json!(of.decimal(name).map(number)))).collect()
}

fn date(of: Fields<'_>, name: &str) -> Value {
    json!(of.date(name).ok().flatten())
}

fn with_currency(of: Fields<'_>, mut fields: Map<String, Value>) -> Value {
    fields.insert("iso_currency_code".to_owned(), of.text("currency").unwrap_or("USD").into());
    fields.insert("unofficial_currency_code".to_owned(), Value::Null);
    Value::Object(fields)
}

fn address(of: Fields<'_>) -> Value {
    Value::Object(texts(of, &["city", "country", "postal_code", "region", "street"]))
}

fn person(of: Fields<'_>) -> Value {
    json!({
        "address": address(of.object("address")),
        "marital_status": of.text("marital_status"),
        "name": of.text("name"),
        "taxpayer_id": texts(of.object("taxpayer_id"), &["id_mask", "id_type"]),
    })
}

fn employer(of: Fields<'_>) -> Value {
    json!({"address": address(of.object("address")), "name": of.text("name")})
}

fn stub(item: &Item, of: Fields<'_>, index: usize) -> Value {
    let (off, earned, period) = (of.object("deductions"), of.object("earnings"), of.object("pay_period_details"));
    let off_line = |one: Fields<'_>| {
        let mut fields = numbers(one, &["current_amount", "ytd_amount"]);
        fields.extend(texts(one, &["description"]));
        with_currency(one, fields)
    };
    let earned_line = |one: Fields<'_>| {
        let mut fields = numbers(one, &["current_amount", "hours", "rate", "ytd_amount"]);
        fields.extend(texts(one, &["description"]));
        let kind = one.text("canonical_description").map(|kind| kind.replace(' ', "_"));
        fields.insert("canonical_description".to_owned(), json!(kind));
        with_currency(one, fields)
    };
    let mut earned_total = numbers(earned.object("total"), &["hours", "ytd_amount"]);
    earned_total.insert("current_amount".to_owned(), json!(period.decimal("gross_earnings").map(number)));
    let mut net = numbers(of.object("net_pay"), &["ytd_amount"]);
    net.extend(texts(of.object("net_pay"), &["description"]));
    net.insert("current_amount".to_owned(), json!(period.decimal("check_amount").map(number)));
    let paid_out = |one: Fields<'_>| {
        let mut fields = texts(one, &["account_name", "bank_name", "mask", "type"]);
        fields.extend(numbers(one, &["current_amount"]));
        with_currency(one, fields)
    };
    let frequency = period.text("pay_frequency").map(|text| text.strip_prefix("PAY_FREQUENCY_").unwrap_or(text));
    json!({
        "deductions": {
            "breakdown": off.objects("breakdown").map(off_line).collect::<Vec<_>>(),
            "total": with_currency(off.object("total"), numbers(off.object("total"), &["current_amount", "ytd_amount"])),
        },
        "document_id": id(item, &format!("paystub/{index}")),
        "document_metadata": metadata(&format!("paystub-{}.pdf", index + 1), "PAYSTUB"),
        "earnings": {
            "breakdown": earned.objects("breakdown").map(earned_line).collect::<Vec<_>>(),
            "total": with_currency(earned.object("total"), earned_total),
        },
        "employee": person(of.object("employee")),
        "employer": employer(of.object("employer")),
        "net_pay": with_currency(of.object("net_pay"), net),
        "pay_period_details": {
            "distribution_breakdown": period.objects("distribution_breakdown").map(paid_out).collect::<Vec<_>>(),
            "end_date": date(period, "end_date"),
            "gross_earnings": period.decimal("gross_earnings").map(number),
            "iso_currency_code": "USD",
            "pay_amount": period.decimal("check_amount").map(number),
            "pay_date": date(period, "pay_date"),
            "pay_frequency": frequency,
            "start_date": date(period, "start_date"),
            "unofficial_currency_code": null,
        },
    })
}

fn w2(item: &Item, of: Fields<'_>, index: usize) -> Value {
    let states = [
        "employer_state_id_number",
        "local_income_tax",
        "local_wages_tips",
        "locality_name",
        "state",
        "state_income_tax",
        "state_wages_tips",
    ];
    let mut shown = texts(of, &TEXTS);
    let more = json!({
        "box_12": of.objects("box_12").map(|one| texts(one, &["amount", "code"])).collect::<Vec<_>>(),
        "document_id": id(item, &format!("w2/{index}")),
        "document_metadata": metadata(&format!("w2-{}.pdf", index + 1), "US_TAX_W2"),
        "employee": person(of.object("employee")),
        "employer": employer(of.object("employer")),
        "state_and_local_wages": of.objects("state_and_local_wages").map(|one| texts(one, &states)).collect::<Vec<_>>(),
    });
    shown.extend(more.as_object().cloned().unwrap_or_default());
    Value::Object(shown)
}
