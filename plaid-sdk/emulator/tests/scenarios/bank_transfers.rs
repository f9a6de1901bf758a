//! Bank Transfer: states, events, the balance, sweeps, errors.

use crate::support::{Lab, merged};
use chrono::{DateTime, Utc};
use plaid_emulator::Emulator;
use serde_json::{Value, json};

const CREATE: &str = "/bank_transfer/create";
const SIMULATE: &str = "/sandbox/bank_transfer/simulate";
const INVALID: &str = "INVALID_REQUEST/INVALID_FIELD";
const UNKNOWN: &str = "d5394a4d-0b04-4a02-9f4a-7ca5c0f52f9d";
const WRONG_EVENT: &str = "SANDBOX_ERROR/SANDBOX_BANK_TRANSFER_EVENT_TRANSITION_INVALID";

fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_867_200, 0).expect("a valid time")
}

/// An Item, and the request of a debit of its checking account.
async fn payer(lab: &Lab) -> Value {
    let access = lab.item("user_good", json!({})).await;
    let accounts = lab.call("/accounts/get", json!({"access_token": access})).await;
    json!({
        "access_token": access, "account_id": accounts["accounts"][0]["account_id"], "type": "debit", "network": "ach",
        "amount": "12.34", "iso_currency_code": "USD", "description": "rent", "ach_class": "web",
        "user": {"legal_name": "Ann"}, "idempotency_key": "first",
    })
}

async fn make(lab: &Lab, payer: &Value, more: Value) -> Value {
    lab.call(CREATE, merged(payer.clone(), more)).await["bank_transfer"].clone()
}

async fn simulate(lab: &Lab, one: &Value, event: &str) {
    lab.call(SIMULATE, json!({"bank_transfer_id": one["id"], "event_type": event})).await;
}

async fn balance(lab: &Lab) -> (String, String) {
    let balance = lab.call("/bank_transfer/balance/get", json!({})).await["balance"].clone();
    let text = |name: &str| balance[name].as_str().unwrap_or_default().to_owned();
    (text("available"), text("transactable"))
}

fn pair(available: &str, transactable: &str) -> (String, String) {
    (available.to_owned(), transactable.to_owned())
}

