//! Recurring transfers and the test clocks that they follow.

use crate::support::{Lab, merged};
use chrono::{DateTime, Utc};
use plaid_emulator::Emulator;
use serde_json::{Value, json};

const CREATE: &str = "/transfer/recurring/create";
const ADVANCE: &str = "/sandbox/transfer/test_clock/advance";
const INVALID: &str = "INVALID_REQUEST/INVALID_FIELD";
const UNKNOWN: &str = "d5394a4d-0b04-4a02-9f4a-7ca5c0f52f9d";

fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_867_200, 0).expect("a valid time")
}

async fn clock(lab: &Lab, time: &str) -> Value {
    let made = lab.call("/sandbox/transfer/test_clock/create", json!({"virtual_time": time})).await;
    made["test_clock"]["test_clock_id"].clone()
}

async fn advance(lab: &Lab, clock: &Value, time: &str) {
    lab.call(ADVANCE, json!({"test_clock_id": clock, "new_virtual_time": time})).await;
}

/// The request of a weekly debit on Tuesdays.
async fn weekly(lab: &Lab, clock: &Value) -> Value {
    let access = lab.item("user_good", json!({})).await;
    let accounts = lab.call("/accounts/get", json!({"access_token": access})).await;
    json!({
        "access_token": access, "account_id": accounts["accounts"][0]["account_id"], "type": "debit", "network": "ach",
        "ach_class": "ppd", "amount": "12.34", "user": {"legal_name": "Ann"}, "description": "rent of November",
        "idempotency_key": "weekly", "test_clock_id": clock,
        "schedule": {
            "interval_unit": "week", "interval_count": 1, "interval_execution_day": 2, "start_date": "2022-11-15",
            "end_date": "2022-11-30",
        },
    })
}

async fn get(lab: &Lab, id: &Value) -> Value {
    lab.call("/transfer/recurring/get", json!({"recurring_transfer_id": id})).await["recurring_transfer"].clone()
}

async fn made(lab: &Lab, id: &Value) -> usize {
    get(lab, id).await["transfer_ids"].as_array().map(Vec::len).unwrap_or_default()
}

fn told(lab: &Lab, code: &str) -> Vec<Value> {
    let all = lab.tenant().webhooks().into_iter().filter(|one| one.code == code);
    all.map(|one| serde_json::from_str(&one.body).expect("JSON")).collect()
}

#[tokio::test]
async fn the_documented_weeks_of_a_test_clock() {
    let lab = Lab::start(Emulator::builder()).await;
    let clock = clock(&lab, "2022-11-14T07:00:00-08:00").await;
    let body = weekly(&lab, &clock).await;
    let created = lab.call(CREATE, body.clone()).await;
    assert_eq!((&created["decision"], &created["decision_rationale"]), (&json!("approved"), &Value::Null));
    let recurring = created["recurring_transfer"].clone();
    let id = recurring["recurring_transfer_id"].clone();
    for (name, value) in [
        ("status", json!("active")),
        ("transfer_ids", json!([])),
        ("next_origination_date", json!("2022-11-15")),
        ("created", json!("2022-11-14T15:00:00Z")),
        ("test_clock_id", clock.clone()),
        ("schedule", body["schedule"].clone()),
    ] {
        assert_eq!(recurring[name], value, "{name}");
    }
    let again = lab.call(CREATE, body).await;
    assert_eq!(again["recurring_transfer"], recurring, "the same key");
    for (time, transfers, status, next) in [
        ("2022-11-15T23:59:00-08:00", 1, "active", json!("2022-11-22")),
        ("2022-11-29T23:59:00-08:00", 3, "expired", Value::Null),
        ("2022-12-06T23:59:00-08:00", 3, "expired", Value::Null),
    ] {
        advance(&lab, &clock, time).await;
        let now = get(&lab, &id).await;
        assert_eq!(now["transfer_ids"].as_array().map(Vec::len), Some(transfers), "{time}");
        assert_eq!((&now["status"], &now["next_origination_date"]), (&json!(status), &next), "{time}");
    }
    let now = get(&lab, &id).await;
    let first = lab.call("/transfer/get", json!({"transfer_id": now["transfer_ids"][0]})).await["transfer"].clone();
    assert_eq!((&first["recurring_transfer_id"], &first["amount"]), (&id, &json!("12.34")));
    assert_eq!((&first["status"], &first["description"]), (&json!("pending"), &json!("rent of No")));
    assert!(first["created"].as_str().is_some_and(|time| time.starts_with("2022-11-15T")), "{first}");
    let new: Vec<Value> = told(&lab, "RECURRING_NEW_TRANSFER").iter().map(|one| one["transfer_id"].clone()).collect();
    assert_eq!(json!(new), now["transfer_ids"]);
    let events = lab.call("/transfer/event/sync", json!({"after_id": 0})).await["transfer_events"].clone();
    assert_eq!(events.as_array().map(Vec::len), Some(3), "one for each transfer");
}

