//! Refunds: their rules, states and sweeps.

use super::{Client, INVALID_FIELD, INVALID_TRANSITION, UNKNOWN, pair};
use plaid_emulator::Emulator;
use serde_json::{Value, json};

const CREATE: &str = "/transfer/refund/create";
const SIMULATE: &str = "/sandbox/transfer/refund/simulate";
const SWEEP: &str = "/sandbox/transfer/sweep/simulate";

fn refund(transfer: &Value, key: &str, amount: &str) -> Value {
    json!({"transfer_id": transfer["id"], "amount": amount, "idempotency_key": key})
}

impl Client {
    async fn move_refund(&self, refund: &Value, events: &[&str]) {
        for event in events {
            let body = json!({"refund_id": refund["id"], "event_type": format!("refund.{event}")});
            self.lab.call(SIMULATE, body).await;
        }
    }

    async fn refund(&self, refund: &Value) -> Value {
        self.lab.call("/transfer/refund/get", json!({"refund_id": refund["id"]})).await["refund"].clone()
    }
}

#[tokio::test]
async fn refunds_are_not_more_than_what_was_paid_and_what_the_ledger_has() {
    let client = Client::start(Emulator::builder()).await;
    let made = client.transfer("debit", "10.00", json!({})).await;
    client.simulate(&made, &["posted", "settled"]).await;
    let first = client.lab.call(CREATE, refund(&made, "a", "6.00")).await["refund"].clone();
    assert_eq!((&first["status"], &first["transfer_id"]), (&json!("pending"), &made["id"]));
    assert_eq!(client.balance().await, pair("94.00", "10.00"));
    assert_eq!(client.lab.call(CREATE, refund(&made, "a", "1.00")).await["refund"], first, "the same key makes one");
    for (key, amount) in [("b", "4.01"), ("c", "0.00"), ("d", "4"), ("e", "-1.00")] {
        assert_eq!(client.lab.fail(CREATE, refund(&made, key, amount)).await, INVALID_FIELD, "{amount}");
    }
    client.lab.call("/transfer/refund/cancel", json!({"refund_id": first["id"]})).await;
    assert_eq!(client.refund(&first).await["status"], "cancelled");
    assert_eq!(client.balance().await, pair("100.00", "10.00"));
    let again = client.lab.fail("/transfer/refund/cancel", json!({"refund_id": first["id"]})).await;
    assert_eq!(again, "TRANSFER_ERROR/TRANSFER_NOT_CANCELLABLE");
    let all = client.lab.call(CREATE, refund(&made, "f", "10.00")).await["refund"].clone();
    let shown = client.get(&made).await["refunds"].clone();
    assert_eq!(shown, json!([client.refund(&first).await, all]));
    let events = client.events().await;
    assert_eq!(events, ["pending", "posted", "settled", "refund.pending", "refund.cancelled", "refund.pending"]);
    let told = client.lab.call("/transfer/event/list", json!({"transfer_id": made["id"], "count": 1})).await;
    assert_eq!(told["transfer_events"][0]["refund_id"], all["id"]);

    let empty = json!({"amount": "90.00", "idempotency_key": "w", "network": "ach"});
    client.lab.call("/transfer/ledger/withdraw", empty).await;
    let other = client.transfer("debit", "10.00", json!({})).await;
    client.simulate(&other, &["posted", "settled"]).await;
    assert_eq!(client.lab.fail(CREATE, refund(&other, "g", "0.01")).await, INVALID_FIELD, "the ledger is empty");
}

#[tokio::test]
async fn only_debits_of_the_last_180_days_that_were_paid_are_refunded() {
    let noon = "2026-11-30T12:00:00Z".parse().expect("a time");
    let client = Client::start(Emulator::builder().frozen_at(noon)).await;
    let credit = client.transfer("credit", "5.00", json!({})).await;
    client.simulate(&credit, &["posted", "settled"]).await;
    assert_eq!(client.lab.fail(CREATE, refund(&credit, "a", "1.00")).await, INVALID_FIELD);
    let failed = client.transfer("debit", "5.00", json!({})).await;
    client.simulate(&failed, &["failed"]).await;
    assert_eq!(client.lab.fail(CREATE, refund(&failed, "b", "1.00")).await, INVALID_FIELD);
    let unknown = json!({"transfer_id": UNKNOWN, "amount": "1.00", "idempotency_key": "c"});
    assert_eq!(client.lab.fail(CREATE, unknown).await, INVALID_FIELD);
    for path in ["/transfer/refund/get", "/transfer/refund/cancel"] {
        assert_eq!(client.lab.fail(path, json!({"refund_id": UNKNOWN})).await, INVALID_FIELD, "{path}");
    }
    let made = client.transfer("debit", "5.00", json!({})).await;
    client.simulate(&made, &["posted", "settled"]).await;
    // The Item is not needed any more.
    client.lab.call("/item/remove", json!({"access_token": client.access})).await;
    client.lab.control("clock/advance", json!({"seconds": 180 * 86_400})).await;
    client.lab.call(CREATE, refund(&made, "d", "1.00")).await;
    client.lab.control("clock/advance", json!({"seconds": 1})).await;
    assert_eq!(client.lab.fail(CREATE, refund(&made, "e", "1.00")).await, INVALID_FIELD);
}