#[tokio::test]
async fn a_bank_transfer_is_posted_and_comes_back() {
    let lab = Lab::start(Emulator::builder().frozen_at(noon())).await;
    let payer = payer(&lab).await;
    let made = make(&lab, &payer, json!({"custom_tag": "t", "metadata": {"order": "7"}})).await;
    for (name, value) in [
        ("status", json!("pending")),
        ("cancellable", json!(true)),
        ("direction", json!("outbound")),
        ("amount", json!("12.34")),
        ("custom_tag", json!("t")),
        ("metadata", json!({"order": "7"})),
        ("created", json!("2026-11-28T12:00:00Z")),
        ("failure_reason", Value::Null),
    ] {
        assert_eq!(made[name], value, "{name}");
    }
    assert_eq!(made["user"], json!({"email_address": null, "legal_name": "Ann", "routing_number": "011401533"}));
    assert_eq!(balance(&lab).await, pair("100.00", "100.00"), "a pending debit does not count");
    assert_eq!(
        lab.fail(SIMULATE, json!({"bank_transfer_id": made["id"], "event_type": "reversed"})).await,
        WRONG_EVENT
    );
    simulate(&lab, &made, "posted").await;
    assert_eq!(balance(&lab).await, pair("112.34", "112.34"));
    let reason = json!({"ach_return_code": "R10", "description": "not agreed"});
    let body = json!({"bank_transfer_id": made["id"], "event_type": "reversed", "failure_reason": reason});
    lab.call(SIMULATE, body.clone()).await;
    assert_eq!(lab.fail(SIMULATE, body).await, WRONG_EVENT, "only once");
    assert_eq!(balance(&lab).await, pair("100.00", "100.00"));
    let got = lab.call("/bank_transfer/get", json!({"bank_transfer_id": made["id"]})).await["bank_transfer"].clone();
    assert_eq!((&got["status"], &got["failure_reason"]), (&json!("reversed"), &reason));
    assert_eq!(got["cancellable"], false);

    let events = lab.call("/bank_transfer/event/sync", json!({"after_id": 0})).await["bank_transfer_events"].clone();
    let told: Vec<_> = events
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| {
            (one["event_id"].as_u64(), one["event_type"].as_str(), one["failure_reason"]["ach_return_code"].as_str())
        })
        .collect();
    let expected =
        [(Some(1), Some("pending"), None), (Some(2), Some("posted"), None), (Some(3), Some("reversed"), Some("R10"))];
    assert_eq!(told, expected);
    assert_eq!((&events[0]["bank_transfer_id"], &events[0]["bank_transfer_amount"]), (&made["id"], &json!("12.34")));
    let page = lab.call("/bank_transfer/event/sync", json!({"after_id": 1, "count": 1})).await;
    assert_eq!(page["bank_transfer_events"], json!([events[1]]));

    lab.call("/sandbox/bank_transfer/fire_webhook", json!({"webhook": "http://127.0.0.1:9/hook"})).await;
    assert_eq!(lab.fail("/sandbox/bank_transfer/fire_webhook", json!({"webhook": "no url"})).await, INVALID);
    let fired: Vec<_> = lab.tenant().webhooks().into_iter().map(|one| (one.kind, one.code)).collect();
    assert!(fired.contains(&("BANK_TRANSFERS".to_owned(), "BANK_TRANSFERS_EVENTS_UPDATE".to_owned())), "{fired:?}");
    // The user said no, so the account can't be used any more.
    let again = merged(payer, json!({"idempotency_key": "second"}));
    assert_eq!(lab.fail(CREATE, again).await, "BANK_TRANSFER_ERROR/BANK_TRANSFER_ACCOUNT_BLOCKED");
}

#[tokio::test]
async fn a_bank_transfer_is_cancelled_before_it_is_posted() {
    let lab = Lab::start(Emulator::builder()).await;
    let payer = payer(&lab).await;
    let key = |key: &str| json!({"idempotency_key": key, "type": "credit", "ach_class": "ppd", "amount": "30.00"});
    let made = make(&lab, &payer, key("a")).await;
    assert_eq!(balance(&lab).await, pair("70.00", "70.00"), "a credit counts at once");
    let cancel = json!({"bank_transfer_id": made["id"]});
    lab.call("/bank_transfer/cancel", cancel.clone()).await;
    assert_eq!(balance(&lab).await, pair("100.00", "100.00"));
    let not_now = "BANK_TRANSFER_ERROR/BANK_TRANSFER_NOT_CANCELLABLE";
    assert_eq!(lab.fail("/bank_transfer/cancel", cancel).await, not_now);
    let posted = make(&lab, &payer, key("b")).await;
    simulate(&lab, &posted, "posted").await;
    assert_eq!(lab.fail("/bank_transfer/cancel", json!({"bank_transfer_id": posted["id"]})).await, not_now);
    let failed = make(&lab, &payer, key("c")).await;
    let body = json!({
        "bank_transfer_id": failed["id"], "event_type": "failed",
        "failure_reason": {"ach_return_code": "R02", "description": "closed"},
    });
    lab.call(SIMULATE, body).await;
    let got = lab.call("/bank_transfer/get", json!({"bank_transfer_id": failed["id"]})).await["bank_transfer"].clone();
    // Only what came back has a code.
    assert_eq!(got["failure_reason"], json!({"ach_return_code": null, "description": "closed"}));
    assert_eq!((&got["status"], &got["cancellable"]), (&json!("failed"), &json!(false)));
    let got = lab.call("/bank_transfer/get", json!({"bank_transfer_id": made["id"]})).await["bank_transfer"].clone();
    assert_eq!((&got["status"], &got["failure_reason"]), (&json!("cancelled"), &Value::Null));
    let events = lab.call("/bank_transfer/event/sync", json!({"after_id": 0})).await["bank_transfer_events"].clone();
    let events = events.as_array().into_iter().flatten();
    let told: Vec<_> = events.map(|one| (one["bank_transfer_id"].clone(), one["event_type"].clone())).collect();
    let expected = [
        (&made, "pending"),
        (&made, "cancelled"),
        (&posted, "pending"),
        (&posted, "posted"),
        (&failed, "pending"),
        (&failed, "failed"),
    ];
    assert_eq!(told, expected.map(|(one, event)| (one["id"].clone(), json!(event))));
    assert_eq!(balance(&lab).await, pair("70.00", "70.00"));
    for path in ["/bank_transfer/cancel", "/bank_transfer/get"] {
        assert_eq!(lab.fail(path, json!({"bank_transfer_id": UNKNOWN})).await, INVALID, "{path}");
    }
    let unknown = json!({"bank_transfer_id": UNKNOWN, "event_type": "posted"});
    assert_eq!(lab.fail(SIMULATE, unknown).await, INVALID);
    let odd = json!({"bank_transfer_id": made["id"], "event_type": "settled"});
    assert_eq!(lab.fail(SIMULATE, odd).await, WRONG_EVENT);
}