#[tokio::test]
async fn a_day_without_money_is_skipped() {
    let lab = Lab::start(Emulator::builder()).await;
    let clock = clock(&lab, "2022-11-14T15:00:00Z").await;
    let body = weekly(&lab, &clock).await;
    let id = lab.call(CREATE, body.clone()).await["recurring_transfer"]["recurring_transfer_id"].clone();
    advance(&lab, &clock, "2022-11-16T00:00:00Z").await;
    let path = format!("items/{}/balances", body["access_token"].as_str().unwrap_or_default());
    lab.control(&path, json!({"account": "0000", "available": 5, "current": 5})).await;
    advance(&lab, &clock, "2022-11-23T00:00:00Z").await;
    assert_eq!((made(&lab, &id).await, &get(&lab, &id).await["status"]), (1, &json!("active")));
    let skipped = told(&lab, "RECURRING_TRANSFER_SKIPPED");
    assert_eq!(skipped.len(), 1);
    for (name, value) in [
        ("authorization_decision", json!("declined")),
        ("authorization_decision_rationale_code", json!("NSF")),
        ("recurring_transfer_id", id.clone()),
        ("skipped_origination_date", json!("2022-11-22")),
    ] {
        assert_eq!(skipped[0][name], value, "{name}");
    }
    lab.control(&path, json!({"account": "0000", "available": 500, "current": 500})).await;
    advance(&lab, &clock, "2022-11-30T00:00:00Z").await;
    assert_eq!((made(&lab, &id).await, &get(&lab, &id).await["status"]), (2, &json!("expired")));

    // What would be declined today is not begun.
    lab.control(&path, json!({"account": "0000", "available": 5, "current": 5})).await;
    let schedule = json!({
        "interval_unit": "month", "interval_count": 1, "interval_execution_day": -1, "start_date": "2022-12-01",
    });
    let declined = lab.call(CREATE, merged(body, json!({"idempotency_key": "later", "schedule": schedule}))).await;
    assert_eq!((&declined["decision"], declined.get("recurring_transfer")), (&json!("declined"), None));
    assert_eq!(declined["decision_rationale"]["code"], "NSF");
}

#[tokio::test]
async fn a_cancelled_one_makes_no_more_transfers() {
    let lab = Lab::start(Emulator::builder()).await;
    let clock = clock(&lab, "2022-11-14T15:00:00Z").await;
    let id = lab.call(CREATE, weekly(&lab, &clock).await).await["recurring_transfer"]["recurring_transfer_id"].clone();
    advance(&lab, &clock, "2022-11-16T00:00:00Z").await;
    let cancel = json!({"recurring_transfer_id": id});
    lab.call("/transfer/recurring/cancel", cancel.clone()).await;
    assert_eq!(lab.fail("/transfer/recurring/cancel", cancel).await, INVALID);
    advance(&lab, &clock, "2022-12-06T00:00:00Z").await;
    let now = get(&lab, &id).await;
    assert_eq!((made(&lab, &id).await, &now["status"]), (1, &json!("cancelled")));
    assert_eq!(now["next_origination_date"], Value::Null);
    assert_eq!(told(&lab, "RECURRING_CANCELLED")[0]["recurring_transfer_id"], id);
    for path in ["/transfer/recurring/cancel", "/transfer/recurring/get"] {
        assert_eq!(lab.fail(path, json!({"recurring_transfer_id": UNKNOWN})).await, INVALID, "{path}");
    }
}

#[tokio::test]
async fn plaid_cancels_one_whose_item_is_gone() {
    let lab = Lab::start(Emulator::builder()).await;
    let clock = clock(&lab, "2022-11-14T15:00:00Z").await;
    let body = weekly(&lab, &clock).await;
    let id = lab.call(CREATE, body.clone()).await["recurring_transfer"]["recurring_transfer_id"].clone();
    advance(&lab, &clock, "2022-11-16T00:00:00Z").await;
    lab.call("/item/remove", json!({"access_token": body["access_token"]})).await;
    advance(&lab, &clock, "2022-11-30T00:00:00Z").await;
    assert_eq!((made(&lab, &id).await, &get(&lab, &id).await["status"]), (1, &json!("cancelled")));
    assert_eq!(told(&lab, "RECURRING_CANCELLED").len(), 1);
}

