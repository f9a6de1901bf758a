//! The documents of a payroll: those that the user was set to have, or pay stubs and forms of a made-up employment.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::parts::{GROSS, OFF, employee, employer, id, metadata};
use super::{forms, overrides, statements};
use crate::ops::account_view::number;
use crate::state::Item;
use crate::state::payroll::{Documents, Flow};

/// The first pay day, and how many days are between two.
const FIRST: (i32, u32, u32) = (2020, 1, 10);
const EVERY: i64 = 14;
/// How many pay stubs there are.
const STUBS: usize = 2;
/// The users who work on their own account.
const SELF_EMPLOYED: [&str; 2] = ["user_ewa_user", "user_small_business"];

/// The documents that are there now.
pub fn of(item: &Item, flow: Flow, now: DateTime<Utc>) -> Documents {
    let today = now.date_naive();
    let mut documents = match overrides::documents(item, today) {
        Some(set) => set,
        None if SELF_EMPLOYED.contains(&item.username.as_str()) => forms::self_employed(item, today),
        None => employed(item, today),
    };
    // A user whose uploads are all unreadable has no statement.
    if flow == Flow::Document && !documents.is_empty() {
        documents.statements = statements::statements(item, today);
    }
    documents
}

fn employed(item: &Item, today: NaiveDate) -> Documents {
    let days = pay_days(today);
    let last = days.last().copied();
    Documents {
        stubs: days.iter().rev().take(STUBS).map(|day| stub(item, *day)).collect(),
        w2s: vec![forms::w2(item, today.year() - 1, count(today.year() - 1, None))],
        employments: vec![json!({
            "account_id": null,
            "employee_type": "FULL_TIME",
            "employer": {"name": employer()["name"]},
            "end_date": null,
            "last_paystub_date": last,
            "platform_ids": {"employee_id": "1234567", "payroll_id": "1234567", "position_id": "8888"},
            "start_date": "2019-12-28",
            "status": "ACTIVE",
            "title": "Software Engineer",
        })],
        ..Documents::default()
    }
}

/// The pay days up to a day.
fn pay_days(today: NaiveDate) -> Vec<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(FIRST.0, FIRST.1, FIRST.2);
    let next = |day: &NaiveDate| day.checked_add_signed(TimeDelta::days(EVERY));
    std::iter::successors(first, next).take_while(|day| *day <= today).collect()
}

/// How many pay days of a year there are, up to a day.
fn count(year: i32, up_to: Option<NaiveDate>) -> i64 {
    let end = up_to.or_else(|| NaiveDate::from_ymd_opt(year, 12, 31)).unwrap_or_default();
    let number = pay_days(end).iter().filter(|day| day.year() == year).count();
    i64::try_from(number).unwrap_or_default()
}

fn stub(item: &Item, day: NaiveDate) -> Value {
    let times = count(day.year(), Some(day));
    let line = |name: &str, cents: i64| {
        json!({
            "current_amount": money(cents),
            "description": name,
            "iso_currency_code": "USD",
            "unofficial_currency_code": null,
            "ytd_amount": money(cents * times),
        })
    };
    let off: i64 = OFF.iter().map(|(_, cents)| cents).sum();
    let mut earned = line("salary earned", GROSS);
    earned["canonical_description"] = "REGULAR_PAY".into();
    earned["hours"] = 80.into();
    earned["rate"] = Value::Null;
    let mut net = line("TOTAL NET PAY", GROSS - off);
    let mut off_total = line("", off);
    let mut earned_total = line("", GROSS);
    for total in [&mut off_total, &mut earned_total] {
        if let Some(fields) = total.as_object_mut() {
            fields.remove("description");
        }
    }
    earned_total["hours"] = 80.into();
    net["iso_currency_code"] = "USD".into();
    json!({
        "deductions": {"breakdown": OFF.iter().map(|(name, cents)| line(name, *cents)).collect::<Vec<_>>(), "total": off_total},
        "document_id": id(item, &format!("paystub/{day}")),
        "document_metadata": metadata(&format!("paystub-{day}.pdf"), "PAYSTUB"),
        "earnings": {"breakdown": [earned], "total": earned_total},
        "employee": employee(),
        "employer": employer(),
        "net_pay": net,
        "pay_period_details": {
            "distribution_breakdown": [{
                "account_name": "Plaid Checking",
                "bank_name": "First Platypus Bank",
                "current_amount": money(GROSS - off),
                "iso_currency_code": "USD",
                "mask": "0000",
                "type": "checking",
                "unofficial_currency_code": null,
            }],
            "end_date": day,
            "gross_earnings": money(GROSS),
            "iso_currency_code": "USD",
            "pay_amount": money(GROSS - off),
            "pay_basis": "SALARY",
            "pay_date": day,
            "pay_frequency": "BIWEEKLY",
            "start_date": day - TimeDelta::days(EVERY - 1),
            "unofficial_currency_code": null,
        },
    })
}

fn money(cents: i64) -> Value {
    number(Decimal::new(cents, 2))
}

#[cfg(test)]
mod tests {
    use super::{count, of};
    use crate::bank::testing::linked;
    use crate::state::payroll::Flow;
    use serde_json::json;

    #[test]
    fn a_year_has_26_or_27_pay_days_and_stubs_add_up() {
        assert!((2020..2040).all(|year| matches!(count(year, None), 26 | 27)));
        let (tenant, id) = linked("user_good");
        let documents = of(&tenant.items[&id], Flow::Digital, tenant.now());
        assert_eq!((documents.stubs.len(), documents.w2s.len()), (2, 1));
        let stub = &documents.stubs[0];
        let amount = |name: &str, part: &str| stub[name][part]["current_amount"].as_f64().unwrap_or_default();
        let net = stub["net_pay"]["current_amount"].as_f64().unwrap_or_default();
        assert!((amount("earnings", "total") - amount("deductions", "total") - net).abs() < 0.001);
        assert_eq!(stub["pay_period_details"]["pay_date"], json!("2026-11-20"));
        assert!(documents.statements.is_empty());
    }
}