#[tokio::test]
async fn bank_transfers_that_can_not_be_made_are_refused() {
    let lab = Lab::start(Emulator::builder()).await;
    let payer = payer(&lab).await;
    assert_eq!(lab.fail(CREATE, json!({})).await, "INVALID_REQUEST/MISSING_FIELDS");
    let accounts = lab.call("/accounts/get", json!({"access_token": payer["access_token"]})).await;
    let refusals = [
        (json!({"amount": "12.3"}), INVALID),
        (json!({"amount": "-1.00"}), INVALID),
        (json!({"amount": "0.00"}), INVALID),
        (json!({"iso_currency_code": "EUR"}), INVALID),
        (json!({"ach_class": null}), "INVALID_REQUEST/MISSING_FIELDS"),
        (json!({"type": "credit"}), INVALID),
        (json!({"network": "wire"}), INVALID),
        (json!({"network": "rtp"}), INVALID),
        (json!({"metadata": {"a": 1}}), INVALID),
        (json!({"account_id": "x"}), "INVALID_INPUT/INVALID_ACCOUNT_ID"),
        (json!({"access_token": "x"}), "INVALID_INPUT/INVALID_ACCESS_TOKEN"),
        (json!({"amount": "10000000.01"}), "BANK_TRANSFER_ERROR/BANK_TRANSFER_LIMIT_EXCEEDED"),
        (
            json!({"account_id": accounts["accounts"][2]["account_id"]}),
            "BANK_TRANSFER_ERROR/BANK_TRANSFER_UNSUPPORTED_ACCOUNT_TYPE",
        ),
        (json!({"origination_account_id": UNKNOWN}), "BANK_TRANSFER_ERROR/BANK_TRANSFER_INVALID_ORIGINATION_ACCOUNT"),
        (
            json!({"type": "credit", "ach_class": "ccd", "amount": "100.01"}),
            "BANK_TRANSFER_ERROR/BANK_TRANSFER_INSUFFICIENT_FUNDS",
        ),
    ];
    for (more, expected) in refusals {
        assert_eq!(lab.fail(CREATE, merged(payer.clone(), more.clone())).await, expected, "{more}");
    }
    let events = lab.call("/bank_transfer/event/list", json!({})).await["bank_transfer_events"].clone();
    assert_eq!(events, json!([]), "nothing was made");
    lab.call("/sandbox/item/reset_login", json!({"access_token": payer["access_token"]})).await;
    assert_eq!(lab.fail(CREATE, payer.clone()).await, "ITEM_ERROR/ITEM_LOGIN_REQUIRED");
    lab.call("/item/remove", json!({"access_token": payer["access_token"]})).await;
    assert_eq!(lab.fail(CREATE, payer).await, "ITEM_ERROR/ITEM_NOT_FOUND");
}

