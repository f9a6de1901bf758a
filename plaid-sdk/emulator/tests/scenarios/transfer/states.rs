//! The states of transfers, their events, and the amounts that move by themselves.

use super::{Client, INVALID_FIELD, INVALID_TRANSITION, SIMULATE, UNKNOWN, pair};
use plaid_emulator::Emulator;
use serde_json::{Value, json};

#[tokio::test]
async fn a_debit_goes_through_all_states_and_can_be_returned_at_the_end() {
    let noon = "2026-11-30T12:00:00Z".parse().expect("a time");
    let client = Client::start(Emulator::builder().frozen_at(noon)).await;
    let made = client.transfer("debit", "12.34", json!({})).await;
    assert_eq!(
        (&made["status"], &made["cancellable"], &made["network_trace_id"]),
        (&json!("pending"), &json!(true), &Value::Null)
    );
    assert_eq!(client.balance().await, pair("100.00", "12.34"));
    let event = |name: &str| json!({"transfer_id": made["id"], "event_type": name});
    for wrong in ["settled", "returned", "funds_available", "pending", "cancelled", "nonsense"] {
        assert_eq!(client.lab.fail(SIMULATE, event(wrong)).await, INVALID_TRANSITION, "{wrong}");
    }
    client.simulate(&made, &["posted"]).await;
    let posted = client.get(&made).await;
    assert_eq!((&posted["status"], &posted["cancellable"]), (&json!("posted"), &json!(false)));
    assert_eq!(posted["network_trace_id"].as_str().map(str::len), Some(15));
    for wrong in ["posted", "failed", "funds_available"] {
        assert_eq!(client.lab.fail(SIMULATE, event(wrong)).await, INVALID_TRANSITION, "{wrong}");
    }
    client.simulate(&made, &["settled"]).await;
    assert_eq!(client.balance().await, pair("100.00", "12.34"), "it is held");
    assert_eq!(client.get(&made).await["expected_funds_available_date"], "2026-12-07");
    client.simulate(&made, &["funds_available"]).await;
    assert_eq!(client.balance().await, pair("112.34", "0.00"));
    client.simulate(&made, &["returned"]).await;
    let returned = client.get(&made).await;
    assert_eq!(client.balance().await, pair("100.00", "0.00"), "it is taken back");
    let reason = json!({"ach_return_code": "R01", "description": "it was returned", "failure_code": "R01"});
    assert_eq!((&returned["failure_reason"], &returned["sweep_status"]), (&reason, &Value::Null));
    assert_eq!(returned["expected_funds_available_date"], Value::Null);
    assert_eq!(client.lab.fail(SIMULATE, event("settled")).await, INVALID_TRANSITION);
    assert_eq!(client.events().await, ["pending", "posted", "settled", "funds_available", "returned"]);
    let unknown = json!({"transfer_id": UNKNOWN, "event_type": "posted"});
    assert_eq!(client.lab.fail(SIMULATE, unknown).await, INVALID_FIELD);
}

#[tokio::test]
async fn returns_and_failures_say_why() {
    let client = Client::start(Emulator::builder()).await;
    let with = |transfer: &Value, event: &str, reason: Value| json!({"transfer_id": transfer["id"], "event_type": event, "failure_reason": reason});
    let failed = client.transfer("debit", "10.00", json!({})).await;
    let reason = json!({"failure_code": "R03", "description": "the network is down"});
    client.lab.call(SIMULATE, with(&failed, "failed", reason)).await;
    let failed = client.get(&failed).await;
    // Only what comes back has a code.
    let told = json!({"ach_return_code": null, "description": "the network is down", "failure_code": null});
    assert_eq!((&failed["status"], &failed["failure_reason"]), (&json!("failed"), &told));
    assert_eq!(client.balance().await, pair("100.00", "0.00"));

    let returned = client.transfer("debit", "10.00", json!({})).await;
    client.simulate(&returned, &["posted"]).await;
    let broken = with(&returned, "returned", json!({"failure_code": "not a code"}));
    assert_eq!(client.lab.fail(SIMULATE, broken).await, INVALID_FIELD);
    client.lab.call(SIMULATE, with(&returned, "returned", json!({"ach_return_code": "R10"}))).await;
    assert_eq!(client.get(&returned).await["failure_reason"]["failure_code"], "R10");
    let events = client.lab.call("/transfer/event/list", json!({"event_types": ["returned"]})).await;
    assert_eq!(events["transfer_events"][0]["failure_reason"]["ach_return_code"], "R10");
}

#[tokio::test]
async fn a_credit_is_paid_at_once_and_ends_settled() {
    let client = Client::start(Emulator::builder()).await;
    let made = client.transfer("credit", "40.00", json!({})).await;
    assert_eq!(client.balance().await, pair("60.00", "0.00"));
    assert_eq!((&made["credit_funds_source"], &made["expected_funds_available_date"]), (&json!("sweep"), &Value::Null));
    client.simulate(&made, &["posted", "settled"]).await;
    let available = json!({"transfer_id": made["id"], "event_type": "funds_available"});
    assert_eq!(client.lab.fail(SIMULATE, available).await, INVALID_TRANSITION);
    client.simulate(&made, &["returned"]).await;
    assert_eq!(client.balance().await, pair("100.00", "0.00"));
    // What is left of the ledger decides about the next one, and what is authorized is not reserved.
    let first = client.authorize("credit", "60.00", json!({})).await;
    client.transfer("credit", "60.00", json!({})).await;
    assert_eq!(client.lab.fail(super::CREATE, client.order(&first, json!({}))).await, INVALID_FIELD);
}

