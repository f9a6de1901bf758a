//! Test clocks: what a request with one makes has its time, and what is due by its time becomes available.

use super::{CREATE, Client, INVALID_FIELD, SIMULATE, UNKNOWN, pair};
use plaid_emulator::Emulator;
use serde_json::{Value, json};

impl Client {
    async fn clock(&self, time: &str) -> Value {
        let body = json!({"virtual_time": time});
        let made = self.lab.call("/sandbox/transfer/test_clock/create", body).await;
        made["test_clock"]["test_clock_id"].clone()
    }

    async fn set(&self, clock: &Value, time: &str) {
        let body = json!({"test_clock_id": clock, "new_virtual_time": time});
        self.lab.call("/sandbox/transfer/test_clock/advance", body).await;
    }
}

#[tokio::test]
async fn what_a_request_with_a_clock_makes_has_its_time() {
    let client = Client::start(Emulator::builder()).await;
    // A Friday evening.
    let clock = client.clock("2026-11-27T22:00:00Z").await;
    let by_clock = json!({"test_clock_id": clock});
    let authorization = client.authorize("debit", "10.00", by_clock.clone()).await;
    assert_eq!(authorization["created"], "2026-11-27T22:00:00Z");
    let made = client.lab.call(CREATE, client.order(&authorization, by_clock.clone())).await["transfer"].clone();
    assert_eq!(
        (&made["created"], &made["expected_settlement_date"]),
        (&json!("2026-11-27T22:00:00Z"), &json!("2026-11-30"))
    );
    client.set(&clock, "2026-11-28T09:00:00Z").await;
    let posted = json!({"transfer_id": made["id"], "event_type": "posted", "test_clock_id": clock});
    client.lab.call(SIMULATE, posted).await;
    let events = client.lab.call("/transfer/event/list", json!({"count": 1})).await;
    assert_eq!(events["transfer_events"][0]["timestamp"], "2026-11-28T09:00:00Z");
    // Banks sweep on Monday.
    let sweep = client.lab.call("/sandbox/transfer/sweep/simulate", by_clock).await["sweep"].clone();
    assert_eq!(sweep["created"], "2026-11-30T09:00:00Z");
}

#[tokio::test]
async fn what_is_due_by_a_clock_becomes_available() {
    let client = Client::start(Emulator::builder()).await;
    let clock = client.clock("2026-11-30T12:00:00Z").await;
    let by_clock = json!({"test_clock_id": clock});
    let mut transfers = Vec::new();
    for amount in ["10.00", "20.00"] {
        let authorization = client.authorize("debit", amount, by_clock.clone()).await;
        let order = client.order(&authorization, by_clock.clone());
        let made = client.lab.call(CREATE, order).await["transfer"].clone();
        for event in ["posted", "settled"] {
            let body = json!({"transfer_id": made["id"], "event_type": event, "test_clock_id": clock});
            client.lab.call(SIMULATE, body).await;
        }
        transfers.push(made);
        client.set(&clock, "2026-12-02T12:00:00Z").await;
    }
    assert_eq!(client.balance().await, pair("100.00", "30.00"));
    let path = "/sandbox/transfer/ledger/simulate_available";
    for (time, balance, last) in [
        ("2026-12-06T23:59:59Z", pair("100.00", "30.00"), "settled"),
        ("2026-12-07T00:00:00Z", pair("110.00", "20.00"), "settled"),
        ("2026-12-09T00:00:00Z", pair("130.00", "0.00"), "funds_available"),
    ] {
        client.set(&clock, time).await;
        client.lab.call(path, by_clock.clone()).await;
        assert_eq!(client.balance().await, balance, "{time}");
        assert_eq!(client.get(&transfers[1]).await["status"], last, "{time}");
    }
    let unknown = json!({"test_clock_id": UNKNOWN});
    for path in [path, "/sandbox/transfer/sweep/simulate"] {
        assert_eq!(client.lab.fail(path, unknown.clone()).await, INVALID_FIELD, "{path}");
    }
}
