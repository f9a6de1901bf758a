//! Any configuration is refused with a place, or gives data: nothing panics.

use chrono::{NaiveDate, TimeDelta};
use serde_json::{Map, Value, json};

use super::schema::{CONFIGURATION, Form};
use super::{liabilities, open, portfolio, read, rows};
use crate::ids::Ids;
use crate::state::{Item, ItemId, Persona};

const ROUNDS: u64 = 400;

/// A value of a form, and now and then one that is none.
fn value(form: &Form, random: &mut Ids) -> Value {
    let below = |random: &mut Ids, limit: u64| random.below(limit);
    match below(random, 40) {
        0 => return Value::Null,
        1 => return json!([{"x": 1}]),
        2 => return json!("\u{1f600}"),
        _ => {}
    }
    match form {
        Form::Text => ["", "x", "1111222233330000", "\u{e9}\u{e8}", "021000021"]
            .get(usize::try_from(below(random, 5)).unwrap_or_default())
            .copied()
            .unwrap_or_default()
            .into(),
        Form::OneOf(all) => all[usize::try_from(below(random, all.len() as u64)).unwrap_or_default()].into(),
        Form::Number => match below(random, 8) {
            0 => json!(0),
            1 => json!(-1.5),
            2 => json!(1e12),
            3 => json!(-1e12),
            4 => json!(1e300),
            5 => json!(0.000_000_000_001),
            _ => json!(below(random, 100_000)),
        },
        Form::Flag => (below(random, 2) == 0).into(),
        Form::Date => {
            let days = i64::try_from(below(random, 1_500)).unwrap_or_default() - 1_000;
            match below(random, 20) {
                0 => "9999-12-31".into(),
                1 => "0001-01-01".into(),
                _ => (today() + TimeDelta::days(days)).to_string().into(),
            }
        }
        Form::MonthDay => match below(random, 5) {
            0 => "last".into(),
            _ => json!(below(random, 30)),
        },
        Form::Object(properties) => {
            let mut object = Map::new();
            for (name, form) in *properties {
                if below(random, 3) > 0 || *name == "type" {
                    object.insert((*name).to_owned(), value(form, random));
                }
            }
            Value::Object(object)
        }
        Form::List(of) | Form::OneOrMore(of) => (0..below(random, 4)).map(|_| value(of, random)).collect(),
        Form::Anything => json!({"any": below(random, 9)}),
    }
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 28).unwrap_or_default()
}

#[test]
fn any_configuration_is_refused_or_gives_data() {
    let mut random = Ids::new(1, "fuzz");
    let (mut refused, mut opened, mut found) = (0, 0, 0);
    for _ in 0..ROUNDS {
        let mut config = value(&CONFIGURATION, &mut random);
        // Most configurations would be refused for their accounts, so half of them have one that fits.
        if random.below(2) == 0 {
            let row = json!({"date_transacted": "2026-11-01", "date_posted": "2026-11-02", "amount": 1e12, "description": "x"});
            let inflow = json!({"type": "monthly-balance-payment", "payment_day_of_month": "last",
                "statement_day_of_month": 28, "transaction_name": "y"});
            config = json!({"version": "1", "seed": random.long(), "override_accounts": [
                {"type": "credit", "transactions": [row, row], "inflow_model": inflow, "starting_balance": -1e12,
                    "meta": {"limit": 1e12}, "liability": value(&Form::Number, &mut random)},
                {"type": "depository", "subtype": "savings"},
            ]});
            if !config["override_accounts"][0]["liability"].is_null() {
                config["override_accounts"][0]["liability"] = json!({"purchase_apr": 1e12, "is_overdue": true});
            }
        }
        let config = match read(&config.to_string()) {
            Ok(config) => config,
            Err(error) => {
                assert_eq!(error.code, "INVALID_FIELD");
                refused += 1;
                continue;
            }
        };
        opened += 1;
        let (accounts, custom) = open(&config, today(), &mut random);
        portfolio(&accounts, &custom, today(), &mut random);
        liabilities(&accounts, &custom);
        let created = today().and_time(chrono::NaiveTime::MIN).and_utc();
        let mut item = Item::new(ItemId("x".to_owned()), "ins_1", "user_custom", Persona::Custom, created);
        (item.accounts, item.custom) = (accounts, Some(custom));
        found += rows(&item, today() - TimeDelta::days(120), today(), true, &mut random).len();
    }
    assert!(refused > 20 && opened > 20 && found > 500, "{refused} refused, {opened} opened, {found} transactions");
}