#[tokio::test]
async fn requests_for_payment_are_available_when_they_settle() {
    let client = Client::start(Emulator::builder()).await;
    let rtp = json!({"network": "rtp", "ach_class": null});
    let made = client.transfer("debit", "25.00", rtp.clone()).await;
    assert!(made.get("ach_class").is_none() && made["standard_return_window"].is_null(), "{made}");
    client.simulate(&made, &["posted", "settled"]).await;
    assert_eq!(client.balance().await, pair("125.00", "0.00"));
    let other = client.transfer("debit", "5.00", rtp).await;
    let cancel = json!({"transfer_id": other["id"]});
    assert_eq!(client.lab.fail("/transfer/cancel", cancel).await, "INVALID_REQUEST/MISSING_FIELDS");
    client.lab.call("/transfer/cancel", json!({"transfer_id": other["id"], "reason_code": "CUST"})).await;
    assert_eq!(client.get(&other).await["status"], "cancelled");
}

#[tokio::test]
async fn only_a_pending_transfer_can_be_cancelled() {
    let client = Client::start(Emulator::builder()).await;
    let made = client.transfer("debit", "5.00", json!({})).await;
    let cancel = json!({"transfer_id": made["id"]});
    client.lab.call("/transfer/cancel", cancel.clone()).await;
    let got = client.lab.call("/transfer/get", json!({"authorization_id": made["authorization_id"]})).await;
    let got = &got["transfer"];
    assert_eq!(
        (&got["status"], &got["cancellable"], &got["sweep_status"]),
        (&json!("cancelled"), &json!(false), &Value::Null)
    );
    assert_eq!(client.balance().await, pair("100.00", "0.00"));
    assert_eq!(client.events().await, ["pending", "cancelled"]);
    let refused = "TRANSFER_ERROR/TRANSFER_NOT_CANCELLABLE";
    assert_eq!(client.lab.fail("/transfer/cancel", cancel).await, refused);
    let posted = client.transfer("debit", "5.00", json!({})).await;
    client.simulate(&posted, &["posted"]).await;
    assert_eq!(client.lab.fail("/transfer/cancel", json!({"transfer_id": posted["id"]})).await, refused);
    assert_eq!(client.lab.fail("/transfer/cancel", json!({"transfer_id": UNKNOWN})).await, INVALID_FIELD);
}

#[tokio::test]
async fn some_amounts_move_by_themselves() {
    let cases: [(&str, &[&str], Option<&str>); 6] = [
        ("11.11", &["pending", "posted", "settled", "funds_available"], None),
        ("22.22", &["pending", "failed"], None),
        ("33.33", &["pending", "posted", "returned"], Some("R01")),
        ("44.44", &["pending", "posted", "returned"], Some("R02")),
        ("55.55", &["pending", "posted", "settled", "funds_available", "returned"], Some("R16")),
        ("66.66", &["pending", "posted", "settled", "returned"], Some("R01")),
    ];
    for (amount, events, code) in cases {
        let client = Client::start(Emulator::builder()).await;
        let made = client.transfer("debit", amount, json!({})).await;
        assert_eq!(made["status"], "pending");
        assert_eq!(client.events().await, events, "{amount}");
        let moved = client.get(&made).await;
        assert_eq!(moved["status"].as_str(), events.last().copied());
        assert_eq!(moved["failure_reason"]["failure_code"].as_str(), code, "{amount}");
        assert_eq!(client.announced(), 1, "the Sandbox announces these");
    }
    let client = Client::start(Emulator::builder()).await;
    client.transfer("credit", "11.11", json!({})).await;
    assert_eq!(client.events().await, ["pending", "posted", "settled"]);
    client.transfer("debit", "11.12", json!({})).await;
    assert_eq!(client.events().await.len(), 4, "other amounts wait");
}

#[tokio::test]
async fn at_the_pace_of_the_sandbox_they_take_time_and_what_was_simulated_stays() {
    let noon = "2026-11-30T12:00:00Z".parse().expect("a time");
    let client = Client::start(Emulator::builder().frozen_at(noon).pace(plaid_emulator::Pace::SANDBOX)).await;
    let made = client.transfer("debit", "11.11", json!({})).await;
    assert_eq!(client.get(&made).await["status"], "pending");
    client.lab.control("clock/advance", json!({"seconds": 10})).await;
    assert_eq!(client.get(&made).await["status"], "posted");
    let returned = json!({"transfer_id": made["id"], "event_type": "returned"});
    client.lab.call(SIMULATE, returned).await;
    client.lab.control("clock/advance", json!({"seconds": 600})).await;
    assert_eq!(client.get(&made).await["status"], "returned");
    let cancelled = client.transfer("debit", "11.11", json!({})).await;
    client.lab.call("/transfer/cancel", json!({"transfer_id": cancelled["id"]})).await;
    client.lab.control("clock/advance", json!({"seconds": 600})).await;
    assert_eq!(client.get(&cancelled).await["status"], "cancelled");
}
