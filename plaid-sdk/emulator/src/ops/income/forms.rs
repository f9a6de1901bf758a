//! Tax forms: W-2 of employees, 1099 of those who work on their own account.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::parts::{OFF, earned, employee, employer, id, metadata};
use crate::ops::account_view::number;
use crate::state::Item;
use crate::state::payroll::Documents;

/// The texts of a W-2 that are not set by an employment.
pub const TEXTS: [&str; 17] = [
    "allocated_tips",
    "box_9",
    "dependent_care_benefits",
    "employer_id_number",
    "federal_income_tax_withheld",
    "medicare_tax_withheld",
    "medicare_wages_and_tips",
    "nonqualified_plans",
    "other",
    "retirement_plan",
    "social_security_tax_withheld",
    "social_security_tips",
    "social_security_wages",
    "statutory_employee",
    "tax_year",
    "third_party_sick_pay",
    "wages_tips_other_comp",
];
/// What comes in by card each month, in cents, and what a client pays in a year.
const BY_CARD: i64 = 1_550_000;
const BY_CLIENT: i64 = 1_200_000;
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The W-2 of a year with a number of pay days.
pub fn w2(item: &Item, year: i32, times: i64) -> Value {
    let text = |cents: i64| json!(format!("{:.2}", Decimal::new(cents, 2)));
    let off = |index: usize| text(OFF.get(index).map_or(0, |(_, cents)| cents * times));
    let wages = text(earned(times));
    let mut shown: Map<String, Value> = TEXTS.into_iter().map(|name| (name.to_owned(), Value::Null)).collect();
    let set = json!({
        "box_12": [],
        "document_id": id(item, &format!("w2/{year}")),
        "document_metadata": metadata(&format!("w2-{year}.pdf"), "US_TAX_W2"),
        "employee": employee(),
        "employer": employer(),
        "employer_id_number": "12-1234567",
        "federal_income_tax_withheld": off(0),
        "medicare_tax_withheld": off(2),
        "medicare_wages_and_tips": wages,
        "social_security_tax_withheld": off(1),
        "social_security_wages": wages,
        "state_and_local_wages": [{
            "employer_state_id_number": "123-4567-8",
            "local_income_tax": null,
            "local_wages_tips": null,
            "locality_name": null,
            "state": "CA",
            "state_income_tax": off(3),
            "state_wages_tips": wages,
        }],
        "tax_year": year.to_string(),
        "wages_tips_other_comp": wages,
    });
    shown.extend(set.as_object().cloned().unwrap_or_default());
    Value::Object(shown)
}

/// The forms of somebody who works on their own account: from a client, and from a processor of cards.
pub fn self_employed(item: &Item, today: NaiveDate) -> Documents {
    let year = today.year() - 1;
    let money = |cents: i64| number(Decimal::new(cents, 2));
    let form = |name: &str, kind: &str| {
        let person = employee();
        json!({
            "document_id": id(item, &format!("{name}/{year}")),
            "document_metadata": metadata(&format!("{name}-{year}.pdf"), "UNKNOWN"),
            "form_1099_type": kind,
            "recipient": {"address": person["address"], "name": person["name"], "tin": "***-**-6789"},
            "tax_year": year.to_string(),
        })
    };
    let payer = json!({"address": employer()["address"], "name": employer()["name"], "tin": "12-1234567"});
    let mut client = form("1099-misc", "FORM_1099_TYPE_MISC");
    client["nonemployee_compensation"] = money(BY_CLIENT);
    client["payer"] = payer.clone();
    let mut cards = form("1099-k", "FORM_1099_TYPE_K");
    cards["filer"] = payer;
    cards["gross_amount"] = money(BY_CARD * 12);
    for month in MONTHS {
        cards[format!("{month}_amount")] = money(BY_CARD);
    }
    Documents { forms_1099: vec![client, cards], ..Documents::default() }
}