#[tokio::test]
async fn one_key_makes_one_bank_transfer_and_processors_make_them_too() {
    let lab = Lab::start(Emulator::builder()).await;
    let payer = payer(&lab).await;
    let made = make(&lab, &payer, json!({})).await;
    assert_eq!(make(&lab, &payer, json!({"amount": "9.99"})).await, made, "the same key");
    let token = json!({
        "access_token": payer["access_token"], "account_id": payer["account_id"], "processor": "dwolla",
    });
    let token = lab.call("/processor/token/create", token).await["processor_token"].clone();
    let mut body = merged(payer.clone(), json!({"processor_token": token, "idempotency_key": "p"}));
    for name in ["access_token", "account_id"] {
        body.as_object_mut().expect("an object").remove(name);
    }
    let path = "/processor/bank_transfer/create";
    let by_processor = lab.call(path, body.clone()).await["bank_transfer"].clone();
    assert_eq!(by_processor["account_id"], payer["account_id"]);
    assert_eq!(lab.call(path, body.clone()).await["bank_transfer"], by_processor);
    let unknown = merged(body, json!({"processor_token": "processor-sandbox-x", "idempotency_key": "q"}));
    assert_eq!(lab.fail(path, unknown).await, "INVALID_INPUT/INVALID_PROCESSOR_TOKEN");

    // An account whose numbers the application knew can be used as well.
    let numbers = json!({"account_number": "100000000", "routing_number": "121122676", "account_type": "checking"});
    let item = lab.call("/bank_transfer/migrate_account", numbers).await;
    let more = json!({
        "access_token": item["access_token"], "account_id": item["account_id"], "idempotency_key": "m",
        "type": "credit", "network": "wire",
    });
    let wire = make(&lab, &payer, more).await;
    assert_eq!((&wire["network"], &wire["user"]["routing_number"]), (&json!("wire"), &json!("121122676")));
}

#[tokio::test]
async fn bank_transfers_and_their_events_are_listed() {
    let lab = Lab::start(Emulator::builder().frozen_at(noon())).await;
    let payer = payer(&lab).await;
    let mut made = Vec::new();
    for number in 0..4 {
        let kind = if number == 3 { "credit" } else { "debit" };
        let more = json!({"idempotency_key": format!("k{number}"), "type": kind, "ach_class": "ccd"});
        made.push(make(&lab, &payer, more).await);
        lab.control("clock/advance", json!({"seconds": 3600})).await;
    }
    simulate(&lab, &made[0], "posted").await;
    let ids = |list: &Value, name: &str| -> Vec<Value> {
        list.as_array().into_iter().flatten().map(|one| one[name].clone()).collect()
    };
    let list = async |body: Value| ids(&lab.call("/bank_transfer/list", body).await["bank_transfers"], "id");
    let newest = |from: &[usize]| from.iter().map(|index| made[*index]["id"].clone()).collect::<Vec<_>>();
    assert_eq!(list(json!({})).await, newest(&[3, 2, 1, 0]));
    assert_eq!(list(json!({"count": 2, "offset": 1})).await, newest(&[2, 1]));
    let between = json!({"start_date": "2026-11-28T13:00:00Z", "end_date": "2026-11-28T14:30:00Z"});
    assert_eq!(list(between).await, newest(&[2, 1]));
    assert_eq!(list(json!({"direction": "inbound"})).await, newest(&[]));
    assert_eq!(list(json!({"direction": "outbound", "offset": 3})).await, newest(&[0]));
    for wrong in [json!({"count": 26}), json!({"offset": -1}), json!({"start_date": "yesterday"})] {
        assert_eq!(lab.fail("/bank_transfer/list", wrong).await, INVALID);
    }
    let events =
        async |body: Value| ids(&lab.call("/bank_transfer/event/list", body).await["bank_transfer_events"], "event_id");
    assert_eq!(events(json!({})).await, [5, 4, 3, 2, 1].map(Value::from));
    assert_eq!(events(json!({"bank_transfer_id": made[0]["id"]})).await, [5, 1].map(Value::from));
    assert_eq!(events(json!({"event_types": ["posted"]})).await, [5].map(Value::from));
    assert_eq!(events(json!({"bank_transfer_type": "credit"})).await, [4].map(Value::from));
    assert_eq!(events(json!({"count": 2, "offset": 1})).await, [4, 3].map(Value::from));
    assert_eq!(events(json!({"account_id": UNKNOWN})).await, Vec::<Value>::new());
    assert_eq!(events(json!({"direction": "inbound"})).await, Vec::<Value>::new());
    assert_eq!(events(json!({"end_date": "2026-11-28T12:30:00Z"})).await, [1].map(Value::from));
    let foreign = json!({"origination_account_id": UNKNOWN});
    for path in ["/bank_transfer/list", "/bank_transfer/event/list", "/bank_transfer/balance/get"] {
        let code = "BANK_TRANSFER_ERROR/BANK_TRANSFER_INVALID_ORIGINATION_ACCOUNT";
        assert_eq!(lab.fail(path, foreign.clone()).await, code, "{path}");
    }
}