#[tokio::test]
async fn without_a_test_clock_the_clock_of_all_makes_the_transfers() {
    // Saturday, 2026-11-28.
    let lab = Lab::start(Emulator::builder().frozen_at(noon())).await;
    let schedule = json!({
        "interval_unit": "month", "interval_count": 1, "interval_execution_day": 25, "start_date": "2026-11-29",
    });
    let body = weekly(&lab, &Value::Null).await;
    let body = merged(body, json!({"schedule": schedule, "ach_class": "web", "network": "same-day-ach"}));
    let created = lab.call(CREATE, body).await["recurring_transfer"].clone();
    // Christmas is a Friday, so Monday is due.
    assert_eq!((&created["next_origination_date"], &created["test_clock_id"]), (&json!("2026-12-28"), &Value::Null));
    let id = &created["recurring_transfer_id"];
    // Test clocks move their own transfers only.
    let clock = clock(&lab, "2026-11-28T12:00:00Z").await;
    advance(&lab, &clock, "2027-06-01T00:00:00Z").await;
    assert_eq!(made(&lab, id).await, 0);
    lab.control("clock/advance", json!({"to": "2026-12-28T04:00:00Z"})).await;
    assert_eq!(made(&lab, id).await, 0);
    lab.control("clock/advance", json!({"to": "2027-02-26T12:00:00Z"})).await;
    let now = get(&lab, id).await;
    assert_eq!((made(&lab, id).await, &now["next_origination_date"]), (3, &json!("2027-03-25")));
    let last = lab.call("/transfer/get", json!({"transfer_id": now["transfer_ids"][2]})).await["transfer"].clone();
    assert_eq!((&last["created"], &last["network"]), (&json!("2027-02-25T05:00:00Z"), &json!("same-day-ach")));
}

#[tokio::test]
async fn impossible_schedules_are_refused() {
    let lab = Lab::start(Emulator::builder()).await;
    let clock = clock(&lab, "2022-11-14T15:00:00Z").await;
    let body = weekly(&lab, &clock).await;
    let with = |more: Value| {
        let mut body = body.clone();
        body["schedule"] = merged(body["schedule"].clone(), more);
        body
    };
    for more in [
        json!({"interval_execution_day": 0}),
        json!({"interval_execution_day": 6}),
        json!({"interval_unit": "month", "interval_execution_day": 29}),
        json!({"interval_unit": "month", "interval_execution_day": -6}),
        json!({"interval_unit": "day"}),
        json!({"interval_count": 0}),
        json!({"start_date": "15.11.2022"}),
        // No Tuesday is between these days, or none that is still to come.
        json!({"start_date": "2022-11-16", "end_date": "2022-11-21"}),
        json!({"start_date": "2022-11-01", "end_date": "2022-11-13"}),
    ] {
        assert_eq!(lab.fail(CREATE, with(more.clone())).await, INVALID, "{more}");
    }
    let refusals = [
        (json!({"network": "rtp", "ach_class": null}), json!({"start_date": "2022-11-14"}), INVALID),
        (json!({"test_clock_id": UNKNOWN}), json!({}), INVALID),
        (json!({"amount": "1"}), json!({}), INVALID),
        (json!({"ach_class": null}), json!({}), "INVALID_REQUEST/MISSING_FIELDS"),
        (json!({"type": "credit", "ach_class": "web"}), json!({}), "TRANSFER_ERROR/TRANSFER_FORBIDDEN_ACH_CLASS"),
        (json!({"account_id": "x"}), json!({}), "INVALID_INPUT/INVALID_ACCOUNT_ID"),
        (json!({"access_token": "x"}), json!({}), "INVALID_INPUT/INVALID_ACCESS_TOKEN"),
    ];
    for (more, schedule, expected) in refusals {
        assert_eq!(lab.fail(CREATE, merged(with(schedule), more.clone())).await, expected, "{more}");
    }
    let list = lab.call("/transfer/recurring/list", json!({})).await;
    assert_eq!(list["recurring_transfers"], json!([]), "nothing was made");
}