#[tokio::test]
async fn a_refund_goes_through_its_states_after_its_transfer_has_settled() {
    let client = Client::start(Emulator::builder()).await;
    let made = client.transfer("debit", "10.00", json!({})).await;
    let one = client.lab.call(CREATE, refund(&made, "a", "4.00")).await["refund"].clone();
    let event = |name: &str| json!({"refund_id": one["id"], "event_type": name});
    assert_eq!(client.lab.fail(SIMULATE, event("refund.posted")).await, INVALID_TRANSITION, "the debit comes first");
    client.simulate(&made, &["posted", "settled"]).await;
    for wrong in ["refund.settled", "refund.returned", "refund.pending", "refund.cancelled", "posted", "refund.x"] {
        assert_eq!(client.lab.fail(SIMULATE, event(wrong)).await, INVALID_TRANSITION, "{wrong}");
    }
    client.move_refund(&one, &["posted"]).await;
    assert_eq!(client.refund(&one).await["status"], "posted");
    client.move_refund(&one, &["settled"]).await;
    let settled = client.refund(&one).await;
    assert_eq!((&settled["status"], &settled["failure_reason"]), (&json!("settled"), &Value::Null));
    assert_eq!(settled["network_trace_id"].as_str().map(str::len), Some(15));
    assert_eq!(client.events().await[4..], ["refund.posted", "refund.settled"]);
    assert_eq!(client.lab.fail(SIMULATE, event("refund.returned")).await, INVALID_TRANSITION);
    assert_eq!(client.balance().await, pair("96.00", "10.00"));

    let returned = client.lab.call(CREATE, refund(&made, "b", "3.00")).await["refund"].clone();
    client.move_refund(&returned, &["posted"]).await;
    let reason = json!({"failure_code": "R16", "description": "frozen"});
    let body = json!({"refund_id": returned["id"], "event_type": "refund.returned", "failure_reason": reason});
    client.lab.call(SIMULATE, body).await;
    assert_eq!(client.refund(&returned).await["failure_reason"]["failure_code"], "R16");
    let failed = client.lab.call(CREATE, refund(&made, "c", "3.00")).await["refund"].clone();
    client.move_refund(&failed, &["failed"]).await;
    assert_eq!(client.events().await.last().map(String::as_str), Some("refund.failed"));
    assert_eq!(client.refund(&failed).await["failure_reason"]["failure_code"], Value::Null);
    assert_eq!(client.balance().await, pair("96.00", "10.00"), "what did not arrive comes back");
    let unknown = json!({"refund_id": UNKNOWN, "event_type": "refund.posted"});
    assert_eq!(client.lab.fail(SIMULATE, unknown).await, INVALID_FIELD);
}

#[tokio::test]
async fn some_refunds_move_by_themselves() {
    let client = Client::start(Emulator::builder()).await;
    let made = client.transfer("debit", "11.11", json!({})).await;
    for (amount, status, code) in
        [("1.11", "settled", None), ("2.22", "failed", None), ("3.33", "returned", Some("R01"))]
    {
        let one = client.lab.call(CREATE, refund(&made, amount, amount)).await["refund"].clone();
        let moved = client.refund(&one).await;
        assert_eq!(moved["status"], status, "{amount}");
        assert_eq!(moved["failure_reason"]["failure_code"].as_str(), code);
    }
    assert_eq!(client.balance().await, pair("110.00", "0.00"));
}

#[tokio::test]
async fn refunds_are_swept_and_swept_back() {
    let client = Client::start(Emulator::builder()).await;
    let made = client.transfer("debit", "10.00", json!({})).await;
    client.simulate(&made, &["posted", "settled"]).await;
    let one = client.lab.call(CREATE, refund(&made, "a", "4.00")).await["refund"].clone();
    client.move_refund(&one, &["posted"]).await;
    let sweep = client.lab.call(SWEEP, json!({})).await["sweep"].clone();
    assert_eq!(sweep["amount"], "6.00");
    client.move_refund(&one, &["returned"]).await;
    let back = client.lab.call(SWEEP, json!({})).await["sweep"].clone();
    assert_eq!(back["amount"], "4.00");
    let events = client.lab.call("/transfer/event/list", json!({"transfer_id": made["id"]})).await;
    let swept = events["transfer_events"].as_array().into_iter().flatten().filter(|event| !event["sweep_id"].is_null());
    let swept: Vec<Value> = swept.map(|event| json!([event["event_type"], event["sweep_amount"]])).collect();
    let expected = [
        json!(["refund.return_swept", "4.00"]),
        json!(["swept_settled", null]),
        json!(["refund.swept", "-4.00"]),
        json!(["swept", "10.00"]),
    ];
    assert_eq!(swept, expected);
}