#[tokio::test]
async fn posted_bank_transfers_are_swept_and_reversed_ones_swept_back() {
    let lab = Lab::start(Emulator::builder().frozen_at(noon())).await;
    let payer = payer(&lab).await;
    let debit = make(&lab, &payer, json!({"idempotency_key": "a"})).await;
    let credit = json!({"idempotency_key": "b", "type": "credit", "ach_class": "ppd", "amount": "5.00"});
    let credit = make(&lab, &payer, credit).await;
    let failed = make(&lab, &payer, json!({"idempotency_key": "c", "amount": "7.00"})).await;
    let sweeps = async |body: Value| lab.call("/bank_transfer/sweep/list", body).await["sweeps"].clone();
    assert_eq!(sweeps(json!({})).await, json!([]), "nothing is posted yet");
    for (one, event) in [(&debit, "posted"), (&credit, "posted"), (&failed, "failed"), (&debit, "reversed")] {
        lab.control("clock/advance", json!({"seconds": 3600})).await;
        simulate(&lab, one, event).await;
    }
    let all = sweeps(json!({})).await;
    let amounts: Vec<&Value> = all.as_array().into_iter().flatten().map(|one| &one["amount"]).collect();
    assert_eq!(amounts, [&json!("-12.34"), &json!("-5.00"), &json!("12.34")], "newest first");
    for sweep in all.as_array().into_iter().flatten() {
        let got = lab.call("/bank_transfer/sweep/get", json!({"sweep_id": sweep["id"]})).await;
        assert_eq!(&got["sweep"], sweep);
    }
    let of_account = json!({"origination_account_id": debit["origination_account_id"], "count": 1});
    assert_eq!(sweeps(of_account).await, json!([all[0]]));
    assert_eq!(sweeps(json!({"end_time": "2026-11-28T13:00:00Z"})).await, json!([all[2]]));
    assert_eq!(sweeps(json!({"start_time": "2026-11-28T14:00:00Z"})).await, json!([all[0], all[1]]));
    let unknown = json!({"origination_account_id": UNKNOWN});
    let code = "BANK_TRANSFER_ERROR/BANK_TRANSFER_INVALID_ORIGINATION_ACCOUNT";
    assert_eq!(lab.fail("/bank_transfer/sweep/list", unknown).await, code);
    let again = json!({"bank_transfer_id": debit["id"], "event_type": "posted"});
    assert_eq!(lab.fail(SIMULATE, again).await, WRONG_EVENT);
    assert_eq!(sweeps(json!({})).await, all, "a refused change sweeps nothing");
    assert_eq!(lab.fail("/bank_transfer/sweep/get", json!({"sweep_id": UNKNOWN})).await, INVALID);
    assert_eq!(lab.fail("/bank_transfer/sweep/get", json!({})).await, "INVALID_REQUEST/MISSING_FIELDS");
}
