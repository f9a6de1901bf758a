//! What is made of several transfers: sweeps, and repayments of returns.

use crate::support::Lab;
use plaid_emulator::Emulator;
use serde_json::{Value, json};

const SIMULATE: &str = "/sandbox/transfer/simulate";
const SWEEP: &str = "/sandbox/transfer/sweep/simulate";
const REPAY: &str = "/sandbox/transfer/repayment/simulate";
const UNKNOWN: &str = "d5394a4d-0b04-4a02-9f4a-7ca5c0f52f9d";

struct Payer {
    access: String,
    account: Value,
}

async fn payer(lab: &Lab) -> Payer {
    let access = lab.item("user_good", json!({})).await;
    let accounts = lab.call("/accounts/get", json!({"access_token": access})).await;
    Payer { account: accounts["accounts"][0]["account_id"].clone(), access }
}

async fn transfer(lab: &Lab, payer: &Payer, kind: &str, amount: &str, guarantee: bool) -> Value {
    let ach_class = if kind == "debit" { "web" } else { "ppd" };
    let body = json!({
        "access_token": payer.access, "account_id": payer.account, "type": kind, "network": "ach", "amount": amount,
        "ach_class": ach_class, "user": {"legal_name": "Ann"}, "request_guarantee": guarantee,
    });
    let authorization = lab.call("/transfer/authorization/create", body).await["authorization"].clone();
    let body = json!({
        "access_token": payer.access, "account_id": payer.account, "authorization_id": authorization["id"],
        "description": "rent",
    });
    lab.call("/transfer/create", body).await["transfer"].clone()
}

async fn simulate(lab: &Lab, transfer: &Value, events: &[&str]) {
    for event in events {
        lab.call(SIMULATE, json!({"transfer_id": transfer["id"], "event_type": event})).await;
    }
}

async fn status(lab: &Lab, transfer: &Value) -> Value {
    lab.call("/transfer/get", json!({"transfer_id": transfer["id"]})).await["transfer"]["sweep_status"].clone()
}

#[tokio::test]
async fn a_sweep_takes_all_transfers_that_were_not_swept() {
    let lab = Lab::start(Emulator::builder()).await;
    let payer = payer(&lab).await;
    let empty = lab.call(SWEEP, json!({})).await;
    assert!(empty.get("sweep").is_none(), "{empty}");
    let debit = transfer(&lab, &payer, "debit", "20.00", false).await;
    let credit = transfer(&lab, &payer, "credit", "7.50", false).await;
    let cancelled = transfer(&lab, &payer, "debit", "3.00", false).await;
    lab.call("/transfer/cancel", json!({"transfer_id": cancelled["id"]})).await;
    assert_eq!((status(&lab, &debit).await, status(&lab, &cancelled).await), (json!("unswept"), Value::Null));
    simulate(&lab, &debit, &["posted"]).await;

    let sweep = lab.call(SWEEP, json!({"webhook": "http://127.0.0.1:9/hook"})).await["sweep"].clone();
    assert_eq!((&sweep["amount"], &sweep["settled"]), (&json!("12.50"), &Value::Null));
    assert_eq!((status(&lab, &debit).await, status(&lab, &credit).await), (json!("swept"), json!("swept")));
    let id = json!({"sweep_id": sweep["id"]});
    let fired = lab.tenant().webhooks().into_iter().filter(|one| one.url.is_some()).map(|one| one.code);
    assert_eq!(fired.collect::<Vec<_>>(), ["TRANSFER_EVENTS_UPDATE"]);
    let of_debit = lab.call("/transfer/sweep/list", json!({"transfer_id": debit["id"]})).await["sweeps"].clone();
    assert_eq!(of_debit[0]["id"], sweep["id"]);
    let of_other = lab.call("/transfer/sweep/list", json!({"transfer_id": cancelled["id"]})).await["sweeps"].clone();
    assert_eq!(of_other, json!([]));

    // The next one settles it, and takes back what was returned since.
    let settled = lab.call(SWEEP, json!({})).await;
    assert!(settled.get("sweep").is_none(), "no money moves: {settled}");
    assert!(lab.call("/transfer/sweep/get", id).await["sweep"]["settled"].is_string());
    assert_eq!(status(&lab, &debit).await, "swept_settled");
    simulate(&lab, &debit, &["returned"]).await;
    let back = lab.call(SWEEP, json!({})).await["sweep"].clone();
    assert_eq!((&back["amount"], status(&lab, &debit).await), (&json!("-20.00"), json!("return_swept")));

    let events = lab.call("/transfer/event/list", json!({"transfer_id": debit["id"]})).await["transfer_events"].clone();
    let mut told: Vec<_> = events
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| (one["event_type"].clone(), one["sweep_id"].clone(), one["sweep_amount"].clone()))
        .collect();
    told.reverse();
    let plain = |kind: &str| (json!(kind), Value::Null, Value::Null);
    let expected = [
        plain("pending"),
        plain("posted"),
        (json!("swept"), sweep["id"].clone(), json!("20.00")),
        (json!("swept_settled"), sweep["id"].clone(), Value::Null),
        plain("returned"),
        (json!("return_swept"), back["id"].clone(), json!("-20.00")),
    ];
    assert_eq!(told, expected);
}