#[tokio::test]
async fn test_clocks_are_listed_by_time_and_move_forward_only() {
    let lab = Lab::start(Emulator::builder().frozen_at(noon())).await;
    let late = clock(&lab, "2026-12-14T07:00:00Z").await;
    let early = clock(&lab, "2026-11-14T07:00:00Z").await;
    let present = lab.call("/sandbox/transfer/test_clock/create", json!({})).await["test_clock"].clone();
    assert_eq!(present["virtual_time"], "2026-11-28T12:00:00Z");
    let list = async |body: Value| {
        let clocks = lab.call("/sandbox/transfer/test_clock/list", body).await["test_clocks"].clone();
        clocks.as_array().into_iter().flatten().map(|one| one["test_clock_id"].clone()).collect::<Vec<_>>()
    };
    let present = present["test_clock_id"].clone();
    assert_eq!(list(json!({})).await, [early.clone(), present.clone(), late.clone()]);
    let page = list(json!({"count": 1, "offset": 1})).await;
    assert_eq!(page.first(), Some(&present));
    assert_eq!(page.len(), 1);
    assert_eq!(list(json!({"start_virtual_time": "2026-11-28T12:00:00Z"})).await, [present.clone(), late.clone()]);
    assert_eq!(list(json!({"end_virtual_time": "2026-11-28T12:00:00Z"})).await, [early.clone(), present]);
    advance(&lab, &early, "2026-11-29T00:00:00Z").await;
    let got = lab.call("/sandbox/transfer/test_clock/get", json!({"test_clock_id": early})).await["test_clock"].clone();
    assert_eq!(got["virtual_time"], "2026-11-29T00:00:00Z");
    let back = json!({"test_clock_id": early, "new_virtual_time": "2026-11-15T00:00:00Z"});
    assert_eq!(lab.fail(ADVANCE, back).await, INVALID);
    let unknown = json!({"test_clock_id": UNKNOWN});
    assert_eq!(lab.fail("/sandbox/transfer/test_clock/get", unknown.clone()).await, INVALID);
    let unknown = merged(unknown, json!({"new_virtual_time": "2026-12-15T00:00:00Z"}));
    assert_eq!(lab.fail(ADVANCE, unknown).await, INVALID);
    assert_eq!(lab.fail("/sandbox/transfer/test_clock/create", json!({"virtual_time": "noon"})).await, INVALID);
}

#[tokio::test]
async fn a_test_clock_has_limits() {
    let lab = Lab::start(Emulator::builder()).await;
    let clock = clock(&lab, "2022-11-14T15:00:00Z").await;
    let mut body = weekly(&lab, &clock).await;
    body["schedule"]["end_date"] = Value::Null;
    body["amount"] = "1.00".into();
    let mut ids = Vec::new();
    for number in 0..5 {
        let created = lab.call(CREATE, merged(body.clone(), json!({"idempotency_key": number.to_string()}))).await;
        ids.push(created["recurring_transfer"]["recurring_transfer_id"].clone());
    }
    assert_eq!(lab.fail(CREATE, body.clone()).await, INVALID, "five follow it");
    // Twenty Tuesdays are possible at once, twenty-one are not.
    let to = |time: &str| json!({"test_clock_id": clock, "new_virtual_time": time});
    assert_eq!(lab.fail(ADVANCE, to("2023-04-05T00:00:00Z")).await, INVALID);
    assert_eq!(made(&lab, &ids[0]).await, 0, "a refused step makes nothing");
    lab.call(ADVANCE, to("2023-03-29T00:00:00Z")).await;
    for id in &ids {
        assert_eq!(made(&lab, id).await, 20);
    }
    let list = lab.call("/transfer/recurring/list", json!({"count": 2, "offset": 1})).await;
    let found = list["recurring_transfers"].as_array().cloned().unwrap_or_default();
    let found: Vec<&Value> = found.iter().map(|one| &one["recurring_transfer_id"]).collect();
    assert_eq!(found, [&ids[3], &ids[2]], "newest first");
    for none in [json!({"end_time": "2022-11-14T14:59:59Z"}), json!({"funding_account_id": UNKNOWN})] {
        let list = lab.call("/transfer/recurring/list", none).await;
        assert_eq!(list["recurring_transfers"], json!([]));
    }
    assert_eq!(lab.fail("/transfer/recurring/list", json!({"count": 0})).await, INVALID);
}