#[tokio::test]
async fn returns_of_guaranteed_transfers_are_repaid_once() {
    let lab = Lab::start(Emulator::builder()).await;
    let payer = payer(&lab).await;
    assert_eq!(lab.fail(REPAY, json!({})).await, "INVALID_REQUEST/INVALID_FIELD");
    let first = transfer(&lab, &payer, "debit", "20.00", true).await;
    let second = transfer(&lab, &payer, "debit", "7.50", true).await;
    let plain = transfer(&lab, &payer, "debit", "3.00", false).await;
    assert_eq!((&first["guarantee_decision"], &plain["guarantee_decision"]), (&json!("GUARANTEED"), &Value::Null));
    for one in [&first, &second, &plain] {
        simulate(&lab, one, &["posted"]).await;
    }
    assert_eq!(lab.fail(REPAY, json!({})).await, "INVALID_REQUEST/INVALID_FIELD", "nothing was returned");
    for one in [&first, &second, &plain] {
        simulate(&lab, one, &["returned"]).await;
    }
    lab.call(REPAY, json!({})).await;
    assert_eq!(lab.fail(REPAY, json!({})).await, "INVALID_REQUEST/INVALID_FIELD", "all is repaid");

    let repayments = lab.call("/transfer/repayment/list", json!({})).await["repayments"].clone();
    assert_eq!((repayments.as_array().map(Vec::len), &repayments[0]["amount"]), (Some(1), &json!("27.50")));
    let list = |more: Value| {
        let mut body = json!({"repayment_id": repayments[0]["repayment_id"]});
        body.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
        body
    };
    let path = "/transfer/repayment/return/list";
    let returns = lab.call(path, list(json!({}))).await["repayment_returns"].clone();
    let events =
        lab.call("/transfer/event/list", json!({"event_types": ["returned"]})).await["transfer_events"].clone();
    let event = |of: &Value| {
        let found = events.as_array().into_iter().flatten().find(|one| one["transfer_id"] == of["id"]);
        found.expect("an event")["event_id"].clone()
    };
    let line = |of: &Value| json!({"transfer_id": of["id"], "amount": of["amount"], "iso_currency_code": "USD", "event_id": event(of)});
    assert_eq!(returns, json!([line(&second), line(&first)]));
    let page = lab.call(path, list(json!({"count": 1, "offset": 1}))).await["repayment_returns"].clone();
    assert_eq!(page, json!([line(&first)]));
    assert_eq!(lab.fail(path, json!({"repayment_id": UNKNOWN})).await, "INVALID_REQUEST/INVALID_FIELD");
    assert_eq!(lab.fail(path, json!({})).await, "INVALID_REQUEST/MISSING_FIELDS");
}
